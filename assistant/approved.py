"""What a brand has approved lately, as a store holds it: for backtests, and as examples of how the brand sounds."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting.examples import Example, Examples
from assistant.store import tables
from assistant.store.canonical import stored
from assistant.store.database import Database

MOST = 1_000
"""Replies, the newest first."""
_NAMES = ("context", "reply")


class Sent(NamedTuple):
    """A reply that was approved, and what it answered."""

    reply: str
    context: CustomerContext


def sent(store: Database, brand: Brand, most: int = MOST) -> Sequence[Sent]:
    """The replies of a brand that were approved, the newest first; none that was erased.

    Args:
        store: an open store.
        brand: whose; a store may hold several brands' replies.
        most: how many of the newest approvals to look at.

    Raises:
        StoreError: the store can't be read, or what it holds was altered.
    """
    record, text = tables.records.c, tables.texts.c
    kept = select(record.seq, record.payload).where(record.kind == "approval").order_by(record.seq.desc())
    with store.reading() as connection:
        rows = connection.execute(kept.limit(most)).all()
        ours = [row.seq for row in rows if json.loads(row.payload)["brand"]["name"] == brand.name]
        wanted = select(text.seq, text.name, text.text).where(text.seq.in_(ours), text.name.in_(_NAMES))
        found: dict[int, dict[str, str]] = {}
        for row in connection.execute(wanted):
            found.setdefault(row.seq, {})[row.name] = row.text
    whole = (found[seq] for seq in ours if len(found.get(seq, ())) == len(_NAMES))
    return [Sent(one["reply"], stored(CustomerContext, one["context"])) for one in whole]


def approved_replies(store: Database, brand: Brand, most: int = MOST) -> Examples:
    """The public ones of them, with what they answered.

    Raises:
        StoreError: the store can't be read, or what it holds was altered.
    """
    return Examples(
        Example(message=context.message, reply=reply, channel=context.channel)
        for reply, context in sent(store, brand, most)
        if context.audience == "public"
    )
