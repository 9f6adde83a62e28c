"""What everybody at the desk is told: an incident's notice that goes into replies, and a pause for everything."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import AwareDatetime, Field
from sqlalchemy import Connection, insert, select, update

from assistant.errors import ApprovalError, InputError
from assistant.store import records
from assistant.store.canonical import sha256, timestamp
from assistant.store.database import Database
from assistant.store.tables import notices
from tone_rules.value import Value

NoticeKind = Literal["incident", "pause"]


class Notice(Value):
    """One thing that everybody is told, until it ends."""

    number: int
    kind: NoticeKind
    text: str = Field(min_length=1, max_length=2_000)
    """Of an incident the cleared words for replies; of a pause why nothing goes out."""
    url: str | None = None
    by: str
    at: AwareDatetime
    until: AwareDatetime | None = None


class Paused(ApprovalError):
    """Nothing goes out just now."""


def post(
    store: Database, kind: NoticeKind, text: str, by: str, *, url: str | None = None, until: datetime | None = None
) -> Notice:
    """Tell everybody something from now on, and record that it was said.

    Args:
        store: an open store.
        kind: `incident`, whose words replies to it use word for word, or `pause`, while which nothing is approved.
        text: the cleared words, or why.
        by: who says so.
        url: where an incident is followed up.
        until: when it ends by itself.

    Raises:
        InputError: the text is empty or too long, or the end is over already.
        StoreError: the store can't be written.
    """
    now = datetime.now(UTC)
    if until is not None and until <= now:
        raise InputError("the end of a notice should be a moment to come")
    text = text.strip()
    if not text or len(text) > 2_000:
        raise InputError("a notice should say something, in at most 2,000 characters")
    row = {"kind": kind, "text": text, "url": url, "by": by, "at": timestamp(now)}
    with store.writing() as connection:
        result = connection.execute(insert(notices).values(**row, until=timestamp(until) if until else None))
        number = int(result.inserted_primary_key[0])  # type: ignore[index]
        payload = {"number": number, "kind": kind, "by": by, "sha256": sha256(text)}
        records.append(connection, "notice", payload, at=now)
    return Notice(number=number, kind=kind, text=text, url=url, by=by, at=now, until=until)


def end(store: Database, number: int, by: str) -> None:
    """Stop telling it, and record that; a notice that has ended stays so.

    Raises:
        InputError: there is no such notice.
        StoreError: the store can't be written.
    """
    now = datetime.now(UTC)
    with store.writing() as connection:
        row = connection.execute(select(notices).where(notices.c.number == number)).one_or_none()
        if row is None:
            raise InputError(f"there is no notice {number}")
        if row.ended is None:
            connection.execute(update(notices).where(notices.c.number == number).values(ended=timestamp(now)))
            records.append(connection, "notice", {"number": number, "kind": row.kind, "by": by, "ended": True}, at=now)


def current(store: Database) -> tuple[Notice, ...]:
    """What everybody is told just now, oldest first.

    Raises:
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        return _current(connection, datetime.now(UTC))


def refuse_paused(connection: Connection, now: datetime) -> None:
    """See whether anything may go out.

    Raises:
        Paused: nothing may; the message says why and who said so.
    """
    pause = next((one for one in _current(connection, now) if one.kind == "pause"), None)
    if pause is not None:
        raise Paused(f"{pause.by} has paused all replies: {pause.text}")


def _current(connection: Connection, now: datetime) -> tuple[Notice, ...]:
    query = select(notices).where(notices.c.ended.is_(None)).order_by(notices.c.number)
    rows = [row for row in connection.execute(query) if row.until is None or row.until > timestamp(now)]
    return tuple(Notice.model_validate({name: getattr(row, name) for name in Notice.model_fields}) for row in rows)
