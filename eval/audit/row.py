"""One row of an export as an audit needs it, or why it can't be used."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from assistant.context import Customer, SaidText, Text
from assistant.lines import CheckLine
from eval.audit.columns import Columns
from eval.audit.dates import Order, read_day
from tone_rules.channels import channel_names
from tone_rules.situation import Fact, Turn

CHANNELS: Mapping[str, str] = {
    "twitter": "x",
    "x twitter": "x",
    "fb": "facebook",
    "facebook page": "facebook",
    "ig": "instagram",
    "google": "google_business",
    "google my business": "google_business",
    "google reviews": "google_business",
    "gmb": "google_business",
    "play store": "google_play",
    "google play store": "google_play",
    "apple": "app_store",
    "apple app store": "app_store",
    "ios": "app_store",
    "yt": "youtube",
    "community": "forum",
}
"""What exports call a channel, where it isn't our own name for it."""
_SAFE_ID = re.compile(r"[\w.:/#-]{1,80}", re.ASCII)
_LINK = re.compile(r"https?://[\w.-]{1,200}(?::\d{1,5})?(?:/[\w./~%+=&?:;,@#-]{0,400})?", re.ASCII)
_SAFE_NAME = re.compile(r"[\w .()+&/'’-]{1,40}")
_PERSON = re.compile(r"[\w .()+&/'’@-]{1,80}")

_said: TypeAdapter[str] = TypeAdapter(SaidText)
_text: TypeAdapter[str] = TypeAdapter(Text)
_context: TypeAdapter[tuple[tuple[Turn, ...], tuple[Fact, ...], Customer]] = TypeAdapter(
    tuple[tuple[Turn, ...], tuple[Fact, ...], Customer]
)
_NOTHING: tuple[tuple[Turn, ...], tuple[Fact, ...], Customer] = ((), (), Customer())


class Row(NamedTuple):
    """One reply that was sent, and what its row says about it."""

    line: CheckLine
    plain: bool
    """Nothing is known of this conversation but the message."""
    day: date | None
    dated: bool
    """Whether the row has a date at all, readable or not."""
    channel: str | None
    """As it is shown."""
    agent: str | None
    id: str | None
    link: str | None


def read_row(
    cells: Mapping[str, Any], columns: Columns, *, order: Order = Order.iso, by_agent: bool = False
) -> Row | str | None:
    """A row, what is wrong with it, or None where nothing was sent.

    Args:
        cells: by column.
        columns: which column is what.
        order: of day and month in dates that leave it open.
        by_agent: whether to read who sent it.
    """
    reply = cells.get(columns.reply)
    if reply is None or (isinstance(reply, str) and not reply.strip()):
        return f"no '{columns.reply}'" if columns.reply not in cells else None
    message = _cell(cells, columns.message)
    place = columns.reply
    try:
        reply = _valid(_said, reply)
        place = columns.message or ""
        message = _valid(_text, message) if isinstance(message, str) and message.strip() else None
        extra = [_cell(cells, one) for one in (columns.thread, columns.facts, columns.customer_details)]
        place = "thread, facts or customer_details"
        known = _context.validate_python((extra[0] or (), extra[1] or (), extra[2] or {})) if any(extra) else _NOTHING
    except ValidationError as error:
        return (
            f"'{place}': {error.errors(include_input=False, include_url=False)[0]['msg'].removeprefix('Value error, ')}"
        )
    except UnicodeEncodeError:
        return f"'{place}': this is not UTF-8; save the file as UTF-8"
    shown = _cell(cells, columns.channel)
    channel = _channel(shown) if isinstance(shown, str) and len(shown) <= 80 else None
    audience = _cell(cells, columns.audience)
    time = _cell(cells, columns.time)
    return Row(
        line=line_of(channel, "private" if audience == "private" else "public", reply, message, *known),
        plain=known is _NOTHING,
        day=read_day(time, order),
        dated=time not in (None, ""),
        channel=channel or _fitting(_SAFE_NAME, shown),
        agent=_person(_cell(cells, columns.agent)) if by_agent else None,
        id=_fitting(_SAFE_ID, _cell(cells, columns.id)),
        link=_fitting(_LINK, _cell(cells, columns.link)),
    )


def line_of(
    channel: str | None,
    audience: Literal["public", "private"],
    reply: str = "",
    message: str | None = None,
    thread: tuple[Turn, ...] = (),
    facts: tuple[Fact, ...] = (),
    customer: Customer = _NOTHING[2],
) -> CheckLine:
    """A line of `check`; an export need not know the channel, as such a line must."""
    known: dict[str, Any] = {"channel": channel, "audience": audience, "reply": reply, "message": message}
    return CheckLine.model_construct(id="", thread=thread, facts=facts, customer=customer, **known)


def _cell(cells: Mapping[str, Any], column: str | None) -> Any:
    return None if column is None else cells.get(column)


def _valid(kind: TypeAdapter[str], value: Any) -> str:
    found = kind.validate_python(value)
    if not found.isascii():
        found.encode()  # bytes that were no UTF-8 stand in it as lone surrogates
    return found


@lru_cache(maxsize=1024)
def _channel(shown: str) -> str | None:
    """Our name for a channel, where there is one."""
    words = " ".join(re.findall(r"[^\W_]+", shown.casefold()))
    found = CHANNELS.get(words, words.replace(" ", "_"))
    return found if found in _known() else None


@cache
def _known() -> frozenset[str]:
    return frozenset(channel_names())


def _person(value: Any) -> str | None:
    """Who sent it: a name, a number, or an object with a `name`."""
    return _fitting(_PERSON, value.get("name") if isinstance(value, Mapping) else value)


def _fitting(pattern: re.Pattern[str], value: Any) -> str | None:
    """A short text of the shape that is looked for; None of any other, which may not belong into a report."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    return value if pattern.fullmatch(value) else None
