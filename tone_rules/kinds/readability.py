"""`readability`: the school grade that a text takes."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.counts import GRADES, counts
from tone_rules.kinds.metric import measured
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation

_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
"""An address is not read word by word."""


class Readability(Blockwise):
    """Flags a text of which the mean of the named grades, its message's argument, is above `grade`."""

    extends: Literal["readability"]
    metrics: Annotated[Strings, Field(min_length=1)]
    """Some of Gunning Fog, Coleman-Liau, Flesch-Kincaid, SMOG and Automated Readability."""
    grade: float

    @property
    @override
    def scopes(self) -> tuple[str, ...]:
        return measured(self.scope)

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit, where the text takes more than the grade."""
        counted = counts(_LINK.sub("", text))
        if not counted.words:
            return
        known = [GRADES[one](counted) for one in self.metrics if one in GRADES]
        mean = sum(known) / len(self.metrics)
        if mean > self.grade:
            yield Hit(0, 0, (f"{mean:.2f}",), whole=True)
