"""Erasing what is private, on request or when its time is over; the audit log keeps its digests and still verifies."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, false, select, update

from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.store import records
from assistant.store.canonical import canonical, stored
from assistant.store.database import Database
from assistant.store.tables import claims, handovers, messages, outcomes, texts
from tone_rules.value import Value

Because = Literal["post", "message", "handle", "retention"]


class Erasure(Value):
    """What was erased."""

    messages: int = 0
    """Messages taken out of the inbox, with their threads and proposals."""
    changed: int = 0
    """Messages of other customers out of whose threads posts were taken."""
    texts: int = 0
    """Texts of records, with their salts."""
    untraced: bool = True
    """Whether the store's files hold no trace either. False where another process was reading all the while: run
    `sweep` again later."""


def erase(
    store: Database,
    *,
    by: str,
    post_id: str | None = None,
    message_id: str | None = None,
    handle: str | None = None,
    channel: str | None = None,
) -> Erasure:
    """Erase everything kept about one post, one message or one customer, and record that it was done.

    By `handle` (letter case and a leading @ aside) that is the customer's own messages with all that was decided about
    them, and their posts in other customers' threads. Names inside other people's sentences are not looked for.

    Args:
        store: an open store.
        by: who asks for it or does it, for the record.
        post_id: the post's id on its platform.
        message_id: the id under which the inbox keeps a message.
        handle: the customer's handle.
        channel: look only there; the same handle may be somebody else's on another channel.

    Raises:
        InputError: not exactly one of post id, message id and handle.
        StoreError: the store can't be written; nothing was erased.
    """
    given: dict[Because, str | None] = {"post": post_id, "message": message_id, "handle": handle}
    chosen = [(because, value.strip()) for because, value in given.items() if value and value.strip()]
    if len(chosen) != 1:
        raise InputError("name what to erase by exactly one of post_id, message_id and handle")
    if chosen[0][0] == "handle" and not _plain(chosen[0][1]):
        raise InputError("this handle is empty; it would fit every customer without one")
    if not by.strip():
        raise InputError("name who erases; the record says so")
    because, value = chosen[0]

    def find(connection: Connection) -> "_Found":
        if because == "handle":
            return _of_person(connection, _plain(value), channel)
        if because == "post":
            return _of_messages(connection, messages.c.post_id == value, texts.c.post_id == value, channel)
        return _of_messages(connection, messages.c.id == value, texts.c.message_id == value, channel)

    return _erase(store, find, because, by.strip())


def sweep(store: Database, today: date, *, by: str = "retention") -> Erasure:
    """Erase every message and text whose last day of retention is over, and record it if there were any.

    Args:
        store: an open store.
        today: what is kept until yesterday or earlier goes.
        by: who runs it, for the record.

    Raises:
        StoreError: the store can't be written; nothing was erased.
    """

    def find(connection: Connection) -> "_Found":
        return _of_messages(connection, messages.c.retain_until < today, texts.c.retain_until < today)

    return _erase(store, find, "retention", by)


class _Found:
    """What is to go: numbers of inbox rows, names of texts by record, and contexts to put in place of others."""

    def __init__(self) -> None:
        self.messages: set[int] = set()
        self.texts: dict[int, set[str]] = {}
        self.contexts: dict[int, CustomerContext] = {}

    def add(self, other: "_Found") -> None:
        self.messages |= other.messages
        for seq, names in other.texts.items():
            self.texts.setdefault(seq, set()).update(names)


def _erase(store: Database, find: Callable[[Connection], _Found], because: Because, by: str) -> Erasure:
    with store.writing() as connection:
        found = find(connection)
        for number in found.messages:
            of_message = select(messages.c.id).where(messages.c.number == number).scalar_subquery()
            connection.execute(delete(claims).where(claims.c.message_id == of_message))
            connection.execute(delete(handovers).where(handovers.c.message_id == of_message))
            connection.execute(delete(outcomes).where(outcomes.c.message_id == of_message))
            connection.execute(delete(messages).where(messages.c.number == number))
        for number, context in found.contexts.items():
            values = {"context": canonical(context), "proposal": None, "proposal_status": None}
            connection.execute(update(messages).where(messages.c.number == number).values(values))
        for seq, names in found.texts.items():
            connection.execute(delete(texts).where(texts.c.seq == seq, texts.c.name.in_(names)))
        if found.messages or found.texts or found.contexts:
            payload = {
                "because": because,
                "by": by,
                "messages": len(found.messages),
                "changed": len(found.contexts),
                "erased": [[seq, sorted(names)] for seq, names in sorted(found.texts.items())],
            }
            records.append(connection, "erasure", payload)
    return Erasure(
        messages=len(found.messages),
        changed=len(found.contexts),
        texts=sum(len(names) for names in found.texts.values()),
        untraced=store.leave_no_trace(),
    )


def _of_messages(
    connection: Connection, inbox: ColumnElement[bool], kept: ColumnElement[bool], channel: str | None = None
) -> _Found:
    """The inbox rows and the texts that fit these conditions."""
    found = _Found()
    numbers, names = select(messages.c.number).where(inbox), select(texts.c.seq, texts.c.name).where(kept)
    if channel:
        numbers, names = numbers.where(messages.c.channel == channel), names.where(texts.c.channel == channel)
    found.messages.update(connection.execute(numbers).scalars())
    for row in connection.execute(names):
        found.texts.setdefault(row.seq, set()).add(row.name)
    return found


def _of_person(connection: Connection, handle: str, channel: str | None) -> _Found:
    """A customer's own messages, and other people's threads in which they wrote."""
    found = _Found()
    own: set[str] = set()
    quoting: set[int] = set()
    inbox = select(messages.c.number, messages.c.id, messages.c.context)
    kept = select(texts.c.seq, texts.c.message_id, texts.c.text).where(texts.c.name == "context")
    if channel:
        inbox, kept = inbox.where(messages.c.channel == channel), kept.where(texts.c.channel == channel)
    for row in connection.execute(inbox.execution_options(yield_per=500)):
        context = stored(CustomerContext, row.context)
        if _plain(context.customer.handle) == handle:
            own.add(row.id)
        elif _wrote(context, handle):
            thread = tuple(turn for turn in context.thread if _plain(turn.author) != handle)
            found.contexts[row.number] = context.model_copy(update={"thread": thread})
    for row in connection.execute(kept.execution_options(yield_per=500)):
        context = stored(CustomerContext, row.text)
        if _plain(context.customer.handle) == handle:
            own.add(row.message_id)
        elif _wrote(context, handle):
            quoting.add(row.seq)
    for one in own:
        found.add(_of_messages(connection, messages.c.id == one, texts.c.message_id == one, channel))
    for seq in quoting:
        # The proposal's brief and evidence may quote the thread; the decision itself is the other customer's.
        in_thread = (texts.c.seq == seq) & texts.c.name.in_(("context", "proposal"))
        found.add(_of_messages(connection, false(), in_thread))
    return found


def _wrote(context: CustomerContext, handle: str) -> bool:
    return any(_plain(turn.author) == handle for turn in context.thread)


def _plain(handle: str | None) -> str:
    return (handle or "").strip().removeprefix("@").casefold()
