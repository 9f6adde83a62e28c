"""Statistics of a run."""

import math

from tone_rules.value import Value


class Interval(Value):
    """Where a share lies with a confidence of 95%."""

    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval | None:
    """The score interval of a share, which holds near 0 and 1 and at small n; None without a trial.

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
    Association 22 (1927), 209-212; z = 1.959964, the 97.5% point of the normal distribution.

    Raises:
        ValueError: more successes than trials, or fewer than none.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes in {trials} trials")
    if trials == 0:
        return None
    z, share = 1.959964, successes / trials
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return Interval(low=max(0.0, centre - half), high=min(1.0, centre + half))
