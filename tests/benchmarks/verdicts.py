"""How often `eval diff` calls equal systems different, and how often it finds a difference of the stated size.

`python tests/benchmarks/verdicts.py [--times 500]` draws pairs of runs and compares them as the command does: scores
in three dimensions, cases alone and in clusters, with and without a true difference. It takes a minute or two.
"""

import argparse
import sys
from datetime import UTC, datetime

import numpy as np

from eval.case import Case
from eval.comparison import Comparison, compare
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.score import Score
from eval.stats import detectable, wilson

DIMENSIONS = ("one", "two", "three")
SPREAD = 0.1
"""Standard deviation of a case's score from one run to the next."""


def main() -> None:
    """Print one line a setting; exit code 1 where equal systems differ too often."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=500)
    times = parser.parse_args().times
    kept = True
    for cases, clusters, kind in ((40, 40, "graded"), (40, 12, "graded"), (40, 40, "pass or fail"), (12, 12, "graded")):
        found = sum(drawn(seed, cases, clusters, kind).state != "cannot tell at this n" for seed in range(times))
        interval = wilson(found, times)
        kept &= interval is not None and interval.low <= 0.05
        _say(f"equal, {cases} cases in {clusters} clusters, {kind}: called different {found / times:.1%} ({interval})")
    for cases, clusters in ((40, 40), (40, 12)):
        states = [drawn(seed, cases, clusters, "graded", true=True) for seed in range(times)]
        found = sum(one.dimensions[0].word == "improved" for one in states)
        wrong = sum(one.dimensions[0].word == "regressed" for one in states)
        told = f"found {found / times:.1%} ({wilson(found, times)}), the wrong way {wrong / times:.1%}"
        _say(f"better by what is detectable, {cases} cases in {clusters} clusters: {told}")
    sys.exit(not kept)


def drawn(seed: int, cases: int, clusters: int, kind: str, *, true: bool = False) -> Comparison:
    """Two runs of systems that are equal, or differ by what is detectable in their first dimension."""
    numbers = np.random.default_rng(seed)
    group = numbers.permutation(np.arange(cases) % clusters)
    level = numbers.uniform(0.4, 0.6, (1, cases, len(DIMENSIONS)))
    # what a cluster shares moves all of its cases the same way
    shared = numbers.normal(0, SPREAD, (2, clusters, len(DIMENSIONS)))[:, group] if clusters < cases else 0.0
    scores = level + shared + numbers.normal(0, SPREAD, (2, cases, len(DIMENSIONS)))
    if true:
        within = 2 * SPREAD**2 / cases
        between = 2 * SPREAD**2 * (np.bincount(group) ** 2).sum() / cases**2 if clusters < cases else 0.0
        # the shares of cases that passed are tested too
        scores[1, :, 0] += detectable(float(np.sqrt(within + between)), len(DIMENSIONS) + 1, clusters)
    scores = (scores > 0.5).astype(float) if kind == "pass or fail" else scores.clip(0, 1)
    before, after = (run(side, group) for side in scores)
    return compare(before, after, seed=seed)


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
