"""A triage as a person corrects it at the desk."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, model_validator

from assistant.triage import Escalation, Evidence, Intent, Sentiment, Triage
from tone_rules.value import Value

BY = "corrected by "
"""How the reason of a person's evidence begins; their name follows."""


class Corrected(Value):
    """What a person says that a message is."""

    intents: tuple[Intent, ...] = Field(min_length=1, max_length=15)
    """Most prominent first."""
    sentiment: Sentiment
    escalation: Escalation | None = None
    """A specialist must take over."""
    review: Escalation | None = None
    """Possible; whoever opens it looks first."""
    reply: bool

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.escalation and self.review:
            raise ValueError("a message either goes to a specialist or is looked at first, not both")
        return self


def corrected(triage: Triage, said: Corrected, person: str) -> Triage:
    """A triage with a person's answers in place of the computed ones, each marked as theirs.

    A message that has become a specialist's is at least of high urgency.
    """
    return _marked(triage, said.model_dump(), person)


def answered(triage: Triage, person: str) -> Triage:
    """A triage as a person has it who wants a reply all the same."""
    return _marked(triage, {"reply": True}, person)


def _marked(triage: Triage, values: Mapping[str, Any], person: str) -> Triage:
    changed = [name for name, value in values.items() if getattr(triage, name) != value]
    if not changed:
        return triage
    marks = tuple(Evidence(label=name, start=0, end=0, match="", reason=f"{BY}{person}") for name in changed)
    names = {f"intent:{name}" for name in values.get("intents", ())}
    kept = tuple(one for one in triage.evidence if _answer(one) not in changed or one.label in names)
    danger = (values.get("escalation") or values.get("review")) and triage.urgency in ("low", "normal")
    urgency = "high" if danger else triage.urgency
    return triage.model_copy(update={**values, "urgency": urgency, "evidence": (*marks, *kept)})


def correctors(triage: Triage) -> tuple[str, ...]:
    """Who corrected a triage; nobody where it is as it was computed."""
    reasons = [one.reason for one in triage.evidence if one.reason and one.reason.startswith(BY)]
    return tuple(dict.fromkeys(reason.removeprefix(BY) for reason in reasons))


def _answer(evidence: Evidence) -> str:
    """The field of a triage that a piece of evidence is about."""
    name = evidence.label.partition(":")[0]
    return {"intent": "intents", "no_reply": "reply"}.get(name, name)
