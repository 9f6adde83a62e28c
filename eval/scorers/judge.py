"""Scores the best draft by a judge: a chat model with rubrics, whose opinion gates by licence only."""

from collections.abc import Callable, Iterator, Sequence

from assistant.brand import Brand
from assistant.models.answer import Problem
from assistant.pipeline import Proposal
from eval.case import Case
from eval.judge.judge import Judge, Rating
from eval.judge.rubric import Rubric
from eval.judge.subject import Subject
from eval.score import Score, ScoreKind

PREFIX = "judge:"
"""Before the dimension's name, so that it stands beside what another scorer says about the same."""


BrandOf = Callable[[Case], Brand | None]


def _nobody(case: Case) -> None:
    del case


class JudgeScorer:
    """One dimension a rubric, 0 to 1 by the median of its votes; one that gave no mark it can show is unscored."""

    name = "judge"
    kind: ScoreKind = "judge"

    def __init__(self, judge: Judge, rubrics: Sequence[Rubric], brand_of: BrandOf = _nobody, *, epoch: int = 1) -> None:
        """Take who judges, and by what.

        Args:
            judge: whom to ask.
            rubrics: what is rated.
            brand_of: whose voice and sources hold for a case; rubrics that need them don't apply where it is None.
            epoch: a repeat is another question.
        """
        self.judge = judge
        self.rubrics = tuple(rubrics)
        self.brand_of = brand_of
        self.epoch = epoch
        self.dimensions = tuple(f"{PREFIX}{one.name}" for one in rubrics)

    @property
    def version(self) -> str:
        """Names the model, the votes, and a digest of prompts and rubrics."""
        return self.judge.version

    def for_epoch(self, epoch: int) -> "JudgeScorer":
        """The same, in another epoch."""
        return JudgeScorer(self.judge, self.rubrics, self.brand_of, epoch=epoch)

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing without a draft, and nothing in a dimension that needs what is not known.

        Raises:
            TooManyRequests: a server had enough for now; what was answered is kept, so ask the same again.
            StaleCassette: the judge replays a cassette that holds no answer to this.
        """
        if not proposal.drafts:
            return
        reply = proposal.drafts[0].text
        subject = Subject.of(case.context, reply, self.brand_of(case))
        ratings = self.judge.rate(subject, reply, self.rubrics, epoch=self.epoch)
        if any(one.busy and one.value is None for one in ratings):
            raise TooManyRequests(str(Problem.busy))
        yield from map(_score, ratings)


class TooManyRequests(Exception):
    """A server had too many requests."""


def _score(rating: Rating) -> Score:
    return Score(
        dimension=f"{PREFIX}{rating.rubric.name}",
        value=rating.value,
        reason=rating.reason,
        spans=rating.spans,
        kind="judge",
        pass_mark=rating.rubric.pass_mark,
        votes=rating.votes,
        usage=rating.usage,
    )
