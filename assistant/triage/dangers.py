"""Escalations: what a specialist must take over, and what a person should look at first."""

from assistant.context import CustomerContext
from assistant.triage.answers import Escalation, Evidence
from assistant.triage.cues import Cue, Hits, Span
from assistant.triage.rules import EscalationRule, rules

_SURE, _POSSIBLE = 3, 2
REACH = 20_000
"""Followers from which an outraged post may spread by itself: a working choice, not a published figure."""


def dangers(
    context: CustomerContext, hits: Hits, *, outraged: bool
) -> tuple[Escalation | None, Escalation | None, tuple[Evidence, ...]]:
    """The gravest sure escalation, the gravest possible one (where it is graver, or none is sure), and the evidence."""
    found = {name: _points(rule, hits) for name, rule in rules().escalations.items()}
    reach = (context.customer.followers or 0) >= REACH
    points, evidence = found["viral"]
    if reach and outraged and points < _SURE:
        found["viral"] = (max(points + 1, _POSSIBLE), evidence)
    names: list[Escalation] = list(found)
    sure = next((name for name in names if found[name][0] >= _SURE), None)
    possible = next((name for name in names if _POSSIBLE <= found[name][0] < _SURE), None)
    if sure is not None and possible is not None and names.index(possible) > names.index(sure):
        possible = None
    evidences: list[Evidence] = []
    for label, name in (("escalation", sure), ("review", possible)):
        if name is None:
            continue
        for cue, span in found[name][1][:6]:
            words = context.message[span.start : span.end]
            evidences.append(
                Evidence(label=f"{label}:{name}", start=span.start, end=span.end, match=words, reason=cue.reason)
            )
        if name == "viral" and not found[name][1]:
            reason = f"{context.customer.followers} followers, and anger"
            evidences.append(Evidence(label=f"{label}:viral", start=0, end=0, match="", reason=reason))
    return sure, possible, tuple(evidences)


def _points(rule: EscalationRule, hits: Hits) -> tuple[int, list[tuple[Cue, Span]]]:
    """3 and more is sure, 2 possible. Cues over the same words count once."""
    never = hits.any(rule.never)
    points = 0
    kept: list[tuple[Cue, Span]] = []
    for worth, cues in ((3, rule.sure), (2, rule.possible), (1, rule.hints)):
        if never and worth < _SURE:
            continue
        seen: set[str] = set()
        for cue, span in hits.of(cues, rule.idioms):
            if cue.match in seen or any(one.start < span.end and span.start < one.end for _, one in kept):
                continue
            seen.add(cue.match)
            kept.append((cue, span))
            points += worth
    return points, kept
