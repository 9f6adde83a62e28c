"""Facts that are a yes or a no: they show where the reply calls the customer by the fact's name, or denies it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tone_rules.formats.words import listed, words_of
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span

_VALUES = frozenset(listed("yes no true false y n"))
_EMPTY = frozenset(listed("is has was had the a an of customer client user account flag known"))


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where `you're a club member`, `as a non-member` or `your VIP status` stands, unless the customer raised it."""
    pattern = _pattern(fact.name, fact.value)
    if pattern is None:
        return
    spans = [found.span() for found in pattern.finditer(reply.text)]
    if spans and not any(known.has_word(one) for one in _nouns(fact.name)):
        yield from spans


@lru_cache(maxsize=1024)
def _pattern(name: str, value: str) -> re.Pattern[str] | None:
    nouns = _nouns(name)
    if value.strip().casefold() not in _VALUES or not nouns:
        return None
    noun = r"(?:" + r"[\s-]".join(map(re.escape, nouns)) + rf"|{re.escape(nouns[-1])})(?:s|ship)?"
    called = r"(?:as|being|you[’']re|you are|you aren[’']t)(?: not| currently| already)?(?: an?)? (?:non-?)?"
    return re.compile(rf"\b(?:{called}{noun}|your {noun}|non-?{noun})\b", re.IGNORECASE)


def _nouns(name: str) -> tuple[str, ...]:
    return tuple(one for one in words_of(name) if one not in _EMPTY)
