"""Claims: who is answering a message just now, so that two people don't answer one thread."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Row, delete, insert, select

from assistant.context import CustomerContext
from assistant.errors import ApprovalError
from assistant.store import records
from assistant.store.canonical import stored, timestamp
from assistant.store.database import Database
from assistant.store.inbox import NoMessage
from assistant.store.tables import claims, message_columns, messages
from tone_rules.value import Value

SECONDS = 180
"""How long a claim holds unless it is renewed: a closed laptop keeps nobody else from answering for long."""


class Claim(Value):
    """Somebody is answering a message."""

    person: str
    until: AwareDatetime


class Claimed(ApprovalError):
    """Somebody else is answering this message."""


def claim(store: Database, message_id: str, person: str, *, seconds: float = SECONDS, take: bool = False) -> Claim:
    """Say that a person answers a message, or go on saying so; another's claim that has not run out stands.

    A claim that is taken over goes into the audit log: who took it, and from whom.

    Args:
        store: an open store.
        message_id: the message's id.
        person: who answers it.
        seconds: how long the claim holds from now.
        take: take it over, whoever has it.

    Raises:
        Claimed: somebody else has it; the message says who and until when.
        NoMessage: there is no message of this id.
        StoreError: the store can't be written.
    """
    now = datetime.now(UTC)
    with store.writing() as connection:
        row = connection.execute(select(*message_columns).where(messages.c.id == message_id)).one_or_none()
        if row is None:
            raise NoMessage
        held = _held(connection, message_id, person, now)
        if held is not None and not take:
            raise _claimed(held)
        if held is not None:
            _record(connection, row, {"by": person, "from": held}, now)
        until = now + timedelta(seconds=seconds)
        connection.execute(delete(claims).where(claims.c.message_id == message_id))
        connection.execute(insert(claims).values(message_id=message_id, person=person, until=timestamp(until)))
    return Claim(person=person, until=until)


def release(store: Database, message_id: str, person: str) -> None:
    """Give up a person's claim on a message; nothing happens where they have none.

    Raises:
        StoreError: the store can't be written.
    """
    with store.writing() as connection:
        connection.execute(delete(claims).where(claims.c.message_id == message_id, claims.c.person == person))


def standing(store: Database) -> Mapping[str, Claim]:
    """The claims that hold just now, by message.

    Raises:
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        rows = connection.execute(select(claims).where(claims.c.until > timestamp(datetime.now(UTC)))).all()
    return {row.message_id: Claim(person=row.person, until=row.until) for row in rows}


def drop(connection: Connection, message_id: str) -> None:
    """Nobody answers a message any more: it is decided."""
    connection.execute(delete(claims).where(claims.c.message_id == message_id))


def refuse_claimed(connection: Connection, message_id: str, person: str, now: datetime) -> None:
    """Compare who wants to answer with who is answering.

    Raises:
        Claimed: it is somebody else.
    """
    held = _held(connection, message_id, person, now)
    if held is not None:
        raise _claimed(held)


def _held(connection: Connection, message_id: str, person: str, now: datetime) -> str | None:
    """Who else is answering a message just now."""
    row = connection.execute(select(claims).where(claims.c.message_id == message_id)).one_or_none()
    held: str | None = row.person if row is not None and row.until > timestamp(now) else None
    return held if held != person else None


def _claimed(held: str) -> Claimed:
    return Claimed(f"{held} is answering this message; take it over first, or leave it to them")


def _record(connection: Connection, message: Row[Any], payload: Mapping[str, str], now: datetime) -> None:
    """Put a take-over into the audit log; which message it was is kept as a text, which can be erased."""
    texts = records.Texts(
        context=stored(CustomerContext, message.context),
        message_id=message.id,
        named={"id": message.id},
        retain_until=message.retain_until,
    )
    records.append(connection, "takeover", payload, texts, now)
