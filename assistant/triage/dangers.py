"""What a specialist must take over once it is known how many people follow the customer."""

from assistant.context import CustomerContext
from tone_rules.readings import Escalation, Evidence, MessageReading
from tone_rules.readings.dangers import POSSIBLE, SURE, Danger, gravest
from tone_rules.readings.rules import escalations

REACH = 20_000
"""Followers from which an outraged post may spread by itself: a working choice, not a published figure."""

_OUTRAGE = 0.35

_SHOWN = 6
"""Pieces of evidence of one escalation."""


def dangers(
    context: CustomerContext, reading: MessageReading
) -> tuple[Escalation | None, Escalation | None, tuple[Evidence, ...]]:
    """The gravest sure escalation, the gravest possible one (where it is graver, or none is sure), and the evidence."""
    sure, possible, found = reading.escalation, reading.review, reading.dangers
    viral = found.get("viral", Danger(0))
    if (context.customer.followers or 0) >= REACH and viral.points < SURE and _outraged(reading):
        raised = viral._replace(points=max(viral.points + 1, POSSIBLE))
        found = {name: raised if name == "viral" else found.get(name, Danger(0)) for name in escalations()}
        sure, possible = gravest(found)
    pieces: list[Evidence] = []
    for label, name in (("escalation", sure), ("review", possible)):
        if name is None:
            continue
        pieces += _evidence(context.message, label, name, found[name])
        if name == "viral" and not found[name].evidence:
            reason = f"{context.customer.followers} followers, and anger"
            pieces.append(Evidence(label=f"{label}:viral", start=0, end=0, match="", reason=reason))
    return sure, possible, tuple(pieces)


def _outraged(reading: MessageReading) -> bool:
    unhappy = reading.sarcasm or reading.mood.sentiment == "negative"
    return unhappy and reading.mood.heat >= _OUTRAGE


def _evidence(message: str, label: str, name: Escalation, danger: Danger) -> tuple[Evidence, ...]:
    """The words that led to an escalation."""
    return tuple(
        Evidence(
            label=f"{label}:{name}",
            start=span.start,
            end=span.end,
            match=message[span.start : span.end],
            reason=cue.reason,
        )
        for cue, span in danger.evidence[:_SHOWN]
    )
