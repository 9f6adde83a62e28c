"""What a specialist must take over: the rules and the model together, and how many people follow the customer."""

from collections.abc import Mapping

from assistant.context import CustomerContext
from assistant.triage.model import scores, telling
from assistant.triage.weights import weights
from tone_rules.readings import Escalation, Evidence, MessageReading
from tone_rules.readings.dangers import POSSIBLE, SURE, Danger, gravest
from tone_rules.readings.rules import escalation_search, escalations

REACH = 20_000
"""Followers from which an outraged post may spread by itself: a working choice, not a published figure."""

_OUTRAGE = 0.35

_SHOWN = 6
"""Pieces of evidence of one escalation."""

_UNSURE = SURE - 1

_STANDS = frozenset({"self_harm", "safety", "fraud"})
"""Escalations that a rule is sure of unless the model speaks clearly against it (by folds 5 of such 27 were any), and
that a person looks at even then: a needless call costs a minute, a missed one a life or a fortune."""

_ONE_HARM: tuple[Escalation, Escalation] = ("safety", "adverse_event")
"""Whoever was hurt by what they took or put on was hurt as well: of the two, the model tells which it is."""


def dangers(
    context: CustomerContext, reading: MessageReading
) -> tuple[Escalation | None, Escalation | None, tuple[Evidence, ...]]:
    """The gravest sure escalation, the gravest possible one (where it is graver, or none is sure), and the evidence."""
    found = dict(weighed(reading))
    viral = found.get("viral", Danger(0))
    if (context.customer.followers or 0) >= REACH and viral.points < SURE and _outraged(reading):
        found["viral"] = viral._replace(points=max(viral.points + 1, POSSIBLE))
    sure, possible = gravest({name: found[name] for name in escalations() if name in found})
    pieces: list[Evidence] = []
    for label, name in (("escalation", sure), ("review", possible)):
        if name is None:
            continue
        if not found[name].evidence and name in weighed(reading):
            found[name] = found[name]._replace(evidence=telling(reading, name))
        pieces += _evidence(context.message, label, name, found[name])
        if name == "viral" and not found[name].evidence:
            reason = f"{context.customer.followers} followers, and anger"
            pieces.append(Evidence(label=f"{label}:viral", start=0, end=0, match="", reason=reason))
    return sure, possible, tuple(pieces)


def weighed(reading: MessageReading) -> Mapping[Escalation, Danger]:
    """Every escalation that the rules or the model find, with points as the rules give them.

    The model makes sure what it is sure of, and possible what it takes to be likely enough; what a rule alone finds is
    sure only where the model agrees, and possible unless the model speaks clearly against it. Where doubt would cost
    too much, what a rule is sure of is at least possible.
    """
    margins, alone, edges = scores(reading).dangers, scores(reading).alone, weights().thresholds
    found: dict[Escalation, Danger] = {}
    for name, danger in reading.dangers.items():
        denied = margins[name] < edges.kept
        if danger.points >= SURE and (denied if name in _STANDS else alone[name] < edges.agreed):
            danger = danger._replace(points=_UNSURE)
        if danger.points == POSSIBLE and denied and not (name in _STANDS and reading.dangers[name].points >= SURE):
            danger = danger._replace(points=POSSIBLE - 1)
        found[name] = danger
    likeliest = max(margins, key=lambda name: margins[name])
    points = SURE if alone[likeliest] >= edges.sure else POSSIBLE if margins[likeliest] >= edges.possible else 0
    if points == SURE and likeliest not in reading.dangers and _denied(reading, likeliest):
        points = POSSIBLE
    if points > found.get(likeliest, Danger(0)).points:
        found[likeliest] = found.get(likeliest, Danger(0))._replace(points=points)
    if all(found.get(name, Danger(0)).points >= SURE for name in _ONE_HARM):
        other = min(_ONE_HARM, key=lambda name: margins[name])
        found[other] = found[other]._replace(points=_UNSURE)
    return found


def _denied(reading: MessageReading, name: Escalation) -> bool:
    """Whether words stand there by which only a sure rule counts ("haha", "he's alive")."""
    return escalation_search().read(reading.folded).any(escalations()[name].never)


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
