"""`existence`: something is there that should not be."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from typing_extensions import override

from tone_rules.patterns import compiled, matches, words
from tone_rules.rule import Definition, Hit, Location, Strings
from tone_rules.situation import Situation


class Existence(Definition):
    """Flags each match of its tokens. The message's argument is the match."""

    extends: Literal["existence"]
    tokens: Strings = ()
    raw: Strings = ()
    """Concatenated, not alternated, and put before the tokens; after them with `append`."""
    append: bool = False
    nonword: bool = False
    ignorecase: bool = False
    checksum: Literal["luhn"] | None = None
    """Only a match whose digits pass this check counts. `luhn`: 12 to 19 digits, as on payment cards."""
    exceptions: Strings = ()
    vocab: bool = True

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match that holds no exception."""
        action = self.action
        for found in matches(self._source, text):
            if found.start() == found.end() or excepted(self._excepted, found[0]):
                continue
            if self.checksum and not luhn(found[0]):
                continue
            replacement: str | None = None
            suggestions: tuple[str, ...] = ()
            if action and action.name == "remove":
                replacement = ""
            elif action and action.name == "replace" and len(action.params) == 1:
                replacement = action.params[0]
            elif action:
                suggestions = action.params
            yield Hit(found.start(), found.end(), (found[0],), replacement, suggestions)

    @property
    @override
    def pattern(self) -> str:
        """The whole pattern."""
        return self._source

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Tokens, the raw parts together, and exceptions."""
        yield from super().patterns()
        yield from ((("tokens", index), one) for index, one in enumerate(self.tokens))
        if self.raw:
            yield ("raw",), "".join(self.raw)
        yield from ((("exceptions", index), one) for index, one in enumerate(self.exceptions))

    @cached_property
    def _source(self) -> str:
        raw = "".join(self.raw)
        if not self.tokens:
            return ("(?mi)" if self.ignorecase else "(?m)") + raw
        if not raw:
            return words(list(self.tokens), nonword=self.nonword, ignorecase=self.ignorecase)
        flags = "(?mi)" if self.ignorecase else "(?m)"
        body = words(list(self.tokens), nonword=self.nonword).removeprefix("(?m)")
        return flags + (body + raw if self.append else raw + body)

    @cached_property
    def _excepted(self) -> str | None:
        return exceptions_pattern(self.exceptions)


def luhn(text: str) -> bool:
    """Whether the digits of a text are 12 to 19 and pass the check of ISO/IEC 7812-1, annex B."""
    digits = [int(one) for one in text if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return 12 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def exceptions_pattern(exceptions: tuple[str, ...]) -> str | None:
    """Vale's form of exceptions: longest first, exact in case unless one says `(?i)` itself, whole words."""
    if not exceptions:
        return None
    ordered = sorted(exceptions, key=len, reverse=True)
    return words([f"(?i:{one[4:]})" if one.startswith("(?i)") else f"(?-i:{one})" for one in ordered])


def excepted(pattern: str | None, match: str) -> bool:
    """Whether a match holds an exception."""
    return pattern is not None and compiled(pattern).search(match) is not None
