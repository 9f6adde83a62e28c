"""How often `eval diff` calls equal systems different, and how often it finds a difference of the stated size.

`python tests/benchmarks/verdicts.py [--times 1000]` draws pairs of runs and compares them as the command does: scores
in three dimensions, cases alone and in clusters, with and without a true difference. It takes some minutes.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from eval.case import Case
from eval.comparison import Comparison, compare
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.score import Score
from eval.stats import detectable, detectable_moves, wilson
from eval.stats.interval import LEVEL
from eval.stats.power import POWER

DIMENSIONS = ("one", "two", "three")
TESTS = len(DIMENSIONS) + 1
"""The shares of cases that passed are tested too."""
SPREAD = 0.05
"""Standard deviation of a case's score from one run to the next."""
MOVED = 0.2
"""The share of cases that come out differently from one run to the next, where they pass or fail."""

Kind = Literal["graded", "pass or fail"]
SETTINGS: tuple[tuple[int, int, Kind], ...] = (
    (40, 40, "graded"),
    (40, 12, "graded"),
    (12, 12, "graded"),
    (24, 8, "graded"),
    (40, 40, "pass or fail"),
    (150, 150, "pass or fail"),
)


def main() -> None:
    """Print two lines a setting; exit code 1 where equal systems differ too often, or what is stated is not found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=1_000)
    times = parser.parse_args().times
    kept = True
    for cases, clusters, kind in SETTINGS:
        said = f"{cases} cases in {clusters} clusters, {kind}"
        alarms = sum(drawn(seed, cases, clusters, kind).state != "cannot tell at this n" for seed in range(times))
        rare = wilson(alarms, times)
        _say(f"{said}: equal systems called different {alarms / times:.1%} ({rare})")
        words = [drawn(seed, cases, clusters, kind, true=True).dimensions[0].word for seed in range(times)]
        found, wrong = words.count("improved"), words.count("regressed")
        often = wilson(found, times)
        size = stated(cases, clusters, kind)
        _say(f"{said}: better by the stated {size:.3f}, found {found / times:.1%} ({often}), the wrong way {wrong}")
        kept &= rare is not None and rare.low <= LEVEL and often is not None and often.high >= POWER
    sys.exit(not kept)


def stated(cases: int, clusters: int, kind: Kind) -> float:
    """What a comparison of such runs calls detectable, of the true error and the true share that differs.

    Raises:
        ValueError: it calls nothing detectable.
    """
    if kind == "pass or fail":
        more = detectable_moves(cases, round(MOVED * cases), TESTS)
        size = None if more is None else more / cases
    else:
        _, group = _groups(0, cases, clusters)
        within = 2 * SPREAD**2 / cases
        between = 2 * SPREAD**2 * float((np.bincount(group) ** 2).sum()) / cases**2 if clusters < cases else 0.0
        size = detectable((within + between) ** 0.5, TESTS, clusters)
    if size is None:
        raise ValueError(f"{cases} cases in {clusters} clusters show nothing")
    return size


def drawn(seed: int, cases: int, clusters: int, kind: Kind, *, true: bool = False) -> Comparison:
    """Two runs of systems that are equal, or differ by what is stated in their first dimension."""
    numbers, group = _groups(seed, cases, clusters)
    better = stated(cases, clusters, kind) if true else 0.0
    if kind == "pass or fail":
        scores = numbers.integers(0, 2, (1, cases, len(DIMENSIONS))).repeat(2, axis=0).astype(float)
        drawn = numbers.uniform(0, 1, (cases, len(DIMENSIONS)))
        worse, won = drawn < MOVED / 2, drawn > 1 - MOVED / 2 - np.array([better, 0, 0])
        scores[:, worse] = [[1.0], [0.0]]
        scores[:, won] = [[0.0], [1.0]]
    else:
        level = numbers.uniform(0.4, 0.6, (1, cases, len(DIMENSIONS)))
        # what a cluster shares moves all of its cases the same way
        shared = numbers.normal(0, SPREAD, (2, clusters, len(DIMENSIONS)))[:, group] if clusters < cases else 0.0
        scores = level + shared + numbers.normal(0, SPREAD, (2, cases, len(DIMENSIONS)))
        scores[1, :, 0] += better
        scores = scores.clip(0, 1)
    before, after = (run(side, group) for side in scores)
    return compare(before, after, seed=seed)


def _groups(seed: int, cases: int, clusters: int) -> tuple[np.random.Generator, NDArray[np.intp]]:
    numbers = np.random.default_rng(seed)
    return numbers, numbers.permutation(np.arange(cases) % clusters)


def run(scores: np.ndarray, group: np.ndarray) -> Run:
    """A run with these scores, a row a case."""
    results = []
    for number, row in enumerate(scores):
        told = tuple(
            Score(dimension=name, value=float(value), pass_mark=0.5)
            for name, value in zip(DIMENSIONS, row, strict=True)
        )
        context = {"channel": "x", "message": "Where is it?"}
        case = Case.model_validate({"id": str(number), "context": context, "cluster": str(group[number])})
        results.append(Result(case=case, scores=told))
    header = RunHeader(
        suite="drawn",
        suite_sha256="0",
        cases=len(scores),
        scorers=(ScorerInfo(name="drawn", version="1", dimensions=DIMENSIONS),),
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return Run(header=header, results=tuple(results))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
