"""One message of the inbox: how far it has come, when it is due, and which filters show it."""

import json
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal

from assistant.approval import Approval
from assistant.brand import Brand
from assistant.checking import sla_hours
from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from assistant.store.canonical import sha256
from assistant.store.claims import Claim
from assistant.store.handovers import Handover
from assistant.store.inbox import said
from assistant.triage import Triage

Mark = Literal[
    "drafting",
    "failed",
    "open",
    "needs_edit",
    "escalate",
    "no_reply",
    "second",
    "approved",
    "escalated",
    "rejected",
]
Queue = Literal["all", "todo", "due", "mine", "escalate", "no_reply", "done"]

DECIDED: frozenset[Mark] = frozenset({"approved", "escalated", "rejected"})
WAITING: frozenset[Mark] = frozenset({"drafting", "failed", "open", "needs_edit", "escalate", "second"})
QUEUES: Mapping[Queue, frozenset[Mark]] = {
    "all": frozenset(),
    "todo": WAITING,
    "due": WAITING,
    "mine": WAITING,
    "escalate": frozenset({"escalate", "escalated"}),
    "no_reply": frozenset({"no_reply"}),
    "done": DECIDED,
}
"""Which marks each filter of the list shows; `all` shows every one. `due` and `mine` ask for more, see `shows`."""
DUE_SOON = timedelta(hours=1)

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


@dataclass(frozen=True)
class Item:
    """One message of the inbox and how far it has come; what a list asks of each is computed once."""

    key: str
    """The message's id in the store."""
    context: CustomerContext
    due: datetime | None = None
    """When an answer is due, by the brand's or the channel's hours; None where nobody knows when it was asked."""
    triage: Triage | None = None
    proposal: Proposal | None = None
    error: str | None = None
    """Why there is no draft: the last attempt's failure."""
    decision: Approval | None = None
    claim: Claim | None = None
    """Who is answering it just now."""
    handed: Handover | None = None
    """A finished text that waits for a second person, or that one gave back."""
    revision: int = 0
    """Counts up with each change, so that a page can tell whether what it shows is still so."""

    @cached_property
    def mark(self) -> Mark:
        """The one word for where the message stands."""
        if self.decision is not None:
            return _OF_DECISION[self.decision.decision]
        if self.handed is not None and self.handed.returned_by is None:
            return "second"
        if self.proposal is not None:
            return _OF_STATUS[self.proposal.status]
        return "failed" if self.error else "drafting"

    @property
    def thread(self) -> str:
        """A mark that is another whenever anything more was said: what a page has shown can be told from it."""
        turns = [*said(self.context.thread), ("customer", self.context.message)]
        return sha256(json.dumps(turns))[:16]

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Why it is, or may have to be, escalated."""
        seen = (self.triage.escalation, self.triage.review) if self.triage else ()
        return frozenset(reason for reason in seen if reason)

    def held(self, person: str) -> Claim | None:
        """The claim of somebody else who is answering it just now."""
        claim = self.claim
        return claim if claim and claim.person != person and claim.until > datetime.now(UTC) else None

    def shows(self, queue: Queue, person: str = "") -> bool:
        """Whether a filter of the list shows it to a person."""
        if QUEUES[queue] and self.mark not in QUEUES[queue]:
            return False
        if queue == "due":
            return self.is_due(datetime.now(UTC))
        return queue != "mine" or self.claimed_by(person)

    def is_due(self, now: datetime) -> bool:
        """Whether an answer is late or due soon."""
        return self.due is not None and self.due - now <= DUE_SOON

    def claimed_by(self, person: str) -> bool:
        """Whether a person is answering it."""
        return self.claim is not None and self.claim.person == person

    @cached_property
    def order(self) -> tuple[int, float, float]:
        """Most urgent first, then what is due first, then oldest; what is decided comes last."""
        created = self.context.created_at.timestamp() if self.context.created_at else 0.0
        due = self.due.timestamp() if self.due else float("inf")
        urgency = _URGENCY[self.triage.urgency] if self.triage else 2
        return (urgency + 10 * (self.mark in DECIDED), due, created)

    @cached_property
    def drawn(self) -> dict[Hashable, str]:
        """What a page has drawn of it, by what that says; it goes when the message changes."""
        return {}

    @cached_property
    def searchable(self) -> str:
        """What a search looks through: the message, the customer's names and the id, without letter case."""
        customer = self.context.customer
        return _plain(" ".join((self.context.message, customer.name or "", customer.handle or "", self.key)))


def due_at(context: CustomerContext, brand: Brand) -> datetime | None:
    """When an answer is due: the brand's hours for the channel, else the channel's own, after it was asked."""
    hours = sla_hours(context.channel, brand)
    return context.created_at + timedelta(hours=hours) if context.created_at and hours else None


class Search:
    """Which messages somebody looks for."""

    def __init__(self, channel: str = "", query: str = "", reason: str = "") -> None:
        """By the channel, by words that all stand in them, and by the reason to escalate; what is empty fits all."""
        self._channel = channel
        self._words = _plain(query).split()
        self._reason = reason

    def finds(self, item: Item) -> bool:
        """Whether a message fits."""
        if self._channel and item.context.channel != self._channel:
            return False
        if self._reason and self._reason not in item.reasons:
            return False
        return all(word in item.searchable for word in self._words)


def _plain(text: str) -> str:
    """Text without letter case and without the two ways to write one accented letter."""
    return unicodedata.normalize("NFKC", text).casefold()
