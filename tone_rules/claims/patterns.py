"""Patterns that are compiled when they are first looked for: most replies need few of them, and a cold check none."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from tone_rules.automata import automaton


class Pattern:
    """A pattern, letter case aside unless it says otherwise.

    RE2 compiles and runs it, in time linear in the text; one with look-arounds or named groups is left to `re`. To RE2
    only ASCII letters are word characters.
    """

    def __init__(self, source: str, *, case: bool = False) -> None:
        self.source = source
        self.case = case

    @cached_property
    def _made(self) -> Any:
        import re2

        if "(?P<" in self.source:  # RE2's matches don't tell places by name
            return re.compile(self.source, 0 if self.case else re.IGNORECASE)
        try:
            return automaton(self.source, case=self.case)
        except re2.error:
            return re.compile(self.source, 0 if self.case else re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between two places."""
        return self._made.search(text, start, len(text) if end is None else end)  # type: ignore[no-any-return]

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match that begins at a place."""
        return self._made.match(text, start)  # type: ignore[no-any-return]

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self._made.fullmatch(text)  # type: ignore[no-any-return]

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match between two places, none in another."""
        return self._made.finditer(text, start, len(text) if end is None else end)  # type: ignore[no-any-return]

    def sub(self, replacement: str, text: str) -> str:
        """The text with something else in place of each match."""
        return self._made.sub(replacement, text)  # type: ignore[no-any-return]
