"""Who writes the drafts behind the page: worker processes, so that typing never waits for them, or threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any, Protocol

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.pipeline import Assistant, Proposal
from assistant.streaming import Growing
from assistant.triage import Triage
from assistant.web.pool import Pool

USUAL = CustomerContext(id="usual", channel="x", message="My parcel was due on Tuesday. Where is it?")
"""Drafted once by each process as it starts: what is read and built for the first draft is not waited for later."""


class Writers(Protocol):
    """Drafts messages, several at once."""

    size: int
    """How many at once; more wait."""

    def triage(self, context: CustomerContext) -> "Future[Triage]":
        """What `Assistant.triage` gives, later."""
        ...

    def draft(
        self,
        context: CustomerContext,
        variants: int = 3,
        corrected: Triage | None = None,
        beside: Sequence[str] = (),
        grows: Callable[[Growing], None] | None = None,
    ) -> "Future[Proposal]":
        """What `Assistant.draft` gives, later.

        Where a model writes, `grows` is called with what stands so far, in other threads; what it raises ends the work.
        """
        ...

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        ...


def writers_of(brand: Brand, assistant_for: Callable[[Brand], Assistant], workers: int) -> Writers:
    """Who drafts for a brand.

    Args:
        brand: whose messages.
        assistant_for: makes its assistant; only the embedded drafter's can work in other processes.
        workers: how many draft at once; with 0 one thread of this process does.
    """
    if workers and assistant_for is Assistant:
        return Processes(brand, workers)
    return Threads(assistant_for(brand), max(1, workers))


class Threads:
    """An assistant of this process: where a model's server does the work, or where one person works alone."""

    def __init__(self, assistant: Assistant, size: int = 1) -> None:
        """Let `size` threads draft."""
        self.size = size
        self._assistant = assistant
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="drafting")

    def triage(self, context: CustomerContext) -> "Future[Triage]":
        """What `Assistant.triage` gives, later."""
        return self._pool.submit(self._assistant.triage, context)

    def draft(
        self,
        context: CustomerContext,
        variants: int = 3,
        corrected: Triage | None = None,
        beside: Sequence[str] = (),
        grows: Callable[[Growing], None] | None = None,
    ) -> "Future[Proposal]":
        """What `Assistant.draft` gives, later."""
        if grows is None or self._assistant.model is None:
            return self._pool.submit(self._assistant.draft, context, variants, corrected, beside)
        return self._pool.submit(self._streamed, grows, context, variants, corrected, beside)

    def _streamed(self, grows: Callable[[Growing], None], *given: Any) -> Proposal:
        with closing(self._assistant.stream(*given)) as stream:
            for one in stream:
                if isinstance(one, Proposal):
                    return one
                grows(one)
        raise RuntimeError("a stream ended without its proposal")

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class Processes:
    """Assistants with the embedded drafter, each in a process of its own. One that dies is replaced."""

    def __init__(self, brand: Brand, size: int) -> None:
        """Let `size` processes draft for `brand`; they begin to load what they need at once."""
        self.size = size
        self._pool = Pool(size, partial(_draft, USUAL, 1, None, ()), partial(_prepare, brand))

    def triage(self, context: CustomerContext) -> "Future[Triage]":
        """What `Assistant.triage` gives, later."""
        return self._pool.submit(_triage, context)

    def draft(
        self,
        context: CustomerContext,
        variants: int = 3,
        corrected: Triage | None = None,
        beside: Sequence[str] = (),
        grows: Callable[[Growing], None] | None = None,
    ) -> "Future[Proposal]":
        """What `Assistant.draft` gives, later."""
        del grows  # the embedded drafter has its text at once
        return self._pool.submit(_draft, context, variants, corrected, tuple(beside))

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        self._pool.close()


_assistant: Assistant | None = None
"""A worker process's own."""


def _prepare(brand: Brand) -> None:
    global _assistant
    _assistant = Assistant(brand)


def _triage(context: CustomerContext) -> Triage:
    return _own().triage(context)


def _draft(context: CustomerContext, variants: int, corrected: Triage | None, beside: tuple[str, ...]) -> Proposal:
    return _own().draft(context, variants, corrected, beside)


def _own() -> Assistant:
    if _assistant is None:
        raise RuntimeError("this process was not prepared for drafting")
    return _assistant
