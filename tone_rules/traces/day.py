"""Days and times of day that only the brand knows: exact, named by their weekday, or rough."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.dates import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from tone_rules.formats.lazy import Lazy
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span, read_once

_BIRTH = Lazy(r"birth|(?:^|_)(?:dob|born|age)(?:_|$)", re.IGNORECASE)
_ISO = Lazy(r"\b((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_COMPACT = ("%Y%m%d", "%d%m%Y", "%m%d%Y", "%d%m%y", "%y%m%d", "%m%d%y")
_YEAR = Lazy(r"\b(?:19|20)\d\d\b")
_MONTH = r"(?P<month>" + "|".join(one.capitalize() for one in MONTHS if len(one) > 2) + r")\b"
_PART = Lazy(
    rf"\b(?P<part>early|mid|late|(?:the )?(?:very )?(?:start|beginning|middle|end|first (?:week|days|half)|"
    rf"last (?:week|days)|second half|back end) (?:of|in))[- ](?:in )?(?:{_MONTH}|(?P<this>(?:the|last|this) month)\b)",
    re.IGNORECASE,
)
_PAST = Lazy(
    r"\b(?:since|from|was|were|been|went|came|arrived|left|dated|due|paid|missed|stopped|started|lapsed|back|ago|"
    r"happened|opened|closed|failed|bounced|lost|sent|collected|delivered|ordered|booked|signed)\b",
    re.IGNORECASE,
)
_ALONE = Lazy(rf"\b(?:in|since|from|of|last|back in|during|until|till|by|this|for|before|after)\s{_MONTH}")
_BOUNDS = {
    "early": (1, 11), "start": (1, 10), "beginning": (1, 10), "first week": (1, 9), "first days": (1, 7),
    "first half": (1, 16), "mid": (9, 22), "middle": (9, 22), "late": (19, 31), "end": (20, 31), "last": (20, 31),
    "second half": (14, 31), "back end": (19, 31),
}  # fmt: skip
_AGO = Lazy(
    r"\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple(?: of)?|"
    r"(?:a )?few) (?P<unit>day|week|fortnight|month|year)s? ago\b|\b(?P<last>last (?:week|month|year)|yesterday)\b",
    re.IGNORECASE,
)
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30.4, "year": 365.2}
_COUNTS = {
    word: number
    for number, words in enumerate(
        ("a an one", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_AGE = Lazy(
    r"\b(?:aged?|turn(?:s|ed|ing)?|at) (\d\d|\w+(?:-\w+)?)\b|\b(\d\d|\w+-\w+)[- ]years?[- ](?:old|of age)\b",
    re.IGNORECASE,
)
_DECADE = Lazy(
    r"\b(?:in (?:your|her|his|their) (?:early |mid[- ]?|late )?)?"
    r"(twenties|thirties|forties|fifties|sixties|seventies|eighties)\b"
    r"|\b(twenty|thirty|forty|fifty|sixty|seventy|eighty)-?something\b",
    re.IGNORECASE,
)
_BIRTHDAY = Lazy(r"\bbirthdays?\b", re.IGNORECASE)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight")
_ROUGH = Lazy(
    r"\b(?:just|shortly|a little|a bit|not long|soon) (before|after|past|gone) (\w+)\b"
    r"|\b(?:around|about|towards) (\w+)\b|\b(\w+)[- ]?ish\b",
    re.IGNORECASE,
)
_HOURS = Lazy(r"\b(?:from|between) (\w+) (?:to|and|till|until) (\w+)\b", re.IGNORECASE)
_TO = Lazy(r"\b(five|ten|twenty|twenty-five|quarter) to (\w+)\b", re.IGNORECASE)
_ROUGH_MINUTES = 25
_SLOT = Lazy(r"slot|visit|appointment|window|delivery|booking|session|time|engineer|call", re.IGNORECASE)
_PART_OF_DAY = Lazy(
    r"\byour (morning|lunchtime|afternoon|evening) (?:slot|visit|appointment|window|delivery|session|booking|call)\b",
    re.IGNORECASE,
)
_PARTS_OF_DAY = {"morning": (300, 720), "lunchtime": (690, 840), "afternoon": (720, 1050), "evening": (1020, 1350)}
_DAYTIME = Lazy(r"\b([01]?\d|2[0-3]):([0-5]\d)")
_NEAR = 60


class _When(NamedTuple):
    """What a fact says of time."""

    birth: bool
    days: frozenset[tuple[int, int]]
    alone: frozenset[int]
    """Days of a month that is not named."""
    months: frozenset[int]
    minutes: frozenset[int]
    daytimes: tuple[int, ...]
    """Minutes of the whole day."""
    weekdays: frozenset[str]
    years: frozenset[str]
    dates: tuple[date, ...]
    compact: frozenset[str]
    """The dates in figures without anything between."""

    @property
    def empty(self) -> bool:
        return not (self.days or self.alone or self.months or self.minutes or self.weekdays or self.years)


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a day or a time of this fact shows, unless it is public or, but for a birthday, the customer named it."""
    when = _when(fact.name, fact.value)
    if when.empty:
        return
    open_to = known.public if when.birth else known.all
    yield from _days(when, reply, open_to)
    yield from _months(when, reply, known)
    yield from _times(when, reply, open_to)
    yield from _ago(when, reply, known)
    for one in reply.atoms if when.weekdays else ():
        day = SHORT_WEEKDAYS.get(one.text, one.text)
        written = day in when.weekdays and (day == one.text or reply.text[one.start].isupper())
        if written and not any(day in reading.words for reading in open_to):
            yield one.start, one.end
    if when.minutes and _SLOT.search(fact.name):
        for found in _PART_OF_DAY.finditer(reply.text):
            low, high = _PARTS_OF_DAY[found[1].casefold()]
            if any(low <= one < high for one in when.daytimes) and not known.said.holds(found[1].casefold()):
                yield found.span()
    if when.birth:
        yield from _born(when, reply, known)


