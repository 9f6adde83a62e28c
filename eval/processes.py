"""Worker processes that share what they are made ready with, and end with the process that started them."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What holds NumPy to one thread where there is a process for each core already."""


@contextmanager
def processes(count: int, prepare: Callable[..., None], *given: object) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes that are started anew, so that threads and locks of this one trouble none of them.

    Args:
        count: how many.
        prepare: called once in each, with `given`; all of it has to be picklable.
        given: what it is called with.
    """
    from multiprocessing import get_context

    context = get_context("spawn")
    ended, alive = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(count, context, initializer=_begin, initargs=(ended, prepare, given))
    try:
        yield pool
    except BaseException:
        alive.close()  # nobody waits for what is in flight: the workers see it and end
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        alive.close()


def _begin(end: "Connection", prepare: Callable[..., None], given: tuple[object, ...]) -> None:
    """Make a new process ready. It ends with the one that started it, also where that one was killed."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process says what is done

    def follow() -> None:
        with suppress(EOFError, OSError):
            end.recv()
        os._exit(1)

    Thread(target=follow, daemon=True).start()
    one_thread()
    prepare(*given)


def one_thread() -> None:
    """Hold NumPy to one thread, unless the environment says otherwise."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
