"""`occurrence`: too many of something, or too few."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from tone_rules.patterns import matches
from tone_rules.rule import Definition, Hit, Location
from tone_rules.situation import Situation


class Occurrence(Definition):
    """Counts its token; one finding, at the first match, where the count, its argument, is out of bounds."""

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
        found = [one.span() for one in matches(self._source, text) if one.start() < one.end()]
        if self.min <= len(found) <= (self.max or len(found)):
            return
        start, end = found[0] if found else (0, 0)
        yield Hit(start, end, (str(len(found)),))

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
        return ("(?mi)" if self.ignorecase else "(?m)") + f"(?:{self.token})"
