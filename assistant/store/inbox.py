"""The inbox part of a store: messages, the proposals made for them, and where each of them stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.context import CustomerContext
from assistant.errors import ApprovalError, InputError, MovedOn
from assistant.pipeline import Proposal
from assistant.pipeline import Status as ProposalStatus
from assistant.store import records
from assistant.store.canonical import canonical, stored, timestamp
from assistant.store.database import Database
from assistant.store.tables import clock, message_columns, messages
from tone_rules.situation import Turn
from tone_rules.value import Value

MessageStatus = Literal["open", "approved", "escalated", "rejected", "no_reply"]

_BATCH = 500
"""Messages stored in one transaction, so that other writers need not wait for a long import."""


class Message(Value):
    """One message of the inbox."""

    id: str
    status: MessageStatus
    context: CustomerContext
    """As it stands now, with every turn that was added."""
    proposal_status: ProposalStatus | None = None
    """None until a proposal for this context is saved."""
    received_at: datetime
    changed_at: datetime


class Entry(NamedTuple):
    """A message with what was proposed for it."""

    message: Message
    proposal: Proposal | None
    """None where none was made since the message last changed."""


class Changes(NamedTuple):
    """What has changed since an earlier look at a store."""

    now: int
    """Its count of writing transactions; an erasure counts as well."""
    many: int
    """How many messages there are."""
    ids: tuple[str, ...]
    """Of those that came or changed."""


class Imported(Value):
    """What `put_messages` did."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: tuple[str, ...] = ()
    """One line for each message that could not be kept: which, why, and what to do."""


class NoMessage(InputError):
    """There is no message of this id."""

    def __init__(self) -> None:
        """Say so, without the id: it may be a customer's."""
        super().__init__("there is no message of this id in the store")


