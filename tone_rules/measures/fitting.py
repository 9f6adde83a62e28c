"""Fitting the weights to rated replies: a ridge whose weights keep the sign that each scale gives its features.

The raters' means are what is fitted, from 1 to 5, turned to 0 to 1. The signs are what keeps habits out: a feature
that should help a reply can't come to stand against it because many of those who use it do other things badly.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from tone_rules.measures.about import About
from tone_rules.measures.features import features
from tone_rules.measures.scale import Scale
from tone_rules.measures.scales import SCALES
from tone_rules.measures.weights import Linear, Weights
from tone_rules.situation import Situation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

STRENGTH = 300.0
"""Of the ridge, per scale; chosen over folds."""


SHARED = ("ratings", "ratings_written")
"""Sets by two raters a reply, who are what is agreed with; those of one rater count `OWN`."""

OWN = 0.1


@dataclass(frozen=True)
class Rated:
    """One rated reply: its features, its ratings from 0 to 1, and whence it comes."""

    origin: str
    post: str
    brand: str
    message: str
    reply: str
    values: Mapping[str, float]
    ratings: Mapping[str, float]


def read_rated(paths: Iterable[Path]) -> list[Rated]:
    """Read JSON Lines of `message`, `reply`, `ratings` (a list of raters' marks from 1 to 5) and measure each reply."""
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            marks: Sequence[Mapping[str, float]] = row["ratings"]
            about = About(row["reply"], Situation(message=row["message"]))
            found.append(
                Rated(
                    origin=path.stem,
                    post=row.get("post", row["message"]),
                    brand=row.get("brand", path.stem),
                    message=row["message"],
                    reply=row["reply"],
                    values={name: one.value for name, one in features(about).items()},
                    ratings={name: (fmean(one[name] for one in marks) - 1) / 4 for name in marks[0]},
                )
            )
    return found


def fit(rows: Sequence[Rated], source: str = "") -> Weights:
    """Fit every scale to the rating of its name, then both sums to the ratings `tone` and `helpfulness`.

    Args:
        rows: rated replies.
        source: what they are, in words.
    """
    import numpy as np

    per_row = np.array([1.0 if one.origin in SHARED else OWN for one in rows])
    scales = {
        scale.name: _scale(scale, rows, per_row)
        for scale in SCALES
        if scale.fixed is None and scale.name in rows[0].ratings
    }
    partial = Weights(source=source, scales=scales)
    tone = _sum("tone", partial, rows, per_row)
    helpfulness = _sum("helpfulness", partial, rows, per_row)
    length = np.array([one.values["length"] for one in rows])
    return Weights(
        source=source,
        scales=scales,
        tone=tone,
        helpfulness=helpfulness,
        length={
            "mean": round(float(length.mean()), 4),
            **{name: _slope(length, rows, name) for name in ("tone", "helpfulness")},
        },
    )


def _scale(scale: Scale, rows: Sequence[Rated], per_row: "Numbers") -> Linear:
    import numpy as np

    names = list(scale.parts)
    table = np.array([[one.values.get(name, 0.0) for name in names] for one in rows])
    signs = np.array([scale.parts[name].sign for name in names], float)
    wanted = np.array([one.ratings[scale.name] for one in rows])
    floors = np.array([scale.parts[name].at_least for name in names])
    bias, weights = signed_ridge(table, wanted, signs, per_row, [one.origin for one in rows], floors)
    best = wanted >= np.quantile(wanted, 0.75)
    usual = table[best].mean(axis=0)
    return Linear(
        bias=round(bias, 4),
        weights={name: round(float(one), 4) for name, one in zip(names, weights, strict=True) if abs(one) >= 5e-4},
        usual={name: round(float(one), 3) for name, one in zip(names, usual, strict=True)},
    )


def _sum(group: str, partial: Weights, rows: Sequence[Rated], per_row: "Numbers") -> Linear:
    """The scales of a group that count, weighted so that they make up the overall rating."""
    import numpy as np

    from tone_rules.measures.measuring import linear_of

    members = [one for one in SCALES if one.group == group and one.counts]
    table = np.array([[linear_of(one, partial).of(row.values) for one in members] for row in rows])
    wanted = np.array([one.ratings[group] for one in rows])
    bias, weights = signed_ridge(table, wanted, np.ones(len(members)), per_row, [one.origin for one in rows])
    return Linear(
        bias=round(bias, 4),
        weights={one.name: round(float(weight), 4) for one, weight in zip(members, weights, strict=True)},
    )


def signed_ridge(
    table: "Numbers",
    wanted: "Numbers",
    signs: "Numbers",
    per_row: "Numbers",
    origins: Sequence[str],
    floors: "Numbers | float" = 0.0,
) -> tuple[float, "Numbers"]:
    """Bias and weights of a ridge in which no weight goes against its sign; columns count by their spread.

    Each origin has a level of its own, which is taken out first: sets differ in how strict their raters were and in
    what their replies look like, and neither says what makes one reply better than the next. What the ridge shrinks is
    stretched again at the end, so that scores spread as ratings do. No weight ends below its floor.
    """
    import numpy as np
    from sklearn.linear_model import Ridge

    level = float(np.average(wanted, weights=per_row))
    if not table.shape[1]:
        return level, np.zeros(0)
    within, told = table.astype(float), wanted.astype(float)
    for origin in set(origins):
        chosen = np.array([one == origin for one in origins])
        within[chosen] -= within[chosen].mean(axis=0)
        told[chosen] -= told[chosen].mean()
    spread = np.sqrt(np.average(within**2, axis=0, weights=per_row))
    spread[spread == 0] = np.inf
    model = Ridge(alpha=STRENGTH, positive=True, fit_intercept=False)
    model.fit(within / spread * signs, told, sample_weight=per_row)
    weights = model.coef_ / spread * signs
    shrunk = within @ weights
    power = float((per_row * shrunk) @ shrunk)
    weights = weights * (float((per_row * shrunk) @ told) / power if power else 1.0)
    weights = signs * np.maximum(np.abs(weights), floors)
    return level - float(np.average(table, axis=0, weights=per_row) @ weights), weights


def _slope(length: "Numbers", rows: Sequence[Rated], name: str) -> float:
    """How much longer replies are rated higher by, over the whole range of lengths."""
    import numpy as np

    return round(float(np.polyfit(length, [one.ratings[name] for one in rows], 1)[0]), 4)
