"""Who checks what is typed: worker processes, so that many may type at once, or threads of this one."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, Literal, TypeVar

from fastapi.responses import Response

from assistant import checking
from assistant.brand import Brand
from assistant.web.pool import Pool
from assistant.web.turns import Turns
from assistant.web.writers import USUAL
from tone_rules.finding import Report
from tone_rules.value import Value

T = TypeVar("T")

Work = Callable[..., Value]
"""A function of a module that takes a brand and what it is asked about; its answer is sent as it is."""
BRANDS = 4
"""How many brands a process keeps: one, and what became of it while an incident was told or a rule changed."""


class Checkers:
    """Calls what looks at a text. What it gives is an answer of the page or the REST door."""

    def __init__(self, brand: Callable[[], Brand], turns: Turns, size: int = 0) -> None:
        """Check in `size` processes.

        Args:
            brand: gives the brand as it speaks just now.
            turns: whose turn it is to keep this process busy. In others one is checked by each, and one stands ready.
            size: how many processes; with 0 threads of this one.
        """
        self._brand = brand
        self._turns = Turns(2 * size) if size else turns
        self._pool = Pool(size, partial(_made, warm, brand(), ())) if size else None

    async def answer(
        self, kind: Literal["check", "show"], work: Work, *given: Any, instead: Hashable = None
    ) -> Response:
        """What a function gives, as JSON.

        Args:
            kind: of what it is to who waits for it.
            work: the function.
            given: its arguments after the brand.
            instead: of what waits under the same name only the newest is done, in the place of the first.

        Raises:
            Busy: there is too much before it, or a newer one took its place.
            BrokenProcessPool: two processes died of it, one after the other.
        """
        brand = self._brand()
        if self._pool is None:
            made = await self._turns.run(kind, _json, work, brand, given, instead=instead)
        else:
            async with self._turns.turn(kind, instead):
                known = await _later(self._pool, _made_of_known, work, brand.sha256, given)
                made = known if known is not None else await _later(self._pool, _made, work, brand, given)
        return Response(made, media_type="application/json")

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        if self._pool is not None:
            self._pool.close()


def warm(brand: Brand) -> Report:
    """Read and build what a first check needs, so that nobody waits for it."""
    return checking.check("Sorry about the wait.", USUAL, brand)


async def _later(pool: Pool, work: Callable[..., T], *given: Any) -> T:
    """What a function gives, called in a process; once more where that dies of something."""
    try:
        return await asyncio.wrap_future(pool.submit(work, *given))
    except BrokenProcessPool:
        return await asyncio.wrap_future(pool.submit(work, *given))


_brands: "OrderedDict[str, Brand]" = OrderedDict()
"""A worker process's own, by digest; the last one used stands last."""


def _made_of_known(work: Work, digest: str, given: tuple[Any, ...]) -> bytes | None:
    """What `work` gives for the brand of that digest, as JSON; None where this process does not know it."""
    return _made(work, _brands[digest], given) if digest in _brands else None


def _made(work: Work, brand: Brand, given: tuple[Any, ...]) -> bytes:
    """What `work` gives for a brand, which is kept, as JSON."""
    # the one that is kept has its rules built
    known = _brands.setdefault(brand.sha256, brand)
    _brands.move_to_end(brand.sha256)
    while len(_brands) > BRANDS:
        _brands.popitem(last=False)
    return _json(work, known, given)


def _json(work: Work, brand: Brand, given: tuple[Any, ...]) -> bytes:
    return work(brand, *given).model_dump_json().encode()
