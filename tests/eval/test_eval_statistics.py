import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats
from sklearn.metrics import cohen_kappa_score

from eval import stats

NONE = float("nan")
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
"""Four observers, twelve units: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C."""
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
"""Crossed less self-fertilised maize, in eighths of an inch: Fisher, The Design of Experiments (1935), section 17."""


@pytest.mark.parametrize(("level", "value"), [("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_worked_example(level, value):
    """Krippendorff's own figures, with units that not everybody rated."""
    assert round(stats.alpha(KRIPPENDORFF, level), 3) == value


def test_alpha_of_two_values():
    """Ten articles, two observers, yes or no: .095 (section A of the same)."""
    marks = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert round(stats.alpha(marks), 3) == round(stats.alpha(marks, "ordinal"), 3) == 0.095


def test_alpha_of_what_says_nothing():
    """No mark that differs, or no unit rated twice, is no agreement of any size."""
    assert math.isnan(stats.alpha([[3, 3], [3, 3]]))
    assert math.isnan(stats.alpha([[1, None], [None, 2]]))


MARKS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=40)


@settings(max_examples=60)
@given(MARKS)
def test_kappa_and_spearman_are_those_of_the_libraries(marks):
    """The closed form of kappa gives scikit-learn's number; ranks give SciPy's."""
    one, other = map(list, zip(*marks, strict=True))
    if len(set(one)) > 1 and len(set(other)) > 1:
        theirs = cohen_kappa_score(one, other, weights="quadratic", labels=range(1, 6))
        assert stats.kappa(one, other) == pytest.approx(theirs, abs=1e-9)
        assert stats.spearman(one, other) == pytest.approx(scipy_stats.spearmanr(one, other)[0], abs=1e-9)


def test_what_never_varies_has_no_agreement():
    """NaN and no warning, where SciPy would warn."""
    assert math.isnan(stats.spearman([1, 1, 1], [1, 2, 3]))
    assert math.isnan(stats.kappa([2, 2], [2, 2]))


def test_a_mean_over_cases_is_students():
    """With a cluster a case the interval is SciPy's; Darwin's maize: t 2.148, mean 20.93, 0.03 to 41.84."""
    found = stats.clustered(DARWIN)
    scipys = scipy_stats.ttest_1samp(DARWIN, 0)
    assert found.mean / found.error == pytest.approx(scipys.statistic) == pytest.approx(2.148, abs=5e-4)
    low, high = scipys.confidence_interval()
    assert (found.interval.low, found.interval.high) == (pytest.approx(low), pytest.approx(high))
    assert (found.mean, found.interval.low, found.interval.high) == pytest.approx((20.933, 0.031, 41.835), abs=5e-4)


def test_a_mean_over_clusters_is_that_of_their_means():
    """Equal clusters: the interval of the clusters' means, which three times the same rows don't narrow."""
    rows = [value for value in DARWIN for _ in range(3)]
    clusters = [number for number in range(len(DARWIN)) for _ in range(3)]
    alone, together = stats.clustered(DARWIN), stats.clustered(rows, clusters)
    assert together.interval.low == pytest.approx(alone.interval.low)
    assert (together.n, together.clusters) == (45, 15)
    narrow = stats.clustered(rows)
    assert narrow.interval.high - narrow.interval.low < 0.6 * (together.interval.high - together.interval.low)


def test_a_mean_over_uneven_clusters():
    """By hand: values 1, 2 | 3 | 7, 9 with mean 4.4, sums around it -5.8, -1.4, 7.2; error sqrt(1.5 * 87.44) / 5."""
    found = stats.clustered([1, 2, 3, 7, 9], ["a", "a", "b", "c", "c"])
    assert found.error == pytest.approx(math.sqrt(1.5 * 87.44) / 5)
    assert found.interval.high == pytest.approx(4.4 + scipy_stats.t.ppf(0.975, 2) * found.error)


def test_one_cluster_has_no_interval():
    """Nothing is known of how clusters differ; of no value at all there is no mean."""
    found = stats.clustered([1, 2, 3], ["a", "a", "a"])
    assert (found.mean, found.interval, found.error) == (2, None, None)
    with pytest.raises(ValueError, match="nothing"):
        stats.clustered([])
    with pytest.raises(ValueError, match="name one for each"):
        stats.clustered([1, 2], ["a"])


def test_signs_flipped_by_hand():
    """Fisher's own count of Darwin's maize: 1,726 of 32,768 patterns are as far out, p .0527; ours is drawn."""
    totals = np.array([sum(DARWIN)], float)
    signs = np.array(np.meshgrid(*[[-1, 1]] * 15)).reshape(15, -1)
    exact = (np.abs(np.array(DARWIN) @ signs) >= totals).mean()
    assert exact == pytest.approx(1726 / 32768)
    assert stats.sign_flip(DARWIN) == pytest.approx(exact, abs=0.006)
    assert stats.sign_flip([1, 2, 3]) == pytest.approx(2 / 8)
    assert stats.sign_flip(DARWIN, seed=3) == stats.sign_flip(DARWIN, seed=3)


def test_signs_are_flipped_by_cluster():
    """Ten copies of three cases are three cases; what never differs can't be told apart."""
    clusters = [number for number in range(3) for _ in range(10)]
    assert stats.sign_flip([1.0] * 30, clusters) == pytest.approx(2 / 8)
    assert stats.sign_flip([0.0] * 30) == 1.0
    assert stats.sign_flip([]) == 1.0


def test_mcnemar():
    """Exact: 6 lost and 16 won give .0525 (the binomial of 22); as many lost as won, or none, give 1."""
    assert stats.mcnemar(6, 16) == pytest.approx(0.0525, abs=5e-5)
    assert stats.mcnemar(6, 16) == pytest.approx(2 * scipy_stats.binom.cdf(6, 22, 0.5))
    assert stats.mcnemar(5, 5) == stats.mcnemar(0, 0) == 1.0


def test_holm():
    """By hand: .005 x 4, .01 x 3, .03 x 2, and .04, which may not come out below the one before."""
    assert stats.holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}) == pytest.approx(
        {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}
    )
    assert stats.holm({"a": 0.6, "b": 0.7}) == {"a": 1.0, "b": 1.0}
    assert stats.holm({}) == {}


