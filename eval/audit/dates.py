"""When a reply was sent, from what exports write."""

import math
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class Order(StrEnum):
    """How dates with slashes or dots are to be read: 03/04/2026 is in April or in March."""

    iso = "iso"
    dmy = "dmy"
    mdy = "mdy"


_EARLIEST, _LATEST = 1990, 2100
"""Years of a reply on any network; what lies beyond is no date."""
_TWITTER = "%a %b %d %H:%M:%S %z %Y"
_DAYS = {Order.dmy: "%d/%m/%Y", Order.mdy: "%m/%d/%Y"}
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_MILLISECONDS = 10**11
"""A count of seconds of this size would lie in the year 5138: it is one of milliseconds."""


def read_day(value: object, order: Order = Order.iso) -> date | None:
    """The day of a date or time as it was written, without moving it to another zone; None where it can't be told.

    ISO 8601, seconds or milliseconds since 1970 (in UTC), the form of mail (RFC 5322), that of Twitter's exports, and
    with `order` days like 31/12/2025 or 31.12.2025, with or without a clock.
    """
    found = _read(value, order)
    return found if found is not None and _EARLIEST <= found.year <= _LATEST else None


def _read(value: object, order: Order) -> date | None:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case bool():
            return None
        case int() | float():
            return _since_1970(value)
        case str():
            return _written(value.strip(), order)
        case _:
            return None


def _since_1970(seconds: float) -> date | None:
    if not math.isfinite(seconds):
        return None
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= _MILLISECONDS else seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _written(text: str, order: Order) -> date | None:
    if not 6 <= len(text) <= 40:
        return None
    try:
        if text.isdecimal() and len(text) > 8:
            return _since_1970(float(text))
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    if text[0].isalpha():
        return _in_words(text)
    if order in _DAYS:
        plain = text.replace(".", "/").replace("-", "/").replace(",", "")
        for clock in _CLOCKS:
            try:
                return datetime.strptime(plain, _DAYS[order] + clock).date()  # noqa: DTZ007  # the day as written
            except ValueError:
                continue
    return _mail(text)


def _in_words(text: str) -> date | None:
    try:
        return datetime.strptime(text, _TWITTER).date()  # noqa: DTZ007  # it has %z, and the day stays as written
    except ValueError:
        return _mail(text)


def _mail(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError):
        return None
