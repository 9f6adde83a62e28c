"""The totals of a run. What is counted are cases: one that is run several times passes where it passes each time."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from statistics import fmean

from assistant.models.answer import Usage
from eval.licence import Standing
from eval.run import Outcome, Result, Run
from eval.score import Score
from eval.stats.interval import Interval, clustered, wilson
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
    def of(cls, name: str, cases: Iterable[Sequence[Result]], missing: int = 0) -> "Tally":
        """Count outcomes; `missing` are cases without any result."""
        outcomes = [outcome_of(results) for results in cases]
        total, passed = len(outcomes) + missing, outcomes.count("passed")
        return cls(
            name=name,
            cases=total,
            passed=passed,
            failed=outcomes.count("failed"),
            incomplete=outcomes.count("incomplete") + missing,
            interval=wilson(passed, total),
        )


class DimensionTally(Value):
    """One dimension over all cases that were scored on it."""

    name: str
    scored: int
    unscored: int
    """Should have been scored and could not be, at least once; not part of the mean."""
    passed: int
    autofails: int
    mean: float | None
    """Of what was scored, epochs averaged first; None where nothing was."""
    mean_interval: Interval | None = None
    """Of the mean, over clusters of cases; None of a single one, or without the extra `eval`."""
    interval: Interval | None
    """Of the share of the scored that passed."""
    standing: Standing | None = None
    """Whether it may gate, where that needs a licence."""

    @property
    def advisory(self) -> bool:
        """Whether it decides nothing."""
        return self.standing is not None and not self.standing.licensed


class Stability(Value):
    """How one case came out over its epochs."""

    id: str
    epochs: int
    passed: int
    outcomes: tuple[Outcome, ...]

    @property
    def always(self) -> bool:
        """pass^k: whether it passed every time."""
        return self.passed == self.epochs

    @property
    def flip_rate(self) -> float:
        """The chance that two of its epochs came out differently: 0 where it always does the same."""
        if self.epochs < 2:
            return 0.0
        alike = sum(count * (count - 1) for count in (self.outcomes.count(one) for one in set(self.outcomes)))
        return 1 - alike / (self.epochs * (self.epochs - 1))


class Summary(Value):
    """All totals."""

    total: Tally
    errors: int
    """Results, as are those missing."""
    missing: int
    unscored: int
    """Cases in which something that should have been scored was not."""
    autofails: int
    """Cases that one score failed by itself."""
    dimensions: tuple[DimensionTally, ...]
    tags: tuple[Tally, ...]
    """The lowest share of passes first, then by name; a case with two tags counts in both."""
    never: tuple[str, ...] = ()
    """The cases that failed in every one of several epochs."""
    unstable: tuple[Stability, ...] = ()
    """The cases that came out differently from one epoch to the next, those that flip most first."""
    usage: Usage | None = None
    """What the system's calls took together; None where it tells of none."""
    judging: Usage | None = None
    """What judging took; None where no judge was asked."""


def outcome_of(results: Sequence[Result]) -> Outcome:
    """Of one case over its epochs: failed where it failed once, passed where it passed every time."""
    outcomes = {one.outcome for one in results}
    return "failed" if "failed" in outcomes else "incomplete" if outcomes != {"passed"} else "passed"


def stability(run: Run) -> tuple[Stability, ...]:
    """Every case's, in the order of the suite."""
    found = []
    for name, results in run.by_case.items():
        outcomes = tuple(one.outcome for one in results)
        found.append(Stability(id=name, epochs=len(outcomes), passed=outcomes.count("passed"), outcomes=outcomes))
    return tuple(found)


def summarise(run: Run) -> Summary:
    """Count a run."""
    cases = tuple(run.by_case.values())
    names = sorted({tag for results in cases for tag in results[0].case.tags})
    tags = [Tally.of(name, [one for one in cases if name in one[0].case.tags]) for name in names]
    stable = stability(run)
    return Summary(
        total=Tally.of("all", cases, run.header.cases - len(cases)),
        errors=sum(result.error is not None for result in run.results),
        missing=run.missing,
        unscored=sum(any(result.unscored for result in results) for results in cases),
        autofails=sum(any(result.autofail for result in results) for results in cases),
        dimensions=tuple(_dimension(name, run) for name in run.header.dimensions),
        tags=tuple(sorted(tags, key=lambda tag: tag.passed / tag.cases)),
        never=tuple(one.id for one in stable if one.epochs > 1 and set(one.outcomes) == {"failed"}),
        unstable=tuple(sorted((one for one in stable if one.flip_rate), key=lambda one: -one.flip_rate)),
        usage=run.usage,
        judging=run.judging,
    )


def scores_of(run: Run, dimension: str) -> Mapping[str, list[Score]]:
    """A dimension's scores by case, those that are unscored among them; cases that it does not apply to are left out.

    An error leaves the case out of every dimension: it is counted among the errors.
    """
    found: dict[str, list[Score]] = {}
    for result in run.results:
        for score in result.scores:
            if score.dimension == dimension:
                found.setdefault(result.case.id, []).append(score)
    return found


def _dimension(name: str, run: Run) -> DimensionTally:
    by_case = scores_of(run, name)
    values = {one: [score.value for score in scores if score.value is not None] for one, scores in by_case.items()}
    means = {one: fmean(found) for one, found in values.items() if found}
    passed = sum(all(score.passed for score in by_case[one]) for one in means)
    mean = fmean(means.values()) if means else None
    return DimensionTally(
        name=name,
        scored=len(means),
        unscored=sum(any(score.value is None for score in scores) for scores in by_case.values()),
        passed=passed,
        autofails=sum(any(score.autofail for score in scores) for scores in by_case.values()),
        mean=mean,
        mean_interval=_interval(means, run),
        interval=wilson(passed, len(means)),
        standing=run.header.standings.get(name),
    )


def _interval(means: Mapping[str, float], run: Run) -> Interval | None:
    if not means or find_spec("scipy") is None:
        return None
    return clustered(list(means.values()), [run.by_case[one][0].case.group for one in means]).interval
