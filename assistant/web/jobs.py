"""What is to be triaged and drafted: most urgent first, and never more at once than there are writers."""

import heapq
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Literal

from assistant.pipeline import Proposal
from assistant.triage import Triage
from assistant.web.items import Item
from assistant.web.triaging import correctors
from assistant.web.writers import Writers

_WANTED, _TRIAGE, _DRAFT = 0, 1, 2
"""What is done first: the message that somebody has open, then every triage, then the drafts by urgency."""

Step = Literal["triage", "draft"]
Result = Triage | Proposal | BaseException


class Jobs:
    """A queue of work for writers. Safe to use from many threads; it calls back from threads of its own."""

    def __init__(
        self, writers: Writers, now: Callable[[str], Item | None], done: Callable[[Item, Result], Item | None]
    ) -> None:
        """Queue work for `writers`; nothing begins before `start`.

        Args:
            writers: who does the work. Others may take their place at any time: what is in hand then is made anew.
            now: a message as it stands, None where it is gone.
            done: is told what came of a message as it stood, and gives it as it stands where more is to be made.
        """
        self.writers = writers
        self._now = now
        self._done = done
        self._more = threading.Condition()
        self._waiting: list[tuple[int, tuple[int, float, float], int, str, Step]] = []
        self._running: set[tuple[str, Step]] = set()
        self._number = 0
        self._stopping = False
        self._thread: threading.Thread | None = None

    def ask(self, item: Item) -> None:
        """Have made what a message lacks: its triage, and after that its drafts."""
        if item.decision is None and item.proposal is None:
            self._push(_DRAFT if item.triage else _TRIAGE, item, "draft" if item.triage else "triage")

    def hurry(self, item: Item) -> None:
        """Somebody has opened a message: if it has no draft yet, it is next."""
        if item.mark != "drafting":
            return
        with self._more:
            asked = any(job[0] == _WANTED and job[3] == item.key for job in self._waiting)
        if not asked:
            self._push(_WANTED, item, "draft")

    def start(self) -> None:
        """Begin to hand jobs on."""
        self._stopping = False
        self._thread = threading.Thread(target=self._dispatch, name="inbox-dispatch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let what is in hand be finished and begin nothing else; what waits is asked for at the next start."""
        with self._more:
            self._stopping = True
            self._more.notify_all()
        if self._thread is not None:
            self._thread.join(30)
            self._thread = None
        self.writers.close()

    def settled(self, seconds: float) -> bool:
        """Wait until nothing waits and nothing is in hand; whether that came about in time."""
        until = time.monotonic() + seconds
        with self._more:
            while self._waiting or self._running:
                if not self._more.wait(max(0.0, min(0.2, until - time.monotonic()))) and time.monotonic() > until:
                    return False
        return True

    def _push(self, first: int, item: Item, step: Step) -> None:
        with self._more:
            self._number += 1
            heapq.heappush(self._waiting, (first, item.order, self._number, item.key, step))
            self._more.notify_all()

    def _dispatch(self) -> None:
        while True:
            with self._more:
                while not self._stopping and (not self._waiting or len(self._running) >= self.writers.size):
                    self._more.wait(0.5)
                if self._stopping:
                    return
                _, _, _, key, step = heapq.heappop(self._waiting)
                item = self._now(key)
                needless = item is None or item.decision is not None or item.proposal is not None
                if item is None or needless or (key, step) in self._running or (step == "triage" and item.triage):
                    self._more.notify_all()
                    continue
                self._running.add((key, step))
                writers = self.writers
            self._begin(item, step, writers)

    def _begin(self, item: Item, step: Step, writers: Writers, again: bool = True) -> None:
        # What a person said of the message holds; the rest a drafter reads anew.
        said = item.triage if item.triage and correctors(item.triage) else None
        try:
            future: Future[Triage] | Future[Proposal]
            future = writers.triage(item.context) if step == "triage" else writers.draft(item.context, corrected=said)
        except RuntimeError as error:  # the writers are stopping
            self._ended(item, step, writers, error)
            return

        def ended(future: "Future[Triage] | Future[Proposal]") -> None:
            error = None if future.cancelled() else future.exception()
            if isinstance(error, BrokenProcessPool) and again:
                self._begin(item, step, writers, again=False)
            else:
                self._ended(item, step, writers, error or (None if future.cancelled() else future.result()))

        future.add_done_callback(ended)

    def _ended(self, item: Item, step: Step, writers: Writers, result: Result | None) -> None:
        more = None
        try:
            if writers is not self.writers:  # for a brand as it was
                more = self._now(item.key)
            elif result is not None:
                more = self._done(item, result)
        finally:
            with self._more:
                self._running.discard((item.key, step))
                if more is not None:
                    self.ask(more)
                self._more.notify_all()
