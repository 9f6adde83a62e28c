"""Whether a share rises or falls from month to month, or can't be told."""

import math
from collections.abc import Sequence
from typing import Literal

Direction = Literal["rising", "falling", "cannot tell"]
LEVEL = 0.05


def direction(months: Sequence[tuple[int, int]]) -> tuple[Direction, float]:
    """The test for a linear trend in proportions, at `LEVEL`.

    Cochran, "Some methods for strengthening the common chi-squared tests", Biometrics 10 (1954); Armitage, "Tests for
    linear trends in proportions and frequencies", Biometrics 11 (1955).

    Args:
        months: how many of how many, in order.

    Returns:
        The direction, and the two-sided p by which it was told: 1 where there are fewer than three months.
    """
    known = [(place, count, of) for place, (count, of) in enumerate(months) if of]
    everything = sum(of for _, _, of in known)
    hits = sum(count for _, count, _ in known)
    if len(known) < 3 or not 0 < hits < everything:  # two points always lie on a line
        return "cannot tell", 1.0
    share = hits / everything
    middle = sum(place * of for place, _, of in known) / everything
    moved = sum((place - middle) * (count - of * share) for place, count, of in known)
    spread = share * (1 - share) * sum(of * (place - middle) ** 2 for place, _, of in known)
    if spread <= 0:
        return "cannot tell", 1.0
    z = moved / math.sqrt(spread)
    p = math.erfc(abs(z) / math.sqrt(2))
    if p >= LEVEL:
        return "cannot tell", p
    return ("rising" if moved > 0 else "falling"), p
