"""Days and times of day that only the brand knows."""

import re
from collections.abc import Iterator

from tone_rules.formats.dates import WEEKDAYS, days_of_month
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_BIRTH = re.compile(r"birth|(?:^|_)dob(?:_|$)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a day or a time of this fact shows, unless it is public or, but for a birthday, the customer named it."""
    value = Reading(fact.value)
    open_to = (known.public,) if _BIRTH.search(fact.name) else known.both()
    yield from _days(value, reply, open_to)
    yield from _times(value, reply, open_to)
    weekdays = {one for one in value.words & WEEKDAYS if not any(one in reading.words for reading in open_to)}
    yield from ((one.start, one.end) for one in reply.atoms if one.text in weekdays)
    if _BIRTH.search(fact.name):
        years = set(_YEAR.findall(fact.value)) - set(_YEAR.findall(known.public.text))
        yield from (found.span() for found in _YEAR.finditer(reply.text) if found[0] in years)


def _days(value: Reading, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    secret = {(one.month, one.day) for one in value.days}
    secret -= {(one.month, one.day) for reading in open_to for one in reading.days}
    yield from ((one.start, one.end) for one in reply.days if (one.month, one.day) in secret)
    alone = {day for day, _, _ in days_of_month(value.text, value.atoms)} | {day for _, day in secret}
    for reading in open_to:
        alone -= {day for day, _, _ in days_of_month(reading.text, reading.atoms)} | {one.day for one in reading.days}
    if alone:
        yield from ((start, end) for day, start, end in days_of_month(reply.text, reply.atoms) if day in alone)


def _times(value: Reading, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    secret = {one.minutes for one in value.clocks} - {one.minutes for reading in open_to for one in reading.clocks}
    hours = {int(one) % 12 * 60 for reading in open_to for one in reading.words if one.isdigit() and len(one) <= 2}
    yield from ((one.start, one.end) for one in reply.clocks if one.minutes in secret - hours)