@lru_cache(maxsize=1024)
def _when(name: str, value: str) -> _When:
    read = read_once(value)
    dates: list[date] = []
    for found in _ISO.finditer(value):
        with suppress(ValueError):
            dates.append(date(int(found[1]), int(found[2]), int(found[3])))
    if not dates and len(read.years) == 1 and len({(one.month, one.day) for one in read.days}) == 1:
        with suppress(ValueError):
            dates.append(date(int(next(iter(read.years))), read.days[0].month, read.days[0].day))
    named = {MONTHS[one.text] for one in read.atoms if one.text in MONTHS and value[one.start].isupper()}
    birth = bool(_BIRTH.search(name))
    return _When(
        birth=birth,
        days=frozenset((one.month, one.day) for one in read.days),
        alone=frozenset({day for day, _, _ in read.ordinals} | {one.day for one in read.days}),
        months=frozenset(named | {one.month for one in dates}),
        minutes=frozenset(one.minutes for one in read.clocks),
        daytimes=tuple(int(found[1]) * 60 + int(found[2]) for found in _DAYTIME.finditer(value)),
        weekdays=frozenset({SHORT_WEEKDAYS.get(one, one) for one in read.words} & WEEKDAYS),
        years=read.years if birth else frozenset(),
        dates=tuple(dates),
        compact=frozenset(one.strftime(shape) for one in dates for shape in _COMPACT),
    )


