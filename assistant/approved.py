"""What a brand has approved lately, as a store holds it: examples of how the brand sounds."""

import json

from sqlalchemy import select

from assistant.brand import Brand
from assistant.drafting.examples import Example, Examples
from assistant.store import Store, tables

MOST = 1_000
"""Replies, the newest first."""
_NAMES = ("context", "reply")


def approved_replies(store: Store, brand: Brand, most: int = MOST) -> Examples:
    """The public replies of a brand that were approved, with what they answered; none that was erased.

    Raises:
        StoreError: the store can't be read.
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
    whole = (found[seq] for seq in ours if found.get(seq, {}).keys() == set(_NAMES))
    told = ((json.loads(one["context"]), one["reply"]) for one in whole)
    return Examples(
        Example(message=context["message"], reply=reply, channel=context["channel"])
        for context, reply in told
        if context.get("audience", "public") == "public"
    )
