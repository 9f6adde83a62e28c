"""Families of patterns that are searched for together: only those that stand in a text are then asked for places."""

from collections.abc import Mapping
from typing import Any

from tone_rules.automata import automaton

Spans = tuple[tuple[int, int], ...]


class Searched:
    """Named patterns over bytes of one a character."""

    def __init__(self, patterns: Mapping[str, str], *, case_sensitive: bool) -> None:
        """Compile them.

        Args:
            patterns: RE2 expressions by name.
            case_sensitive: whether capitals count.
        """
        import re2

        options = re2.Options()
        options.case_sensitive = case_sensitive
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = 64 << 20
        self._named: dict[str, Any] = {
            name: automaton(one.encode(), case=case_sensitive) for name, one in patterns.items()
        }
        self._names = ("", *patterns)
        self._none: dict[str, Spans] = dict.fromkeys(patterns, ())
        self._together = re2.Set.SearchSet(options)
        self._together.Add(b"")
        for one in patterns.values():
            self._together.Add(one.encode())
        self._together.Compile()

    def places(self, text: str) -> dict[str, Spans]:
        """Where each pattern stands in a text, its curly apostrophes taken for straight ones; in characters."""
        data = text.replace("’", "'").encode("ascii", "replace")
        standing = self._together.Match(data) or ()
        found = self._none.copy()
        # without the pattern that matches all, the search for all of them gave up: each is then asked
        for name in self._named if 0 not in standing else (self._names[number] for number in standing if number):
            found[name] = tuple(one.span() for one in self._named[name].finditer(data))
        return found
