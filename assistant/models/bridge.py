"""The one bridge between the synchronous core and the asynchronous client: a loop in a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_starting = threading.Lock()
_running: list[asyncio.AbstractEventLoop] = []


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to its end on the client's loop, from any thread but that loop's own.

    Raises:
        RuntimeError: called on the loop itself, where it would wait for itself.
        Exception: whatever the work raises.
    """
    loop = _loop()
    if getattr(loop, "_thread_id", None) == threading.get_ident():
        work.close()
        raise RuntimeError("a model is asked from the client's own loop; await the asynchronous method instead")
    return asyncio.run_coroutine_threadsafe(work, loop).result()


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # two threads that ask first at once must not get a loop each
        if not _running:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="replywright-models", daemon=True).start()
            _running.append(loop)
        return _running[0]
