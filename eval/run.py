"""What a run holds: its header, and one result a case and epoch."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Literal

from pydantic import Field

from assistant.models.answer import Usage
from assistant.pipeline import Proposal
from eval.case import Case
from eval.licence import Standing
from eval.score import Score, ScoreKind
from tone_rules.value import Value

Outcome = Literal["passed", "failed", "incomplete"]


class ScorerInfo(Value):
    """Which scorer judged."""

    name: str
    version: str
    dimensions: tuple[str, ...]
    kind: ScoreKind = "rule"
    standings: Mapping[str, Standing] = {}
    """By dimension, where a licence is needed: whether it may gate, and why."""


class RunHeader(Value):
    """What a run was made of. Digests of brand and packs are in each proposal's provenance."""

    format: Literal["replywright-run-1"] = "replywright-run-1"
    suite: str
    suite_sha256: str
    path: str = ""
    """Of the suite's file, as it was named; empty where it was made in memory."""
    cases: int = Field(gt=0)
    """How many the suite holds: a run with fewer results is not whole."""
    epochs: int = Field(default=1, gt=0)
    """How often each case is run."""
    scorers: tuple[ScorerInfo, ...]
    revision: str | None = None
    """Of the git checkout it ran in, ending in `-dirty` where files were changed; None outside of one."""
    versions: Mapping[str, str] = {}
    started_at: datetime

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that could be scored."""
        return tuple(name for scorer in self.scorers for name in scorer.dimensions)

    @property
    def standings(self) -> Mapping[str, Standing]:
        """By dimension, where a licence is needed: whether it may gate, and why."""
        return {name: one for scorer in self.scorers for name, one in scorer.standings.items()}

    @property
    def advisory(self) -> frozenset[str]:
        """The dimensions that guide and decide nothing."""
        return frozenset(name for name, one in self.standings.items() if not one.licensed)


class Result(Value):
    """What came of one case."""

    case: Case
    epoch: int = Field(default=1, gt=0)
    proposal: Proposal | None = None
    scores: tuple[Score, ...] = ()
    error: str | None = None
    """What the system raised; there is no proposal and no score then."""
    seconds: float = Field(default=0.0, ge=0)
    """Wall time of the system alone, without the scorers."""
    usage: Usage | None = None
    """Calls, tokens and cost of the system, as its provenance tells them under `usage`; None where it tells none. What
    the scorers took stands in their scores."""

    @property
    def key(self) -> tuple[str, int]:
        """The case's id and the epoch: one result of a run has it."""
        return self.case.id, self.epoch

    @property
    def reply(self) -> str | None:
        """The text of the best draft; None where there is none."""
        return self.proposal.drafts[0].text if self.proposal and self.proposal.drafts else None

    @property
    def autofail(self) -> bool:
        """Whether one score fails the case by itself."""
        return any(score.autofail and not score.advisory for score in self.scores)

    @property
    def unscored(self) -> bool:
        """Whether anything that should have been scored was not; a proposal with no score at all was not."""
        return self.error is None and (not self.scores or any(score.value is None for score in self.scores))

    @property
    def judging(self) -> Usage | None:
        """What its scorers took; None where none tells."""
        known = [one.usage for one in self.scores if one.usage is not None]
        return sum(known, Usage()) if known else None

    @property
    def unjudged(self) -> bool:
        """Whether a judge was asked and gave nothing that could be used: asking again may help."""
        return any(one.kind == "judge" and one.value is None for one in self.scores)

    @property
    def outcome(self) -> Outcome:
        """Failed where one score fails; else incomplete after an error or where something is unscored; else passed.

        An advisory score fails nothing; where it is missing the case is incomplete all the same.
        """
        if any(score.passed is False for score in self.scores if not score.advisory):
            return "failed"
        return "incomplete" if self.error is not None or self.unscored else "passed"

    @property
    def badness(self) -> tuple[bool, int, float]:
        """Sorts the worst first: autofails, errors, failed, incomplete, passed; then by the lowest mean."""
        rank = 0 if self.error is not None else {"failed": 1, "incomplete": 2, "passed": 3}[self.outcome]
        values = [score.value for score in self.scores if score.value is not None and not score.advisory]
        return (not self.autofail, rank, sum(values) / len(values) if values else 0.0)


class Run(Value):
    """One pass of a system over a suite, or several: by epoch, each in the suite's order."""

    header: RunHeader
    results: tuple[Result, ...]

    @cached_property
    def worst_first(self) -> tuple[Result, ...]:
        """All results, the worst first, in the suite's order among equals."""
        return tuple(sorted(self.results, key=lambda result: result.badness))

    @property
    def missing(self) -> int:
        """Results that are due and not there: one a case and epoch."""
        return self.header.cases * self.header.epochs - len(self.results)

    @cached_property
    def by_case(self) -> Mapping[str, tuple[Result, ...]]:
        """The results of each case, by its id, in the order of the suite and of the epochs."""
        found: dict[str, list[Result]] = {}
        for one in self.results:
            found.setdefault(one.case.id, []).append(one)
        return {name: tuple(results) for name, results in found.items()}

    @property
    def usage(self) -> Usage | None:
        """What all calls took together; None where no result tells."""
        known = [one.usage for one in self.results if one.usage is not None]
        return sum(known, Usage()) if known else None

    @property
    def judging(self) -> Usage | None:
        """What judging took; None where no score tells."""
        known = [one.judging for one in self.results if one.judging is not None]
        return sum(known, Usage()) if known else None

    @property
    def provenance(self) -> Mapping[str, object]:
        """Of the first proposal: digests of brand, packs and drafter; empty where every case ended in an error."""
        return next((dict(one.proposal.provenance) for one in self.results if one.proposal), {})
