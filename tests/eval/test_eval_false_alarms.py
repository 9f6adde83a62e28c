"""What a verdict is worth, by simulation: `tests/benchmarks/verdicts.py` draws more, and says it in figures."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats as scipy_stats

from eval import stats
from eval.stats import detectable, detectable_moves, wilson

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import verdicts

TIMES = 60


@pytest.mark.parametrize(
    ("cases", "clusters", "kind"), [(40, 40, "graded"), (40, 12, "graded"), (40, 40, "pass or fail")]
)
def test_equal_systems_are_seldom_called_different(cases: int, clusters: int, kind: verdicts.Kind) -> None:
    """Three dimensions and the share that passed together: the rate of false alarms can be 5%."""
    states = [verdicts.drawn(seed, cases, clusters, kind).state for seed in range(TIMES)]
    alarms = sum(one != "cannot tell at this n" for one in states)
    assert wilson(alarms, TIMES).low <= 0.05
    assert alarms / TIMES <= 0.12


def test_unpaired_or_unclustered_they_would_be() -> None:
    """The simulation can fail: with clusters taken for cases, many more pairs of equal systems come out different."""
    alarms = 0
    for seed in range(TIMES):
        numbers = np.random.default_rng(seed)
        group = np.arange(48) % 6
        differences = numbers.normal(0, 0.1, 6)[group] + numbers.normal(0, 0.05, 48)
        alarms += stats.sign_flip(differences.tolist()) <= 0.05
        assert stats.clustered(differences.tolist(), group.tolist()).clusters == 6
    assert alarms / TIMES > 0.2


@pytest.mark.parametrize(
    ("cases", "clusters", "kind"),
    [(40, 40, "graded"), (40, 12, "graded"), (24, 8, "graded"), (40, 40, "pass or fail")],
)
def test_the_detectable_difference_is_found_four_times_of_five(cases: int, clusters: int, kind: verdicts.Kind) -> None:
    """Systems that differ by what a comparison says it can detect: found in about 80%, never the wrong way round."""
    words = [verdicts.drawn(seed, cases, clusters, kind, true=True).dimensions[0].word for seed in range(TIMES)]
    assert wilson(words.count("improved"), TIMES).high >= 0.8
    assert words.count("improved") / TIMES >= 0.7
    assert "regressed" not in words


@pytest.mark.parametrize(
    ("cases", "clusters", "kind"), [(40, 40, "graded"), (24, 8, "graded"), (40, 40, "pass or fail")]
)
def test_the_words_in_a_comparison_name_that_difference(cases: int, clusters: int, kind: verdicts.Kind) -> None:
    """What `eval diff` prints as detectable is the size that the simulation is drawn with, of the errors it sees."""
    one = verdicts.drawn(3, cases, clusters, kind).dimensions[0]
    expected = detectable(one.error, verdicts.TESTS, clusters)
    if kind == "pass or fail":
        assert one.moved == one.lost + one.won < cases / 2
        expected = detectable_moves(cases, one.moved, verdicts.TESTS) / cases
    assert one.detectable == pytest.approx(expected)
    assert f"show a change of {expected:.3f} four times of five" in one.why


def test_what_nothing_could_show_is_said() -> None:
    """Of six clusters and four tests no pattern of signs is rare enough, whatever the difference."""
    one = verdicts.drawn(3, 18, 6, "graded").dimensions[0]
    assert one.detectable is None
    assert one.why == "18 cases in 6 clusters show no change surely enough, however large"


@pytest.mark.parametrize(("hits", "of"), [(0, 1), (0, 20), (3, 7), (81, 263), (15, 148), (7, 7), (999, 1000)])
def test_wilson_is_scipys(hits: int, of: int) -> None:
    """Without a correction for continuity; Newcombe's (1998) own rows, 81 of 263 and 15 of 148, among them."""
    theirs = scipy_stats.binomtest(hits, of).proportion_ci(method="wilson")
    ours = wilson(hits, of)
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=1e-6), pytest.approx(theirs.high, abs=1e-6))


def test_the_worked_figures_of_newcombe() -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3."""
    for (hits, of), (low, high) in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0000, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        interval = wilson(hits, of)
        assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_intervals_over_clusters_cover() -> None:
    """A true mean of 0 lies in 95% of the clustered intervals, and in far fewer of those that take rows for cases."""
    inside = {"clustered": 0, "rows": 0}
    for seed in range(400):
        numbers = np.random.default_rng(seed)
        group = numbers.integers(0, 15, 60)
        values = numbers.normal(0, 1, 15)[group] + numbers.normal(0, 0.5, 60)
        inside["clustered"] += 0.0 in stats.clustered(values.tolist(), group.tolist()).interval
        inside["rows"] += 0.0 in stats.clustered(values.tolist()).interval
    assert 0.9 <= inside["clustered"] / 400 <= 0.98
    assert inside["rows"] / 400 < 0.8


def test_holm_keeps_the_family() -> None:
    """Twelve tests of nothing: with Holm's correction one fires in at most 5% of 1,000 draws, without it in 46%."""
    numbers = np.random.default_rng(1)
    draws = [dict(enumerate(numbers.uniform(0, 1, 12).tolist())) for _ in range(1_000)]
    fired = sum(min(stats.holm({str(name): p for name, p in one.items()}).values()) <= 0.05 for one in draws)
    assert wilson(fired, 1_000).low <= 0.05
    assert sum(min(one.values()) <= 0.05 for one in draws) / 1_000 == pytest.approx(1 - 0.95**12, abs=0.04)
