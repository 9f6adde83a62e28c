import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from assistant.triage import Triage
from assistant.web.items import Item
from assistant.web.jobs import Jobs
from assistant.web.triaging import answered


class Hands:
    """Writers whose work is done when a test says so."""

    def __init__(self, size: int = 1) -> None:
        """Take `size` pieces of work at once."""
        self.size = size
        self.begun: list[tuple[str, str, Triage | None]] = []
        self._futures: list[Future[Any]] = []

    def triage(self, context: CustomerContext) -> "Future[Triage]":
        """Begin to triage."""
        return self._take("triage", context, None)

    def draft(
        self, context: CustomerContext, variants: int = 3, corrected: Triage | None = None, *_: Any
    ) -> "Future[Proposal]":
        """Begin to draft."""
        assert variants == 3
        return self._take("draft", context, corrected)

    def close(self) -> None:
        """Nothing is held."""

    def _take(self, step: str, context: CustomerContext, said: Triage | None) -> "Future[Any]":
        self.begun.append((step, context.id, said))
        self._futures.append(Future())
        return self._futures[-1]

    def give(self, result: Any) -> None:
        """Be done with the oldest piece of work that is in hand."""
        future = self._futures.pop(0)
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)


class Board:
    """What messages are, and what came of them."""

    def __init__(self) -> None:
        """No messages."""
        self.items: dict[str, Item] = {}
        self.came: list[tuple[str, Any]] = []

    def done(self, item: Item, result: Any) -> Item | None:
        """Keep a result as an inbox does."""
        self.came.append((item.key, result))
        if isinstance(result, BaseException):
            return None
        now = self.items[item.key]
        more = {"triage": result} if isinstance(result, Triage) else {"proposal": result, "triage": result.triage}
        self.items[item.key] = replace(now, **more)
        return self.items[item.key]


def _item(key: str, **more: Any) -> Item:
    return Item(key, CustomerContext(id=key, channel="x", message="Where is my parcel?"), **more)


def _proposal(key: str) -> Proposal:
    return Proposal(id=key, status="needs_edit", triage=Triage())


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.fixture
def board() -> Board:
    """A board without messages."""
    return Board()


@pytest.fixture
def queued(board: Board) -> Iterator[Callable[..., Jobs]]:
    """Starts jobs of some messages for writers."""
    made: list[Jobs] = []
    others = threading.enumerate()  # a page that other tests share may be served

    def start(hands: Hands, *items: Item) -> Jobs:
        jobs = Jobs(hands, board.items.get, board.done)
        made.append(jobs)
        for item in items:
            board.items[item.key] = item
            jobs.ask(item)
        jobs.start()
        return jobs

    yield start
    for jobs in made:
        jobs.stop()
    assert not [one for one in threading.enumerate() if one.name == "inbox-dispatch" and one not in others]


def test_triage_goes_before_drafts_and_drafts_by_urgency(queued: Callable[..., Jobs]) -> None:
    """One writer has one piece of work at a time: first it is known what every message is, then what is urgent."""
    hands = Hands()
    jobs = queued(hands, _item("calm"), _item("urgent"))
    _until(lambda: len(hands.begun) == 1)
    hands.give(Triage(urgency="low"))
    _until(lambda: len(hands.begun) == 2)
    hands.give(Triage(urgency="critical"))
    _until(lambda: len(hands.begun) == 3)
    hands.give(_proposal("urgent"))
    _until(lambda: len(hands.begun) == 4)
    hands.give(_proposal("calm"))
    assert jobs.settled(5)
    told = [(step, key) for step, key, _ in hands.begun]
    assert told == [("triage", "calm"), ("triage", "urgent"), ("draft", "urgent"), ("draft", "calm")]


def test_what_somebody_opens_is_drafted_next(queued: Callable[..., Jobs], board: Board) -> None:
    """It overtakes everything that waits, once however often it is opened."""
    hands = Hands()
    jobs = queued(hands, *(_item(key) for key in ("one", "two", "three")))
    _until(lambda: len(hands.begun) == 1)
    for _ in range(3):
        jobs.hurry(board.items["three"])
    hands.give(Triage())
    _until(lambda: len(hands.begun) == 2)
    assert hands.begun[1][:2] == ("draft", "three")
    hands.give(_proposal("three"))
    _until(lambda: len(hands.begun) == 3)
    assert hands.begun[2][:2] == ("triage", "two")


def test_no_more_at_once_than_there_are_writers(queued: Callable[..., Jobs]) -> None:
    """Two writers have two pieces in hand; the next begins when one is done."""
    hands = Hands(2)
    queued(hands, *(_item(str(number)) for number in range(5)))
    _until(lambda: len(hands.begun) == 2)
    time.sleep(0.05)
    assert len(hands.begun) == 2
    hands.give(Triage())
    _until(lambda: len(hands.begun) == 3)


def test_what_is_in_hand_when_the_writers_change_is_made_anew(queued: Callable[..., Jobs], board: Board) -> None:
    """A draft for the brand as it was is not kept: the new writers make it."""
    before, after = Hands(), Hands()
    jobs = queued(before, _item("one", triage=Triage()))
    _until(lambda: len(before.begun) == 1)
    jobs.writers = after
    jobs.ask(board.items["one"])
    before.give(_proposal("one"))
    _until(lambda: len(after.begun) == 1)
    assert board.came == []
    after.give(_proposal("one"))
    assert jobs.settled(5)
    assert len(board.came) == 1
    assert (len(before.begun), len(after.begun)) == (1, 1)


def test_a_persons_word_goes_with_the_job(queued: Callable[..., Jobs]) -> None:
    """What was computed is computed anew; what a person said of the message holds."""
    hands = Hands(2)
    said = answered(Triage(reply=False), "Robin")
    queued(hands, _item("computed", triage=Triage()), _item("said", triage=said))
    _until(lambda: len(hands.begun) == 2)
    assert {key: given for _, key, given in hands.begun} == {"computed": None, "said": said}


def test_a_failure_is_told_once(queued: Callable[..., Jobs], board: Board) -> None:
    """It is not tried again by itself, and holds nobody else up."""
    hands = Hands()
    jobs = queued(hands, _item("bad", triage=Triage()), _item("good", triage=Triage()))
    _until(lambda: len(hands.begun) == 1)
    hands.give(RuntimeError("fell over"))
    _until(lambda: len(hands.begun) == 2)
    hands.give(_proposal("good"))
    assert jobs.settled(5)
    assert [key for key, _ in board.came] == ["bad", "good"]
