"""What a store holds as the items of an inbox, read in a few queries however many there are."""

from collections.abc import Collection
from dataclasses import replace

from assistant.approval import Approval, latest
from assistant.brand import Brand
from assistant.store import Store
from assistant.store.inbox import WAITING, Entry
from assistant.web.items import Item, due_at
from assistant.web.triaging import correctors


def items_of(store: Store, brand: Brand, keys: Collection[str] | None = None) -> dict[str, Item]:
    """The messages of some keys, or all, by key, in the order in which they came; what is gone is left out.

    Raises:
        StoreError: the store can't be read, or what it holds was altered.
    """
    entries = list(store.entries(keys))
    decisions = latest(store, [entry.message.id for entry in entries if entry.message.status not in WAITING])
    return {entry.message.id: _item(entry, decisions.get(entry.message.id), brand) for entry in entries}


def _item(entry: Entry, decision: Approval | None, brand: Brand) -> Item:
    message, proposal = entry
    item = Item(message.id, message.context, due_at(message.context, brand))
    if message.status not in WAITING:
        seen = proposal.triage if proposal else None
        return replace(item, triage=seen, proposal=proposal, decision=decision)
    if proposal is None:
        return item
    if proposal.provenance.get("brand") == brand.sha256:
        return replace(item, triage=proposal.triage, proposal=proposal)
    # Drafted for the brand as it was: it is drafted anew, under what a person said of the message.
    return replace(item, triage=proposal.triage if correctors(proposal.triage) else None)
