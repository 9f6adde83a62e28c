"""Days and times of day, however they are written. Of two small numbers either may be the month: both are read."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINAL = ("st", "nd", "rd", "th")
_ISO = Lazy(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = Lazy(r"(?<![\d.,/£$€-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/£$€%-]|[.,]\d)")
_OF_MONTH = Lazy(r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
WEEKDAYS = frozenset(listed("monday tuesday wednesday thursday friday saturday sunday"))
SHORT_WEEKDAYS = {
    short: day
    for day, shorts in {
        "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds", "thursday": "thu thur thurs",
        "friday": "fri", "saturday": "sat", "sunday": "sun",
    }.items()
    for short in shorts.split()
}  # fmt: skip
_HOUR = Lazy(r"(?<![\d.:£$€])(1[0-2]|0?[1-9])\s?[ap]\.?m\b", re.IGNORECASE)
_NAMED_HOUR = Lazy(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)
_HOURS = dict(zip(listed("one two three four five six seven eight nine ten eleven twelve"), range(1, 13), strict=True))
_HOUR_NAME = r"(\d{1,2}|" + "|".join(_HOURS) + r")\b"
_PAST = Lazy(
    rf"\b(?:(half|quarter|five|ten|twenty) past|(quarter) to|([\w-]{{1,12}}) minutes (past|to)) {_HOUR_NAME}",
    re.IGNORECASE,
)
_O_CLOCK = Lazy(rf"\b{_HOUR_NAME}(?: o[’']? ?clock| in the (?:morning|afternoon|evening)| at night)", re.IGNORECASE)
_MILITARY = Lazy(r"\b([01]\d|2[0-3])([0-5]\d) ?(?:hours|hrs|h)\b|\b([01]?\d|2[0-3])h([0-5]\d)?\b", re.IGNORECASE)
_MINUTES = {"half": 30, "quarter": 15}
_CLOCK = Lazy(r"(?<![\d.:£$€])([01]?\d|2[0-3])([:.])([0-5]\d)(?![\d:%])(\s?[ap]\.?m\b)?", re.IGNORECASE)


class Day(NamedTuple):
    """A day of a month, in characters of its text."""

    month: int
    day: int
    start: int
    end: int


class Clock(NamedTuple):
    """A time of day by the twelve-hour dial, in minutes, in characters of its text."""

    minutes: int
    start: int
    end: int


def days(text: str, row: tuple[Atom, ...]) -> Iterator[Day]:
    """Days with their month: `3 June`, `June 3rd`, `third of June`, `2026-06-03`, `03/06`, `6/3/26`."""
    for found in _ISO.finditer(text):
        yield from _day(int(found[2]), int(found[3]), found.start(), found.end())
    for found in _NUMERIC.finditer(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." and not found[4]:
            continue
        yield from _day(second, first, found.start(), found.end())
        if first != second:
            yield from _day(first, second, found.start(), found.end())
    for at, atom in enumerate(row):
        month = MONTHS.get(atom.text)
        if month is None:
            continue
        before = [one for one in row[max(0, at - 3) : at] if one.text not in ("of", "the", *_ORDINAL)]
        after = [one for one in row[at + 1 : at + 3] if one.text != "the"]
        if before and before[-1].number and atom.start - before[-1].end <= 8:
            yield from _day(month, int(before[-1].text[:4]), before[-1].start, atom.end)
        if after and after[0].number and len(after[0].text) <= 2 and after[0].start - atom.end <= 5:
            ending = [one.end for one in row[at + 2 : at + 4] if one.text in _ORDINAL and one.start == after[0].end]
            yield from _day(month, int(after[0].text), atom.start, max([after[0].end, *ending]))


def clocks(text: str) -> Iterator[Clock]:
    """Times of day: `04:12`, `4.12am`, `16:12`, `4 pm`, `noon`, `half past four`, `4 in the morning`, `1612 hours`."""
    for found in _CLOCK.finditer(text):
        if found[2] == ":" or found[4]:
            yield Clock(int(found[1]) % 12 * 60 + int(found[3]), found.start(), found.end())
    yield from (Clock(int(found[1]) % 12 * 60, *found.span()) for found in _HOUR.finditer(text))
    yield from (Clock(0, *found.span()) for found in _NAMED_HOUR.finditer(text))
    for found in _PAST.finditer(text):
        word = (found[1] or found[2] or found[3]).casefold()
        minutes = _MINUTES.get(word) or _number(word)
        if minutes is not None:
            before = found[2] is not None or (found[4] or "").casefold() == "to"
            yield Clock((_number_of_hour(found[5]) * 60 + (-minutes if before else minutes)) % 720, *found.span())
    yield from (Clock(_number_of_hour(found[1]) % 12 * 60, *found.span()) for found in _O_CLOCK.finditer(text))
    for found in _MILITARY.finditer(text):
        hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4] or "0")
        yield Clock(int(hour) % 12 * 60 + int(minute), *found.span())


def _number_of_hour(name: str) -> int:
    return int(name) if name.isdigit() else _HOURS[name.casefold()]


def _number(word: str) -> int | None:
    read = atoms(word)
    return int(read[0].text[:4]) if len(read) == 1 and read[0].number else None


def days_of_month(text: str, atoms: tuple[Atom, ...]) -> Iterator[tuple[int, int, int]]:
    """Days named without their month, `the 16th` or `the sixteenth`: number, start and end."""
    yield from ((int(found[1]), *found.span()) for found in _OF_MONTH.finditer(text))
    for article, atom in pairwise(atoms):
        if (
            article.text == "the"
            and atom.spelled
            and int(atom.text) > 3
            and text[atom.end - 2 : atom.end].casefold() in (*_ORDINAL, "st")
        ):
            yield int(atom.text), atom.start, atom.end


def _day(month: int, day: int, start: int, end: int) -> Iterator[Day]:
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield Day(month, day, start, end)
