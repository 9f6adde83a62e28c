from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.pipeline import Assistant, Proposal
from assistant.store import Store
from assistant.triage import Triage
from assistant.web.desk import Desk, Pressed
from assistant.web.people import Person, Role
from assistant.web.views import Asked, card_html, conversation_html, list_html


class Flaky(Assistant):
    """Fails for the messages that it is told to, until it is told not to."""

    failing: frozenset[str] = frozenset()

    def draft(self, context: CustomerContext, variants: int = 3, corrected: Triage | None = None) -> Proposal:
        """Fail, or draft."""
        if context.id in self.failing:
            raise RuntimeError("the drafter fell over")
        return super().draft(context, variants, corrected)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds three messages of the demo."""
    with Store.open(tmp_path / "inbox.db") as store:
        wanted = {"stuck-parka", "bravo-raincoat", "snapped-buckle"}
        store.put_messages(post for post in demo.inbox() if post.id in wanted)
        yield store


def _desk(brand: Brand, store: Store, *failing: str) -> Desk:
    assistant = Flaky(brand)
    assistant.failing = frozenset(failing)
    desk = Desk(brand, store, assistant)
    desk.inbox.start().join(120)
    return desk


def _press(desk: Desk, key: str, action: str, *, role: Role = "lead", **more: Any) -> dict[str, Any]:
    pressed = Pressed.model_validate({"asked": {"key": key}, "key": key, "action": action, **more})
    return desk.act(pressed, Person(name="Robin", role=role))


def test_one_failed_draft_shows_its_error_and_loses_nothing(brand: Brand, store: Store) -> None:
    """The others are drafted, the failed one says why, can be written by hand, and is drafted on another try."""
    desk = _desk(brand, store, "stuck-parka")
    failed = desk.inbox.get("stuck-parka")
    assert failed is not None
    assert failed.mark == "failed"
    assert failed.error == "RuntimeError: the drafter fell over"
    assert {item.mark for item in desk.inbox.items() if item.key != "stuck-parka"} == {"open", "escalate"}
    assert _press(desk, "stuck-parka", "retry")["kind"] == "refused"
    desk.inbox.assistant.failing = frozenset()  # type: ignore[attr-defined]
    assert _press(desk, "stuck-parka", "retry")["kind"] == "info"
    mended = desk.inbox.get("stuck-parka")
    assert mended is not None
    assert mended.mark in {"open", "needs_edit"}


def test_a_persons_own_text_is_approved_where_no_draft_could_be_made(brand: Brand, store: Store) -> None:
    """A failed draft does not stop the work; the text is checked like any other."""
    desk = _desk(brand, store, "bravo-raincoat")
    assert _press(desk, "bravo-raincoat", "approve", text="Dear [name]")["kind"] == "refused"
    assert (
        _press(desk, "bravo-raincoat", "approve", text="That is a drenching, and not what a coat is for. ^RB")["kind"]
        == "approved"
    )
    assert decisions(store, "bravo-raincoat")[-1].author == "Robin"


def test_an_override_needs_the_right_to_it(brand: Brand, store: Store) -> None:
    """Without the right none is offered, and one that is sent all the same is refused."""
    desk = _desk(brand, store)
    text = "We are considering legal action. ^RB"
    refused = _press(desk, "bravo-raincoat", "approve", role="agent", text=text)
    assert (refused["kind"], refused["override"]) == ("refused", False)
    again = _press(desk, "bravo-raincoat", "approve", role="agent", text=text, override=True, reason="because")
    assert again["kind"] == "refused"
    assert decisions(store, "bravo-raincoat") == ()


def test_more_drafts_lose_none(brand: Brand, tmp_path: Path) -> None:
    """Asking for another draft keeps those there are: after "draft anyway", and where the drafter falls over."""
    with Store.open(tmp_path / "inbox.db") as store:
        store.put_messages(post for post in demo.inbox() if post.id == "collab-babe")
        desk = _desk(brand, store)
        assert [item.mark for item in desk.inbox.items()] == ["no_reply"]
        _press(desk, "collab-babe", "anyway")
        drafted = desk.inbox.get("collab-babe").proposal.drafts  # type: ignore[union-attr]
        assert drafted
        _press(desk, "collab-babe", "another")
        assert desk.inbox.get("collab-babe").proposal.drafts[: len(drafted)] == drafted  # type: ignore[union-attr]
        desk.inbox.assistant.failing = frozenset({"collab-babe"})  # type: ignore[attr-defined]
        assert _press(desk, "collab-babe", "another")["kind"] == "refused"
        left = desk.inbox.get("collab-babe")
        assert left is not None
        assert left.mark != "failed"
        assert left.proposal is not None
        assert left.proposal.drafts[: len(drafted)] == drafted


def test_stopping_ends_the_drafting_and_loses_nothing(brand: Brand, store: Store) -> None:
    """No thread outlives a stop, and a later start drafts what was left."""
    desk = Desk(brand, store, Assistant(brand))
    thread = desk.inbox.start()
    desk.inbox.stop()
    assert not thread.is_alive()
    desk.inbox.start().join(120)
    assert not desk.inbox.drafting


def test_what_another_desk_decided_is_shown_and_not_decided_twice(brand: Brand, store: Store) -> None:
    """The second approval is refused, and the page takes over the first."""
    one, other = _desk(brand, store), _desk(brand, store)
    draft = one.inbox.get("bravo-raincoat").proposal.drafts[0].text  # type: ignore[union-attr]
    assert _press(one, "bravo-raincoat", "approve", text=draft)["kind"] == "approved"
    assert _press(other, "bravo-raincoat", "approve", text=draft)["kind"] == "refused"
    assert other.inbox.get("bravo-raincoat").mark == "approved"  # type: ignore[union-attr]
    assert len(decisions(store, "bravo-raincoat")) == 1


def test_decisions_outlive_the_process(brand: Brand, store: Store) -> None:
    """A desk opened anew on the same store shows what was decided, and drafts only what waits."""
    desk = _desk(brand, store)
    _press(desk, "stuck-parka", "reject", reason="Answered by telephone")
    again = _desk(brand, store)
    item = again.inbox.get("stuck-parka")
    assert item is not None
    assert item.mark == "rejected"
    assert item.decision is not None
    assert item.decision.reason == "Answered by telephone"
    assert [one.key for one in again.inbox.items("done")] == ["stuck-parka"]


def test_a_press_for_a_message_that_is_gone_says_so(brand: Brand, store: Store) -> None:
    """An unknown key is an answer, not a crash."""
    assert "Reload" in _press(_desk(brand, store), "nobody", "approve", text="x")["message"]


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
        desk = Desk(brand, store, Assistant(brand))
        item = desk.inbox.get(mark)
        shown = list_html(desk.inbox, Asked()) + conversation_html(item, brand) + card_html(item, brand)
    assert "<b onclick" not in shown
    assert "&lt;b onclick=alert(1)&gt;&amp;" in shown


def test_an_empty_inbox_says_what_will_be_here(brand: Brand, tmp_path: Path) -> None:
    """Nothing to do is said in words, in the list, the conversation and the card."""
    with Store.open(tmp_path / "inbox.db") as store:
        desk = Desk(brand, store, Assistant(brand))
        assert "Nothing has come in" in list_html(desk.inbox, Asked())
    assert "Choose a message" in conversation_html(None, brand)
    assert "What is known around a message" in card_html(None, brand)
