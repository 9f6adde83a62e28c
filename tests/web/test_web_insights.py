import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import approval
from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store, outcomes
from assistant.triage import Triage
from tone_rules.finding import Finding, Report

DRAFT = "Sorry about the wait for your boots, Ana. They leave us tomorrow, and the courier texts you the hour. ^MR"
CAUSES = {
    "delivery": ("late_delivery", "late_delivery", "misdelivered", None),
    "refund_return": ("refund_slow", "return_refused", None),
    "product_fault": ("wear_or_defect", "wear_or_defect", None),
    "availability": ("out_of_stock",),
    "billing": ("double_charge", None),
    "praise": (None,),
}
CHANNELS = ("x", "x", "x", "x", "instagram", "instagram", "facebook", "facebook", "trustpilot", "google_business")
PEOPLE = ("Robin Vale",) * 5 + ("Sam Ortega",) * 4 + ("Priya Nair",) * 2 + ("Jo Beck",)
REASONS = (
    "The customer asked for the number in public, and it is on our site.",
    "Agreed with Legal on Tuesday.",
    "This promise stands in the campaign's terms.",
)


def seed(
    store: Store,
    brand: Brand,
    count: int = 400,
    weeks: int = 10,
    people: Sequence[str] = PEOPLE,
    reasons: Sequence[str] = REASONS,
) -> None:
    """Decisions over some weeks as a small team makes them: better with time, slower at the weekend."""
    draw = random.Random(7)  # noqa: S311 - nothing secret is drawn
    now = datetime.now(UTC)
    moments = sorted(now - timedelta(weeks=weeks * draw.random()) for _ in range(count))
    with pytest.MonkeyPatch.context() as patch:
        for place, at in enumerate(moments):
            patch.setattr(approval, "datetime", _Stopped(at))
            reviewer, why = draw.choice(people), draw.choice(reasons)
            _decide(store, brand, draw, place, at, 1 - (now - at) / timedelta(weeks=weeks), reviewer, why)
    for place in range(0, count, 5):
        outcomes.add_outcome(store, f"m{place}", "csat", draw.choice((0.25, 0.5, 0.75, 0.75, 1.0, 1.0)))
    for place in range(1, count, 7):
        outcomes.add_outcome(store, f"m{place}", "follow_up", draw.choice((0.0, 0.5, 0.5, 1.0)))


class _Stopped:
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self, _zone: object = None) -> datetime:
        return self._at


def _decide(
    store: Store,
    brand: Brand,
    draw: random.Random,
    place: int,
    at: datetime,
    later: float,
    reviewer: str,
    why: str,
) -> None:
    intent = draw.choice(tuple(CAUSES))
    triage = Triage(intents=(intent,), root_cause=draw.choice(CAUSES[intent]))  # type: ignore[arg-type]
    asked = at - timedelta(hours=draw.lognormvariate(0.3 if at.weekday() < 5 else 1.6, 0.8))
    context = CustomerContext(id=f"m{place}", channel=draw.choice(CHANNELS), message="Where is it?", created_at=asked)
    proposal = Proposal(id=context.id, status="ready", triage=triage, drafts=(Draft(text=DRAFT, drafter="playbook"),))
    luck, text, decision, override = draw.random(), DRAFT, "approve", {}
    if luck > 0.94:
        decision = "escalate"
    elif luck > 0.91:
        decision = "reject"
    elif luck > 0.45 + 0.25 * later:
        text = DRAFT.replace("Sorry about", "I'm sorry about")[: -draw.randint(4, 20)] + "Ask for me. ^MR"
    elif luck < 0.10 - 0.06 * later:
        text = "Hello Ana, please write to us with your number and we look into it for you at once."
    if draw.random() < 0.03 and decision == "approve":
        text, override = text + " Guaranteed!", {"Promises.Absolute": why}
    approve(
        store,
        brand,
        proposal,
        context,
        decision=decision,  # type: ignore[arg-type]
        reviewer=reviewer,
        text=text if decision == "approve" else None,
        draft=0 if decision == "approve" else None,
        reason=None if decision == "approve" else "for the team that knows",
        override=override,
        may_override=True,
        check=_checked,
    )


def _checked(text: str, context: CustomerContext, _brand: Brand) -> Report:
    """A few findings, by the words of the text and the number of the message."""
    told = {"please write": "Service.Redirect", "I'm sorry": "Tone.SorryTwice"}
    found = [
        _finding(rule, text, words)
        for words, rule in told.items()
        if words in text and int((context.id or "m0")[1:]) % 3 == 0
    ]
    if "Guaranteed" in text:
        found.append(_finding("Promises.Absolute", text, "Guaranteed", blocking=True))
    return Report.of(tuple(found))


def _finding(rule: str, text: str, words: str, *, blocking: bool = False) -> Finding:
    at = text.index(words)
    level: Any = "error" if blocking else "warning"
    return Finding(
        rule=rule, level=level, blocking=blocking, start=at, end=at + len(words), match=words, message="Look at this."
    )


@pytest.fixture(scope="module")
def seeded(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with 400 decisions over ten weeks."""
    with Store.open(tmp_path_factory.mktemp("seeded") / "store.db") as store:
        _allowed(seed, store, brand)
        yield store


def _allowed(work: Callable[..., None], store: Store, brand: Brand, **options: Any) -> None:
    """Do something for which an invented rule may be set aside: a rule that is not known may not be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(approval, "_overridden", _overridden)
        work(store, brand, **options)


def _overridden(
    _brand: Brand, _report: Report, override: dict[str, str], reviewer: str, _may: bool
) -> tuple[approval.Override, ...]:
    return tuple(approval.Override(rule=rule, reason=why, by=reviewer) for rule, why in override.items())


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
        _allowed(seed, store, brand, count=8, weeks=1)
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
        _allowed(seed, store, brand, count=200, people=("<b>Robin</b>",), reasons=("<img src=x onerror=alert(1)>",))
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
def test_a_lead_reads_the_numbers(serve: Callable[..., Any], brand: Brand, chromium: Any) -> None:
    """The page opens, a filter and a grouping change it, and a plot leaves as a picture; nothing goes elsewhere."""
    site = serve([])
    _allowed(seed, site.store, brand)
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site.url}/insights")
    page.wait_for_selector(".rw-tiles")
    page.get_by_label("Period").select_option("all")
    page.wait_for_selector("text=400 decisions from", state="attached")
    page.get_by_role("button", name="Person", exact=True).click()
    page.wait_for_selector("text=Robin Vale")
    with page.expect_download() as download:
        page.locator("[data-png]").first.click()
    picture = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "replywright-drafts.png"
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert errors == []
    assert [url for url in asked if not url.startswith((site.url, "data:", "blob:"))] == []
    page.context.close()
