"""The inbox behind the page: what came in, what was drafted for it, and what a person decided."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.approval import Approval, decisions
from assistant.context import CustomerContext
from assistant.pipeline import Assistant, Proposal
from assistant.store import Message, Store
from assistant.triage import Triage

Mark = Literal["drafting", "failed", "open", "needs_edit", "escalate", "no_reply", "approved", "escalated", "rejected"]
Queue = Literal["all", "todo", "escalate", "no_reply", "done"]

QUEUES: Mapping[Queue, frozenset[Mark]] = {
    "all": frozenset(),
    "todo": frozenset({"drafting", "failed", "open", "needs_edit", "escalate"}),
    "escalate": frozenset({"escalate", "escalated"}),
    "no_reply": frozenset({"no_reply"}),
    "done": frozenset({"approved", "escalated", "rejected"}),
}
"""Which marks each filter of the list shows; `all` shows every one."""

_OF_STATUS: Mapping[str, Mark] = {
    "ready": "open",
    "needs_edit": "needs_edit",
    "escalate": "escalate",
    "no_reply": "no_reply",
}
_OF_DECISION: Mapping[str, Mark] = {
    "approve": "approved",
    "edit": "approved",
    "escalate": "escalated",
    "reject": "rejected",
}
_URGENCY = {"critical": 0, "high": 1, "normal": 2, "low": 3}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Item:
    """One message of the inbox and how far it has come."""

    key: str
    """The message's id in the store."""
    context: CustomerContext
    triage: Triage | None = None
    proposal: Proposal | None = None
    error: str | None = None
    """Why there is no draft: the last attempt's failure."""
    decision: Approval | None = None
    revision: int = 0
    """Counts up with each change, so that a page can tell whether what it shows is still so."""

    @property
    def mark(self) -> Mark:
        """The one word for where the message stands."""
        if self.decision is not None:
            return _OF_DECISION[self.decision.decision]
        if self.proposal is not None:
            return _OF_STATUS[self.proposal.status]
        return "failed" if self.error else "drafting"


class Inbox:
    """The messages of one store as the page shows them. Safe to use from many threads."""

    def __init__(self, store: Store, assistant: Assistant) -> None:
        """Take over what the store holds.

        Raises:
            StoreError: the store can't be read.
        """
        self.store = store
        self.assistant = assistant
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._version = 0
        self._items = {message.id: self._stored(message) for message in store.messages()}

    def _stored(self, message: Message) -> Item:
        if message.status in ("open", "no_reply"):
            return Item(message.id, message.context)
        decided = decisions(self.store, message.id)
        proposal = self.store.proposal(message.id)
        seen = proposal.triage if proposal else None
        return Item(message.id, message.context, seen, proposal, decision=decided[-1] if decided else None)

    @property
    def version(self) -> int:
        """Counts up with every change of any message."""
        return self._version

    @property
    def drafting(self) -> bool:
        """Whether any message still waits for its first draft."""
        return any(item.mark == "drafting" for item in list(self._items.values()))

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: str) -> Item | None:
        """The message of that key."""
        return self._items.get(key)

    def items(self, queue: Queue = "all", channel: str = "", query: str = "") -> list[Item]:
        """The messages that fit a filter, most urgent first, then oldest."""
        marks, words = QUEUES[queue], query.casefold().split()
        found = [
            item
            for item in list(self._items.values())
            if (not marks or item.mark in marks)
            and (not channel or item.context.channel == channel)
            and all(word in _searchable(item.context) for word in words)
        ]
        return sorted(found, key=_order)

    def counts(self) -> dict[Queue, int]:
        """How many messages each filter shows."""
        marks = [item.mark for item in list(self._items.values())]
        return {queue: sum(not wanted or mark in wanted for mark in marks) for queue, wanted in QUEUES.items()}

    def channels(self) -> list[str]:
        """The channels that the messages came by, sorted."""
        return sorted({item.context.channel for item in list(self._items.values())})

    def start(self) -> threading.Thread:
        """Triage all that wait, then draft them one after another, in a thread of its own."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._draft_all, name="drafting", daemon=True)
        self._thread.start()
        return self._thread

    def stop(self) -> None:
        """Let the draft in hand be finished and begin no other; what waits is drafted at the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(30)

    def _draft_all(self) -> None:
        for item in self.items():
            if self._stopping.is_set():
                return
            if item.decision is None:
                self._attempt(item.key, lambda one: replace(one, triage=self.assistant.triage(one.context)))
        for item in self.items():
            if self._stopping.is_set():
                return
            if item.decision is None and item.proposal is None:
                self.draft(item.key)

    def draft(self, key: str, *, anyway: bool = False, variants: int = 3) -> None:
        """Draft one message, `anyway` also where triage says that it needs no reply.

        A failure is kept beside the message, and what was drafted before stays.
        """

        def drafted(item: Item) -> Item:
            # What a person said before ("draft anyway") holds for further drafts too.
            corrected = item.proposal.triage if item.proposal else None
            if anyway:
                corrected = (corrected or self.assistant.triage(item.context)).model_copy(update={"reply": True})
            proposal = _continued(item.proposal, self.assistant.draft(item.context, variants, corrected))
            self.store.save_proposal(key, proposal, item.context)
            return replace(item, triage=proposal.triage, proposal=proposal, error=None)

        self._attempt(key, drafted)

    def settle(self, key: str, decision: Approval) -> None:
        """Keep what a person decided about one message."""
        self._change(key, lambda item: replace(item, decision=decision))

    def reread(self, key: str) -> None:
        """Take over what another desk did to a message."""
        stored = self._stored(self.store.message(key))
        self._change(key, lambda item: replace(stored if stored.decision else item, revision=item.revision))

    def _attempt(self, key: str, work: Callable[[Item], Item]) -> None:
        item = self._items[key]
        try:
            done = work(item)
        except Exception as error:  # noqa: BLE001 - whatever fails for one message must not stop the others
            _log.exception("message %r could not be drafted", key)
            reason = f"{type(error).__name__}: {error}"
            self._change(key, lambda now: replace(now, error=reason))
        else:
            self._change(key, lambda now: replace(now, triage=done.triage, proposal=done.proposal, error=done.error))

    def _change(self, key: str, change: Callable[[Item], Item]) -> None:
        with self._lock:
            item = change(self._items[key])
            self._items[key] = replace(item, revision=item.revision + 1)
            self._version += 1


def _continued(before: Proposal | None, now: Proposal) -> Proposal:
    """The new proposal with the drafts there were in their places: somebody may be editing one of them."""
    if before is None or not before.drafts:
        return now
    known = {draft.text for draft in before.drafts}
    further = tuple(draft for draft in now.drafts if draft.text not in known)
    return before.model_copy(update={"drafts": (*before.drafts, *further)})


def _order(item: Item) -> tuple[int, float]:
    created = item.context.created_at
    return (_URGENCY[item.triage.urgency] if item.triage else 2, created.timestamp() if created else 0.0)


def _searchable(context: CustomerContext) -> str:
    customer = context.customer
    return " ".join((context.message, customer.name or "", customer.handle or "", context.id)).casefold()