class Store(Database):
    """The inbox, the audit log and the texts. Safe to share between threads; each process opens its own."""

    def put_messages(self, contexts: Iterable[CustomerContext], *, retention_days: int = 365) -> Imported:
        """Keep messages under their ids; where a context has none, under its post id.

        A message that came before and has changed (an edited post, a longer thread) replaces the old one, loses its
        proposal, and is open again. An earlier state of what is there already counts as the same. One that only shares
        its id with another customer's is refused.

        Args:
            contexts: any number; kept a few hundred at a time, each batch wholly or not at all.
            retention_days: how long they may be kept.

        Raises:
            StoreError: the store can't be written; earlier batches are kept.
        """
        total = Imported()
        source = enumerate(contexts, 1)
        while batch := list(islice(source, _BATCH)):
            with self.writing() as connection:
                done = _put(connection, batch, retention_days)
                if done.new or done.changed:
                    records.append(connection, "import", {"new": done.new, "changed": done.changed})
            total = Imported(
                new=total.new + done.new,
                changed=total.changed + done.changed,
                same=total.same + done.same,
                refused=total.refused + done.refused,
            )
        return total

    def messages(
        self,
        status: MessageStatus | None = None,
        *,
        channel: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Message]:
        """Messages in the order in which they came, all or those of one status or channel."""
        query = select(*message_columns).order_by(messages.c.number).offset(offset)
        if status is not None:
            query = query.where(messages.c.status == status)
        if channel is not None:
            query = query.where(messages.c.channel == channel)
        if limit is not None:
            query = query.limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return [_message(row) for row in rows]

    def entries(self, ids: Collection[str] | None = None) -> Iterator[Entry]:
        """Messages with their proposals, in the order in which they came: those of some ids, or all.

        Raises:
            StoreError: the store can't be read.
        """
        query = select(*message_columns).order_by(messages.c.number)
        with self.reading() as connection:
            for some in [None] if ids is None else in_parts(ids):
                wanted = query if some is None else query.where(messages.c.id.in_(some))
                for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
                    yield Entry(_message(row), None if row.proposal is None else stored(Proposal, row.proposal))

    def changes(self, since: int = -1) -> Changes:
        """What came or changed, its status and its proposal included, after an earlier look; all at the first one.

        Args:
            since: `now` of that look.

        Raises:
            StoreError: the store can't be read.
        """
        changed = select(messages.c.id).where(messages.c.revision > since).order_by(messages.c.number)
        with self.reading() as connection:
            return Changes(
                now=connection.execute(select(clock.c.value)).scalar_one(),
                many=connection.execute(select(func.count()).select_from(messages)).scalar_one(),
                ids=tuple(connection.execute(changed).scalars()),
            )

    def ids(self) -> set[str]:
        """Of all messages that are there.

        Raises:
            StoreError: the store can't be read.
        """
        with self.reading() as connection:
            return set(connection.execute(select(messages.c.id)).scalars())

    def counts(self) -> dict[MessageStatus, int]:
        """How many messages stand at each status; those with none are left out."""
        query = select(messages.c.status, func.count()).group_by(messages.c.status)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def message(self, message_id: str) -> Message:
        """One message.

        Raises:
            NoMessage: there is none of this id.
        """
        with self.reading() as connection:
            return _message(_row(connection, message_id))

    def save_proposal(self, message_id: str, proposal: Proposal, context: CustomerContext | None = None) -> None:
        """Keep the proposal for a message in place of an earlier one.

        A message that waits moves to `no_reply` where the proposal says so, and back to `open` where it does not.

        Args:
            message_id: the message's id.
            proposal: what the pipeline returned.
            context: what the proposal was made from; give it where drafting took a while.

        Raises:
            NoMessage: there is no message of this id.
            MovedOn: the thread is no longer that of `context`; draft again.
        """
        with self.writing() as connection:
            row = _row(connection, message_id)
            if context is not None:
                refuse_moved_on(context, stored(CustomerContext, row.context))
            values = {"proposal": canonical(proposal), "proposal_status": proposal.status}
            if row.status in WAITING:
                values["status"] = "no_reply" if proposal.status == "no_reply" else "open"
            connection.execute(update(messages).where(messages.c.id == message_id).values(values))

    def proposal(self, message_id: str) -> Proposal | None:
        """The saved proposal; None where none was made since the message last changed.

        Raises:
            NoMessage: there is no message of this id.
        """
        with self.reading() as connection:
            text = _row(connection, message_id).proposal
        return None if text is None else stored(Proposal, text)

    def add_turn(self, message_id: str, turn: Turn) -> Message:
        """Add a post to a message's thread. The message is open again and its proposal is gone: draft anew.

        A customer's post becomes the message to answer, and the earlier message the last turn of the thread; any
        other post joins the thread.

        Raises:
            NoMessage: there is no message of this id.
            InputError: the new post is empty or too long.
        """
        with self.writing() as connection:
            row = _row(connection, message_id)
            context = _with_turn(stored(CustomerContext, row.context), turn)
            _replace(connection, message_id, context)
            return _message(_row(connection, message_id))