def _days(when: _When, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    shown = [one for one in reply.days if (one.month, one.day) in when.days]
    for one in shown:
        if not any((each.month, each.day) == (one.month, one.day) for reading in open_to for each in reading.days):
            yield one.start, one.end
    for day, month, start, end in reply.dotted_days:
        if (month, day) in when.days and not any(
            (each.month, each.day) == (month, day) for reading in open_to for each in reading.days
        ):
            yield start, end
    yield from ((run.start, run.end) for run in reply.runs if run.digits in when.compact)
    for day, start, end in reply.ordinals if when.alone else ():
        if day in when.alone and not any(day in reading.days_of_month for reading in open_to):
            yield start, end


def _months(when: _When, reply: Reading, known: Known) -> Iterator[Span]:
    """The month alone, or a part of it: `early June`, `since the start of the month`."""
    for found in _PART.finditer(reply.text) if when.days or when.months else ():
        low, high = next(bounds for word, bounds in _BOUNDS.items() if word in found["part"].casefold())
        if found["this"]:
            past = _PAST.search(reply.text[max(0, found.start() - _NEAR) : found.start()])
            fits = bool(past) and any(low <= day <= high for _, day in when.days)
        else:
            month = MONTHS[found["month"].casefold()]
            fits = any(one == month and low <= day <= high for one, day in when.days)
            fits = fits or (month in when.months and not when.days)
        if fits and not any(found[0].casefold() in one.text.casefold() for one in known.all):
            yield found.span()
    for found in _ALONE.finditer(reply.text) if when.months else ():
        month, start = MONTHS[found["month"].casefold()], found.start("month")
        if month not in when.months or any(one.start <= start < one.end for one in reply.days):
            continue
        if not any(one.text in MONTHS and MONTHS[one.text] == month for each in known.all for one in each.atoms):
            yield found.span("month")


def _times(when: _When, reply: Reading, open_to: tuple[Reading, ...]) -> Iterator[Span]:
    if not when.minutes:
        return
    shown = [(one.minutes, one.start, one.end) for one in reply.clocks if one.minutes in when.minutes]
    for found in _ROUGH.finditer(reply.text):
        hour = _hour(found[2] or found[3] or found[4])
        near = [one for one in when.minutes if hour is not None and _apart(one, hour) <= _ROUGH_MINUTES]
        shown += [(one, *found.span()) for one in near[:1]]
    for found in _HOURS.finditer(reply.text):
        ends = [_hour(found[1]), _hour(found[2])]
        if all(one in when.minutes for one in ends):
            shown.append((ends[0] or 0, *found.span()))
    for found in _TO.finditer(reply.text):
        hour, before = _hour(found[2]), read_once(found[1]).atoms
        minutes = 15 if "quarter" in found[1].casefold() else int(before[0].text[:2]) if before[0].number else None
        if hour is not None and minutes is not None and (hour - minutes) % 720 in when.minutes:
            shown.append(((hour - minutes) % 720, *found.span()))
    for minutes, start, end in shown:
        if not any(minutes in {each.minutes for each in one.clocks} | one.hours for one in open_to):
            yield start, end


def _hour(word: str) -> int | None:
    read = read_once(word).atoms
    if len(read) != 1 or not read[0].number or not 1 <= int(read[0].text[:4]) <= 12:
        return 0 if word.casefold() in ("noon", "midday", "midnight") else None
    return int(read[0].text) % 12 * 60


def _apart(one: int, other: int) -> int:
    return min((one - other) % 720, (other - one) % 720)


def _ago(when: _When, reply: Reading, known: Known) -> Iterator[Span]:
    """How long ago it was, counted from the thread's last day: to a day of days, to a third of anything longer."""
    for found in _AGO.finditer(reply.text) if when.dates else ():
        if found["last"]:
            word = found["last"].casefold()
            unit = word.rsplit(" ", maxsplit=1)[-1]
            days = 1.0 if word == "yesterday" else _UNITS[unit]
        else:
            count = re.sub(r"^a (?=couple|few)| of$", "", found["count"].casefold())
            unit = found["unit"].casefold()
            days = (int(count) if count.isdigit() else _COUNTS[count]) * _UNITS[unit]
        slack = 0.5 if days < 2 else max(1.0, min(days * 0.4, 120.0))
        fits = any(abs((known.today - one).days - days) <= slack for one in when.dates)
        if fits and not any(found[0].casefold() in one.text.casefold() for one in known.all):
            yield found.span()


def _born(when: _When, reply: Reading, known: Known) -> Iterator[Span]:
    """The year of birth, the age, the decade, or that it is a birthday."""
    for found in _YEAR.finditer(reply.text):
        if found[0] in when.years and not any(found[0] in one.years for one in known.public):
            yield found.span()
    ages = {known.today.year - int(one) - before for one in when.years for before in (0, 1)}
    for found in _AGE.finditer(reply.text):
        read = read_once(found[1] or found[2]).atoms
        if read and read[0].number and int(read[0].text[:4]) in ages:
            yield found.span()
    for found in _DECADE.finditer(reply.text):
        tens = next(at for at, one in enumerate(_TENS, 2) if (found[1] or found[2]).casefold().startswith(one)) * 10
        if any(tens <= one < tens + 10 for one in ages) or any(int(one[2:]) // 10 * 10 == tens for one in when.years):
            yield found.span()
    if when.days and not known.finds(_BIRTHDAY):
        yield from (found.span() for found in _BIRTHDAY.finditer(reply.text))
