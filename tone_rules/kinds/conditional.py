"""`conditional`: something that needs another thing, such as an abbreviation its definition."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from typing_extensions import override

from tone_rules.blocks import Blocks
from tone_rules.exceptions import excepted, exceptions_pattern, within_phrase
from tone_rules.patterns import compiled, matched, matches
from tone_rules.rule import Around, Definition, Hit, Location, Strings


class Conditional(Definition):
    """Flags each match of `first` that `second` does not answer. The message's argument is the match.

    With a group in `second` a match must be what that group captured, in the same block or an earlier one. Without a
    group, `second` must stand in the same block.
    """

    pattern_lists = ("exceptions",)

    extends: Literal["conditional"]
    first: str
    second: str
    ignorecase: bool = False
    """Accepted and not heeded, as in Vale."""
    exceptions: Strings = ()
    vocab: bool = True

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """Each match that nothing answers in its block, or before it."""
        answered: set[str] = set()
        for block in blocks.of(self.scopes):
            if not matched(self.first, block.text) and not self._captures:
                continue
            answers = list(matches(self.second, block.text))
            if answers and not self._captures:
                continue
            answered.update(group for one in answers for group in one.groups() if group)
            for found in matches(self.first, block.text):
                if not found[0] or found[0] in answered or excepted(exceptions_pattern(self.exceptions), found[0]):
                    continue
                if not within_phrase(self.exceptions, block.text, *found.span()):
                    yield block.placed(Hit(found.start(), found.end(), (found[0],)))

    @property
    @override
    def pattern(self) -> str:
        """What needs an answer."""
        return self.first

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Both sides, and exceptions."""
        yield from super().patterns()
        yield ("first",), self.first
        yield ("second",), self.second

    @cached_property
    def _captures(self) -> bool:
        return re.search(r"(?<!\\)\(", self.second) is not None and compiled(self.second).groups > 0
