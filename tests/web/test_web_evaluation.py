import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.models import ChatModel
from assistant.pipeline import Assistant
from assistant.settings import ModelSettings
from assistant.store import Store
from assistant.web.evaluation.order import Order
from assistant.web.evaluation.running import Progress, Runner, scorers_for
from assistant.web.evaluation.shelf import Shelf
from assistant.web.evaluation.view import Asked, page_html
from assistant.web.people import Person
from eval.case import Case, Expect
from eval.runner import evaluate
from eval.suite import Suite

REPORT = "/api/v1/evaluation/report?run=first"
ROBIN, SAM = Person(name="Robin", role="lead"), Person(name="Sam", role="lead")
MESSAGES = (
    "Where is my parcel? Nine days now.",
    "The zip broke after a week. <script>alert(1)</script>",
    "Love the new coats!",
    "I was charged twice for order 1182.",
)


def _suite(name: str = "small") -> Suite:
    contexts = [CustomerContext(id=f"c{n}", channel="x", message=text) for n, text in enumerate(MESSAGES)]
    return Suite(
        name=name,
        cases=tuple(Case(id=one.id, context=one, expect=Expect(status="ready")) for one in contexts),
    )


@pytest.fixture(scope="session")
def logs(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two whole runs, one that was killed, and a file that is none."""
    folder = tmp_path_factory.mktemp("runs")
    draft = Assistant(brand).draft
    evaluate(draft, _suite(), log=folder / "first.jsonl")

    def shorter(context: CustomerContext) -> Any:
        if context.id == "c3":
            raise RuntimeError("the model is away")
        return draft(context)

    evaluate(shorter, _suite(), log=folder / "second.jsonl")
    lines = (folder / "first.jsonl").read_text().splitlines(keepends=True)
    (folder / "killed.jsonl").write_text("".join(lines[:3]) + lines[3][:40])
    (folder / "killed.order.json").write_text(Order(suite="demo", person="Robin").model_dump_json())
    (folder / "broken.jsonl").write_text('{"a": 1}\n')
    return folder


@pytest.fixture
def shelf(logs: Path, tmp_path: Path) -> Shelf:
    """A copy of these runs, so that a test may change them."""
    for path in logs.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return Shelf(tmp_path)


@pytest.fixture
def runner(shelf: Shelf, brand: Brand) -> Runner:
    """Runs suites for the demo brand into these runs."""
    return Runner(shelf, lambda: brand, Assistant)


def _page(shelf: Shelf, runner: Runner, brand: Brand, person: Person = ROBIN, **asked: Any) -> str:
    return page_html(shelf, runner, Asked(**asked), person, brand)


def test_the_list_tells_each_run_for_what_it_is(shelf: Shelf, runner: Runner, brand: Brand) -> None:
    """Whole, incomplete, killed and unreadable logs stand there, none of them as passed that is not."""
    page = _page(shelf, runner, brand)
    assert page.count("rw-state-incomplete") == 3  # an error, half a run, and no run at all
    assert "2 not run" in page
    assert "Go on" in page
    assert "broken.jsonl:1: this is not the header of a run" in page
    assert "No run yet" in _page(Shelf(shelf.folder / "nothing"), runner, brand)


def test_a_name_reaches_no_other_file(shelf: Shelf) -> None:
    """What the browser names is a run of the folder, or it is refused."""
    (shelf.folder.parent / "secret.jsonl").write_text("{}")
    for name in ("../secret", "labels", "", "a/b", "first\x00", "none", ".hidden"):
        with pytest.raises(InputError):
            shelf.path(name)
    for name in ("../suites/demo", "nothing", "/etc/passwd"):
        with pytest.raises(InputError):
            shelf.suite(name)


def test_a_run_and_a_comparison_are_whole_pages(shelf: Shelf) -> None:
    """The report holds every case with what did not run; the diff says which way each dimension went."""
    report, diff = shelf.report("second"), shelf.diff("first", "second")
    assert "the model is away" in report
    assert "<script>alert(1)" not in report
    assert "Two runs side by side" in diff
    assert "cannot tell" in diff.lower() or "incomplete" in diff.lower()


def test_a_file_in_the_folder_of_suites_can_be_run(shelf: Shelf) -> None:
    """A suite of one's own stands beside those that ship."""
    (shelf.folder / "suites").mkdir()
    lines = [case.model_dump_json(exclude_unset=True) for case in _suite().cases]
    (shelf.folder / "suites" / "ours.jsonl").write_text("\n".join(lines))
    assert ("ours", "ours (your file)") in shelf.suites()
    assert len(shelf.suite("ours").cases) == 4


def test_two_people_rate_and_see_how_far_they_agree(shelf: Shelf, runner: Runner, brand: Brand) -> None:
    """Each is shown what they have not rated, never what the other gave; from two on the agreement stands there."""
    pairs = shelf.pairs("first")
    assert len(pairs) == 4
    with shelf.rating:
        for n, pair in enumerate(pairs[:3]):
            shelf.labels().add(pair, "Robin", {"tone": n + 2, "helpfulness": n + 1})
    mine = _page(shelf, runner, brand, view="label", run="first")
    assert "3 of 4 rated by you" in mine
    theirs = _page(shelf, runner, brand, SAM, view="label", run="first")
    assert "0 of 4 rated by you" in theirs
    assert f'data-id="{pairs[0].id}"' in theirs
    with shelf.rating:
        for n, pair in enumerate(pairs[:3]):
            shelf.labels().add(pair, "Sam", {"tone": n + 2, "helpfulness": 3})
    both = _page(shelf, runner, brand, SAM, view="label", run="first")
    assert "1.00" in both
    assert "Over the replies that all 2 have rated" in both


def test_a_run_is_made_in_a_process_of_its_own(shelf: Shelf, runner: Runner, brand: Brand) -> None:
    """It tells how far it is, a second one has to wait, it can be stopped and gone on with, and then it is whole."""
    (shelf.folder / "suites").mkdir()
    lines = [case.model_dump_json(exclude_unset=True) for case in _suite().cases]
    (shelf.folder / "suites" / "ours.jsonl").write_text("\n".join(lines))
    order = Order(suite="ours", by="brand", person="Robin", brand=brand.name)
    with pytest.raises(InputError, match="no case of 'ours' holds a past reply"):
        runner.start(order.model_copy(update={"by": "past"}))
    began = runner.start(order)
    with pytest.raises(InputError, match="is being run"):
        runner.start(order)
    runner.stop()
    assert _state(runner) == "stopped"
    (shelf.folder / f"{began.name}.jsonl").touch()
    runner.start(order, began.name)
    done = _ended(runner)
    assert (done.state, done.done, done.of, done.why) == ("done", 4, 4, "")
    told = shelf.one(began.name)
    assert told.run is not None
    assert told.run.missing == 0
    assert told.order == order


def test_a_run_that_fails_says_why(shelf: Shelf, runner: Runner) -> None:
    """A case that names a brand without a folder ends the run with that message, and not in silence."""
    (shelf.folder / "suites").mkdir()
    case = _suite().cases[0].model_copy(update={"brand": "nobody"})
    (shelf.folder / "suites" / "ours.jsonl").write_text(case.model_dump_json(exclude_unset=True))
    runner.start(Order(suite="ours"))
    done = _ended(runner)
    assert done.state == "failed"
    assert "nobody" in done.why


def test_a_model_judges_where_it_is_asked_and_set_up(shelf: Shelf, runner: Runner, brand: Brand) -> None:
    """The dialog offers it only where one is set up; a run then has a dimension by rubric, and no run goes without."""
    suite, order = _suite(), Order(suite="small", votes=3)
    alone = {name for one in scorers_for(Order(suite="small"), suite, brand, None) for name in one.dimensions}
    model = ChatModel(ModelSettings(model="good", base_url="http://127.0.0.1:9/v1"))
    both = {name for one in scorers_for(order, suite, brand, model) for name in one.dimensions}
    model.close()
    assert alone < both
    assert {name.partition(":")[0] for name in both - alone} == {"judge"}
    with pytest.raises(InputError, match="no model is set up"):
        scorers_for(order, suite, brand, None)
    assert 'name="votes" class="rw-select" aria-describedby="rw-judges" disabled' in _page(shelf, runner, brand)
    offered = page_html(shelf, runner, Asked(), ROBIN, brand, judges=True)
    assert 'name="votes" class="rw-select" aria-describedby="rw-judges">' in offered


def _state(runner: Runner) -> str:
    return runner.progress.state if runner.progress else ""


def _ended(runner: Runner) -> Progress:
    until = time.monotonic() + 120
    while _state(runner) == "running":
        assert time.monotonic() < until
        time.sleep(0.1)
    assert runner.progress is not None
    return runner.progress


def test_an_agent_is_refused(brand: Brand, logs: Path, tmp_path: Path) -> None:
    """Page, list and report are for leads and owners; a report is a file to keep and no page of ours."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app
    from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

    tokens = {role: new_token() for role in ("agent", "lead")}
    people = [Member(name=role, role=role, token_sha256=token_sha256(one)) for role, one in tokens.items()]  # type: ignore[arg-type]
    bearer = {role: {"Authorization": f"Bearer {one}"} for role, one in tokens.items()}
    team = Team(TeamFile(people=tuple(people)))
    with (
        Store.open(tmp_path / "store.db") as store,
        closing(TestClient(create_app(brand, store, door=team, runs=logs), base_url="http://127.0.0.1:7860")) as client,
    ):
        for path in ("/evaluation", "/api/v1/evaluation/runs", "/api/v1/evaluation/running", REPORT):
            assert client.get(path, headers=bearer["agent"]).status_code == 403, path
            assert client.get(path, headers=bearer["lead"]).status_code == 200, path
        answer = client.get(REPORT, headers=bearer["lead"])
        assert answer.headers["content-disposition"].startswith("attachment")
        names = {one["name"] for one in client.get("/api/v1/evaluation/runs", headers=bearer["lead"]).json()}
        assert names == {"first", "second", "killed"}
        assert client.get("/api/v1/evaluation/report?run=../x", headers=bearer["lead"]).status_code == 422


@pytest.fixture
def opened(serve: Callable[..., Any], shelf: Shelf, visit: Callable[..., Any]) -> Iterator[Any]:
    """The page with these runs, in a browser."""
    (shelf.folder / "suites").mkdir()
    lines = [case.model_dump_json(exclude_unset=True) for case in _suite().cases]
    (shelf.folder / "suites" / "ours.jsonl").write_text("\n".join(lines))
    site = serve([], runs=shelf.folder)
    page, seen = visit(site, at="/evaluation", there=".rw-runs")
    yield page
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((site.url, "data:", "about:"))] == []


@pytest.mark.browser
def test_a_run_is_opened_and_two_are_compared(opened: Any) -> None:
    """A click opens the run, worst case first, in a frame without rights; back, and two side by side."""
    opened.get_by_role("link", name="small").first.click()
    frame = opened.frame_locator(".rw-report")
    frame.get_by_text("the model is away").first.wait_for()
    assert opened.locator(".rw-report").get_attribute("sandbox") == "allow-scripts"
    frame.locator(".list button").nth(1).click()
    opened.go_back()
    opened.wait_for_selector(".rw-runs")
    boxes = opened.get_by_label("Compare small")
    boxes.nth(0).check()
    boxes.nth(1).check()
    opened.get_by_role("button", name="Compare these two").click()
    opened.frame_locator(".rw-report").get_by_text("Two runs side by side").wait_for()


@pytest.mark.browser
def test_replies_are_rated_by_keyboard(opened: Any, shelf: Shelf) -> None:
    """One digit a scale; the last one keeps the rating and shows the next reply; one key takes a mark back."""
    opened.get_by_role("link", name="Rate replies").nth(1).click()
    opened.wait_for_selector(".rw-scale-now")
    before = opened.locator(".rw-rating").get_attribute("data-id")
    for key in ("3", "Backspace", "4", "5"):
        opened.keyboard.press(key)
    opened.wait_for_selector(f'.rw-rating:not([data-id="{before}"])')
    (line,) = (shelf.folder / "labels.jsonl").read_text().splitlines()
    assert json.loads(line)["ratings"] == {"tone": 4, "helpfulness": 5}
    assert json.loads(line)["rater"] == "Robin"


@pytest.mark.browser
def test_a_run_is_started_from_the_page(opened: Any) -> None:
    """The dialog starts a run of one's own suite, the page shows how far it is, and then it can be opened."""
    opened.get_by_role("button", name="Start a run").click()
    opened.locator('.rw-order [name="suite"]').select_option("ours")
    opened.get_by_role("button", name="Start", exact=True).click()
    stop = opened.get_by_role("button", name="Stop")
    stop.focus()
    opened.wait_for_timeout(1_500)
    assert stop.count() == 0 or stop.evaluate("node => node === document.activeElement")
    opened.get_by_role("link", name="Open it").wait_for(timeout=60_000)
    opened.get_by_role("link", name="Open it").click()
    opened.frame_locator(".rw-report").get_by_role("heading", name="ours").wait_for()
