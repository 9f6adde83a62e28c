import multiprocessing
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.pipeline import Assistant, Proposal
from assistant.store import Store, claims, notices
from assistant.web.desk import Desk, Pressed
from assistant.web.list_view import list_html
from assistant.web.people import Person, Role
from assistant.web.views import Asked, card_html, conversation_html

FAILING: set[str] = set()


class Flaky(Assistant):
    """Fails for the messages that it is told to, until it is told not to."""

    def draft(self, context: CustomerContext, *given: Any, **named: Any) -> Proposal:
        """Fail, or draft."""
        if context.id in FAILING:
            raise RuntimeError("the drafter fell over")
        return super().draft(context, *given, **named)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds three messages of the demo."""
    with Store.open(tmp_path / "inbox.db") as store:
        wanted = {"stuck-parka", "bravo-raincoat", "snapped-buckle"}
        store.put_messages(post for post in demo.inbox() if post.id in wanted)
        yield store


@pytest.fixture
def desk_of(brand: Brand) -> Iterator["DeskOf"]:
    """A desk over a store, with its drafts made; drafting fails for the messages that are named."""
    desks = []

    def made(store: Store, *failing: str) -> Desk:
        FAILING.clear()
        FAILING.update(failing)
        desk = Desk(brand, store, Flaky)
        desks.append(desk)
        desk.inbox.start()
        assert desk.inbox.settled(120)
        return desk

    yield made
    for desk in desks:
        desk.inbox.stop()


ROBIN = Person(name="Robin", role="lead")


DeskOf = Callable[..., Desk]


def _press(desk: Desk, key: str, action: str, *, role: Role = "lead", **more: Any) -> dict[str, Any]:
    item = desk.inbox.get(key)
    seen = item.thread if item else ""
    pressed = Pressed.model_validate({"asked": {"key": key}, "key": key, "action": action, "seen": seen, **more})
    return desk.act(pressed, Person(name="Robin", role=role))


def test_one_failed_draft_shows_its_error_and_loses_nothing(desk_of: DeskOf, store: Store) -> None:
    """The others are drafted, the failed one says why, can be written by hand, and is drafted on another try."""
    desk = desk_of(store, "stuck-parka")
    failed = desk.inbox.get("stuck-parka")
    assert failed is not None
    assert failed.mark == "failed"
    assert failed.error == "RuntimeError: the drafter fell over"
    assert {item.mark for item in desk.inbox.items() if item.key != "stuck-parka"} == {"open", "escalate"}
    assert _press(desk, "stuck-parka", "retry")["kind"] == "refused"
    FAILING.clear()
    assert _press(desk, "stuck-parka", "retry")["kind"] == "info"
    mended = desk.inbox.get("stuck-parka")
    assert mended is not None
    assert mended.mark in {"open", "needs_edit"}


def test_a_persons_own_text_is_approved_where_no_draft_could_be_made(desk_of: DeskOf, store: Store) -> None:
    """A failed draft does not stop the work; the text is checked like any other."""
    desk = desk_of(store, "bravo-raincoat")
    assert _press(desk, "bravo-raincoat", "approve", text="Dear [name]")["kind"] == "refused"
    assert (
        _press(desk, "bravo-raincoat", "approve", text="That is a drenching, and not what a coat is for. ^RB")["kind"]
        == "approved"
    )
    assert decisions(store, "bravo-raincoat")[-1].author == "Robin"


def test_an_override_needs_the_right_to_it(desk_of: DeskOf, store: Store) -> None:
    """Without the right none is offered, and one that is sent all the same is refused."""
    desk = desk_of(store)
    text = "We are considering legal action. ^RB"
    refused = _press(desk, "bravo-raincoat", "approve", role="agent", text=text)
    assert (refused["kind"], refused["override"]) == ("refused", False)
    again = _press(desk, "bravo-raincoat", "approve", role="agent", text=text, override=True, reason="because")
    assert again["kind"] == "refused"
    assert decisions(store, "bravo-raincoat") == ()


def test_more_drafts_lose_none(desk_of: DeskOf, tmp_path: Path) -> None:
    """Asking for another draft keeps those there are: after "draft anyway", and where the drafter falls over."""
    with Store.open(tmp_path / "inbox.db") as store:
        store.put_messages(post for post in demo.inbox() if post.id == "collab-babe")
        desk = desk_of(store)
        assert [item.mark for item in desk.inbox.items()] == ["no_reply"]
        _press(desk, "collab-babe", "anyway")
        drafted = desk.inbox.get("collab-babe").proposal.drafts  # type: ignore[union-attr]
        assert drafted
        _press(desk, "collab-babe", "another")
        assert desk.inbox.get("collab-babe").proposal.drafts[: len(drafted)] == drafted  # type: ignore[union-attr]
        FAILING.add("collab-babe")
        assert _press(desk, "collab-babe", "another")["kind"] == "refused"
        left = desk.inbox.get("collab-babe")
        assert left is not None
        assert left.mark != "failed"
        assert left.proposal is not None
        assert left.proposal.drafts[: len(drafted)] == drafted


def test_stopping_ends_the_drafting_and_loses_nothing(brand: Brand, store: Store) -> None:
    """No thread outlives a stop, and a later start drafts what was left."""
    before = threading.active_count()
    desk = Desk(brand, store)
    desk.inbox.start()
    desk.inbox.stop()
    assert threading.active_count() == before
    again = Desk(brand, store)
    again.inbox.start()
    assert again.inbox.settled(120)
    assert not again.inbox.drafting
    again.inbox.stop()


def test_what_another_desk_decided_is_shown_and_not_decided_twice(desk_of: DeskOf, store: Store) -> None:
    """The second approval is refused, and the page takes over the first."""
    one, other = desk_of(store), desk_of(store)
    draft = one.inbox.get("bravo-raincoat").proposal.drafts[0].text  # type: ignore[union-attr]
    assert _press(one, "bravo-raincoat", "approve", text=draft)["kind"] == "approved"
    assert _press(other, "bravo-raincoat", "approve", text=draft)["kind"] == "refused"
    assert other.inbox.get("bravo-raincoat").mark == "approved"  # type: ignore[union-attr]
    assert len(decisions(store, "bravo-raincoat")) == 1


def test_decisions_outlive_the_process(desk_of: DeskOf, store: Store) -> None:
    """A desk opened anew on the same store shows what was decided, and drafts only what waits."""
    desk = desk_of(store)
    _press(desk, "stuck-parka", "reject", reason="Answered by telephone")
    again = desk_of(store)
    item = again.inbox.get("stuck-parka")
    assert item is not None
    assert item.mark == "rejected"
    assert item.decision is not None
    assert item.decision.reason == "Answered by telephone"
    assert [one.key for one in again.inbox.items("done")] == ["stuck-parka"]


def test_a_press_for_a_message_that_is_gone_says_so(desk_of: DeskOf, store: Store) -> None:
    """An unknown key is an answer, not a crash."""
    assert "Reload" in _press(desk_of(store), "nobody", "approve", text="x")["message"]


def test_the_list_escapes_and_bounds_what_customers_wrote(brand: Brand, tmp_path: Path) -> None:
    """Markup in a message, a name or a fact is text in all three views."""
    mark = "<b onclick=alert(1)>&"
    context = CustomerContext.model_validate(
        {
            "id": mark,
            "channel": "x",
            "message": mark * 100,
            "customer": {"name": mark, "handle": mark},
            "facts": [{"name": mark, "value": mark}],
        }
    )
    with Store.open(tmp_path / "inbox.db") as store:
        store.put_messages([context])
        desk = Desk(brand, store)
        item = desk.inbox.get(mark)
        shown = (
            list_html(desk.inbox, Asked(), ROBIN, team=False) + conversation_html(item, brand) + card_html(item, brand)
        )
    assert "<b onclick" not in shown
    assert "&lt;b onclick=alert(1)&gt;&amp;" in shown


def test_an_empty_inbox_says_what_will_be_here(brand: Brand, tmp_path: Path) -> None:
    """Nothing to do is said in words, in the list, the conversation and the card."""
    with Store.open(tmp_path / "inbox.db") as store:
        desk = Desk(brand, store)
        assert "Nothing has come in" in list_html(desk.inbox, Asked(), ROBIN, team=False)
    assert "Choose a message" in conversation_html(None, brand)
    assert "What is known around a message" in card_html(None, brand)


def test_processes_draft_and_one_that_dies_is_replaced(brand: Brand, store: Store) -> None:
    """Worker processes give what this process would, and a killed one costs no message its draft."""
    desk = Desk(brand, store, workers=1)
    try:
        desk.inbox.start()
        assert desk.inbox.settled(120)
        here = Assistant(brand)
        for item in desk.inbox.items():
            assert item.proposal == here.draft(item.context)
        (worker,) = multiprocessing.active_children()
        worker.kill()
        worker.join()
        extra = demo.inbox()[0].model_copy(update={"id": "later"})
        desk.inbox.take([extra])
        assert desk.inbox.settled(120)
        found = desk.inbox.get("later")
        assert found is not None
        assert found.proposal is not None
    finally:
        desk.inbox.stop()


def test_what_other_programs_add_and_claim_shows(desk_of: DeskOf, store: Store, tmp_path: Path) -> None:
    """A message put into the store from outside is drafted; a colleague's claim shows, and keeps others from it."""
    desk = desk_of(store)
    new = CustomerContext(id="new", channel="x", message="Which size should I order? Between two.")
    with Store.open(tmp_path / "inbox.db") as other:
        other.put_messages([new])
        claims.claim(other, "stuck-parka", "Lee")
    desk.inbox.sync()
    assert desk.inbox.settled(60)
    found = desk.inbox.get("new")
    assert found is not None
    assert found.mark in {"open", "needs_edit"}
    claimed = desk.inbox.get("stuck-parka")
    assert claimed is not None
    assert claimed.claim is not None
    assert claimed.claim.person == "Lee"
    assert [one.key for one in desk.inbox.items("mine", person="Lee")] == ["stuck-parka"]
    assert "Lee is answering" in _press(desk, "stuck-parka", "reject", reason="Spam")["message"]


