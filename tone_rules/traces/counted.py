"""Values too short to tell apart alone: they show only beside their own name, as in `room 305` or `Gold tier`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.lazy import Lazy
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
_RANK = Lazy(
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
_LARGE = 200
"""The least number that a rounded one may tell."""
_UNITS = {
    row.split()[0]: frozenset(row.split())
    for row in (
        "kg kilo kilos kilogram kilograms kilogrammes", "m metre metres meter meters",
        "km kilometre kilometres kilometers",
        "cm centimetre centimetres centimeters", "mbps megabit megabits", "gb gig gigs gigabyte gigabytes",
        "min minute minutes mins", "h hour hours hrs",
        "lb lbs pound pounds", "st stone", "mi mile miles", "w watt watts",
    )
}  # fmt: skip
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
    if short is None:
        return
    spans = [*_beside(reply, short), *_as_run(reply, short), *_rounded(reply, short), *_in_units(reply, short)]
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


def _as_run(reply: Reading, short: _Short) -> Iterator[Span]:
    """A number digit by digit beside its noun: `room three-oh-five`."""
    if len(short.value) == 1 and len(short.value[0]) > _BETWEEN_COUNT - 1 and short.value[0] not in reply.words:
        for run in reply.runs:
            if run.digits == short.value[0]:
                before = [one for one in reply.atoms if one.end <= run.start][-2:]
                if any(stem(one.text) in short.nouns for one in before):
                    yield run.start, run.end


def _rounded(reply: Reading, short: _Short) -> Iterator[Span]:
    """A large number, rounded, before its noun: `over 12,000 followers`."""
    if len(short.value) != 1 or not short.value[0].isdigit() or int(short.value[0][:9]) < _LARGE:
        return
    number = int(short.value[0][:9])
    for one in reply.sums:
        if abs(one.value - number) * 10 <= number:
            after = [each for each in reply.atoms if each.start >= one.end][:2]
            if any(stem(each.text) in short.nouns for each in after):
                yield one.start, one.end


def _in_units(reply: Reading, short: _Short) -> Iterator[Span]:
    """A number with its unit in another word: `94 kilos` for `94 kg`."""
    if len(short.value) == len(("number", "unit")) and short.value[0].isdigit() and short.value[1] in _UNITS:
        for one, unit in pairwise(reply.atoms):
            if one.text == short.value[0] and unit.text in _UNITS[short.value[1]]:
                yield one.start, unit.end


def _akin(one: Atom, nouns: frozenset[str]) -> bool:
    found = stem(one.text)
    return found in nouns or any(len(noun) >= _AKIN and found[:_AKIN] == noun[:_AKIN] for noun in nouns)


def _same_clause(reading: Reading, left: Atom, right: Atom) -> bool:
    start, end = min(left.end, right.end), max(left.start, right.start)
    return not any(one in ".,;:!?\n" for one in reading.text[start:end])
