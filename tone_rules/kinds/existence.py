"""`existence`: something is there that should not be."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar, Literal

from typing_extensions import override

from tone_rules.actions import listed, outcomes
from tone_rules.exceptions import excepted, exceptions_pattern
from tone_rules.patterns import matched, places, words
from tone_rules.rule import Blockwise, Definition, Hit, Location, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation


class Existence(Blockwise):
    """Flags each match of its tokens. The message's arguments are the match, and what its action would put there."""

    pattern_lists: ClassVar[tuple[str, ...]] = ("tokens", "exceptions", "unless")

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
    unless: Strings = ()
    """A match is dropped where one of these is found in its sentence: what turns the sense round, such as "never"."""
    vocab: bool = True
    """Whether a vocabulary's accepted words are exceptions too. They are words, so not where `nonword` is set."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match that holds no exception."""
        for start, end in places(self._source, text):
            match = text[start:end]
            if start == end or excepted(self._excepted, match.strip()):
                continue
            if self.checksum and not luhn(match):
                continue
            if self.unless and self._turned(text, start, end):
                continue
            options = outcomes(self.action, match)
            shown = match if not options else options[0] if len(options) == 1 else listed(options)
            replacement = options[0] if len(options) == 1 and self._settled(match, options[0]) else None
            suggestions = self.action.params if self.action and self.action.name == "suggest" else options
            suggestions = () if replacement is not None else suggestions
            yield Hit(start, end, (match, shown), replacement, suggestions)

    @override
    def accepting(self, terms: tuple[str, ...]) -> Definition:
        """The definition with a vocabulary's accepted words."""
        return self if self.nonword else super().accepting(terms)

    @property
    @override
    def pattern(self) -> str:
        """The whole pattern."""
        return self._source

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Tokens, the raw parts together, and exceptions."""
        yield from super().patterns()
        if self.raw:
            yield ("raw",), "".join(self.raw)

    def _turned(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence that the match stands in, or reaches into, says otherwise."""
        for first, last in sentence_spans(text):
            if first < end and start < last and matched(self._otherwise, text[first:last]):
                return True
        return False

    def _settled(self, match: str, replacement: str) -> bool:
        """Whether the rule would be silent once this stood in place of the match."""
        if not replacement:
            return True
        return replacement != match and not matched(self._source, replacement)

    @cached_property
    def _source(self) -> str:
        raw = "".join(self.raw)
        tokens = [one for one in self.tokens if one.strip()]
        body = words(tokens, nonword=self.nonword).removeprefix("(?m)") if tokens else ""
        if self.append or not _anchored(raw):
            return ("(?mi)" if self.ignorecase else "(?m)") + (body + raw if self.append else raw + body)
        return ("(?i)" if self.ignorecase else "") + raw + f"(?m:{body})"

    @cached_property
    def _otherwise(self) -> str:
        return words(list(self.unless), nonword=self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def _excepted(self) -> str | None:
        return exceptions_pattern(self.exceptions)


def _anchored(raw: str) -> bool:
    """Whether raw parts may care where lines begin and end: in front of the tokens, `(?m)` is not theirs."""
    return "^" in raw or "$" in raw


def luhn(text: str) -> bool:
    """Whether the digits of a text are 12 to 19 and pass the check of ISO/IEC 7812-1, annex B."""
    digits = [int(one) for one in text if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return 12 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
