"""A score, and what gives one."""

from collections.abc import Iterable
from typing import Literal, Protocol, Self

from pydantic import Field, model_validator

from assistant.models.answer import Usage
from assistant.pipeline import Proposal
from eval.case import Case
from tone_rules.value import Value

ScoreKind = Literal["rule", "model", "judge", "human"]


class Vote(Value):
    """One answer of a judge."""

    mark: int | None
    """1 to 5; None where it gave none that can be used."""
    reason: str
    """Why, in its words; without a mark, what was wrong."""
    span: tuple[int, int] | None = None
    """Of the words that it quotes, in the reply."""


class Score(Value):
    """What one scorer says about one proposal in one dimension."""

    dimension: str = Field(min_length=1)
    value: float | None = Field(ge=0, le=1, allow_inf_nan=False)
    """0 to 1. None is unscored: it could not be found out. It never counts as 0 and never as a pass."""
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    """Characters of the best draft that led to it, end exclusive."""
    kind: ScoreKind = "rule"
    autofail: bool = False
    """Fails its case whatever else is good. Its value is 0, so that no mean looks fine beside it."""
    pass_mark: float = Field(default=1.0, gt=0, le=1)
    """The lowest value that passes."""
    advisory: bool = False
    """Guides and fails no case, as where the scorer has no licence for this dimension (see `eval.licence`)."""
    votes: tuple[Vote, ...] = ()
    """All that a judge answered."""
    usage: Usage | None = None
    """What it took to find out, where that is told."""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.autofail and self.value != 0:
            raise ValueError(f"'{self.dimension}' fails its case by itself, so its value is 0 and not {self.value}")
        return self

    @property
    def passed(self) -> bool | None:
        """Whether it reaches its pass mark; None where it is unscored."""
        return None if self.value is None else self.value >= self.pass_mark

    @classmethod
    def unscored(cls, dimension: str, reason: str, kind: ScoreKind = "rule") -> Self:
        """A dimension that should have been scored and could not be."""
        return cls(dimension=dimension, value=None, reason=reason, kind=kind)


class Scorer(Protocol):
    """Judges a proposal. It must be pure: the same case and proposal, the same scores.

    One with `for_epoch` is asked for the scorer of each epoch, so that a repeat is never one kept opinion told again.
    """

    @property
    def name(self) -> str:
        """What it is called in a run's header."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same input may be given another score."""
        ...

    @property
    def kind(self) -> ScoreKind:
        """Of its scores. What a model or a judge says gates by licence only."""
        ...

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension it may score. No two scorers of a run share one."""
        ...

    def __call__(self, case: Case, proposal: Proposal) -> Iterable[Score]:
        """One score for each dimension that the case asks about; nothing for one that does not apply to it.

        What applies and can't be found out is `Score.unscored`. An exception leaves all its dimensions unscored.
        """
        ...
