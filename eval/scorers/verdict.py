"""Scores the check itself: whether it says of a past reply what it should."""

from collections.abc import Iterator

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind


class VerdictScorer:
    """1: the verdict is the expected one, and where it blocks, by one of the rules that should.

    A reply that should block and passes fails its case: it would have been published. One that is stopped for nothing,
    or by another rule than it should, is 0 and no more.
    """

    name = "verdict"
    version = "1"
    kind: ScoreKind = "rule"
    dimensions = ("verdict",)

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing for a case that expects no verdict."""
        expected = case.expect.verdict
        if expected is None or not proposal.drafts:
            return
        draft = proposal.drafts[0]
        blocking = [one for one in draft.findings if one.blocking]
        spans = tuple((one.start, one.end) for one in blocking)
        said = "; ".join(f"{one.rule}: {one.message}" for one in blocking)
        if draft.verdict != expected:
            reason = f"expected '{expected}', got '{draft.verdict}'" + (f" ({said})" if said else "")
            missed = expected == "block" and draft.verdict == "pass"
            yield Score(dimension="verdict", value=0, autofail=missed, reason=reason, spans=spans)
            return
        wanted = case.expect.blocked_by
        good = not wanted or any(one.rule in wanted for one in blocking)
        reason = "" if good else f"blocked by {said}, not by {' or '.join(wanted)}"
        yield Score(dimension="verdict", value=float(good), reason=reason, spans=spans)
