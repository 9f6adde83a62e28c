"""Who has which message open: it is drafted first, claimed in a team, and let go when they leave it."""

import threading
import time
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from pydantic import Field

from assistant.errors import ApprovalError, InputError
from assistant.store import claims
from assistant.store.claims import SECONDS
from assistant.web.desk import Desk
from assistant.web.inbox import Inbox
from assistant.web.people import in_team, person_of
from tone_rules.value import Value

RENEWED = timedelta(seconds=SECONDS / 2)
"""A claim that holds for less than this is renewed: a page asks every few seconds, and few of them write."""
USUAL, DRAFTING = 3.0, 0.7
"""Seconds until a page asks again: usually, and while drafts come in."""
PEOPLE_A_SECOND = 12
"""At most so many pages ask in one second, the more people there are the later each: what has changed for one is then
shown to all, and showing a list costs far more than saying that it changed."""
GONE = 60.0
"""Seconds after which somebody who has not asked is not counted."""


class Presence(Value):
    """What a page says of itself every few seconds."""

    key: str = Field(default="", max_length=500)
    """The message that is open; empty while nobody looks at the page."""
    left: str = Field(default="", max_length=500)
    """One that was open before."""
    take: bool = False
    """Take the message over from whoever answers it."""


class News(Value):
    """What a page should know to tell whether it shows what is so."""

    version: int
    """Counts up with every change of any message."""
    pause: float
    """Seconds after which to ask again."""
    told: str
    """Another whenever a notice begins or ends."""


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(prefix="/api", include_in_schema=False)
    here = Here()

    @routes.get("/inbox")
    def news(request: Request) -> News:
        """Whether anything changed."""
        return _news(desk.inbox, here.count(person_of(request).name))

    @routes.post("/inbox")
    def present(presence: Presence, request: Request) -> News:
        """The same, from a page that has a message open."""
        desk.inbox.want(presence.key)
        if in_team(request):
            person = person_of(request).name
            if presence.left:
                leave(desk.inbox, presence.left, person)
            hold(desk.inbox, presence.key, person, take=presence.take)
        return _news(desk.inbox, here.count(person_of(request).name))

    return routes


def hold(inbox: Inbox, key: str, person: str, *, take: bool = False) -> None:
    """Claim a message that waits for an answer, or go on doing so; somebody else's claim stands unless it is taken."""
    item = inbox.get(key)
    if item is None or item.decision is not None or (item.held(person) and not take):
        return
    if item.claim and item.claim.person == person and item.claim.until - datetime.now(UTC) > RENEWED:
        return
    try:
        inbox.claimed(key, claims.claim(inbox.store, key, person, take=take))
    except ApprovalError:  # another desk was faster
        inbox.claimed(key, claims.standing(inbox.store).get(key))
    except InputError:  # the message is gone; the next look at the store says so
        return


def leave(inbox: Inbox, key: str, person: str) -> None:
    """Give a claim up, where there is one."""
    item = inbox.get(key)
    if item is not None and item.claim and item.claim.person == person:
        claims.release(inbox.store, key, person)
        inbox.claimed(key, None)


class Here:
    """Who has a page open. Safe to use from many threads."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._asked: dict[str, float] = {}
        self._lock = threading.Lock()

    def count(self, person: str) -> int:
        """Note that somebody has asked just now; how many people have lately."""
        now = time.monotonic()
        with self._lock:
            self._asked.pop(person, None)
            self._asked[person] = now
            while now - next(iter(self._asked.values())) > GONE:
                del self._asked[next(iter(self._asked))]
            return len(self._asked)


def _news(inbox: Inbox, people: int) -> News:
    told = "-".join(str(one.number) for one in inbox.notices)
    pause = max(DRAFTING if inbox.drafting else USUAL, people / PEOPLE_A_SECOND)
    return News(version=inbox.version, pause=round(pause, 1), told=told)
