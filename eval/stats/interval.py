"""Where a number lies: intervals of shares, of means over clusters, and of any statistic by the bootstrap."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from tone_rules.share import Share
from tone_rules.value import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.05
"""How often equal systems may be called different."""


class Interval(Value):
    """Where a number lies with a confidence of 95%."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low:.2f} to {self.high:.2f}"


class Estimate(Value):
    """A mean over clusters of cases."""

    mean: float
    n: int
    """Values."""
    clusters: int
    error: float | None
    """Standard error; None of a single cluster."""
    interval: Interval | None
    """None of a single cluster: nothing is known about how clusters differ."""


def wilson(successes: int, trials: int) -> Interval | None:
    """Wilson's interval of a share, as `tone_rules.share` has it; None without a trial.

    Raises:
        ValueError: more successes than trials, or fewer than none.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes in {trials} trials")
    if trials == 0:
        return None
    share = Share.among(successes, trials)
    return Interval(low=share.low, high=share.high)


def clustered(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Estimate:
    """The mean with a t-interval whose error comes from how clusters differ, one degree of freedom less than clusters.

    With a cluster a value it is the usual one of a mean. The error is the sandwich of Liang and Zeger (Biometrika 73,
    1986) with the factor G/(G-1), as Miller (Adding Error Bars to Evals, arXiv 2411.00640, 2024) has it for suites.

    Args:
        values: one a case.
        clusters: which cluster each belongs to; by default each is its own.

    Raises:
        ValueError: no values, or not as many clusters.
    """
    import numpy as np
    from scipy.special import stdtrit

    numbers = np.asarray(values, float)
    if not numbers.size:
        raise ValueError("there is no mean of nothing")
    codes, count = _codes(clusters, numbers.size)
    mean = float(numbers.mean())
    if count < 2:
        return Estimate(mean=mean, n=numbers.size, clusters=count, error=None, interval=None)
    sums = np.bincount(codes, numbers - mean, count)
    error = float(np.sqrt(count / (count - 1) * (sums @ sums)) / numbers.size)
    half = float(stdtrit(count - 1, 0.975)) * error
    interval = Interval(low=mean - half, high=mean + half)
    return Estimate(mean=mean, n=numbers.size, clusters=count, error=error, interval=interval)


def bootstrap(
    statistic: "Callable[[NDArray[np.intp]], float]",
    clusters: Sequence[Hashable],
    *,
    seed: int = 0,
    times: int = 1_000,
) -> Interval | None:
    """The percentile interval of a statistic over clusters drawn anew, each with all of its rows.

    Args:
        statistic: of row numbers, some of them several times; NaN where it can't be told, which is left out.
        clusters: which cluster each row belongs to.
        seed: the same seed gives the same interval.
        times: how often it is drawn.

    Returns:
        None of a single cluster, or where less than half of the draws could be told.
    """
    import numpy as np

    codes, count = _codes(clusters, len(clusters))
    if count < 2:
        return None
    order = np.argsort(codes, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(codes, minlength=count))[:-1])
    draws = np.random.default_rng(seed).integers(0, count, (times, count))
    found = np.array([statistic(np.concatenate([members[one] for one in draw])) for draw in draws])
    found = found[~np.isnan(found)]
    if 2 * found.size < times:
        return None
    low, high = np.quantile(found, (0.025, 0.975))
    return Interval(low=float(low), high=float(high))


def _codes(clusters: Sequence[Hashable] | None, size: int) -> "tuple[NDArray[np.intp], int]":
    import numpy as np

    if clusters is None:
        return np.arange(size), size
    if len(clusters) != size:
        raise ValueError(f"{size} values in {len(clusters)} clusters: name one for each")
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in clusters], dtype=np.intp), len(numbers)
