"""The list of messages as HTML: filters, what is due, who answers what, and what to do where it is empty."""

from datetime import UTC, datetime
from typing import NamedTuple

from markupsafe import Markup

from assistant.web.inbox import Inbox
from assistant.web.items import DUE_SOON, WAITING, Item, Queue
from assistant.web.people import Person
from assistant.web.views import Asked, age, label, render
from tone_rules.channels import channel_names

QUEUE_LABELS: tuple[tuple[Queue, str], ...] = (
    ("all", "All"),
    ("todo", "To do"),
    ("due", "Due"),
    ("mine", "Mine"),
    ("escalate", "Escalate"),
    ("no_reply", "No reply"),
    ("done", "Done"),
)


_ANOTHER, _CURRENT = 'aria-current="false"', 'aria-current="true"'
_KEPT = 4
"""Ways in which a row is drawn that are kept: to who answers it and to others, before and after a minute went by."""


class Due(NamedTuple):
    """When an answer is due, in words, and how pressing that is."""

    kind: str
    """`late`, `soon` or `later`."""
    words: str


def list_html(inbox: Inbox, asked: Asked, person: Person, *, team: bool, after: str = "") -> str:
    """The list of messages with its filters.

    Args:
        inbox: whose messages.
        asked: which of them, and the one that is open.
        person: who looks.
        team: whether to show who answers what.
        after: the message whose decision has opened the one that is open now.
    """
    version = inbox.version  # read first: what changes meanwhile is then asked for again
    items = inbox.items(asked.queue, asked.channel, asked.query, person.name, asked.reason)
    drafted, together = inbox.progress
    now = datetime.now(UTC)
    return render(
        "list",
        version=version,
        rows=Markup("".join([_row(one, asked.key, person, now, team=team) for one in items[: asked.most]])),  # noqa: S704
        shown=min(len(items), asked.most),
        found=len(items),
        asked=asked,
        counts=inbox.counts(person.name),
        channels=inbox.channels(),
        reasons=inbox.reasons(),
        queues=[(name, label) for name, label in QUEUE_LABELS if team or name != "mine"],
        total=len(inbox),
        drafted=drafted,
        together=together,
        after=after,
    )


def _row(item: Item, key: str, person: Person, now: datetime, *, team: bool) -> str:
    """One row of the list. It is drawn once for as long as it says the same, which it does to nearly everybody."""
    wait = due(item, now)
    held = item.held(person.name) if team else None
    mine = team and item.decision is None and item.claimed_by(person.name)
    says = (wait, age(item.context.created_at) if wait is None else "", held and held.person, mine)
    row = item.drawn.get(says)
    if row is None:
        if len(item.drawn) > _KEPT:
            item.drawn.clear()
        row = item.drawn[says] = render("row", item=item, wait=wait, held=held, mine=mine)
    return row.replace(_ANOTHER, _CURRENT, 1) if item.key == key else row


def claim_html(item: Item | None, person: Person, *, team: bool) -> str:
    """A line above the editor where somebody else is answering the message."""
    held = item.held(person.name) if team and item is not None and item.decision is None else None
    return render("claim", held=held)


def intake_page() -> str:
    """The dialogs that bring messages in, with the channels that there are."""
    return render("intake", channels=sorted(((name, label(name)) for name in channel_names()), key=lambda one: one[1]))


def due(item: Item, now: datetime) -> Due | None:
    """When an answer is due; None where that is not known or nobody waits."""
    if item.due is None or item.mark not in WAITING:
        return None
    left = (item.due - now).total_seconds()
    if left < 0:
        return Due("late", f"{_span(-left)} late")
    return Due("soon" if left <= DUE_SOON.total_seconds() else "later", f"due in {_span(left)}")


def onward(inbox: Inbox, asked: Asked, person: Person, after: str) -> str:
    """The message to open once one is decided: the next under the filters that waits and that nobody else answers.

    Where none follows it is the first one, then one that needs no reply; empty where there is none of these.
    """
    decided = inbox.get(after)
    place = decided.order if decided else None
    first = unneeded = ""
    for one in inbox.items(asked.queue, asked.channel, asked.query, person.name, asked.reason):
        if one.key == after or one.held(person.name):
            continue
        if one.mark in WAITING:
            # what is decided sorts behind everything: its urgency alone says where it stood before
            if place and one.order > (place[0] % 10, *place[1:]):
                return one.key
            first = first or one.key
        elif one.mark == "no_reply":
            unneeded = unneeded or one.key
    return first or unneeded


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "1 min"
