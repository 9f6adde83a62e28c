"""Claims: who is answering a message just now, so that two people don't answer one thread."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime
from sqlalchemy import Connection, delete, insert, select

from assistant.errors import ApprovalError, InputError
from assistant.store.canonical import timestamp
from assistant.store.database import Database
from assistant.store.tables import claims, messages
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

    Args:
        store: an open store.
        message_id: the message's id.
        person: who answers it.
        seconds: how long the claim holds from now.
        take: take it over, whoever has it.

    Raises:
        Claimed: somebody else has it; the message says who and until when.
        InputError: there is no message of this id.
        StoreError: the store can't be written.
    """
    now = datetime.now(UTC)
    with store.writing() as connection:
        if connection.execute(select(messages.c.number).where(messages.c.id == message_id)).one_or_none() is None:
            raise InputError("there is no message of this id in the store")
        if not take:
            refuse_claimed(connection, message_id, person, now)
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
    row = connection.execute(select(claims).where(claims.c.message_id == message_id)).one_or_none()
    if row is not None and row.person != person and row.until > timestamp(now):
        raise Claimed(f"{row.person} is answering this message; take it over first, or leave it to them")
