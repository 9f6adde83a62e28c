from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from assistant.web.inbox import Inbox
from assistant.web.triaging import answered

MANY = 620
"""More than are read or named at once."""


class Idle:
    """Writers that are never asked."""

    size = 1

    def close(self) -> None:
        """Nothing is held."""


def _context(number: int) -> CustomerContext:
    return CustomerContext(id=f"m{number}", channel="x", message=f"Where is parcel {number}?")


def _proposal(number: int, brand: Brand, triage: Triage | None = None) -> Proposal:
    drafts = (Draft(text=f"We look for {number}.", drafter="playbook"),)
    made = {"brand": brand.sha256}
    return Proposal(id=f"m{number}", status="needs_edit", triage=triage or Triage(), drafts=drafts, provenance=made)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "inbox.db") as store:
        yield store


@pytest.fixture
def plain() -> Brand:
    """A brand that asks for nothing special."""
    return Brand(name="Fernhill Kettles")


def _inbox(store: Store, brand: Brand) -> Inbox:
    return Inbox(store, brand, lambda _: Idle())  # type: ignore[arg-type, return-value]


def test_an_inbox_opens_in_a_few_queries(store: Store, plain: Brand) -> None:
    """However many messages there are, each is what it is read alone, and the first look reads none of them again."""
    store.put_messages(_context(number) for number in range(MANY))
    for number in range(0, MANY, 50):
        store.save_proposal(f"m{number}", _proposal(number, plain))
    decided = [
        approve(store, plain, _proposal(number, plain), _context(number), decision="reject", reviewer="Jo", reason="no")
        for number in range(0, MANY, 100)
    ]
    asked: list[str] = []
    note: Any = lambda *given: asked.append(given[2])  # noqa: E731
    event.listen(store._engine, "before_cursor_execute", note)
    inbox = _inbox(store, plain)
    inbox.sync()
    event.remove(store._engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) < 15
    assert len(inbox) == MANY
    assert {item.key for item in inbox.items("done")} == {one.id for one in decided}
    assert {item.key: item.decision for item in inbox.items("done")} == {one.id: one for one in decided}
    for number in (0, 50, 1, MANY - 1):
        item = inbox.get(f"m{number}")
        assert item is not None
        assert item.context == store.message(item.key).context
        assert item.proposal == store.proposal(item.key)
    assert inbox.counts()["all"] == MANY
    assert inbox.counts()["done"] == len(decided)


def test_a_search_knows_both_ways_to_write_a_letter(store: Store, plain: Brand) -> None:
    """An accent typed in one piece finds one that was written in two, and the other way round."""
    store.put_messages([_context(1).model_copy(update={"message": "The cafe\u0301 charged twice, Mu\u0308ller says"})])
    inbox = _inbox(store, plain)
    assert [one.key for one in inbox.items(query="CAF\u00c9 m\u00fcller")] == ["m1"]
    assert inbox.items(query="caf\u00e8") == []


def test_a_brand_that_changed_keeps_what_a_person_said(store: Store, plain: Brand) -> None:
    """After a restart what waits is drafted anew for it, but under the triage that a person corrected."""
    said = answered(Triage(reply=False), "Robin")
    store.put_messages([_context(1), _context(2)])
    store.save_proposal("m1", _proposal(1, plain, said))
    store.save_proposal("m2", _proposal(2, plain))
    inbox = _inbox(store, plain.model_copy(update={"sha256": "another"}))
    assert [item.proposal for item in inbox.items()] == [None, None]
    assert {item.key: item.triage for item in inbox.items()} == {"m1": said, "m2": None}
