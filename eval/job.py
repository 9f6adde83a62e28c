"""One case in one epoch: what the system answers to it, and what the scorers say."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, Self, runtime_checkable

from pydantic import ValidationError

from assistant.context import CustomerContext
from assistant.models.answer import Usage
from assistant.pipeline import Proposal
from eval.case import Case
from eval.errors import StaleCassette
from eval.licence import NEEDED, standing
from eval.pace import refused
from eval.run import Result
from eval.score import Score, Scorer

System = Callable[[CustomerContext], Proposal]


@runtime_checkable
class Repeatable(Protocol):
    """A system or scorer that keeps its answers apart by epoch: a repeat is never one kept answer told again."""

    def for_epoch(self, epoch: int) -> Any:
        """The system that answers, or the scorer that judges, in one epoch, from 1."""
        ...


class Job(NamedTuple):
    """One case in one epoch."""

    system: System | Repeatable
    case: Case
    epoch: int
    scorers: tuple[Scorer, ...]
    tries: int = 1
    answered: Result | None = None
    """What the system answered before: only the scorers are asked."""

    def run(self) -> tuple[Result, bool]:
        """The result, and whether a server refused it for too many requests.

        Raises:
            StaleCassette: system or judge replay answers that were recorded, and one is missing.
        """
        try:
            answered, busy = (self.answered, False) if self.answered else self._answer()
            if answered.proposal is None:
                return answered, busy
            said = [self._said_by(scorer, answered.proposal) for scorer in self.scorers]
        except StaleCassette as error:
            raise StaleCassette(f"case '{self.case.id}': {error}") from None
        scores = tuple(score for scores, _ in said for score in scores)
        return answered.model_copy(update={"scores": scores}), any(one for _, one in said)

    def again(self, result: Result) -> Self:
        """The job that is left after a refusal: an answer that came is kept."""
        return self._replace(tries=self.tries + 1, answered=result if result.proposal else None)

    def _answer(self) -> tuple[Result, bool]:
        began = time.perf_counter()
        try:
            system = self.system.for_epoch(self.epoch) if isinstance(self.system, Repeatable) else self.system
            proposal = system(self.case.context)
            if not isinstance(proposal, Proposal):
                raise TypeError(f"the system returned {type(proposal).__name__}, not a Proposal")
        except StaleCassette:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a system raises is the result of its case
            took = time.perf_counter() - began
            return Result(case=self.case, epoch=self.epoch, error=_told(error), seconds=took), refused(error)
        seconds, usage = time.perf_counter() - began, _usage(proposal)
        return Result(case=self.case, epoch=self.epoch, proposal=proposal, seconds=seconds, usage=usage), False

    def _said_by(self, scorer: Scorer, proposal: Proposal) -> tuple[list[Score], bool]:
        """A scorer's scores, or every dimension of it unscored where it broke or went beyond what it declares."""
        busy = False
        try:
            asked: Scorer = scorer.for_epoch(self.epoch) if isinstance(scorer, Repeatable) else scorer
            scores = list(asked(self.case, proposal))
            given = [score.dimension for score in scores]
            strange = [name for name in given if name not in scorer.dimensions or given.count(name) > 1]
            if strange:
                raise ValueError(f"it scored '{strange[0]}' twice or without declaring it")
        except StaleCassette:
            raise
        except Exception as error:  # noqa: BLE001 - a broken scorer leaves its dimensions unscored; the run goes on
            busy = refused(error)
            reason = f"the scorer '{scorer.name}' failed: {_told(error)}"
            scores = [Score.unscored(dimension, reason, scorer.kind) for dimension in scorer.dimensions]
        return [_held(score, scorer) for score in scores], busy


def _held(score: Score, scorer: Scorer) -> Score:
    """The score as it may count: one without a licence guides and decides nothing."""
    if score.kind not in NEEDED or standing(scorer.name, scorer.version, score.dimension, score.kind).licensed:
        return score
    return score.model_copy(update={"advisory": True})


def _usage(proposal: Proposal) -> Usage | None:
    """What the system says that it took."""
    try:
        return Usage.model_validate(proposal.provenance["usage"])
    except (KeyError, ValidationError):
        return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1_000]
