"""Scores a past reply by what raters said about it."""

from collections.abc import Iterator
from statistics import fmean

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind
from eval.suite import Suite

PREFIX = "label:"
"""Before the dimension's name, so that it stands beside what another scorer says about the same."""
PASS_MARK = 0.5
"""The middle of the raters' scale: a 3 of 5."""


class Labels:
    """The mean of the raters' marks, 0 to 1, where the best draft is the very reply that they rated.

    Marks by people count as they are; those by models are opinions of models.
    """

    name = "labels"
    version = "1"
    kind: ScoreKind = "human"

    def __init__(self, dimensions: tuple[str, ...]) -> None:
        """Take the dimensions that were rated, without the prefix."""
        self.dimensions = tuple(f"{PREFIX}{name}" for name in dimensions)

    @classmethod
    def of(cls, suite: Suite) -> "Labels":
        """For all that a suite's cases have labels for."""
        return cls(tuple(sorted({name for case in suite.cases for label in case.labels for name in label.ratings})))

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing where another reply stands there than the one that was rated."""
        if not case.labels or not proposal.drafts or proposal.drafts[0].text != case.reply:
            return
        for name in dict.fromkeys(name for label in case.labels for name in label.ratings):
            given = [label for label in case.labels if name in label.ratings]
            told = ", ".join(f"{one.rater} ({one.by}) {one.ratings[name]:g}" for one in given)
            yield Score(
                dimension=f"{PREFIX}{name}",
                value=fmean(one.marks()[name] for one in given),
                reason=told,
                kind="human" if all(one.by == "person" for one in given) else "model",
                pass_mark=PASS_MARK,
            )
