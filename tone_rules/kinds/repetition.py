"""`repetition`: the same thing twice running."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.actions import outcomes
from tone_rules.exceptions import excepted, exceptions_pattern, within_phrase
from tone_rules.patterns import matches
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation


class Repetition(Blockwise):
    """Flags equal matches of its tokens that follow each other in one sentence. The argument is the repeated match."""

    pattern_lists = ("tokens", "exceptions")

    extends: Literal["repetition"]
    tokens: Strings = Field(min_length=1)
    max: int = Field(default=0, ge=0)
    """How many repeats are fine."""
    alpha: bool = False
    """Heed only what is made of letters alone."""
    ignorecase: bool = False
    exceptions: Strings = ()
    vocab: bool = True

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match that is equal to the one before it, once there are more than `max`; both are its place."""
        before, start, count = "", 0, 0
        for found in matches(self._source, text):
            match = found[0].strip()
            count = count + 1 if self._repeats(match, before) else 0
            if count > self.max:
                hit = self._hit(text, start, found.end(), match)
                if hit is not None:
                    yield hit
                    count = 0
            before, start = match, found.start()

    @property
    @override
    def pattern(self) -> str:
        """The tokens."""
        return self._source

    def _repeats(self, match: str, before: str) -> bool:
        same = match.casefold() == before.casefold() if self.ignorecase else match == before
        return bool(match) and same and (match.isalpha() or not self.alpha)

    def _hit(self, text: str, start: int, end: int, match: str) -> Hit | None:
        whole = text[start:end]
        if len(list(sentence_spans(whole))) != 1 or excepted(exceptions_pattern(self.exceptions), whole):
            return None
        if within_phrase(self.exceptions, text, start, end):
            return None
        options = outcomes(self.action, whole)
        once = len(options) == 1 and options[0] != whole
        return Hit(start, end, (match,), options[0] if once else None, () if once else options)

    @cached_property
    def _source(self) -> str:
        return ("(?i)" if self.ignorecase else "") + f"({'|'.join(self.tokens)})"
