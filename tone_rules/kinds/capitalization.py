"""`capitalization`: a heading, or any block, in the letter case of the house."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.exceptions import excepted, exceptions_pattern
from tone_rules.patterns import matched, matches
from tone_rules.rule import Blockwise, Hit, Location, Strings
from tone_rules.situation import Situation

_WORD = r"[\p{N}\p{L}*]+[^\s]*"
_NAMED = ("$title", "$sentence", "$lower", "$upper")


class Capitalization(Blockwise):
    """Flags a block whose share of rightly written words is below its threshold.

    The message's arguments are the block and how it should read.
    """

    pattern_lists = ("exceptions",)

    extends: Literal["capitalization"]
    match: str
    """`$title`, `$sentence`, `$lower`, `$upper`, or a pattern that must be found in the block."""
    style: Literal["AP", "Chicago"] = "AP"
    """Whose titles; for `$title` alone."""
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.8
    """The least share of words, from 0 to 1; 0 counts as the default, as in Vale."""
    indicators: Strings = ()
    """Endings of a word after which, in a sentence, a capital is right."""
    prefix: str | None = None
    """A pattern for what may stand in front, such as a number, and is passed over."""
    exceptions: Strings = ()
    vocab: bool = True

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """The whole text, where it is not written as it should be."""
        expected = self._expected(text)
        if expected is None or not text.strip():
            return
        replaces = self.action is not None and self.action.name == "replace" and self.match in _NAMED[:2]
        yield Hit(0, len(text), (text, expected), suggestions=(expected,) if replaces else ())

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """The pattern, where `match` is one; the prefix; exceptions."""
        yield from super().patterns()
        if self.match not in _NAMED:
            yield ("match",), self.match
        if self.prefix is not None:
            yield ("prefix",), self.prefix

    def _expected(self, text: str) -> str | None:
        """How the text should read, or None where it may stand."""
        from tone_rules.letter_case import sentence_case, title_case

        excused = exceptions_pattern(self.exceptions)
        match self.match:
            case "$lower" | "$upper":
                wanted = text.lower() if self.match == "$lower" else text.upper()
                return None if text == wanted or excepted(excused, text) else wanted
            case "$title":
                wanted = title_case(text, self.exceptions, self.prefix, chicago=self.style == "Chicago")
            case "$sentence":
                wanted = sentence_case(text, self.exceptions, self.prefix, self.indicators)
            case _:
                fine = matched(self.match, text) or excepted(excused, text)
                return None if fine else self.match
        return None if self._enough(text, wanted, excused) else wanted

    def _enough(self, text: str, wanted: str, excused: str | None) -> bool:
        """Whether enough words of a text are written as wanted."""
        pattern = f"{excused}|{_WORD}" if excused else _WORD
        expected = [one[0] for one in matches(pattern, wanted)]
        found = [one[0] for one in matches(pattern, text)]
        right = 0
        for index, word in enumerate(found):
            if index >= len(expected) or word == expected[index] or excepted(excused, word):
                right += 1
            elif self.match == "$title":
                right += word == word.upper() or (word in ("to", "To") and expected[index].lower() == "to")
            elif index == 0 and word != word.lower().title():
                return False
        return not found or right / len(found) >= (self.threshold or 0.8)
