"""`asks`: the reply asks the customer for something, here and not elsewhere."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matched, places, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import Span, sentence_spans
from tone_rules.situation import Situation

_CLAUSE_ENDS = ",;:()–—"
_LISTS = ("things", "requests", "followed", "refusals", "taken_back", "elsewhere", "moved", "here", "both")


class Asks(Blockwise):
    """Flags a request for one of its things. The message's argument is the words that ask.

    A sentence asks where a request stands before a thing with at most `gap` characters between them, where words for
    giving it on the spot follow, or where the thing is the question itself ("Order number?"). It does not where a
    refusal stands in the same clause ("don't post"), nor where the sentences around name another place ("by DM"),
    unless it says itself that the answer may stand here. What was named in the sentence before may be asked for as
    `both` or `it`.
    """

    pattern_lists = _LISTS

    extends: Literal["asks"]
    things: Strings = Field(min_length=1)
    """What must not be asked for."""
    requests: Strings = Field(min_length=1)
    """How one asks."""
    followed: Strings = ()
    """What makes a request of a thing that the sentence begins with, as in `Date of birth would help`."""
    refusals: Strings = ()
    """What makes of a request its opposite."""
    taken_back: Strings = ()
    """What takes the request back just behind the thing, as in `no account number is needed`."""
    elsewhere: Strings = ()
    """The places where the things may be given: in the same sentence or the two after it."""
    moved: Strings = ()
    """What tells in the sentence before that the talk goes on in such a place."""
    here: Strings = ()
    """The words for giving it on the spot."""
    both: Strings = ()
    """Words for things named in the sentence before, asked for with one of `here`."""
    gap: int = Field(default=60, ge=0)
    """The most characters between the request and the thing."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each sentence that asks, from the request to the thing."""
        if not matched(self.pattern, text):
            return
        spans = list(sentence_spans(text))
        for at, (start, end) in enumerate(spans):
            sentence = text[start:end]
            asked = next(self._asked(sentence), None)
            if asked and (self._on_the_spot(sentence) or not self._sent_elsewhere(text, spans, at)):
                yield self._hit(text, start + asked[0], start + asked[1])
        for (start, end), (then, till) in pairwise(spans) if self.both else ():
            if self._match("things", text[start:end]) and not self._match("elsewhere", text[start:till]):
                for place in self._found("here", text[then:till]):
                    inside = text[then:till][slice(*place)]
                    if self._match("both", inside) and not self._refused(text[then:till], place, place):
                        yield self._hit(text, then + place[0], then + place[1])

    @property
    @override
    def pattern(self) -> str:
        """Its things: without one of them nothing is asked for."""
        return words(list(self.things), ignorecase=True)

    def _asked(self, sentence: str) -> Iterator[Span]:
        """Where a sentence asks for a thing and does not refuse it."""
        things = self._found("things", sentence)
        requests = self._found("requests", sentence) if things else []
        on_the_spot = self._found("here", sentence) if things else []
        for thing in things:
            for start, end in reversed(requests):
                if start <= thing[0] <= end + self.gap and not self._refused(sentence, (start, end), thing):
                    yield start, max(end, thing[1])
            for start, end in on_the_spot:
                if thing[1] <= start <= thing[1] + self.gap and not self._refused(sentence, thing, (start, end)):
                    yield thing[0], end
            first = _ALONE.fullmatch(sentence, 0, thing[0])
            alone = first and (_QUESTION.match(sentence, thing[1]) or self._wanted(sentence, thing[1]))
            if alone and not self._refused(sentence, thing, thing):
                yield thing

    def _wanted(self, sentence: str, end: int) -> bool:
        return any(start <= end + _FOLLOWS for start, _ in self._found("followed", sentence) if start >= end)

    def _refused(self, sentence: str, first: Span, last: Span) -> bool:
        """Whether a refusal stands in the clause of the first up to the last, or what takes it back behind that."""
        clause = max((sentence.rfind(one, 0, first[0]) for one in _CLAUSE_ENDS), default=-1) + 1
        return any(
            clause <= start < last[0] and not first[0] <= start < end <= first[1]
            for start, end in self._found("refusals", sentence)
        ) or any(last[1] <= start <= last[1] + _BEHIND for start, _ in self._found("taken_back", sentence))

    def _on_the_spot(self, sentence: str) -> bool:
        """Whether the sentence itself says that the answer may stand here, be it beside another place."""
        return any(not self._match("elsewhere", sentence[start:end]) for start, end in self._found("here", sentence))

    def _sent_elsewhere(self, text: str, spans: list[Span], at: int) -> bool:
        return any(self._match("elsewhere", text[start:end]) for start, end in spans[at : at + 3]) or any(
            self._match("moved", text[start:end]) for start, end in spans[max(0, at - 1) : at]
        )

    def _hit(self, text: str, start: int, end: int) -> Hit:
        return Hit(start, end, (text[start:end],))

    def _found(self, name: str, text: str) -> list[Span]:
        source = self._sources[name]
        return list(places(source, text)) if source else []

    def _match(self, name: str, text: str) -> bool:
        source = self._sources[name]
        return bool(source) and matched(source, text)

    @cached_property
    def _sources(self) -> dict[str, str]:
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        return {name: words(parts, ignorecase=True) if parts else "" for name, parts in lists.items()}


_QUESTION = Lazy(r"\s*(?:\?|,?\s*(?:please|pls|plz)\b)", re.IGNORECASE)
"""What makes a question of a thing alone."""
_ALONE = Lazy(
    r"(?:\W*\b(?:and|so|also|your|the|an?|any|ok|okay|right|now|maybe|just|then|or|but|what about|how about|got)\b)*"
    r"\W*",
    re.IGNORECASE,
)
"""All that may stand before a thing that is a question by itself."""
_FOLLOWS = 40
"""Characters after a thing in which what is said of it still asks for it."""
_BEHIND = 24
"""Characters after a thing in which what takes it back still speaks of it."""
