"""What a comparison could have shown: the smallest true difference that it finds in four cases of five."""

from functools import cache

from eval.stats.interval import LEVEL
from eval.stats.paired import EXACT, patterns

POWER = 0.8
_DRAWS = 1_000


def detectable(error: float, tests: int = 1, clusters: int | None = None) -> float | None:
    """The smallest true difference that a comparison with this standard error finds in four cases of five.

    2.8 standard errors in one test over many clusters, 1.96 for the two-sided 5% and 0.84 for the power: Gelman and
    Hill, Data Analysis Using Regression and Multilevel/Hierarchical Models (2007), section 20.2. Of several tests each
    has a share of the 5% alone. Fewer clusters tell the error itself less well, so the power is that of the noncentral
    t (Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 2); of so few that the test tries
    every sign pattern, p goes in steps as well, and the power is counted.

    Args:
        error: of the difference.
        tests: how many are made side by side.
        clusters: how many the error comes from; by default so many that it is known.

    Returns:
        None where so few clusters show no difference, however large.
    """
    from scipy.special import nctdtrinc, ndtri, stdtrit

    share = LEVEL / tests
    if clusters is None:
        return float(ndtri(1 - share / 2) + ndtri(POWER)) * error
    if clusters <= EXACT:
        # a pattern and its mirror image are as far out
        most = int(share * 2 ** (clusters - 1))
        return _counted(clusters, most) * error if most else None
    return float(nctdtrinc(clusters - 1, 1 - POWER, stdtrit(clusters - 1, 1 - share / 2))) * error


@cache
def _counted(clusters: int, most: int) -> float:
    """Standard errors that leave at most so many sign patterns as far out, in four of five draws of normal sums."""
    import numpy as np

    signs = patterns(clusters)[: 2 ** (clusters - 1)]
    draws = np.random.default_rng(0).normal(0, 1, (_DRAWS, clusters))
    low, high = 0.0, 32.0
    while high - low > 0.01:
        middle = (low + high) / 2
        sums = draws + middle / clusters**0.5
        far = np.abs(sums @ signs.T) >= np.abs(sums.sum(axis=1, keepdims=True)) * (1 - 1e-9)
        low, high = (low, middle) if (far.sum(axis=1) <= most).mean() >= POWER else (middle, high)
    return high


@cache
def detectable_moves(clusters: int, moved: int, tests: int = 1) -> float | None:
    """The same where most clusters do not differ at all: how many more have to get better than get worse.

    There a better system is not a shift of every cluster but more of them that get better, and each of these adds to
    the error too. Exact for McNemar's test (Miettinen, The matched pairs design in the case of all-or-none responses,
    Biometrics 24 (1968), 339-352), which flipped signs are where all that differ do so by as much.

    Args:
        clusters: all of them.
        moved: how many differ without a true difference; half of them either way.
        tests: how many are made side by side.

    Returns:
        None where no difference would be found.
    """
    import numpy as np
    from scipy.optimize import brentq
    from scipy.stats import binom

    worse = moved / (2 * clusters)
    counts = np.arange(1, clusters + 1)
    critical = binom.isf(LEVEL / tests / 2, counts, 0.5)

    def short(better: float) -> float:
        either = better + worse
        found = binom.pmf(counts, clusters, either) * binom.sf(critical, counts, better / either)
        return float(found.sum()) - POWER

    if short(1 - worse) < 0:
        return None
    return float(brentq(short, worse or 1e-9, 1 - worse) - worse) * clusters
