"""What one measure is made of: a `Scale` names its features, which way each counts, and what to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Group = Literal["tone", "helpfulness"]


@dataclass(frozen=True)
class Part:
    """One feature of a scale."""

    sign: Literal[1, -1]
    """1 where more of the feature makes the reply better, -1 where it makes it worse. Fitting keeps to it."""
    advice: str = ""
    """What to do where it is missing (sign 1) or there (sign -1), as one sentence to the writer; empty: no advice."""
    at_least: float = 0.0
    """What it weighs whatever the ratings say: what nobody disputes is too rare among rated replies to be learnt."""


@dataclass(frozen=True)
class Scale:
    """One measure: a weighted sum of features, cut to 0 to 1. The weights stand in `weights.json`."""

    name: str
    group: Group
    parts: Mapping[str, Part]
    """By the name of the feature."""
    good: str = "nothing to mend"
    """The reason that is given where no advice applies."""
    fixed: Mapping[str, float] | None = None
    """Weights set by hand, with `bias`, where no ratings of this dimension exist; else they are fitted."""
    needs_message: bool = False
    needs: str | None = None
    """The feature without which it is not measured."""
    lacking: str = "not measured: nothing in the reply calls for it"
    """The reason that is given then."""
    counts: bool = True
    """Whether it is part of its group's sum."""
