from datetime import UTC, datetime, timedelta

from assistant import insights
from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store, erase, outcomes
from assistant.triage import Triage
from tone_rules.finding import Finding, Report

BRAND = Brand(name="Fernhill Kettles", channels={"x": {"sla_hours": 2}})  # type: ignore[dict-item]
TEXT = "Sorry about the lid, Ana. Send us a message and we'll get a new one to you. ^MR"


def _check(text: str, _context: CustomerContext, _brand: Brand) -> Report:
    """One warning where the text says please."""
    if "please" not in text:
        return Report.of(())
    at = text.index("please")
    return Report.of(
        (
            Finding(
                rule="tone.Please", level="warning", blocking=False, start=at, end=at + 6, match="please", message="?"
            ),
        )
    )


def _decide(store: Store, number: int, text: str | None, *, hours: float = 1, decision: str = "approve") -> None:
    asked = datetime.now(UTC) - timedelta(hours=hours)
    context = CustomerContext(id=f"m{number}", channel="x", message="My kettle's lid broke.", created_at=asked)
    seen = Triage(intents=("product_fault",), root_cause="lid")
    proposal = Proposal(id=context.id, status="ready", triage=seen, drafts=(Draft(text=TEXT, drafter="playbook"),))
    reason = None if decision == "approve" else "because"
    approve(
        store,
        BRAND,
        proposal,
        context,
        decision=decision,  # type: ignore[arg-type]
        reviewer="Mira" if number % 2 else "Lee",
        text=text,
        draft=0 if text is not None and number != 3 else None,
        reason=reason,
        check=_check,
    )


def test_decisions_are_counted_for_what_they_are(store: Store) -> None:
    """Unchanged, lightly edited, rewritten, own words, escalated and rejected are told apart, with their shares."""
    _decide(store, 0, TEXT)
    _decide(store, 1, TEXT.replace("Ana", "Anna"), hours=3)
    _decide(store, 2, "No. " * 20)
    _decide(store, 3, "Thank you, please ring us.")
    _decide(store, 4, None, decision="escalate")
    _decide(store, 5, None, decision="reject")
    rows = insights.decided(store, BRAND)
    assert [one.edit for one in rows] == ["none", "light", "heavy", "own", None, None]
    outcomes.add_outcome(store, "m0", "csat", 1.0)
    outcomes.add_outcome(store, "m1", "csat", 0.5)
    told = insights.figures(rows, insights.outcomes_by_message(store))
    assert (told.decisions, told.published) == (6, 4)
    assert (told.as_it_was.count, told.light.count, told.light.of) == (1, 2, 4)
    assert (told.escalated.count, told.rejected.count) == (1, 1)
    assert (told.in_time.count, told.in_time.of) == (5, 6)
    assert told.outcomes == {"csat": 0.75}
    assert told.outcome_counts == {"csat": 2}
    assert insights.rules_fired(rows) == {"tone.Please": 1}
    assert {name: len(some) for name, some in insights.grouped(rows, lambda one: one.reviewer).items()} == {
        "Lee": 3,
        "Mira": 3,
    }
    assert set(insights.grouped(rows, lambda one: one.root_cause)) == {"lid"}


def test_nothing_is_a_figure_too(store: Store) -> None:
    """Of no decisions the shares are unknown, not 0."""
    told = insights.figures((), {})
    assert (told.decisions, told.light.rate, told.edited, told.waited) == (0, None, None, None)
    assert insights.weekly(insights.decided(store, BRAND)) == {}


def test_what_was_erased_is_not_counted(store: Store) -> None:
    """A decision whose texts were erased leaves the figures."""
    _decide(store, 0, TEXT)
    erase(store, by="Lee", message_id="m0")
    assert insights.decided(store, BRAND) == ()


def test_weeks_without_work_are_there(store: Store) -> None:
    """A week between two others that had no decision stands there with none."""
    _decide(store, 0, TEXT)
    (row,) = insights.decided(store, BRAND)
    earlier = row.model_copy(update={"at": row.at - timedelta(days=14)})
    weeks = insights.weekly((earlier, row))
    assert [len(some) for some in weeks.values()] == [1, 0, 1]
