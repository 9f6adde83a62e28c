"""Regular expressions that are compiled at their first use: most are never asked for in one run of a command."""

import re
from collections.abc import Iterator
from typing import Any


class Lazy:
    """A pattern of `re`, compiled when it is first used."""

    __slots__ = ("_flags", "_pattern", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._pattern is None:
            self._pattern = re.compile(self._source, self._flags)
        return self._pattern

    def search(self, text: str, *where: int) -> re.Match[str] | None:
        """The first match, within the places given."""
        return self.pattern.search(text, *where)

    def match(self, text: str, *where: int) -> re.Match[str] | None:
        """The match that begins where the text does, or at the place given."""
        return self.pattern.match(text, *where)

    def fullmatch(self, text: str, *where: int) -> re.Match[str] | None:
        """The match of the whole text."""
        return self.pattern.fullmatch(text, *where)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match."""
        return self.pattern.finditer(text)

    def findall(self, text: str) -> list[Any]:
        """What every match or its groups hold."""
        return self.pattern.findall(text)

    def split(self, text: str) -> list[str | Any]:
        """The text between the matches."""
        return self.pattern.split(text)

    def sub(self, put: Any, text: str) -> str:
        """The text with something else in place of every match."""
        return self.pattern.sub(put, text)
