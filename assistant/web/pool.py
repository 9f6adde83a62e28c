"""Worker processes behind the page. One that dies is replaced."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Pool:
    """Processes that begin at once, each with its own memory."""

    def __init__(self, size: int, first: Callable[[], object], prepare: Callable[[], object] | None = None) -> None:
        """Start processes.

        Args:
            size: how many.
            first: work that is done at once for each, so that what it reads and builds is not waited for later.
            prepare: what each does before anything else. One in which it fails does no work, so let it be little.
        """
        self.size = size
        self._first, self._prepare = first, prepare
        self._lock = threading.Lock()
        self._pool = self._started()

    def submit(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> "Future[T]":
        """What a function of a module gives, called in one of the processes, later."""
        with self._lock:
            try:
                return self._pool.submit(work, *given, **named)
            except BrokenProcessPool:
                _log.warning("a worker process died; others take its place")
                self._pool.shutdown(wait=False)
                self._pool = self._started()
                return self._pool.submit(work, *given, **named)

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _started(self) -> Executor:
        pool = ProcessPoolExecutor(self.size, mp_context=get_context("spawn"), initializer=self._prepare)
        for _ in range(self.size):
            pool.submit(self._first)
        return pool