def test_flipped_signs_are_scipys():
    """Exact or drawn, the p of SciPy's permutation test, in a fraction of its time."""
    for size in (12, 40):
        moved = np.random.default_rng(size).normal(0.3, 1, size)
        theirs = scipy_stats.permutation_test(
            (moved,), np.sum, permutation_type="samples", n_resamples=9_999, rng=np.random.default_rng(0)
        )
        assert stats.sign_flip(moved.tolist()) == pytest.approx(theirs.pvalue, abs=1e-12 if size == 12 else 0.01)


def test_what_is_detectable():
    """2.8 standard errors in one test; of four, or of fewer clusters, more."""
    assert stats.detectable(1.0) == pytest.approx(2.8, abs=0.002)
    assert stats.detectable(0.1, 4) == pytest.approx(0.1 * (scipy_stats.norm.ppf(1 - 0.05 / 8) + 0.8416), abs=1e-4)
    least = stats.detectable(1.0, 4, 20)
    assert scipy_stats.nct.sf(scipy_stats.t.ppf(1 - 0.05 / 8, 19), 19, least) == pytest.approx(0.8, abs=1e-6)


def test_what_few_clusters_can_not_show():
    """By hand: five signs alike are 2 of 32 patterns, over 5%; six are 2 of 64, which one test takes and two do not.

    With six, all signs have to be alike: a shift of z with .8 = Phi(z) ** 6, 1.80 deviations or 4.4 standard errors.
    """
    assert stats.detectable(1.0, 1, 5) is None
    assert stats.detectable(1.0, 2, 6) is None
    assert stats.detectable(1.0, 1, 6) == pytest.approx(scipy_stats.norm.ppf(0.8 ** (1 / 6)) * 6**0.5, abs=0.1)


def test_what_is_detectable_where_little_differs():
    """McNemar's own power at the size that is named, summed over every outcome of forty pairs."""
    more = stats.detectable_moves(40, 8, 4)
    shares = [0.1, 0.1 + more / 40]
    power = sum(
        scipy_stats.multinomial.pmf([lost, won, 40 - lost - won], 40, [*shares, 1 - sum(shares)])
        for lost in range(41)
        for won in range(lost, 41 - lost)
        if stats.mcnemar(lost, won) <= 0.05 / 4
    )
    assert power == pytest.approx(0.8, abs=1e-3)
    assert stats.detectable_moves(6, 1, 4) is None


def test_the_bootstrap_is_near_the_t_interval_and_seeded():
    """Of a mean over many cases both say the same; the same seed gives the same interval; clusters widen it."""
    values = np.random.default_rng(1).normal(0, 1, 300)
    drawn = stats.bootstrap(lambda rows: float(values[rows].mean()), range(300), seed=2)
    exact = stats.clustered(values.tolist()).interval
    assert (drawn.low, drawn.high) == (pytest.approx(exact.low, abs=0.03), pytest.approx(exact.high, abs=0.03))
    assert drawn == stats.bootstrap(lambda rows: float(values[rows].mean()), range(300), seed=2)
    group = np.arange(300) // 30
    shifted = values + np.random.default_rng(2).normal(0, 1, 10)[group]
    wide = stats.bootstrap(lambda rows: float(shifted[rows].mean()), group.tolist())
    assert wide.high - wide.low > 2 * (drawn.high - drawn.low)


def test_the_bootstrap_says_when_it_can_not_tell():
    """One cluster, or a statistic that most draws don't have."""
    assert stats.bootstrap(lambda rows: float(rows[0]), ["a", "a"]) is None
    assert stats.bootstrap(lambda rows: NONE * rows[0], ["a", "b"]) is None
    assert stats.Interval(low=0, high=1) == stats.bootstrap(lambda rows: float(rows[0]), ["a", "b"])
