"""`occurrence`: too many of something, or too few."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from tone_rules.patterns import matches
from tone_rules.rule import Blockwise, Hit, Location
from tone_rules.situation import Situation


class Occurrence(Blockwise):
    """Counts its token in a block; one finding, at the first match, where the count, its argument, is out of bounds.

    Where there is no match at all the finding stands at the beginning of the text.
    """

    extends: Literal["occurrence"]
    token: str
    min: int = Field(default=0, ge=0)
    max: int = Field(default=0, ge=0)
    """0 is no upper bound, as in Vale."""
    ignorecase: bool = False

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if not self.min and not self.max:
            raise ValueError("an occurrence needs 'min' or 'max'; add one")
        if self.max and self.min > self.max:
            raise ValueError(f"'min' is {self.min}, over 'max', which is {self.max}")
        return self

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit where the count is out of bounds."""
        found = list(matches(self._source, text))
        if self.min <= len(found) <= (self.max or len(found)):
            return
        if not found:
            yield Hit(0, 0, ("0",), whole=True)
        for one in found:
            if one[0].strip().strip("*"):
                yield Hit(one.start(), one.end(), (str(len(found)),))
                return

    @property
    @override
    def pattern(self) -> str | None:
        """The token, where a text without it can't fire."""
        return None if self.min else self._source

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """The token."""
        yield from super().patterns()
        yield ("token",), self.token

    @cached_property
    def _source(self) -> str:
        return ("(?i)" if self.ignorecase else "") + f"(?:{self.token})"
