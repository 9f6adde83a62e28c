"""`unsourced`: something is said that may be said only where a source of the brand says it, too."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.exceptions import excepted, exceptions_pattern
from tone_rules.patterns import matched, matches, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation


class Unsourced(Blockwise):
    """Flags each match of its tokens unless a policy, an article or another source says the like.

    Public facts count as sources, what was written in the thread does not. The message's argument is the match.
    """

    pattern_lists = ("tokens", "stated", "exceptions", "unless")

    extends: Literal["unsourced"]
    tokens: Strings = Field(min_length=1)
    stated: Strings = Field(min_length=1)
    """What a source says that may be said: where one of these is found in a source, nothing is flagged."""
    ignorecase: bool = False
    exceptions: Strings = ()
    """Looked for inside the match, which is dropped where one is found."""
    unless: Strings = ()
    """A match is dropped where one of these is found in its sentence: what turns the sense round, such as "never"."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match, where no source says the like."""
        hits = [
            Hit(found.start(), found.end(), (found[0],))
            for found in matches(self.pattern, text)
            if not excepted(self._excepted, found[0]) and not self._turned(text, found.start(), found.end())
        ]
        return [] if hits and any(self._says(one) for one in _told(situation)) else hits

    @property
    @override
    def pattern(self) -> str:
        """The tokens' pattern."""
        return words(list(self.tokens), ignorecase=self.ignorecase)

    def _turned(self, text: str, start: int, end: int) -> bool:
        """Whether the match's sentence says otherwise."""
        return bool(self.unless) and any(
            first < end and start < last and matched(self._otherwise, text[first:last])
            for first, last in sentence_spans(text)
        )

    def _says(self, source: str) -> bool:
        return matched(self._stated, source)

    @cached_property
    def _stated(self) -> str:
        return words(list(self.stated), ignorecase=True)

    @cached_property
    def _otherwise(self) -> str:
        return words(list(self.unless), ignorecase=self.ignorecase)

    @cached_property
    def _excepted(self) -> str | None:
        return exceptions_pattern(self.exceptions)


def _told(situation: Situation) -> Iterator[str]:
    yield from (one.text for one in situation.sources if one.kind != "thread")
    yield from (one.value for one in situation.facts if one.visibility == "public")
