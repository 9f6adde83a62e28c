"""`consistency`: two spellings of one thing in the same text."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.blocks import Blocks
from tone_rules.patterns import matches, words
from tone_rules.rule import Around, Definition, Hit, Location


class Consistency(Definition):
    """Flags a pair of which both sides are used, at its last match in each block from where they are.

    The message's argument is that match.
    """

    extends: Literal["consistency"]
    either: dict[str, str] = Field(min_length=1)
    nonword: bool = False
    ignorecase: bool = False

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """The pairs of which the whole text has both sides."""
        used: dict[str, set[int]] = {source: set() for source in self._sources}
        for block in blocks.of(self.scopes):
            for source, seen in used.items():
                last = None
                for last in matches(source, block.text):
                    seen.add(1 if last["first"] is not None else 2)
                if last is not None and len(seen) == 2:
                    yield block.placed(Hit(last.start(), last.end(), (last[0],)))

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Both sides of each pair."""
        yield from super().patterns()
        for first, second in self.either.items():
            yield ("either", first), first
            yield ("either", first), second

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        pairs = (f"(?P<first>{first})|(?P<second>{second})" for first, second in self.either.items())
        return tuple(words([one], nonword=self.nonword, ignorecase=self.ignorecase) for one in pairs)
