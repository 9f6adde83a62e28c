import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.store import Store
from assistant.web import turns
from assistant.web.turns import Busy, Kind, Turns


async def _taken(given: Turns, kind: Kind) -> tuple["asyncio.Task[None]", asyncio.Event]:
    """Somebody takes a turn and gives it back when the event is set."""
    leave = asyncio.Event()

    async def first() -> None:
        async with given.turn(kind):
            await leave.wait()

    holding = asyncio.create_task(first())
    await asyncio.sleep(0)
    return holding, leave


async def _behind_one(given: Turns, *others: Callable[[], Awaitable[object]]) -> list[Any]:
    """Somebody takes the only turn, the others come, and then it is given back."""
    holding, leave = await _taken(given, "show")
    tasks = [asyncio.ensure_future(one()) for one in others]
    for _ in range(3):
        await asyncio.sleep(0)
    leave.set()
    await holding
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_what_people_wait_for_most_comes_first(ran: Callable[..., Any]) -> None:
    """A decision goes before checks, and those before what is shown, however late it came; each is done."""
    done: list[Kind] = []
    given = Turns(1)
    kinds: list[Kind] = ["show", "check", "decide"]

    def work(kind: Kind) -> Callable[[], Awaitable[None]]:
        return lambda: given.run(kind, done.append, kind)

    ran(_behind_one(given, *map(work, kinds)))
    assert done == ["decide", "check", "show"]


def test_nobody_who_looks_waits_for_ever_behind_those_who_type(ran: Callable[..., Any]) -> None:
    """However many checks come after it, what is shown is passed by so many and no more."""
    done: list[str] = []
    given = Turns(1)

    def work(kind: Kind) -> Callable[[], Awaitable[None]]:
        return lambda: given.run(kind, done.append, kind)

    ran(_behind_one(given, work("show"), *[work("check")] * 200))
    assert len(done) == 201
    assert 0 < done.index("show") <= turns.PASSED["show"]


def test_of_one_editor_only_the_newest_text_is_checked(ran: Callable[..., Any]) -> None:
    """A newer one takes the place of an older one that still waits; another editor's is left alone."""
    done: list[str] = []
    given = Turns(1)

    def work(text: str, editor: str) -> Callable[[], Awaitable[None]]:
        return lambda: given.run("check", done.append, text, instead=editor)

    answers = ran(_behind_one(given, work("He", "a"), work("Yo", "b"), work("Hello", "a")))
    assert done == ["Hello", "Yo"]
    assert isinstance(answers[0], Busy)
    assert answers[1:] == [None, None]


def test_who_would_wait_too_long_is_refused_at_once(ran: Callable[..., Any]) -> None:
    """What one takes is known from the last ones: the refusal says when to come back, and nothing was done."""
    clock = itertools.count(0.0, 8.0)
    given = Turns(1, lambda: next(clock))
    done: list[int] = []

    async def crowd() -> list[Any]:
        for number in range(9):
            await given.run("check", done.append, number)
        others: list[tuple[Kind, int]] = [("check", 10), ("check", 11), ("decide", 12)]
        return await _behind_one(given, *(partial(given.run, kind, done.append, n) for kind, n in others))

    answers = ran(crowd())
    assert isinstance(answers[1], Busy)
    assert answers[1].seconds >= turns.PATIENCE["check"]
    assert "Try again in" in str(answers[1])
    assert done == [*range(9), 12, 10]


def test_a_turn_that_nobody_takes_goes_to_the_next(ran: Callable[..., Any]) -> None:
    """Somebody who leaves while they wait, or just when it is their turn, holds up nobody."""
    done: list[str] = []
    given = Turns(1)

    async def crowd() -> None:
        holding, leave = await _taken(given, "decide")
        gone = [asyncio.create_task(given.run("check", done.append, "gone")) for _ in range(2)]
        stays = asyncio.create_task(given.run("show", done.append, "stays"))
        await asyncio.sleep(0)
        gone[0].cancel()
        leave.set()
        await holding  # the second of them has its turn now, and has not begun
        gone[1].cancel()
        await asyncio.wait_for(stays, 5)
        await asyncio.wait_for(given.run("show", done.append, "after"), 5)

    ran(crowd())
    assert done == ["stays", "after"]


@pytest.fixture
def overrun(brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The application while it has more to do than it can."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app

    monkeypatch.setattr(turns, "PATIENCE", dict.fromkeys(turns.PATIENCE, 0.01))
    with Store.open(tmp_path / "inbox.db") as store:
        app = create_app(brand, store, messages=[CustomerContext(id="one", channel="x", message="Where is it?")])
        monkeypatch.setattr(app.state.desk.turns, "_running", turns.AT_ONCE)
        monkeypatch.setattr(app.state.desk.drafts, "_running", 99)
        with TestClient(app, base_url="http://127.0.0.1:7860") as client:
            yield client


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/check", {"key": "one", "text": "Hello"}),
        ("/api/v1/draft", {"id": "one", "channel": "x", "message": "Where is it?"}),
    ],
)
def test_a_server_with_too_much_to_do_says_so(overrun: Any, path: str, body: Any) -> None:
    """A 503 with the seconds to wait, and words for the person there."""
    answer = overrun.post(path, json=body)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json()["detail"] == "the server is busy; nothing was done, and your text is kept. Try again in 1 s"
