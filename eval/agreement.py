"""How a scorer agrees with raters, beside how the raters agree with each other."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from eval.licence import Agreement, Measured
from eval.ratings import RatedSet
from eval.stats.agreement import alpha, kappa, spearman
from eval.stats.interval import bootstrap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Statistic = Callable[[NDArray[np.intp]], float]

Told = Mapping[str, Sequence[float | None]]
"""By dimension, what a scorer says of each row, 0 to 1; None where it is unscored."""


def agree(
    rated: RatedSet, told: Told, clusters: Sequence[Hashable] | None = None, *, seed: int = 0, times: int = 1_000
) -> tuple[Agreement, ...]:
    """Agreement of each dimension that both raters and scorer have, with intervals by a bootstrap over clusters.

    Args:
        rated: replies with their raters' marks.
        told: what the scorer says of the same rows.
        clusters: which cluster each row belongs to; by default its post.
        seed: of the bootstrap.
        times: how often it draws.
    """
    groups = list(clusters) if clusters is not None else [row.post for row in rated.rows]
    return tuple(_agreement(name, rated, told[name], groups, seed, times) for name in rated.dimensions if name in told)


def raters_own(marks: "Numbers") -> float:
    """How raters rank alike: one against the other; of more than two, each against the mean of the rest, averaged.

    Those that never vary are left out; NaN where none does.
    """
    import numpy as np

    if len(marks) == 2:
        return spearman(marks[0], marks[1])
    means = [spearman(marks[one], np.delete(marks, one, axis=0).mean(axis=0)) for one in range(len(marks))]
    known = [one for one in means if not np.isnan(one)]
    return float(np.mean(known)) if known else float("nan")


def levels(values: "Numbers", scale: tuple[float, float]) -> "Numbers":
    """Numbers from 0 to 1 as the nearest whole marks of a scale."""
    import numpy as np

    low, high = scale
    return np.asarray(np.round(low + np.clip(values, 0, 1) * (high - low)), float)


def _agreement(
    name: str, rated: RatedSet, told: Sequence[float | None], groups: Sequence[Hashable], seed: int, times: int
) -> Agreement:
    import numpy as np

    asked = [number for number, row in enumerate(rated.rows) if row.mean(name) is not None]
    rows = [number for number in asked if told[number] is not None]
    ours = np.array([told[number] for number in rows], float)
    theirs = np.array([rated.rows[number].mean(name) for number in rows], float)
    marks = _marks(name, rated, rows)
    cluster = [groups[number] for number in rows]

    def measured(statistic: "Statistic | None") -> Measured | None:
        if statistic is None or len(rows) < 2:
            return None
        value = statistic(np.arange(len(rows)))
        interval = bootstrap(statistic, cluster, seed=seed, times=times)
        return None if np.isnan(value) else Measured(value=value, interval=interval)

    scale = rated.scale
    steps, means = (ours, theirs) if scale is None else (levels(ours, scale), np.round(theirs))
    return Agreement(
        dimension=name,
        n=len(rows),
        clusters=len(set(cluster)),
        unscored=len(asked) - len(rows),
        spearman=measured(lambda at: spearman(ours[at], theirs[at])),
        kappa=measured(None if scale is None else lambda at: kappa(steps[at], means[at])),
        alpha=measured(None if scale is None else lambda at: alpha([steps[at], theirs[at]])),
        raters_spearman=measured(None if marks is None else lambda at: raters_own(marks[:, at])),
        raters_kappa=measured(
            None if marks is None or len(marks) != 2 else lambda at: kappa(marks[0, at], marks[1, at])
        ),
        raters_alpha=measured(None if marks is None else lambda at: alpha(marks[:, at])),
    )


def _marks(name: str, rated: RatedSet, rows: Sequence[int]) -> "Numbers | None":
    """A row a rater; None of a single one, or where not every reply has as many."""
    import numpy as np

    given = [[one[name] for one in rated.rows[number].ratings if name in one] for number in rows]
    if len({len(one) for one in given}) != 1 or len(given[0]) < 2:
        return None
    return np.array(given, float).T
