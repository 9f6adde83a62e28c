"""Days and times of day that only the brand knows."""

import re
from collections.abc import Iterator

from tone_rules.formats.dates import WEEKDAYS
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span, read_once

_BIRTH = re.compile(r"birth|(?:^|_)dob(?:_|$)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a day or a time of this fact shows, unless it is public or, but for a birthday, the customer named it."""
    value = read_once(fact.value)
    open_to = known.public if _BIRTH.search(fact.name) else known.all
    yield from _days(value, reply, open_to)
    yield from _times(value, reply, open_to)
    weekdays = {one for one in value.words & WEEKDAYS if not any(one in reading.words for reading in open_to)}
    yield from ((one.start, one.end) for one in reply.atoms if one.text in weekdays)
    if _BIRTH.search(fact.name):
        years = value.years.difference(*(one.years for one in known.public))
        yield from (found.span() for found in _YEAR.finditer(reply.text) if found[0] in years)


def _days(value: Reading, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    secret = {(one.month, one.day) for one in value.days}
    secret -= {(one.month, one.day) for reading in open_to for one in reading.days}
    yield from ((one.start, one.end) for one in reply.days if (one.month, one.day) in secret)
    alone = {day for day, _, _ in value.ordinals} | {day for _, day in secret}
    for reading in open_to:
        alone -= {day for day, _, _ in reading.ordinals} | {one.day for one in reading.days}
    if alone:
        yield from ((start, end) for day, start, end in reply.ordinals if day in alone)


def _times(value: Reading, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    secret = {one.minutes for one in value.clocks}
    if not secret:
        return
    secret -= {one.minutes for reading in open_to for one in reading.clocks}
    secret = secret.difference(*(one.hours for one in open_to))
    yield from ((one.start, one.end) for one in reply.clocks if one.minutes in secret)
