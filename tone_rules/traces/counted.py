"""Values too short to tell apart alone: they show only beside their own name, as in `room 305` or `Gold tier`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.words import listed, stem, words_of
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span

_GENERIC = frozenset(
    listed(
        """number no id name code type level status count since due total internal customer client private note notes
    info value date time day last first next current max min is has of the a reason state data field line"""
    )
)
_EMPTY = frozenset(listed("yes no true false none unknown null n y na open closed 0"))
_RANK = re.compile(
    r"tier|plan|level|status|segment|membership|package|subscription|loyalty|grade|class|band|club|programme|program",
    re.IGNORECASE,
)
_RANK_NOUNS = frozenset(
    stem(one)
    for one in listed(
        "member membership customer tier status plan level club package subscriber subscription user card"
    )
)
_BETWEEN = 1
"""Atoms that may stand between the name and the value."""
_BETWEEN_COUNT = 3
"""The same where the value is a number of its own noun: `complained to us three times`."""
_AKIN = 6
"""Letters that two words must begin with alike to be forms of one: `complaint` and `complained`."""


class _Short(NamedTuple):
    """A short value, the nouns of its name, and those of a rank where it is one."""

    value: tuple[str, ...]
    nouns: frozenset[str]
    ranks: frozenset[str]


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a short value stands beside the noun of its fact, unless that is public or the customer said it."""
    short = _short(fact.name, fact.value)
    if short is None or not reply.words.issuperset(short.value):
        return
    spans = list(_beside(reply, short))
    if spans and not any(any(_beside(reading, short)) for reading in known.all):
        yield from spans


@lru_cache(maxsize=1024)
def _short(name: str, value: str) -> _Short | None:
    row = atoms(value)
    if not 1 <= len(row) <= 2 or value.strip().casefold() in _EMPTY or len(value) > 24:
        return None
    nouns = {stem(one) for one in words_of(name)} - _GENERIC
    ranks = _RANK_NOUNS if _RANK.search(name) and not any(one.number for one in row) else frozenset()
    return _Short(tuple(one.text for one in row), frozenset(nouns), ranks)


def _beside(reading: Reading, short: _Short) -> Iterator[Span]:
    if not reading.words.issuperset(short.value):
        return
    row, size = reading.atoms, len(short.value)
    count = size == 1 and short.value[0].isdigit() and short.value[0] not in ("0", "1")
    for at in (at for at, one in enumerate(row) if one.text == short.value[0]):
        if tuple(one.text for one in row[at : at + size]) != short.value:
            continue
        near = [*row[max(0, at - 1 - _BETWEEN) : at], *row[at + size : at + size + 1]]
        wide = row[max(0, at - 1 - _BETWEEN_COUNT) : at + size + 1 + _BETWEEN_COUNT] if count else ()
        if (
            any(stem(one.text) in short.nouns for one in near)
            or any(_akin(one, short.nouns) for one in wide if _same_clause(reading, row[at], one))
            or any(stem(one.text) in short.ranks for one in row[at + size : at + size + 2])
        ):
            yield row[at].start, row[at + size - 1].end


def _akin(one: Atom, nouns: frozenset[str]) -> bool:
    found = stem(one.text)
    return found in nouns or any(len(noun) >= _AKIN and found[:_AKIN] == noun[:_AKIN] for noun in nouns)


def _same_clause(reading: Reading, left: Atom, right: Atom) -> bool:
    start, end = min(left.end, right.end), max(left.start, right.start)
    return not any(one in ".,;:!?\n" for one in reading.text[start:end])
