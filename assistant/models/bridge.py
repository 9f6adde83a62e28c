"""The one bridge between the synchronous core and the asynchronous client: a loop in a thread of its own."""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_starting = threading.Lock()
_running: list[asyncio.AbstractEventLoop] = []


class Stop:
    """Called from any thread, it ends all that is asked under it: what is out is hung up, and nothing more is begun."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._out: set[Future[Any]] = set()

    def __call__(self) -> None:
        """Stop, for good."""
        with self._lock:
            self._stopped = True
            out = tuple(self._out)
        for one in out:
            one.cancel()

    @contextmanager
    def under(self) -> "Iterator[None]":
        """Whatever this thread asks meanwhile can be stopped."""
        token = _stop.set(self)
        try:
            yield
        finally:
            _stop.reset(token)

    def result(self, future: "Future[T]") -> T:
        """What comes of work that is out.

        Raises:
            concurrent.futures.CancelledError: it was stopped.
        """
        with self._lock:
            self._out.add(future)
            stopped = self._stopped
        if stopped:
            future.cancel()
        try:
            return future.result()
        finally:
            with self._lock:
                self._out.discard(future)


_stop: "ContextVar[Stop | None]" = ContextVar("replywright_stop", default=None)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to its end on the client's loop, from any thread but that loop's own.

    Raises:
        RuntimeError: called on the loop itself, where it would wait for itself.
        concurrent.futures.CancelledError: called under a `Stop` that was called.
        Exception: whatever the work raises.
    """
    loop = _loop()
    if getattr(loop, "_thread_id", None) == threading.get_ident():
        work.close()
        raise RuntimeError("a model is asked from the client's own loop; await the asynchronous method instead")
    out = asyncio.run_coroutine_threadsafe(work, loop)
    stop = _stop.get()
    return out.result() if stop is None else stop.result(out)


def start(work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Begin work on the client's loop, and don't wait for it."""
    asyncio.run_coroutine_threadsafe(work(), _loop())


def _forget() -> None:
    """In a child that was forked: the loop's thread stayed with the parent, and whatever it is given would wait."""
    global _starting
    _starting = threading.Lock()
    _running.clear()


os.register_at_fork(after_in_child=_forget)


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # two threads that ask first at once must not get a loop each
        if not _running:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="replywright-models", daemon=True).start()
            _running.append(loop)
        return _running[0]
