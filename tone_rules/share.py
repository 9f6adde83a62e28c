"""A share of replies, with where it may lie in truth."""

import math
from typing import Self

from pydantic import Field

from tone_rules.value import Value

_Z = 1.959964
"""The 97.5% point of the normal distribution, for a confidence of 95%."""


class Share(Value):
    """So many of so many."""

    count: int = Field(ge=0)
    of: int = Field(ge=0)
    rate: float | None
    """count / of, from 0 to 1; None of nothing."""
    low: float
    high: float
    """Where the rate lies with a confidence of 95%: anywhere where nothing was counted."""

    @classmethod
    def among(cls, count: int, of: int) -> Self:
        """The score interval of a share, which holds near 0 and 1 and for few.

        Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
        Statistical Association 22 (1927), 209-212.
        """
        if of == 0:
            return cls(count=0, of=0, rate=None, low=0.0, high=1.0)
        rate, square = count / of, _Z * _Z
        centre = (rate + square / (2 * of)) / (1 + square / of)
        half = _Z / (1 + square / of) * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of))
        return cls(count=count, of=of, rate=rate, low=max(0.0, centre - half), high=min(1.0, centre + half))

    def __str__(self) -> str:
        if self.rate is None:
            return "0 of 0"
        return f"{self.count:,} of {self.of:,} ({self.rate:.1%}; {self.low:.1%} to {self.high:.1%})"
