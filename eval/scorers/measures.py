"""Scores the best draft's tone and helpfulness by the measures of `tone_rules`."""

import hashlib
from collections.abc import Iterator
from functools import cache

from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind
from tone_rules.measures import SCALES, Measure, Scores, measure
from tone_rules.measures.weights import FILE
from tone_rules.situation import Situation

PASS_MARK = 0.5
"""The middle of the raters' scale: a 3 of 5."""
SUMS = ("tone", "helpfulness", "tone_for_length", "helpfulness_for_length")
"""Tone and helpfulness, as they are and less what length alone earns."""


class Measures:
    """`SUMS`, and each measure that they are made of; one that does not apply gives no score.

    Opinions of fitted weights: a mean of them gates only where a licence shows that raters rank replies alike. That
    says nothing of where the line is for one reply, so none of them fails a case.
    """

    name = "measures"
    kind: ScoreKind = "model"
    dimensions = (*SUMS, *(scale.name for scale in SCALES))

    @property
    def version(self) -> str:
        """Names the weights."""
        return version()

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing without a draft."""
        if proposal.drafts:
            found = measure(proposal.drafts[0].text, situation_of(case.context))
            for name, one in _values(found):
                if one.value is not None:
                    yield Score(
                        dimension=name,
                        value=one.value,
                        reason=one.reason or "",
                        spans=one.spans,
                        kind=self.kind,
                        pass_mark=PASS_MARK,
                        advisory=True,
                    )


@cache
def version() -> str:
    """Of the weights that ship: other weights may give another score."""
    return f"1-{hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]}"


def rate(message: str | None, reply: str) -> dict[str, float | None]:
    """What is probed: tone and helpfulness of a reply to a message."""
    found = measure(reply, Situation(message=message))
    return {"tone": found.tone, "helpfulness": found.helpfulness}


def situation_of(context: CustomerContext) -> Situation:
    """What the measures read around a reply. Names of nobody: who wrote must not move a score."""
    return Situation(channel=context.channel, message=context.message, thread=context.thread)


def _values(found: Scores) -> Iterator[tuple[str, Measure]]:
    for name in SUMS:
        yield name, Measure(value=getattr(found, name), reason=found.advice)
    yield from found.measures.items()
