"""Replies that are being written just now: what stands so far, and the button that stops one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from assistant.drafting import Account, Draft
from assistant.errors import ReplywrightError
from assistant.pipeline import Proposal, with_account
from assistant.streaming import PAUSE, Growing

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds for which a reader waits for a reply to begin: until then it stands behind others."""


class Stopped(ReplywrightError):
    """Somebody stopped a reply while it was written."""


class Writing:
    """One reply that is being written."""

    def __init__(self) -> None:
        self.so_far = Growing(text="")
        self._stopped = False
        self._work: Future[object] | None = None

    def __call__(self, so_far: Growing) -> None:
        """What stands now.

        Raises:
            Stopped: it is not wanted any more.
        """
        if self._stopped:
            raise Stopped("stopped")
        self.so_far = so_far

    def wait(self, work: "Future[T]") -> T:
        """What the writing ends in.

        Raises:
            Stopped: it was stopped.
            Exception: whatever the work raises.
        """
        self._work = work  # type: ignore[assignment]  # a future of anything is one of an object
        if self._stopped:
            work.cancel()
        try:
            return work.result()
        except CancelledError:
            raise Stopped("stopped") from None

    def stop(self) -> None:
        """Let it not begin, or end where it stands."""
        self._stopped = True
        if self._work is not None:
            self._work.cancel()


class Writings:
    """The replies that are being written, by the key of their message. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._now: dict[str, Writing] = {}

    @contextmanager
    def of(self, key: str) -> Iterator[Writing]:
        """A reply to one message, as long as it is being written."""
        one = Writing()
        with self._lock:
            self._now[key] = one
        try:
            yield one
        finally:
            with self._lock:
                if self._now.get(key) is one:
                    del self._now[key]

    def stop(self, key: str) -> bool:
        """Stop what is being written for a message; whether anything was."""
        one = self._now.get(key)
        if one is not None:
            one.stop()
        return one is not None

    async def states(self, key: str) -> AsyncIterator[Growing]:
        """Each state of the reply to one message that is seen, until it is written or none has begun in a minute."""
        waited, seen = 0.0, None
        while (one := self._now.get(key)) is not None or (seen is None and waited < PATIENCE):
            if one is not None and one.so_far != seen:
                seen = one.so_far
                yield seen
            await asyncio.sleep(PAUSE / 2)
            waited += PAUSE / 2


def continued(before: Proposal | None, now: Proposal) -> Proposal:
    """The new proposal after the drafts there were, in their places: somebody may be editing one of them."""
    if before is None or not before.drafts:
        return now
    known = {draft.text for draft in before.drafts}
    further = tuple(draft for draft in now.drafts if draft.text not in known)
    told = now.provenance.get("model")
    return added(before, further, Account.model_validate(told) if told else None, now.brief)


def added(
    before: Proposal, drafts: tuple[Draft, ...], account: Account | None = None, brief: tuple[str, ...] = ()
) -> Proposal:
    """A proposal with further drafts; what a model did for them is told together with what it did before."""
    provenance = before.provenance
    if account is not None:
        told = provenance.get("model")
        provenance = with_account(provenance, Account.model_validate(told) + account if told else account)
    return before.model_copy(
        update={
            "drafts": (*before.drafts, *drafts),
            "brief": tuple(dict.fromkeys((*before.brief, *brief))),
            "provenance": provenance,
        }
    )
