"""Scores the best draft by the findings of its check."""

from collections.abc import Iterator

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind
from tone_rules.finding import Finding


class Rules:
    """1: nothing above a suggestion. 0.5, a pass: errors or warnings that guide. 0, and the case fails: it blocks.

    The steps are an order and no more: a compliance finding stops, a tone finding guides. A draft that was not checked,
    or not by every required rule, is unscored.
    """

    name = "rules"
    version = "1"
    kind: ScoreKind = "rule"
    dimensions = ("rules",)

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Score the first draft. Without one only a ready proposal is asked: no other would be published."""
        if case.expect.verdict is not None:
            return  # the case says itself what the check should say
        if not proposal.drafts:
            if proposal.status == "ready":
                yield Score.unscored("rules", "the proposal is 'ready' and holds no draft to check")
            return
        draft = proposal.drafts[0]
        blocking = [one for one in draft.findings if one.blocking]
        guiding = [one for one in draft.findings if not one.blocking and one.level != "suggestion"]
        missing = [one for one in draft.not_run if one.required]
        if blocking or draft.verdict == "block":
            said = _said(blocking) or "the verdict is 'block'"
            yield Score(dimension="rules", value=0, autofail=True, reason=said, spans=_spans(blocking), pass_mark=0.5)
        elif missing:
            said = "; ".join(f"{one.rule} did not run: {one.reason}" for one in missing)
            yield Score.unscored("rules", said)
        elif draft.verdict != "pass":
            yield Score.unscored("rules", f"the draft was not checked: its verdict is '{draft.verdict}'")
        else:
            value = 0.5 if guiding else 1.0
            yield Score(dimension="rules", value=value, reason=_said(guiding), spans=_spans(guiding), pass_mark=0.5)


def _said(findings: list[Finding]) -> str:
    return "; ".join(f"{one.rule} ({one.level}): {one.message}" for one in findings)


def _spans(findings: list[Finding]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in findings)
