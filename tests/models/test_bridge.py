import asyncio
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest

from assistant.models import bridge


def test_threads_that_ask_first_share_one_loop():
    """Sixteen threads that ask at once in a new process run on the same loop: locks and connections belong to one."""
    program = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
from assistant.models import bridge
sys.setswitchinterval(1e-6)

async def loop():
    return id(asyncio.get_running_loop())

with ThreadPoolExecutor(16) as pool:
    print(len(set(pool.map(lambda _: bridge.run(loop()), range(64)))))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_what_is_raised_reaches_the_caller():
    """A failure in the work is raised where the work was asked for, and the loop goes on."""

    async def failing() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        bridge.run(failing())
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: bridge.run(asyncio.sleep(0, one)), range(8))) == list(range(8))


def test_what_is_stopped_ends_and_nothing_more_begins():
    """A call that is out is cancelled where it waits, in the thread that asked; the next one never begins."""
    stop, ended, begun = bridge.Stop(), threading.Event(), threading.Event()

    async def waiting() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    def asking() -> None:
        with stop.under():
            bridge.run(waiting())

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(asking)
        assert begun.wait(5)
        stop()
        with pytest.raises(CancelledError):
            asked.result(5)
        assert ended.wait(5)
        begun.clear()
        with pytest.raises(CancelledError):
            pool.submit(asking).result(5)
    assert bridge.run(asyncio.sleep(0, "others go on")) == "others go on"


def test_a_forked_child_has_a_loop_of_its_own():
    """The thread of a loop stays with the parent: a child that took its loop over would wait for ever."""
    program = """
import asyncio, os
from assistant.models import bridge

assert bridge.run(asyncio.sleep(0, "parent")) == "parent"
child = os.fork()
if child == 0:
    os._exit(0 if bridge.run(asyncio.sleep(0, "child")) == "child" else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)
