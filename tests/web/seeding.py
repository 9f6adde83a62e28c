"""A store as a small team fills it over some weeks: for tests of what is counted, and for pictures."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
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
        patch.setattr(approval, "_overridden", _overridden)  # a rule that is not known may not be set aside
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
        text, override = text + " Guaranteed!", {"general.Guarantee": why}
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
    told = {"please write": "general.BareDeflection", "I'm sorry": "tone.ApologyTwice"}
    found = [
        _finding(rule, text, words)
        for words, rule in told.items()
        if words in text and int((context.id or "m0")[1:]) % 3 == 0
    ]
    if "Guaranteed" in text:
        found.append(_finding("general.Guarantee", text, "Guaranteed", blocking=True))
    return Report.of(tuple(found))


def _finding(rule: str, text: str, words: str, *, blocking: bool = False) -> Finding:
    at = text.index(words)
    level: Any = "error" if blocking else "warning"
    return Finding(
        rule=rule, level=level, blocking=blocking, start=at, end=at + len(words), match=words, message="Look at this."
    )


def _overridden(
    _brand: Brand, _report: Report, override: dict[str, str], reviewer: str, _may: bool
) -> tuple[approval.Override, ...]:
    return tuple(approval.Override(rule=rule, reason=why, by=reviewer) for rule, why in override.items())
