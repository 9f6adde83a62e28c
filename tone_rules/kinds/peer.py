"""`peer`: somebody else in the thread gave this answer first, and the reply says it as if nobody had."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.patterns import matched, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation, Turn

_WORD = re.compile(r"[^\W_]{3,}|\d+(?:\.\d+)*")
_COMMON = frozenset(
    """about after again all also and any are back been before but can could did does doesn don even ever for from get
    got had has have here how into its just know like make may more much need now off one only our out over please
    really same should since some still than thank thanks that the their them then there these they thing this those
    too try use used was way well were what when where which who why will with work worked works would you your
    """.split()  # noqa: SIM905
)


class Peer(Blockwise):
    """Flags a reply that shares an answer with another member of the thread and neither names nor thanks them.

    An answer is a post of a turn of role `other` that is no question. It is shared where enough of its words stand in
    the reply, beside those that the customer used. The message's argument is who gave it.
    """

    pattern_lists = ("tokens",)

    extends: Literal["peer"]
    tokens: Strings = Field(min_length=1)
    """What gives credit: one of these in the reply is enough, and so is the author's name."""
    shared: int = Field(default=3, ge=1)
    """How many words an answer and the reply must share."""
    ignorecase: bool = False

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit, for the first member whose answer it is, at the reply's end."""
        answers = [one for one in situation.thread if one.role == "other" and not one.text.rstrip().endswith("?")]
        if not answers:
            return
        asked = [situation.message or "", *(one.text for one in situation.thread if one.role == "customer")]
        known = frozenset().union(*(_said(one) for one in asked))
        own = _said(text) - known
        first = next((one for one in answers if len(own & (_said(one.text) - known)) >= self.shared), None)
        if first is None or _named(first, text) or matched(self._credit, text):
            return
        yield Hit(len(text), len(text), (first.author or "somebody",))

    @cached_property
    def _credit(self) -> str:
        return words(list(self.tokens), ignorecase=self.ignorecase)


def _named(turn: Turn, text: str) -> bool:
    name = (turn.author or "").lstrip("@").removeprefix("u/").casefold()
    return bool(name) and name in text.casefold()


@lru_cache(maxsize=128)
def _said(text: str) -> frozenset[str]:
    """The words of a text that tell something."""
    return frozenset(_WORD.findall(text.casefold())) - _COMMON
