"""What an approval needs: a store, a brand, a message of the inbox and a proposal for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


@pytest.fixture
def brand() -> Brand:
    """A brand that asks for nothing special."""
    return Brand(name="Fernhill Kettles", retention_days=30)


@pytest.fixture
def context(store: Store) -> CustomerContext:
    """A message that waits in the store's inbox."""
    made = CustomerContext(
        id="m1", channel="x", post_id="p1", message="My kettle leaks!", customer=Customer(name="Ana", handle="@ana")
    )
    store.put_messages([made])
    return made


@pytest.fixture
def proposal() -> Proposal:
    """Two drafts for that message."""
    drafts = (
        Draft(text="Sorry about the leak, Ana. Which kettle is it?", drafter="playbook"),
        Draft(text="A kettle shouldn't leak, Ana. When did you buy it?", drafter="playbook"),
    )
    return Proposal(id="m1", status="ready", triage=Triage(), drafts=drafts)
