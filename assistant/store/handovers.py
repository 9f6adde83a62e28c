"""Texts that wait for a second person, where a brand asks for four eyes: one writes, another approves or gives back."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import AwareDatetime
from sqlalchemy import Connection, delete, insert, select, update

from assistant.errors import ApprovalError, InputError
from assistant.store.canonical import timestamp
from assistant.store.claims import drop as drop_claim
from assistant.store.claims import refuse_claimed
from assistant.store.database import Database
from assistant.store.inbox import WAITING, NoMessage
from assistant.store.tables import handovers, messages
from tone_rules.value import Value


class Handover(Value):
    """A text that its author has finished and that somebody else is to approve."""

    author: str
    text: str
    draft: int | None = None
    """The index of the draft that it began with; None for a text written anew."""
    thread: str = ""
    """The mark of the thread that it answers, as the caller makes it."""
    at: AwareDatetime
    returned_by: str | None = None
    """Who gave it back; None while it waits."""
    reason: str | None = None
    """Why it was given back."""


def hand_over(
    store: Database, message_id: str, author: str, text: str, *, draft: int | None = None, thread: str = ""
) -> Handover:
    """Let a text wait for a second person, in place of one that waited before; the author's claim ends.

    Args:
        store: an open store.
        message_id: the message's id.
        author: who wrote or chose the text.
        text: exactly what is to be approved.
        draft: the index of the draft that it began with.
        thread: a mark of the thread that it answers.

    Raises:
        Claimed: somebody else is answering this message.
        ApprovalError: the message was decided before.
        NoMessage: there is no message of this id.
        InputError: the text is empty.
        StoreError: the store can't be written.
    """
    if not text.strip():
        raise InputError("the text is empty; write it first")
    now = datetime.now(UTC)
    made = Handover(author=author, text=text, draft=draft, thread=thread, at=now)
    with store.writing() as connection:
        status = connection.execute(select(messages.c.status).where(messages.c.id == message_id)).scalar_one_or_none()
        if status is None:
            raise NoMessage
        if status not in WAITING:
            raise ApprovalError(f"this message was already {status}; there is nothing to hand over")
        refuse_claimed(connection, message_id, author, now)
        drop_claim(connection, message_id)
        drop(connection, message_id)
        row = {**made.model_dump(), "message_id": message_id, "at": timestamp(now)}
        connection.execute(insert(handovers).values(row))
    return made


def give_back(store: Database, message_id: str, person: str, reason: str) -> Handover:
    """Give a text back to its author, with the reason.

    Raises:
        InputError: nothing waits there, or no reason is given.
        StoreError: the store can't be written.
    """
    if not reason.strip():
        raise InputError("say why it goes back: the author should know what to change")
    with store.writing() as connection:
        row = connection.execute(select(handovers).where(handovers.c.message_id == message_id)).one_or_none()
        if row is None:
            raise InputError("no text waits for a second person here")
        given = {"returned_by": person, "reason": reason.strip()}
        connection.execute(update(handovers).where(handovers.c.message_id == message_id).values(given))
        return Handover(**{name: value for name, value in row._mapping.items() if name != "message_id"} | given)


def standing(store: Database) -> Mapping[str, Handover]:
    """What was handed over or given back and is not decided, by message.

    Raises:
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        rows = connection.execute(select(handovers)).mappings().all()
    return {
        row["message_id"]: Handover(**{name: value for name, value in row.items() if name != "message_id"})
        for row in rows
    }


def drop(connection: Connection, message_id: str) -> None:
    """Nothing waits here any more: the message is decided, handed over anew, or erased."""
    connection.execute(delete(handovers).where(handovers.c.message_id == message_id))
