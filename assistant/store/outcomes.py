"""What became of a reply: a rating that was sent in, or how the customer sounded afterwards."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field
from sqlalchemy import insert, select

from assistant.errors import InputError
from assistant.store.canonical import timestamp
from assistant.store.database import Database
from assistant.store.inbox import NoMessage
from assistant.store.tables import messages, outcomes
from tone_rules.value import Value

OutcomeKind = Literal["csat", "follow_up", "resolved"]


class Outcome(Value):
    """One thing that became of one reply."""

    message_id: str
    kind: OutcomeKind
    """`csat` a customer's rating, `follow_up` how they sounded in their next post, `resolved` whether it is settled."""
    value: Annotated[float, Field(ge=0, le=1)]
    """0 to 1: a rating of 1 to 5 as (rating - 1) / 4; negative, neutral and positive as 0, 0.5 and 1."""
    at: AwareDatetime


def add_outcome(
    store: Database, message_id: str, kind: OutcomeKind, value: float, at: datetime | None = None
) -> Outcome:
    """Keep what became of a reply.

    Raises:
        NoMessage: there is no message of this id.
        InputError: the value does not lie between 0 and 1.
        StoreError: the store can't be written.
    """
    if not 0 <= value <= 1:
        raise InputError(f"the value of an outcome lies between 0 and 1, not {value:g}")
    found = Outcome(message_id=message_id, kind=kind, value=value, at=at or datetime.now(UTC))
    with store.writing() as connection:
        if connection.execute(select(messages.c.number).where(messages.c.id == message_id)).one_or_none() is None:
            raise NoMessage
        connection.execute(insert(outcomes).values({**dict(found), "at": timestamp(found.at)}))
    return found


def outcomes_of(store: Database) -> tuple[Outcome, ...]:
    """All that became of replies, in the order in which it was told.

    Raises:
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        rows = connection.execute(select(outcomes).order_by(outcomes.c.number)).all()
    return tuple(Outcome.model_validate({name: getattr(row, name) for name in Outcome.model_fields}) for row in rows)
