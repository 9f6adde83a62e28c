"""`weights.json`: what each feature weighs, fitted by `python -m tone_rules.measures`."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from tone_rules.value import Value

FILE = Path(__file__).with_name("weights.json")


class Linear(Value):
    """A weighted sum."""

    bias: float = 0.0
    weights: Mapping[str, float] = {}
    usual: Mapping[str, float] = {}
    """What good replies have of each feature: what is missing of it is what advice is about."""

    def of(self, values: Mapping[str, float]) -> float:
        """The sum, cut to 0 to 1; what is not among `values` counts nothing."""
        return min(1.0, max(0.0, self.bias + sum(one * values.get(name, 0.0) for name, one in self.weights.items())))


class Weights(Value):
    """All of them."""

    source: str = ""
    """What they were fitted on, in words."""
    scales: Mapping[str, Linear] = {}
    """By the name of the scale, over features."""
    tone: Linear = Linear()
    """Over the values of the scales of its group."""
    helpfulness: Linear = Linear()
    length: Mapping[str, float] = Field(default_factory=dict)
    """How much `tone` and `helpfulness` rise from the shortest to the longest reply of equal ratings, and `mean`."""


@cache
def load_weights() -> Weights:
    """The weights that ship."""
    return Weights.model_validate(json.loads(FILE.read_text(encoding="utf-8")))
