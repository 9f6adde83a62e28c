import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.context import CustomerContext
from assistant.store import Store, verify

APPROVE = """
import sys
from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from tone_rules.finding import Report

place, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
brand = Brand(name="Fernhill Kettles")
with Store.open(place, timeout=60) as store:
    print("open", flush=True)
    for number in range(count):
        context = CustomerContext(id=f"{name}-{number}", channel="x", message="My kettle leaks! " * 40)
        proposal = Proposal(
            id=context.id, status="ready", triage=Triage(), drafts=(Draft(text="Sorry.", drafter="playbook"),)
        )
        done = approve(
            store, brand, proposal, context, decision="approve", reviewer="Mira", text="Sorry.",
            check=lambda *_: Report.of(()),
        )
        print(done.id, flush=True)
"""


def start(place: str, name: str, count: int) -> "subprocess.Popen[str]":
    """A process that approves message after message and prints the id of each one that was confirmed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONWARNINGS": "error"}
    return subprocess.Popen(
        [sys.executable, "-c", APPROVE, place, name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_every_confirmed_approval_survives_a_kill(place: str) -> None:
    """Killed with -9 at several moments, each id that was printed is approved in the store and the chain verifies."""
    confirmed: list[str] = []
    for attempt, wanted in enumerate((1, 7, 23, 60)):
        with start(place, f"run{attempt}", 100_000) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline().strip() for _ in range(wanted + 1)]
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read()
        assert process.returncode == -signal.SIGKILL
        whole = rest[: rest.rindex("\n") + 1] if "\n" in rest else ""
        assert lines[0] == "open"
        confirmed += [*lines[1:], *whole.split()]
        with Store.open(place) as store:
            approved = {one.id for one in store.messages("approved")}
            assert set(confirmed) <= approved
            assert len(approved) <= len(confirmed) + attempt + 1  # at most one a run was stored but not yet confirmed
            report = verify(store)
            assert report.ok
            assert report.records == len(approved)
    assert len(confirmed) >= 91


def test_four_processes_make_one_chain(place: str) -> None:
    """Opening and writing a new store at once, they lose nothing and the chain never forks."""
    running = [start(place, f"worker{number}", 25) for number in range(4)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    with Store.open(place) as store:
        report = verify(store)
        assert report.ok
        assert report.records == 100
        assert store.counts() == {"approved": 100}


def test_threads_share_a_store(store: Store) -> None:
    """Eight threads that write and read at once see no error, and the chain is one."""
    failures: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for number in range(10):
                store.put_messages([CustomerContext(id=f"{name}-{number}", channel="x", message="Hello")])
                assert store.message(f"{name}-{number}").status == "open"
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    report = verify(store)
    assert report.ok
    assert report.records == 80


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")
def test_a_forked_child_opens_connections_of_its_own(store: Store) -> None:
    """A store that was opened before a fork works on both sides of it."""
    store.put_messages([CustomerContext(id="before", channel="x", message="Hello")])
    child = os.fork()
    if child == 0:
        try:
            store.put_messages([CustomerContext(id="child", channel="x", message="Hello")])
            store.close()
            os._exit(0)
        finally:
            os._exit(1)
    store.put_messages([CustomerContext(id="parent", channel="x", message="Hello")])
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert {one.id for one in store.messages()} == {"before", "child", "parent"}
    assert verify(store).ok
