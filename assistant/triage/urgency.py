"""How soon somebody should answer."""

from assistant.context import CustomerContext
from assistant.triage.answers import Escalation, Evidence, Urgency
from assistant.triage.dangers import REACH
from assistant.triage.rules import urgency_rule
from tone_rules.readings.search import Hits

_CALM = frozenset({"bereavement", "press", "regulator", "minor", "legal_threat"})
"""Escalations that can wait for office hours but not for the queue."""

_HOT = 0.55


def urgency(
    context: CustomerContext, hits: Hits, *, escalation: Escalation | None, review: Escalation | None, heat: float
) -> tuple[Urgency, tuple[Evidence, ...]]:
    """Critical, high, normal or low, and the words that say so."""
    rule, message = urgency_rule(), context.message
    danger = escalation or review
    for level, cues in (("critical", rule.critical), ("high", rule.high)):
        found = hits.of(cues)
        if level == "critical" and danger is not None and danger not in _CALM and escalation is not None:
            return "critical", (_reason("critical", f"escalation: {danger}"),)
        if found:
            evidence = tuple(
                Evidence(label=f"urgency:{level}", start=span.start, end=span.end, match=message[span.start : span.end])
                for _, span in found[:3]
            )
            return ("critical" if level == "critical" else "high"), evidence
    if danger is not None:
        return "high", (_reason("high", f"possible: {danger}" if escalation is None else f"escalation: {danger}"),)
    followers = context.customer.followers or 0
    if heat >= _HOT and followers >= REACH // 4:
        return "high", (_reason("high", f"anger, and {followers} followers"),)
    waiting = sum(turn.role == "customer" for turn in context.thread)
    if heat >= _HOT and waiting >= 1:
        return "high", (_reason("high", "anger, and not the first post"),)
    if hits.any(rule.low):
        return "low", ()
    return "normal", ()


def _reason(level: str, reason: str) -> Evidence:
    return Evidence(label=f"urgency:{level}", start=0, end=0, match="", reason=reason)
