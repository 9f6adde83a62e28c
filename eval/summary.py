"""The totals of a run."""

import math
from collections.abc import Iterable

from eval.run import Result, Run
from eval.stats import Interval, wilson
from tone_rules.value import Value


class Tally(Value):
    """How a group of cases came out. What is incomplete counts among all and never among those passed."""

    name: str
    cases: int
    passed: int
    failed: int
    incomplete: int
    interval: Interval | None
    """Of the share that passed."""

    @classmethod
    def of(cls, name: str, results: Iterable[Result], missing: int = 0) -> "Tally":
        """Count outcomes; `missing` are cases without a result."""
        outcomes = [result.outcome for result in results]
        cases, passed = len(outcomes) + missing, outcomes.count("passed")
        return cls(
            name=name,
            cases=cases,
            passed=passed,
            failed=outcomes.count("failed"),
            incomplete=outcomes.count("incomplete") + missing,
            interval=wilson(passed, cases),
        )


class DimensionTally(Value):
    """One dimension over all cases that were scored on it."""

    name: str
    scored: int
    unscored: int
    """Should have been scored and could not be; not part of the mean."""
    passed: int
    autofails: int
    mean: float | None
    """Of what was scored; None where nothing was."""
    interval: Interval | None
    """Of the share of the scored that passed."""


class Summary(Value):
    """All totals."""

    total: Tally
    errors: int
    missing: int
    unscored: int
    """Cases in which something that should have been scored was not."""
    autofails: int
    """Cases that one score failed by itself."""
    dimensions: tuple[DimensionTally, ...]
    tags: tuple[Tally, ...]
    """The lowest share of passes first, then by name; a case with two tags counts in both."""


def summarise(run: Run) -> Summary:
    """Count a run."""
    names = sorted({tag for result in run.results for tag in result.case.tags})
    tags = [Tally.of(name, [one for one in run.results if name in one.case.tags]) for name in names]
    return Summary(
        total=Tally.of("all", run.results, run.missing),
        errors=sum(result.error is not None for result in run.results),
        missing=run.missing,
        unscored=sum(result.unscored for result in run.results),
        autofails=sum(result.autofail for result in run.results),
        dimensions=tuple(_dimension(name, run) for name in run.header.dimensions),
        tags=tuple(sorted(tags, key=lambda tag: tag.passed / tag.cases)),
    )


def _dimension(name: str, run: Run) -> DimensionTally:
    scores = [score for result in run.results for score in result.scores if score.dimension == name]
    values = [score.value for score in scores if score.value is not None]
    passed = sum(score.passed is True for score in scores)
    return DimensionTally(
        name=name,
        scored=len(values),
        unscored=len(scores) - len(values),
        passed=passed,
        autofails=sum(score.autofail for score in scores),
        mean=math.fsum(values) / len(values) if values else None,
        interval=wilson(passed, len(values)),
    )
