"""The inbox behind the page: what came in, what was drafted for it, who answers it, and what a person decided."""

import heapq
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Literal

from assistant.approval import Approval, decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.errors import MovedOn, StoreError
from assistant.incidents import with_incidents
from assistant.pipeline import Proposal
from assistant.store import Imported, Message, Store, claims, handovers, notices
from assistant.store.claims import Claim
from assistant.store.handovers import Handover
from assistant.store.notices import Notice
from assistant.triage import Triage
from assistant.web.items import QUEUES, Item, Queue, due_at, fits
from assistant.web.writers import Writers

SYNC_SECONDS = 2.0
"""Between two looks at what other desks and programs have done; longer where a look takes long."""
_WANTED, _TRIAGE, _DRAFT = 0, 1, 2
"""What is done first: the message that somebody has open, then every triage, then the drafts by urgency."""

Step = Literal["triage", "draft"]
_log = logging.getLogger(__name__)


class Inbox:
    """The messages of one store as the page shows them. Safe to use from many threads."""

    def __init__(self, store: Store, brand: Brand, writers: Callable[[Brand], Writers]) -> None:
        """Take over what the store holds.

        Args:
            store: where messages, proposals and decisions are kept.
            brand: as it was loaded; what the desk is told while something is going on joins it.
            writers: makes who drafts for a brand, anew whenever the brand changes.

        Raises:
            StoreError: the store can't be read.
        """
        self.store = store
        self.loaded = brand
        self._writers_for = writers
        self.notices: tuple[Notice, ...] = notices.current(store)
        self.brand = with_incidents(brand, self.notices)
        self.writers = writers(self.brand)
        self._lock = threading.RLock()
        self._more = threading.Condition(self._lock)
        self._jobs: list[tuple[int, tuple[int, float, float], int, str, Step]] = []
        self._running: set[tuple[str, Step]] = set()
        self._number = 0
        self._stopping = False
        self._threads: list[threading.Thread] = []
        self._version = 0
        self._together = 0
        self._marks: Mapping[str, str] = {}
        self._items = {message.id: self._stored(message) for message in store.messages()}

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

    def items(
        self, queue: Queue = "all", channel: str = "", query: str = "", person: str = "", reason: str = ""
    ) -> list[Item]:
        """The messages that fit a filter, most urgent first, then what is due first.

        Args:
            queue: which of `QUEUES`.
            channel: by which they came; any, if empty.
            query: words that all stand in the message or the customer's names.
            person: who looks, for the queue `mine`.
            reason: why they should be escalated; any or none, if empty.
        """
        words = query.casefold().split()
        items = list(self._items.values())
        found = [one for one in items if one.shows(queue, person) and fits(one, channel, words, reason)]
        return sorted(found, key=Item.order)

    def counts(self, person: str = "") -> dict[Queue, int]:
        """How many messages each filter shows."""
        items = list(self._items.values())
        return {queue: sum(item.shows(queue, person) for item in items) for queue in QUEUES}

    def channels(self) -> list[str]:
        """The channels that the messages came by, sorted."""
        return sorted({item.context.channel for item in list(self._items.values())})

    def reasons(self) -> list[str]:
        """The reasons for which some message is, or may have to be, escalated; sorted."""
        return sorted({reason for item in list(self._items.values()) for reason in item.reasons})

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the messages that came in together have their first draft, and how many there are."""
        waiting = sum(item.mark == "drafting" for item in list(self._items.values()))
        self._together = max(self._together, waiting) if waiting else 0
        return self._together - waiting, self._together

    def start(self) -> None:
        """Begin to triage and draft what waits, and to look at what other desks do."""
        self._stopping = False
        for item in self.items():
            self._ask_for(item)
        for name, work in (("dispatch", self._dispatch), ("sync", self._sync)):
            thread = threading.Thread(target=work, name=f"inbox-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let the drafts in hand be finished and begin no other; what waits is drafted at the next start."""
        with self._more:
            self._stopping = True
            self._more.notify_all()
        for thread in self._threads:
            thread.join(30)
        self._threads.clear()
        self.writers.close()

    def settled(self, seconds: float) -> bool:
        """Wait until nothing is being drafted; whether that came about in time."""
        until = time.monotonic() + seconds
        with self._more:
            while self._jobs or self._running:
                if not self._more.wait(max(0.0, min(0.2, until - time.monotonic()))) and time.monotonic() > until:
                    return False
        return True

    def take(self, contexts: Iterable[CustomerContext]) -> Imported:
        """Keep messages that come in, and have them drafted.

        Raises:
            StoreError: the store can't be written; earlier batches are kept.
        """
        done = self.store.put_messages(contexts, retention_days=self.brand.retention_days)
        self.sync()
        return done

    def want(self, key: str) -> None:
        """Somebody has opened a message: if it has no draft yet, it is next."""
        item = self._items.get(key)
        with self._lock:
            asked = any(job[0] == _WANTED and job[3] == key for job in self._jobs)
        if item is not None and item.mark == "drafting" and not asked:
            self._push(_WANTED, item, "draft")

    def draft(self, key: str, *, anyway: bool = False, variants: int = 3, corrected: Triage | None = None) -> None:
        """Draft one message and wait for it, `anyway` also where triage says that it needs no reply.

        A failure is kept beside the message, and what was drafted before stays.

        Args:
            key: the message.
            anyway: as if triage had said that it needs a reply.
            variants: how many drafts there should be.
            corrected: what a person says of the message; what was drafted under another triage goes.
        """
        item = self._items[key]
        before = None if corrected is not None else item.proposal
        # What a person said before ("draft anyway") holds for further drafts too.
        seen = corrected or (item.proposal.triage if item.proposal else None)
        try:
            if anyway:
                seen = (seen or self.writers.triage(item.context).result()).model_copy(update={"reply": True})
            self._drafted(key, item.context, self.writers.draft(item.context, variants, seen).result(), before)
        except Exception as error:  # noqa: BLE001 - whatever fails for one message must not stop the others
            self._failed(key, error)

    def settle(self, key: str, decision: Approval) -> None:
        """Keep what a person decided about one message."""
        self._change(key, lambda item: replace(item, decision=decision, claim=None, handed=None))

    def claimed(self, key: str, claim: Claim | None) -> None:
        """Keep who answers a message just now."""
        if key in self._items and self._items[key].claim != claim:
            self._change(key, lambda item: replace(item, claim=claim))

    def hand(self, key: str, handed: Handover) -> None:
        """Keep what was handed over to a second person, or given back."""
        self._change(key, lambda item: replace(item, handed=handed, claim=None))

    def add(self, key: str, draft: Draft, otherwise: Proposal) -> None:
        """Add a draft after those there are; `otherwise` is what it joins where nothing was proposed.

        Raises:
            MovedOn: the thread has changed meanwhile.
            StoreError: the store can't be written.
        """
        item = self._items[key]
        before = item.proposal or otherwise
        proposal = before.model_copy(update={"drafts": (*before.drafts, draft)})
        self.store.save_proposal(key, proposal, item.context)
        self._change(key, lambda now: replace(now, triage=proposal.triage, proposal=proposal, error=None))

    def reread(self, key: str) -> None:
        """Take over what another desk or program did to a message."""
        stored = self._stored(self.store.message(key))
        with self._lock:
            now = self._items.get(key)
            if now is not None and not stored.decision and stored.context == now.context:
                stored = replace(now, proposal=stored.proposal or now.proposal, decision=None)
                stored = replace(stored, triage=stored.proposal.triage if stored.proposal else now.triage)
            if now is not None:
                handed = None if stored.decision else now.handed
                stored = replace(stored, revision=now.revision, claim=now.claim, handed=handed)
                if stored == now:
                    return
                stored = replace(stored, revision=now.revision + 1)
            self._items[key] = stored
            self._version += 1
            self._ask_for(self._items[key])

    def sync(self) -> None:
        """Look at what other desks and programs have done: messages, claims, notices.

        Raises:
            StoreError: the store can't be read.
        """
        marks = self.store.changes()
        for key in [key for key, mark in marks.items() if self._marks.get(key) != mark]:
            self.reread(key)
        standing, handed = claims.standing(self.store), handovers.standing(self.store)
        with self._lock:
            self._marks = marks
            for key in self._items.keys() - marks.keys():
                del self._items[key]
                self._version += 1
            for key, item in list(self._items.items()):
                claim, waiting = standing.get(key), None if item.decision else handed.get(key)
                if (item.claim, item.handed) != (claim, waiting):
                    self._items[key] = replace(item, claim=claim, handed=waiting, revision=item.revision + 1)
                    self._version += 1
        self._told(notices.current(self.store))

    def reload(self, brand: Brand) -> None:
        """The brand's files have changed: replies that wait are drafted anew."""
        self.loaded = brand
        self._told(self.notices)

    def _told(self, now: tuple[Notice, ...]) -> None:
        """What everybody is told has changed: replies that wait are drafted anew where it is something to say."""
        brand = with_incidents(self.loaded, now)
        with self._lock:
            self._version += now != self.notices
            self.notices = now
            if brand.sha256 == self.brand.sha256:
                return
            self._version += 1
            before, self.brand, self.writers = self.writers, brand, self._writers_for(brand)
            for key, item in list(self._items.items()):
                if item.decision is None:
                    self._change(key, lambda one: replace(one, proposal=None, triage=None, error=None))
                    self._ask_for(self._items[key])
        # what is in hand is finished first, and nobody waits for that
        threading.Thread(target=before.close, name="inbox-writers", daemon=True).start()

    def _stored(self, message: Message) -> Item:
        item = Item(message.id, message.context, due_at(message.context, self.brand))
        proposal = self.store.proposal(message.id)
        if message.status in ("open", "no_reply"):
            if proposal is None or proposal.provenance.get("brand") != self.brand.sha256:
                return item
            return replace(item, triage=proposal.triage, proposal=proposal)
        decided = decisions(self.store, message.id)
        seen = proposal.triage if proposal else None
        return replace(item, triage=seen, proposal=proposal, decision=decided[-1] if decided else None)

    def _ask_for(self, item: Item) -> None:
        if item.decision is None and item.proposal is None:
            self._push(_DRAFT if item.triage else _TRIAGE, item, "draft" if item.triage else "triage")

    def _push(self, first: int, item: Item, step: Step) -> None:
        with self._more:
            self._number += 1
            heapq.heappush(self._jobs, (first, item.order(), self._number, item.key, step))
            self._more.notify_all()

    def _dispatch(self) -> None:
        """Hand on one job after another, never more at once than there are writers."""
        while True:
            with self._more:
                while not self._stopping and (not self._jobs or len(self._running) >= self.writers.size):
                    self._more.wait(0.5)
                if self._stopping:
                    return
                _, _, _, key, step = heapq.heappop(self._jobs)
                item = self._items.get(key)
                done = item is None or item.decision is not None or item.proposal is not None
                if item is None or done or (key, step) in self._running or (step == "triage" and item.triage):
                    self._more.notify_all()
                    continue
                self._running.add((key, step))
                writers = self.writers
            self._begin(item, step, writers)

    def _begin(self, item: Item, step: Step, writers: Writers, again: bool = True) -> None:
        try:
            future: Future[Triage] | Future[Proposal]
            future = writers.triage(item.context) if step == "triage" else writers.draft(item.context)
        except RuntimeError as error:  # the writers are stopping
            self._ended(item.key, step, error)
            return

        def ended(done: "Future[Triage] | Future[Proposal]") -> None:
            error = done.exception() if not done.cancelled() else None
            if isinstance(error, BrokenProcessPool) and again:
                self._begin(item, step, writers, again=False)
            else:
                self._ended(item.key, step, error, None if error or done.cancelled() else done.result(), item.context)

        future.add_done_callback(ended)

    def _ended(
        self,
        key: str,
        step: Step,
        error: BaseException | None,
        result: Triage | Proposal | None = None,
        context: CustomerContext | None = None,
    ) -> None:
        try:
            if error is not None:
                self._failed(key, error)
            elif isinstance(result, Triage):
                self._change(key, lambda item: replace(item, triage=result))
                self._push(_DRAFT, self._items[key], "draft")
            elif result is not None and context is not None:
                self._drafted(key, context, result, None)
        except Exception as failure:  # noqa: BLE001 - whatever fails for one message must not stop the others
            self._failed(key, failure)
        finally:
            with self._more:
                self._running.discard((key, step))
                self._more.notify_all()

    def _drafted(self, key: str, context: CustomerContext, proposal: Proposal, before: Proposal | None) -> None:
        proposal = _continued(before, proposal)
        try:
            self.store.save_proposal(key, proposal, context)
        except MovedOn:
            self.reread(key)
            return
        self._change(key, lambda item: replace(item, triage=proposal.triage, proposal=proposal, error=None))

    def _failed(self, key: str, error: BaseException) -> None:
        _log.error("message %r could not be drafted", key, exc_info=error)
        if key in self._items:
            self._change(key, lambda now: replace(now, error=f"{type(error).__name__}: {error}"))

    def _sync(self) -> None:
        pause = SYNC_SECONDS
        while True:
            with self._more:
                self._more.wait_for(lambda: self._stopping, pause)
                if self._stopping:
                    return
            began = time.monotonic()
            try:
                self.sync()
            except StoreError:
                _log.exception("the store could not be read; what this page shows may be old")
            pause = max(SYNC_SECONDS, 20 * (time.monotonic() - began))

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
