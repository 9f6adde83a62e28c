from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, Brand, CustomerContext
from assistant.approval import approve
from assistant.store import Store
from assistant.triage.correction import corrections
from eval.records import from_records

CONTEXT = {
    "id": "7",
    "channel": "x",
    "message": "Kettle hums when it boils @Quenby",
    "facts": [{"name": "order_number", "value": "NW-48213", "visibility": "private"}],
}


@pytest.fixture
def decided(tmp_path: Path) -> Any:
    """Approves the first draft under a triage that is changed as named, and gives the cases of the records."""

    def run(**changed: Any) -> Any:
        store, brand = Store.open(tmp_path / f"{len(changed)}.db"), Brand(name="Quenby")
        assistant, context = Assistant(brand), CustomerContext.model_validate(CONTEXT)
        seen = assistant.triage(context)
        proposal = assistant.draft(context, corrected=seen.model_copy(update=changed) if changed else None)
        approve(store, brand, proposal, context, decision="reject", reviewer="mo", reason="by telephone instead")
        return from_records(store)

    return run


def test_a_corrected_triage_is_kept_as_a_case(decided: Any) -> None:
    """What an agent changed is expected from then on; no private fact is kept."""
    (case,) = [one for one in decided(escalation="safety", topic="kettle") if "corrected" in one.tags]
    assert case.expect.model_dump(exclude_unset=True) == {"escalation": "safety"}
    assert case.tags == ("corrected", "escalation")
    assert "NW-48213" not in case.model_dump_json()


def test_no_correction_no_case(decided: Any) -> None:
    """A triage that nobody corrected, or only where no suite looks, makes no case."""
    assert not [one for one in decided() if "corrected" in one.tags]
    assert not [one for one in decided(topic="boiling") if "corrected" in one.tags]


def test_only_what_was_changed_is_expected() -> None:
    """About what the agent left alone they said nothing, so that a later better answer isn't held against them."""
    computed = Assistant(Brand(name="Quenby")).triage(CustomerContext(channel="x", message="Where is my parcel?"))
    assert corrections(computed, computed) == {}
    assert corrections(computed, computed.model_copy(update={"reply": not computed.reply})) == {
        "reply": not computed.reply
    }
