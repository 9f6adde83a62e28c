"""The inbox behind the page: what came in, what was drafted for it, who answers it, and what a person decided."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from assistant.approval import Approval
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Account, Draft
from assistant.errors import MovedOn, StoreError
from assistant.incidents import with_incidents
from assistant.pipeline import Proposal
from assistant.store import Imported, Store, claims, handovers, notices
from assistant.store.claims import Claim
from assistant.store.handovers import Handover
from assistant.store.notices import Notice
from assistant.triage import Triage
from assistant.web.growing import Stopped, Writings, added, continued
from assistant.web.items import Item, Queue, Search
from assistant.web.jobs import Jobs, Result
from assistant.web.listing import Listing
from assistant.web.reading import items_of
from assistant.web.triaging import correctors
from assistant.web.writers import Writers

SYNC_SECONDS = 2.0
"""Between two looks at what other desks and programs have done; longer where a look takes long."""

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
        self.writings = Writings()
        self.loaded = brand
        self.notices: tuple[Notice, ...] = notices.current(store)
        self.brand = with_incidents(brand, self.notices)
        self._writers_for = writers
        self._jobs = Jobs(writers(self.brand), self.get, self._made)
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._syncing: threading.Thread | None = None
        self._version = 0
        self._together = 0
        # The mark before the messages: what changes in between is read again, and not missed.
        self._seen = store.changes().now
        self._items = Listing()
        for item in items_of(store, self.brand).values():
            self._items.put(item)

    @property
    def writers(self) -> Writers:
        """Who drafts for the brand as it speaks just now."""
        return self._jobs.writers

    @property
    def version(self) -> int:
        """Counts up with every change of any message."""
        return self._version

    @property
    def drafting(self) -> bool:
        """Whether any message still waits for its first draft."""
        return self._items.marks["drafting"] > 0

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
        with self._lock:
            found = list(self._items)
        if queue != "all":
            found = [one for one in found if one.shows(queue, person)]
        if channel or query or reason:
            search = Search(channel, query, reason)
            found = [one for one in found if search.finds(one)]
        return found

    def counts(self, person: str = "") -> dict[Queue, int]:
        """How many messages each filter shows."""
        with self._lock:
            return self._items.counts(person)

    def channels(self) -> list[str]:
        """The channels that the messages came by, sorted."""
        with self._lock:
            return self._items.channels

    def reasons(self) -> list[str]:
        """The reasons for which some message is, or may have to be, escalated; sorted."""
        with self._lock:
            return self._items.reasons

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the messages that came in together have their first draft, and how many there are."""
        waiting = self._items.marks["drafting"]
        self._together = max(self._together, waiting) if waiting else 0
        return self._together - waiting, self._together

    def start(self) -> None:
        """Begin to triage and draft what waits, and to look at what other desks do."""
        self._stopping.clear()
        for item in self.items():
            self._jobs.ask(item)
        self._jobs.start()
        self._syncing = threading.Thread(target=self._sync, name="inbox-sync", daemon=True)
        self._syncing.start()

    def stop(self) -> None:
        """Let the drafts in hand be finished and begin no other; what waits is drafted at the next start."""
        self._stopping.set()
        self._jobs.stop()
        if self._syncing is not None:
            self._syncing.join(30)
            self._syncing = None

    def settled(self, seconds: float) -> bool:
        """Wait until nothing is being drafted; whether that came about in time."""
        return self._jobs.settled(seconds)

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
        if item is not None:
            self._jobs.hurry(item)

    def draft(self, key: str, *, variants: int = 3, corrected: Triage | None = None) -> Proposal | None:
        """Draft one message and wait for it; a model's text can be seen in `writings` meanwhile.

        A failure is kept beside the message, and what was drafted before stays.

        Args:
            key: the message.
            variants: how many drafts there should be.
            corrected: what a person says of the message; what was drafted under another triage goes.

        Returns:
            What was drafted now, without what was there before; None where it failed.

        Raises:
            Stopped: somebody stopped it; everything is as it was.
        """
        item = self._items[key]
        before = None if corrected is not None else item.proposal
        try:
            # What was seen or said before holds for further drafts too.
            seen, beside = corrected or item.triage, [one.text for one in before.drafts] if before else ()
            with self.writings.of(key) as writing:
                made = writing.wait(self.writers.draft(item.context, variants, seen, beside, writing))
            self._drafted(key, item.context, continued(before, made))
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - whatever fails for one message must not stop the others
            self._failed(key, error)
            return None
        return made

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

    def add(self, key: str, draft: Draft, otherwise: Proposal, account: Account) -> None:
        """Add a draft after those there are, and what a model did for it.

        Args:
            key: the message.
            draft: what is added.
            otherwise: what it joins where nothing was proposed.
            account: what it took.

        Raises:
            MovedOn: the thread has changed meanwhile.
            StoreError: the store can't be written.
        """
        item = self._items[key]
        proposal = added(item.proposal or otherwise, (draft,), account)
        self.store.save_proposal(key, proposal, item.context)
        self._change(key, lambda now: replace(now, triage=proposal.triage, proposal=proposal, error=None))

    def reread(self, *keys: str) -> None:
        """Take over what another desk or program did to messages; what is gone from the store stays as it is here."""
        for key, stored in items_of(self.store, self.brand, keys).items():
            with self._lock:
                now = self._items.get(key)
                if now is None:
                    self._items.put(stored)
                else:
                    taken = _taken_over(stored, now)
                    if taken == now:
                        continue
                    self._items.put(replace(taken, revision=now.revision + 1))
                self._version += 1
                self._jobs.ask(self._items[key])

    def sync(self) -> None:
        """Look at what other desks and programs have done: messages, claims, notices.

        Raises:
            StoreError: the store can't be read.
        """
        changes = self.store.changes(self._seen)
        self.reread(*changes.ids)
        self._seen = changes.now
        known = self._items.keys
        if len(known) != changes.many:
            self._drop(known - self.store.ids())
        standing, handed = claims.standing(self.store), handovers.standing(self.store)
        with self._lock:
            for item in [
                one for one in self._items if one.claim or one.handed or one.key in standing or one.key in handed
            ]:
                claim, waiting = standing.get(item.key), None if item.decision else handed.get(item.key)
                if (item.claim, item.handed) != (claim, waiting):
                    self._items.put(replace(item, claim=claim, handed=waiting, revision=item.revision + 1))
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
            before, self.brand, self._jobs.writers = self.writers, brand, self._writers_for(brand)
            for key in [item.key for item in self._items if item.decision is None]:
                self._change(key, lambda one: replace(one, proposal=None, triage=_said(one.triage), error=None))
                self._jobs.ask(self._items[key])
        # what is in hand is finished first, and nobody waits for that
        threading.Thread(target=before.close, name="inbox-writers", daemon=True).start()

    def _made(self, item: Item, result: Result) -> Item | None:
        """Keep what the writers made of a message as it stood; as it stands now, where more is to be made of it."""
        key = item.key
        if isinstance(result, BaseException):
            self._failed(key, result)
            return None
        try:
            if isinstance(result, Triage):
                self._change(key, lambda now: replace(now, triage=_said(now.triage) or result))
            elif (now := self._items.get(key)) is not None and now.proposal is None:  # else a person was faster
                self._drafted(key, item.context, result)
        except Exception as error:  # noqa: BLE001 - whatever fails for one message must not stop the others
            self._failed(key, error)
            return None
        return self._items.get(key)

    def _drafted(self, key: str, context: CustomerContext, proposal: Proposal) -> None:
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
        while not self._stopping.wait(pause):
            began = time.monotonic()
            try:
                self.sync()
            except StoreError:
                _log.exception("the store could not be read; what this page shows may be old")
            pause = max(SYNC_SECONDS, 20 * (time.monotonic() - began))

    def _change(self, key: str, change: Callable[[Item], Item]) -> None:
        with self._lock:
            item = change(self._items[key])
            self._items.put(replace(item, revision=item.revision + 1))
            self._version += 1

    def _drop(self, gone: Collection[str]) -> None:
        """Messages that the store holds no more."""
        with self._lock:
            for key in gone:
                self._items.drop(key)
                self._version += 1


def _said(triage: Triage | None) -> Triage | None:
    """A triage in which a person had a say; a computed one is computed anew."""
    return triage if triage is not None and correctors(triage) else None


def _taken_over(stored: Item, now: Item) -> Item:
    """A message as the store has it, with what only this desk knows of it."""
    if stored.decision is None and stored.context == now.context:
        stored = replace(stored, proposal=stored.proposal or now.proposal)
        stored = replace(stored, triage=stored.proposal.triage if stored.proposal else now.triage, error=now.error)
    elif stored.decision is None and stored.thread == now.thread:
        stored = replace(stored, triage=stored.triage or _said(now.triage))
    handed = None if stored.decision else now.handed
    return replace(stored, revision=now.revision, claim=now.claim, handed=handed)
