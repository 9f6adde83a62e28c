"""What the page shows of a run's cases, as JSON takes it: harmless text, with what findings mark already cut."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from assistant.drafting import Draft
from eval.past import PAST
from eval.reports.escape import plain
from eval.reports.told import quotes
from eval.run import Result, Run
from eval.score import Score
from tone_rules.masking import Masked


def cases_of(run: Run) -> list[dict[str, Any]]:
    """Every result, the worst first."""
    several = run.header.epochs > 1
    return [case_of(one, several=several) for one in run.worst_first]


def case_of(result: Result, *, several: bool = False) -> dict[str, Any]:
    """One result: what was written, what was drafted with its findings, and every score with its reason."""
    case, context = result.case, result.case.context
    proposal = result.proposal
    drafts = proposal.drafts if proposal else ()
    found: dict[str, Any] = {
        "key": plain(f"{case.id}/{result.epoch}" if several else case.id),
        "id": plain(case.id),
        "epoch": result.epoch if several else None,
        "outcome": result.outcome,
        "autofail": result.autofail,
        "tags": [plain(tag) for tag in case.tags],
        "about": [context.channel, *([plain(case.brand)] if case.brand else [])],
        "thread": [{"role": turn.role, "text": plain(turn.text)} for turn in context.thread],
        "message": plain(context.message),
        "error": None if result.error is None else plain(result.error),
        "drafts": [draft_of(draft) for draft in drafts],
        "scores": [_score(score, drafts) for score in result.scores],
        "seconds": round(result.seconds, 3),
    }
    if proposal and not any(draft.drafter == PAST for draft in drafts):
        triage = proposal.triage
        found["status"] = proposal.status
        told = [*triage.intents, *([f"escalation: {triage.escalation}"] if triage.escalation else [])]
        found["triage"] = [*told, *([f"review: {triage.review}"] if triage.review else [])]
    return found


def draft_of(draft: Draft) -> dict[str, Any]:
    """A draft in pieces, each with the findings that mark it, and the rules that did not run."""
    shown = Masked(draft.text, draft.findings)
    return {
        "drafter": plain(draft.drafter),
        "verdict": draft.verdict,
        "pieces": _pieces(shown.text, [(one.start, one.end) for one in draft.findings]),
        "findings": [
            {
                "rule": plain(one.rule),
                "level": "blocking" if one.blocking else one.level,
                "message": plain(shown.message(one)),
            }
            for one in draft.findings
        ],
        "notRun": [f"{plain(one.rule)}: {plain(one.reason)}" for one in draft.not_run],
    }


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, list[int]]]:
    """The text cut wherever a finding begins or ends. Cut first, made harmless after: that may change the length."""
    edges = sorted({0, len(text), *(min(edge, len(text)) for span in spans for edge in span)})
    pieces = []
    for start, end in pairwise(edges):
        marked = [number for number, (low, high) in enumerate(spans) if low < end and start < high]
        pieces.append((plain(text[start:end]), marked))
    return pieces


def _score(score: Score, drafts: Sequence[Draft]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": plain(score.dimension),
        "value": score.value,
        "state": "unscored" if score.passed is None else "passed" if score.passed else "failed",
        "kind": score.kind,
        "autofail": score.autofail,
        "advisory": score.advisory,
        "reason": plain(score.reason),
    }
    if quoted := quotes(score.spans, drafts):
        told["quoted"] = [plain(one) for one in quoted]
    if score.votes:
        told["votes"] = [
            {
                "mark": vote.mark,
                "reason": plain(vote.reason),
                "quoted": [plain(one) for one in quotes([vote.span] if vote.span else [], drafts)],
            }
            for vote in score.votes
        ]
    return told