def test_an_incident_goes_into_replies_and_a_pause_stops_them(desk_of: DeskOf, store: Store) -> None:
    """What waits is drafted anew with the incident's words, under what a person said of it; a pause stops approvals."""
    desk = desk_of(store)
    said = {"intents": ["staff_complaint"], "sentiment": "negative", "reply": True}
    assert _press(desk, "bravo-raincoat", "correct", triage=said)["kind"] == "info"
    words = "Parcels for the north are a day behind since the storm; they're moving again."
    told = notices.post(store, "incident", words, "Lee")
    desk.inbox.sync()
    assert desk.inbox.settled(120)
    waiting = desk.inbox.get("stuck-parka")
    assert waiting is not None
    assert waiting.proposal is not None
    assert any(one.id == f"incident-{told.number}" for one in desk.brand.knowledge.articles)
    corrected = desk.inbox.get("bravo-raincoat")
    assert corrected is not None
    assert corrected.proposal is not None
    assert corrected.proposal.provenance["brand"] == desk.brand.sha256
    assert corrected.proposal.triage.intents == ("staff_complaint",)
    notices.post(store, "pause", "We are in a call.", "Lee")
    draft = waiting.proposal.drafts[0].text
    assert "Lee has paused" in _press(desk, "stuck-parka", "approve", text=draft)["message"]
