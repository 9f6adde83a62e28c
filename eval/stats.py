"""Statistics of a run."""

from tone_rules.share import Share
from tone_rules.value import Value


class Interval(Value):
    """Where a share lies with a confidence of 95%."""

    low: float
    high: float


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
