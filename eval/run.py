"""What a run holds: its header, and one result a case."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Literal

from pydantic import Field

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score
from tone_rules.value import Value

Outcome = Literal["passed", "failed", "incomplete"]


class ScorerInfo(Value):
    """Which scorer judged."""

    name: str
    version: str
    dimensions: tuple[str, ...]


class RunHeader(Value):
    """What a run was made of. Digests of brand and packs are in each proposal's provenance."""

    format: Literal["replywright-run-1"] = "replywright-run-1"
    suite: str
    suite_sha256: str
    cases: int = Field(gt=0)
    """How many the suite holds: a run with fewer results is not whole."""
    scorers: tuple[ScorerInfo, ...]
    revision: str | None = None
    """Of the git checkout it ran in, ending in `-dirty` where files were changed; None outside of one."""
    versions: Mapping[str, str] = {}
    started_at: datetime

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that could be scored."""
        return tuple(name for scorer in self.scorers for name in scorer.dimensions)


class Result(Value):
    """What came of one case."""

    case: Case
    proposal: Proposal | None = None
    scores: tuple[Score, ...] = ()
    error: str | None = None
    """What the system raised; there is no proposal and no score then."""
    seconds: float = Field(default=0.0, ge=0)
    """Wall time of the system alone, without the scorers."""

    @property
    def reply(self) -> str | None:
        """The text of the best draft; None where there is none."""
        return self.proposal.drafts[0].text if self.proposal and self.proposal.drafts else None

    @property
    def autofail(self) -> bool:
        """Whether one score fails the case by itself."""
        return any(score.autofail for score in self.scores)

    @property
    def unscored(self) -> bool:
        """Whether anything that should have been scored was not; a proposal with no score at all was not."""
        return self.error is None and (not self.scores or any(score.value is None for score in self.scores))

    @property
    def outcome(self) -> Outcome:
        """Failed where one score fails; else incomplete after an error or where something is unscored; else passed."""
        if any(score.passed is False for score in self.scores):
            return "failed"
        return "incomplete" if self.error is not None or self.unscored else "passed"

    @property
    def badness(self) -> tuple[bool, int, float]:
        """Sorts the worst first: autofails, errors, failed, incomplete, passed; then by the lowest mean."""
        rank = 0 if self.error is not None else {"failed": 1, "incomplete": 2, "passed": 3}[self.outcome]
        values = [score.value for score in self.scores if score.value is not None]
        return (not self.autofail, rank, sum(values) / len(values) if values else 0.0)


class Run(Value):
    """One pass of a system over a suite, in the suite's order."""

    header: RunHeader
    results: tuple[Result, ...]

    @cached_property
    def worst_first(self) -> tuple[Result, ...]:
        """All results, the worst first, in the suite's order among equals."""
        return tuple(sorted(self.results, key=lambda result: result.badness))

    @property
    def missing(self) -> int:
        """Cases of the suite without a result."""
        return self.header.cases - len(self.results)

    @property
    def provenance(self) -> Mapping[str, object]:
        """Of the first proposal: digests of brand, packs and drafter; empty where every case ended in an error."""
        return next((dict(one.proposal.provenance) for one in self.results if one.proposal), {})
