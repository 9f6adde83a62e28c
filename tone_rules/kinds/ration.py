"""`ration`: more of something than the brand's voice takes."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.patterns import places
from tone_rules.rule import Blockwise, Hit, Location
from tone_rules.situation import Situation


class Ration(Blockwise):
    """Counts its token in each block; one finding, at the first that is too many. The arguments are count and bound."""

    extends: Literal["ration"]
    token: str
    by: Literal["exclamation_marks", "emoji", "sentence_words"]
    """The key of the brand's voice that says how many there may be."""
    most: int = Field(ge=0)
    """How many there may be where the voice doesn't say."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit where there are too many."""
        said = getattr(situation.voice, self.by) if situation.voice else None
        bound = self.most if said is None else said
        found = list(places(self.token, text))
        if len(found) > bound:
            start, end = found[bound]
            yield Hit(start, end, (str(len(found)), str(bound)))

    @property
    @override
    def pattern(self) -> str:
        """The token."""
        return self.token

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """The token."""
        yield from super().patterns()
        yield ("token",), self.token
