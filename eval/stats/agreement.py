"""How far raters agree: rank correlation, weighted kappa and Krippendorff's alpha."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

Level = Literal["nominal", "ordinal", "interval"]


def spearman(one: "ArrayLike", other: "ArrayLike") -> float:
    """Spearman's rank correlation, ties sharing their mean rank; NaN where one side never varies."""
    import numpy as np
    from scipy.stats import rankdata

    first, second = rankdata(one), rankdata(other)
    first, second = first - first.mean(), second - second.mean()
    power = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / power if power else float("nan")


def kappa(one: "ArrayLike", other: "ArrayLike") -> float:
    """Cohen's kappa with quadratic weights, of marks on one scale; NaN where neither side ever varies.

    In closed form, which needs no list of categories: Fleiss and Cohen, The equivalence of weighted kappa and the
    intraclass correlation coefficient, Educational and Psychological Measurement 33 (1973), 613-619.
    """
    import numpy as np

    first, second = np.asarray(one, float), np.asarray(other, float)
    expected = float(first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    return 1 - float(((first - second) ** 2).mean()) / expected if expected else float("nan")


def alpha(marks: "ArrayLike | Sequence[Sequence[float | None]]", level: Level = "interval") -> float:
    """Krippendorff's alpha of any number of raters, who need not have rated everything.

    Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E.

    Args:
        marks: a row a rater, a column a unit, NaN or None where a rater gave none.
        level: what the marks are.

    Returns:
        1 is perfect, 0 is chance; NaN where nothing was rated twice or no mark differs.
    """
    import numpy as np

    table = np.array(marks, dtype=float)
    table = table[:, (~np.isnan(table)).sum(axis=0) > 1]
    given = table[~np.isnan(table)]
    values, counts = np.unique(given, return_counts=True)
    if values.size < 2:
        return float("nan")
    distance = _distance(values, counts, level)
    # how often each value stands in each unit
    found = np.array([(table == value).sum(axis=0) for value in values], float)
    raters = found.sum(axis=0)
    pairs = (found / (raters - 1)) @ found.T - np.diag((found / (raters - 1)).sum(axis=1))
    observed = float((pairs * distance).sum()) / given.size
    expected = float(counts @ distance @ counts) / (given.size * (given.size - 1))
    return float(1 - observed / expected)


def _distance(values: "NDArray[np.float64]", counts: "NDArray[np.intp]", level: Level) -> "NDArray[np.float64]":
    """The squared difference of each two values."""
    import numpy as np

    if level == "nominal":
        return (values[:, None] != values[None, :]).astype(float)
    # of ordinal ones: how many marks lie between, half of those of the two themselves included
    places = values if level == "interval" else np.cumsum(counts) - counts / 2
    apart: NDArray[np.float64] = np.subtract.outer(places, places) ** 2
    return apart
