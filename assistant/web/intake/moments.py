"""When a message was written, from what exports write."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from eval.audit.dates import Order

_DAYS = {Order.dmy: "%d/%m/%Y", Order.mdy: "%m/%d/%Y"}
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
UNCLEAR = "its date could be either of two days: choose above how dates are written"


def read_moment(text: str, days: Order) -> datetime | str:
    """When something was written, or what is wrong with it.

    ISO 8601, seconds or milliseconds since 1970, the form of mail (RFC 5322), that of Twitter's exports, and days with
    slashes, dots or dashes, with or without a clock. A time without a zone is taken as UTC.

    Args:
        text: as it stands in the file, without spaces around it.
        days: the order of day and month; with `iso` a day that could be either of two is refused.
    """
    found: datetime | None = None
    for read in (_iso, _since_1970, _in_words):
        found = found or read(text)
    if found is None and re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,20}", text):
        written = {order: _by_day(text, order) for order in _DAYS}
        if days not in _DAYS and None not in written.values() and written[Order.dmy] != written[Order.mdy]:
            return UNCLEAR
        found = written.get(days) if days in _DAYS else next((one for one in written.values() if one), None)
    if found is None:
        return f"'{text[:40]}' is no date that can be read; write it as 2026-11-21T10:00:00Z"
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if found.year < 1990 or found > datetime.now(UTC) + timedelta(days=2):
        return f"'{text[:40]}' is not a time at which a customer can have written"
    return found


def told_by(texts: Iterable[str]) -> Order:
    """The order of day and month that the dates of one column show: a 21/11 tells it for a 03/04 too."""
    fitting = dict.fromkeys(_DAYS, False)
    for text in texts:
        written = {order: _by_day(text, order) for order in _DAYS}
        if None in written.values():
            fitting = {order: fitting[order] or written[order] is not None for order in _DAYS}
    found = [order for order, fits in fitting.items() if fits]
    return found[0] if len(found) == 1 else Order.iso


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if not text.isdecimal() or len(text) == 8 else None
    except ValueError:
        return None


def _since_1970(text: str) -> datetime | None:
    if not (text.isascii() and text.isdecimal() and 9 <= len(text) <= 14):
        return None
    seconds = int(text)
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds >= 10**11 else seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _in_words(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text) if text[0].isalpha() else None
    except (ValueError, IndexError, TypeError):
        return None


def _by_day(text: str, order: Order) -> datetime | None:
    plain = re.sub(r"(?<=\d)[.-](?=\d)", "/", text).replace(",", "")
    for clock in _CLOCKS:
        try:
            return datetime.strptime(plain, _DAYS[order] + clock)  # noqa: DTZ007  # exports name no zone; UTC is added
        except ValueError:
            continue
    return None
