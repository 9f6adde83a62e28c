"""Whose turn it is: what one process can do at a time, what people wait for most first; what is too much is refused."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from contextlib import asynccontextmanager
from math import ceil
from typing import Any, Literal, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends

from assistant.errors import ReplywrightError

T = TypeVar("T")

Kind = Literal["decide", "check", "show", "draft"]
PATIENCE: Mapping[Kind, float] = {"decide": 6.0, "check": 2.0, "show": 4.0, "draft": 15.0}
"""Seconds for which one waits for its turn. Who would wait for longer is told so at once: nobody can tell an answer
that takes half a minute from one that never comes."""
PASSED: Mapping[Kind, int] = {"decide": 0, "check": 30, "show": 60, "draft": 0}
"""By how many who come later one may be passed: whoever types goes before who looks, and nobody waits for ever."""
AT_ONCE = 3
"""Python does one thing at a time; more than one only waits for the disk meanwhile, and takes its share from all others
and from the loop that reads and writes requests."""
_NEWEST = 8
"""Of so many like it what one takes is the mean."""


class Busy(ReplywrightError):
    """There is more to do than this process can: nothing was done."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: after which to try again."""
        self.seconds = max(1, ceil(seconds))
        super().__init__(f"the server is busy; nothing was done, and your text is kept. Try again in {self.seconds} s")


class _Place:
    """A place among those who wait; a newer one may take it over."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def taken_over(self) -> None:
        self.turn.set_exception(Busy(1))
        self.turn = asyncio.get_running_loop().create_future()


class Turns:
    """Lets so many at once do what keeps the processor busy. For the tasks of one event loop."""

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody is there yet; `clock` gives seconds."""
        self._clock = clock
        self._at_once = at_once
        self._running = 0
        self._number = 0
        self._waiting: list[tuple[int, int, _Place]] = []
        self._places: dict[Hashable, _Place] = {}
        self._takes: dict[Kind, float] = dict.fromkeys(PATIENCE, 0.0)
        self._threads = CapacityLimiter(at_once)

    async def run(self, kind: Kind, work: Callable[..., T], *given: Any, instead: Hashable = None) -> T:
        """What a function gives, called in a thread when it is its turn.

        Args:
            kind: of what it is.
            work: the function.
            given: its arguments.
            instead: of what waits under the same name only the newest is done, in the place of the first.

        Raises:
            Busy: there is too much before it, or a newer one took its place; it was not called.
        """
        async with self.turn(kind, instead):
            return await to_thread.run_sync(work, *given, limiter=self._threads)

    @asynccontextmanager
    async def turn(self, kind: Kind, instead: Hashable = None, patience: float | None = None) -> AsyncIterator[None]:
        """A turn, as long as its block takes; see `run`. With `patience` it is waited for that many seconds."""
        await self._come(kind, instead, PATIENCE[kind] if patience is None else patience)
        began = self._clock()
        try:
            yield
        finally:
            self._takes[kind] += (self._clock() - began - self._takes[kind]) / _NEWEST
            self._leave()

    def during(self, kind: Kind) -> Any:
        """The same for a whole request of a route, as one of FastAPI's dependencies."""

        async def whole() -> AsyncIterator[None]:
            async with self.turn(kind):
                yield

        return Depends(whole)

    async def _come(self, kind: Kind, instead: Hashable, patience: float) -> None:
        if self._running < self._at_once:
            self._running += 1
            return
        place = self._places.get(instead)
        if place is not None:
            place.taken_over()
        else:
            place = self._last(kind, patience)
            if instead is not None:
                self._places[instead] = place
        mine = place.turn
        try:
            await asyncio.wait({mine}, timeout=patience)
            if mine.cancel():
                raise Busy(patience)
            mine.result()
        except asyncio.CancelledError:
            if not mine.cancel() and mine.exception() is None:  # it has got its turn and will not use it
                self._leave()
            raise
        finally:
            if place.turn is mine and self._places.get(instead) is place:
                del self._places[instead]

    def _last(self, kind: Kind, patience: float) -> _Place:
        """A place behind all that go before."""
        self._number += 1
        rank = self._number + PASSED[kind]
        before = [place.kind for other, _, place in self._waiting if other <= rank and not place.turn.done()]
        # of the turns that are being taken, half of one is left on average
        expected = sum(map(self._takes.__getitem__, before)) / self._at_once + self._takes[kind] / 2
        if before and expected > patience:
            raise Busy(expected)
        place = _Place(kind)
        heapq.heappush(self._waiting, (rank, self._number, place))
        return place

    def _leave(self) -> None:
        while self._waiting:
            *_, place = heapq.heappop(self._waiting)
            if not place.turn.done():
                place.turn.set_result(None)
                return
        self._running -= 1
