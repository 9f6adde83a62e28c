"""Scores the proposal's triage: its status, its escalation and its intents."""

from collections.abc import Iterator

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind

INTENTS_PASS = 2 / 3
"""One expected intent and one found beside it (or one of two missed) is the least that passes."""


class TriageScorer:
    """Three dimensions, each scored where the case asks for it.

    `status`: 1 as expected, else 0.
    `escalation`: 1 as expected (which may be none); 0.5 where the expected one is up for review, which is no pass but
    a person looks first; else 0. An expected one with no sign of any fails the case: a routine answer went to somebody
    who was hurt, or to a court.
    `intents`: the F1 of the expected and the found set, a pass from `INTENTS_PASS`.
    """

    name = "triage"
    version = "1"
    kind: ScoreKind = "rule"
    dimensions = ("status", "escalation", "intents")

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Score what the case expects and pass over the rest."""
        if case.expect.status is not None:
            good = proposal.status == case.expect.status
            reason = "" if good else f"expected '{case.expect.status}', got '{proposal.status}'"
            yield Score(dimension="status", value=float(good), reason=reason)
        if case.expect.asks_escalation:
            yield _escalation(case, proposal)
        if case.expect.intents:
            yield _intents(set(case.expect.intents), set(proposal.triage.intents))


def _escalation(case: Case, proposal: Proposal) -> Score:
    expected, found, review = case.expect.escalation, proposal.triage.escalation, proposal.triage.review
    if found == expected:
        return Score(dimension="escalation", value=1)
    reason = f"expected {expected or 'none'}, got {found or 'none'}" + (f", review {review}" if review else "")
    value = 0.5 if review == expected and found is None else 0.0
    missed = expected is not None and found is None and review is None and proposal.status != "escalate"
    return Score(dimension="escalation", value=value, autofail=missed, reason=reason)


def _intents(expected: set[str], found: set[str]) -> Score:
    value = 2 * len(expected & found) / (len(expected) + len(found))
    said = [f"missing: {', '.join(sorted(lost))}"] if (lost := expected - found) else []
    said += [f"not expected: {', '.join(sorted(extra))}"] if (extra := found - expected) else []
    return Score(dimension="intents", value=value, reason="; ".join(said), pass_mark=INTENTS_PASS)
