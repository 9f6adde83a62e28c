"""What is typed is checked in processes of its own where there are many who type."""

import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import Blocked, ConfigurationError, InputError
from assistant.incidents import with_incidents
from assistant.store import Store
from assistant.store.notices import Notice
from assistant.web.advice import advised
from assistant.web.checkers import Checkers
from assistant.web.editor import checked
from assistant.web.turns import Turns
from tone_rules.finding import Report

CONTEXT = CustomerContext(id="c", channel="x", message="Order 4711 was due on Tuesday. Where is it?")
TEXT = "Sorry about the wait. Your refund of £40 is guaranteed by Friday!"


@pytest.fixture(scope="module")
def brands() -> list[Brand]:
    """The brand as it speaks; a test may put another in its place."""
    return [demo.brand()]


@pytest.fixture(scope="module")
def checkers(brands: list[Brand]) -> Iterator[Checkers]:
    """One process."""
    made = Checkers(lambda: brands[0], Turns(), 1)
    yield made
    made.close()


def _told(brand: Brand) -> Brand:
    """The brand while it tells of an incident."""
    at = "2026-11-22T08:00:00Z"
    notice = {
        "number": 1,
        "kind": "incident",
        "text": "Refunds take 19 days while our bank moves.",
        "by": "Lee",
        "at": at,
    }
    return with_incidents(brand, [Notice.model_validate(notice)])


@pytest.mark.parametrize("work", [checked, advised])
def test_a_process_says_what_this_one_says(
    work: Any, brands: list[Brand], checkers: Checkers, ran: Callable[..., Any]
) -> None:
    """A check and advice from a worker process are those of this process, byte for byte."""
    here = work(brands[0], TEXT, CONTEXT).model_dump_json()
    assert ran(checkers.answer("check", work, TEXT, CONTEXT)).body.decode() == here
    assert "Unbacked" in here or work is advised


def test_a_brand_that_has_changed_holds_for_the_next_check(
    brands: list[Brand], checkers: Checkers, ran: Callable[..., Any]
) -> None:
    """What is told of an incident is a source at once, in a process that began before."""
    text = "Sorry about this. Refunds take 19 days while our bank moves."
    before, now = brands[0], _told(brands[0])
    brands[0] = now
    try:
        told = ran(checkers.answer("check", checked, text, CONTEXT)).body.decode()
    finally:
        brands[0] = before
    assert told == checked(now, text, CONTEXT).model_dump_json()
    assert told != checked(before, text, CONTEXT).model_dump_json()
    again = ran(checkers.answer("check", checked, text, CONTEXT)).body.decode()
    assert again == checked(before, text, CONTEXT).model_dump_json()


def test_a_process_that_dies_costs_nobody_a_check(
    brands: list[Brand], checkers: Checkers, ran: Callable[..., Any]
) -> None:
    """Another takes its place, and what it had in hand is checked there."""
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
    made = ran(checkers.answer("check", checked, TEXT, CONTEXT)).body.decode()
    assert made == checked(brands[0], TEXT, CONTEXT).model_dump_json()


def test_what_fails_in_a_process_is_an_error_here(checkers: Checkers, ran: Callable[..., Any]) -> None:
    """A text that could not be checked is never told as checked, and the error is the one that was raised."""
    with pytest.raises(AttributeError, match="channel"):
        ran(checkers.answer("check", checked, TEXT, None))


@pytest.mark.parametrize(
    "error",
    [InputError("no", 3), Blocked("stopped", Report.of(())), ConfigurationError.at("a.yaml", "mend it", 2, 5)],
    ids=lambda one: type(one).__name__,
)
def test_an_error_comes_whole_from_another_process(error: Exception) -> None:
    """What it says and holds is what was raised."""
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 # made in the line itself
    assert str(back) == str(error)
    assert vars(back) == vars(error)


def test_the_page_and_the_rest_door_are_answered_by_processes(tmp_path: Path) -> None:
    """Both say what they say without processes, and none is left when the application ends."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app

    asked = {
        "/api/check": {"key": "c", "text": TEXT},
        "/api/advice": {"key": "c", "text": TEXT},
        "/api/v1/check": {"id": "c", "channel": "x", "reply": TEXT, "message": CONTEXT.message},
        "/api/v1/score": {"id": "c", "reply": TEXT, "message": CONTEXT.message},
    }
    before = set(multiprocessing.active_children())
    answers = []
    for number in (0, 1):
        with Store.open(tmp_path / f"inbox-{number}.db") as store:
            app = create_app(demo.brand(), store, messages=[CONTEXT], checkers=number)
            with TestClient(app, base_url="http://127.0.0.1:7860") as client:
                got = {path: client.post(path, json=body) for path, body in asked.items()}
                assert len(set(multiprocessing.active_children()) - before) == number
        answers.append({path: (one.status_code, one.json()) for path, one in got.items()})
    assert {status for status, _ in answers[0].values()} == {200}
    assert answers[0] == answers[1]
    assert set(multiprocessing.active_children()) <= before
