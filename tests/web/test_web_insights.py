import csv
import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.store import Store

sys.path.insert(0, str(Path(__file__).parent))
from seeding import seed


@pytest.fixture(scope="module")
def seeded(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with 400 decisions over ten weeks."""
    with Store.open(tmp_path_factory.mktemp("seeded") / "store.db") as store:
        seed(store, brand)
        yield store


def _html(store: Store, brand: Brand, **wanted: Any) -> str:
    from assistant.web.desk import Desk
    from assistant.web.insights_view import Numbers, Wanted, insights_html

    return insights_html(Numbers(Desk(brand, store)), Wanted(**wanted))


def test_the_page_tells_what_the_store_holds(seeded: Store, brand: Brand) -> None:
    """The figures of the page are those of the library, with their counts and intervals."""
    from assistant import insights

    rows = insights.decided(seeded, brand)
    told = insights.figures(rows, insights.outcomes_by_message(seeded))
    page = _html(seeded, brand, period="all")
    assert told.decisions == 400
    share = told.light
    assert f"{share.low:.0%} to {share.high:.0%}; {share.count:,} of {share.of:,} published" in page
    assert page.count('class="plot curves"') == 4
    assert "band rw-hue-good" in page
    assert "Late delivery" in page
    assert "Agreed with Legal on Tuesday." in page


def test_filters_count_less(seeded: Store, brand: Brand) -> None:
    """A channel, an intent and a period each leave the decisions that fit, and one that leaves none says so."""
    from assistant.web.insights_view import Wanted

    everything = _html(seeded, brand, period="all")
    one = _html(seeded, brand, period="all", channel="trustpilot")
    assert "400 decisions from" in everything
    assert "400 decisions from" not in one
    assert "No decision fits these filters" in _html(seeded, brand, channel="reddit")
    assert Wanted(period="4").since(datetime(2026, 11, 29, tzinfo=UTC)) == datetime(2026, 11, 1, tzinfo=UTC)


def test_a_person_is_told_of_only_from_thirty_decisions_on(seeded: Store, brand: Brand) -> None:
    """People with many decisions stand in the table, one with few does not, and the page says why."""
    from assistant import insights

    rows = insights.decided(seeded, brand)
    counts = {name: len(some) for name, some in insights.grouped(rows, lambda one: one.reviewer).items()}
    few = [name for name, count in counts.items() if count < 30]
    page = _html(seeded, brand, period="4", by="person")
    assert "fewer and" in page
    assert "Jo Beck" not in page
    page = _html(seeded, brand, period="all", by="person")
    assert "Robin Vale" in page
    assert all(name not in page for name in few)


def test_few_decisions_are_not_a_share(brand: Brand, tmp_path: Path) -> None:
    """Of eight decisions no percentage is told, and the page says that they are too few."""
    with Store.open(tmp_path / "store.db") as store:
        seed(store, brand, count=8, weeks=1)
        page = _html(store, brand, period="all")
    assert "too few to say" in page
    assert 'class="rw-tile-value rw-muted">–' in page


def test_an_empty_page_teaches(brand: Brand, tmp_path: Path) -> None:
    """Before the first decision the page says what will stand here and from when on."""
    with Store.open(tmp_path / "store.db") as store:
        page = _html(store, brand)
    assert "Nothing was decided yet" in page
    assert "from 10 decisions on" in page


def test_what_people_wrote_is_text(brand: Brand, tmp_path: Path) -> None:
    """A reason, a channel and a name with markup or a formula are shown as text, and are no formula in the file."""
    from assistant.insights import Decided
    from assistant.web.api.insights import csv_of

    with Store.open(tmp_path / "store.db") as store:
        seed(store, brand, count=200, people=("<b>Robin</b>",), reasons=("<img src=x onerror=alert(1)>",))
        page = _html(store, brand, period="all", by="person")
    assert "<img" not in page
    assert "<b>Robin" not in page
    assert "&lt;img src=x" in page
    hostile = Decided(
        message_id="m", at=datetime.now(UTC), decision="reject", reviewer="=R", channel="=1+1", intent="@SUM(A1)"
    )
    (_, row) = csv.reader(io.StringIO(csv_of([hostile]).lstrip("\ufeff")))
    assert row[1:3] == ["'=1+1", "'@SUM(A1)"]
    assert "=R" not in row


@pytest.fixture
def door() -> tuple[Any, dict[str, dict[str, str]]]:
    """An agent and a lead, with what each sends along."""
    from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

    tokens = {role: new_token() for role in ("agent", "lead")}
    people = tuple(
        Member(name=role.title(), role=role, token_sha256=token_sha256(token))  # type: ignore[arg-type]
        for role, token in tokens.items()
    )
    return Team(TeamFile(people=people)), {role: {"Authorization": f"Bearer {one}"} for role, one in tokens.items()}


def test_an_agent_is_refused(brand: Brand, seeded: Store, door: Any) -> None:
    """Page, figures and file are for leads and owners; a lead gets a row for each decision, without a name."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app

    team, bearer = door
    client = TestClient(create_app(brand, seeded, door=team), base_url="http://127.0.0.1:7860")
    for path in ("/insights", "/api/v1/insights", "/api/v1/insights.csv"):
        assert client.get(path, headers=bearer["agent"]).status_code == 403, path
        assert client.get(path, headers=bearer["lead"]).status_code == 200, path
    answer = client.get("/api/v1/insights.csv?period=all", headers=bearer["lead"])
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert len(rows) == 401
    assert "Robin" not in answer.text
    assert client.get("/api/v1/insights?period=never", headers=bearer["lead"]).status_code == 422
    client.close()


@pytest.mark.browser
def test_a_lead_reads_the_numbers(serve: Callable[..., Any], brand: Brand, visit: Callable[..., Any]) -> None:
    """The page opens, a filter and a grouping change it, and a plot leaves as a picture; nothing goes elsewhere."""
    site = serve([], seeded=lambda store: seed(store, brand, count=120))
    page, seen = visit(site, at="/insights", there=".rw-tiles")
    page.get_by_label("Period").select_option("all")
    page.wait_for_selector("text=120 decisions from", state="attached")
    page.get_by_role("button", name="Person", exact=True).click()
    page.wait_for_selector("text=Robin Vale")
    with page.expect_download() as download:
        page.locator("[data-png]").first.click()
    picture = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "replywright-drafts.png"
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((site.url, "data:", "blob:"))] == []
