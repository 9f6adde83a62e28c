"""The list of messages as HTML: filters, what is due, who answers what, and what to do where it is empty."""

from datetime import UTC, datetime
from typing import NamedTuple

from assistant.web.inbox import Inbox
from assistant.web.items import DUE_SOON, WAITING, Item, Queue
from assistant.web.people import Person
from assistant.web.views import Asked, label, render
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
    return render(
        "list",
        version=version,
        items=items[: asked.most],
        found=len(items),
        asked=asked,
        counts=inbox.counts(person.name),
        channels=inbox.channels(),
        reasons=inbox.reasons(),
        queues=[(name, label) for name, label in QUEUE_LABELS if team or name != "mine"],
        total=len(inbox),
        drafted=drafted,
        together=together,
        person=person,
        team=team,
        after=after,
        due=due,
        now=datetime.now(UTC),
    )


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
    items = inbox.items(asked.queue, asked.channel, asked.query, person.name, asked.reason)
    free = [one for one in items if one.key != after and not one.held(person.name)]
    waiting = [one for one in free if one.mark in WAITING] or [one for one in free if one.mark == "no_reply"]
    # what is decided sorts behind everything: its urgency alone says where it stood before
    below = [one for one in waiting if place and one.order > (place[0] % 10, *place[1:])]
    return next((one.key for one in below or waiting), "")


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "1 min"