def in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids a few hundred at a time: as many as one query may name."""
    left = iter(ids)
    while some := list(islice(left, _BATCH)):
        yield some


WAITING = ("open", "no_reply")
"""The statuses in which nobody has decided yet."""


def key_of(context: CustomerContext) -> str | None:
    """The id that a context is kept under."""
    return context.id or context.post_id


def settle(
    connection: Connection, context: CustomerContext, status: MessageStatus, at: datetime, retain_until: date
) -> None:
    """Set the status that a decision leads to; a message that the inbox does not hold yet is added to it.

    Raises:
        MovedOn: somebody wrote in the thread, or the post was edited, after `context` was taken.
        ApprovalError: somebody has decided already.
    """
    key = key_of(context)
    row = connection.execute(select(*message_columns).where(messages.c.id == key)).one_or_none()
    if row is None:
        connection.execute(insert(messages).values(_columns(context, at, retain_until, status)))
        return
    if row.status not in WAITING:
        raise ApprovalError(f"this message was already {row.status} at {row.changed_at}; nothing was recorded again")
    refuse_moved_on(context, stored(CustomerContext, row.context))
    values = {"status": status, "changed_at": timestamp(at), "retain_until": retain_until}
    connection.execute(update(messages).where(messages.c.id == key).values(values))


def refuse_moved_on(before: CustomerContext, now: CustomerContext) -> None:
    """Compare what was drafted for with what stands there now.

    Raises:
        MovedOn: the message or the thread differs.
    """
    if before.message != now.message or said(before.thread) != said(now.thread):
        raise MovedOn("the thread has changed since this was drafted; read it again and draft anew")


def said(thread: Sequence[Turn]) -> list[tuple[str, str]]:
    """Who said what: the part of a thread that an answer depends on."""
    return [(turn.role, turn.text) for turn in thread]


def _put(connection: Connection, batch: Sequence[tuple[int, CustomerContext]], retention_days: int) -> Imported:
    new = changed = same = 0
    refused = []
    at = datetime.now(UTC)
    retain_until = at.date() + timedelta(days=retention_days)
    for number, context in batch:
        key = key_of(context)
        if not key:
            refused.append(f"message {number} has neither an id nor a post_id; give it one")
            continue
        if "\x00" in f"{key}{context.post_id}":
            refused.append(f"message {number} has a NUL byte in its id; remove it")
            continue
        row = connection.execute(select(messages.c.context).where(messages.c.id == key)).one_or_none()
        if row is None:
            connection.execute(insert(messages).values(_columns(context, at, retain_until, "open")))
            new += 1
        elif row.context == canonical(context) or _outdated(context, stored(CustomerContext, row.context)):
            same += 1
        elif _continues(stored(CustomerContext, row.context), context):
            _replace(connection, key, context)
            changed += 1
        else:
            refused.append(f"message {number} has the id of another customer's message; give it an id of its own")
    return Imported(new=new, changed=changed, same=same, refused=tuple(refused))


def _continues(old: CustomerContext, new: CustomerContext) -> bool:
    """Whether `new` is a later state of `old` and not another post that happens to have its id."""
    if old.channel != new.channel:
        return False
    if old.post_id and new.post_id:
        return old.post_id == new.post_id
    if old.customer.handle and new.customer.handle:
        return old.customer.handle == new.customer.handle
    return old.message == new.message or ("customer", old.message) in said(new.thread)


def _outdated(given: CustomerContext, now: CustomerContext) -> bool:
    """Whether the store already knows all that was said, and more: the same file read again after a turn was added."""
    before = [*said(given.thread), ("customer", given.message)]
    later = [*said(now.thread), ("customer", now.message)]
    remaining = iter(later)
    return len(before) < len(later) and all(one in remaining for one in before) and _continues(given, now)


def _replace(connection: Connection, key: str, context: CustomerContext) -> None:
    """Put a later state of a message in place; it is open again only where what was said has changed."""
    old = stored(CustomerContext, _row(connection, key).context)
    values: dict[str, Any] = {"context": canonical(context), "proposal": None, "proposal_status": None}
    if (old.message, said(old.thread)) != (context.message, said(context.thread)):
        values |= {"status": "open", "changed_at": timestamp(datetime.now(UTC))}
    connection.execute(update(messages).where(messages.c.id == key).values(values))


def _with_turn(context: CustomerContext, turn: Turn) -> CustomerContext:
    if turn.role != "customer":
        return context.model_copy(update={"thread": (*context.thread, turn)})
    earlier = Turn(role="customer", author=context.customer.handle, text=context.message, at=context.created_at)
    later = {"message": turn.text, "created_at": turn.at, "thread": (*context.thread, earlier)}
    try:
        return CustomerContext.model_validate({**dict(context), **later})
    except ValueError:
        raise InputError("the new post is empty, too long or holds a NUL byte; nothing was stored") from None


def _columns(context: CustomerContext, at: datetime, retain_until: date, status: MessageStatus) -> dict[str, Any]:
    return {
        "id": key_of(context),
        "status": status,
        "channel": context.channel,
        "post_id": context.post_id,
        "context": canonical(context),
        "received_at": timestamp(at),
        "changed_at": timestamp(at),
        "retain_until": retain_until,
    }


def _row(connection: Connection, message_id: str) -> Row[Any]:
    row = connection.execute(select(*message_columns).where(messages.c.id == message_id)).one_or_none()
    if row is None:
        raise NoMessage
    return row


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        status=row.status,
        context=stored(CustomerContext, row.context),
        proposal_status=row.proposal_status,
        received_at=row.received_at,
        changed_at=row.changed_at,
    )
