"""How far raters agree: rank correlation, weighted kappa and Krippendorff's alpha."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

Level = Literal["ordinal", "interval"]


def spearman(one: "ArrayLike", other: "ArrayLike") -> float:
    """Spearman's rank correlation, ties sharing their mean rank; NaN where one side never varies."""
    import numpy as np

    first, second = _ranks(one), _ranks(other)
    power = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / power if power else float("nan")


def _ranks(values: "ArrayLike") -> "NDArray[np.float64]":
    """Ranks around 0. A bootstrap ranks thousands of times, and this is a tenth of what SciPy's `rankdata` takes."""
    import numpy as np

    _, places, counts = np.unique(np.asarray(values, float), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - counts / 2)[places]
    return np.asarray(ranks - ranks.mean(), float)


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

    Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E. Of two values, such as pass and fail,
    the levels are one and the same, the nominal one too.

    Args:
        marks: a row a rater, a column a unit, NaN or None where a rater gave none.
        level: whether marks are steps of one size (`interval`), or an order alone (`ordinal`).

    Returns:
        1 is perfect, 0 is chance; NaN where nothing was rated twice or no mark differs.
    """
    import numpy as np

    table = np.array(marks, dtype=float)
    given = ~np.isnan(table)
    rated = given.sum(axis=0)
    table, given, rated = table[:, rated > 1], given[:, rated > 1], rated[rated > 1]
    values = table[given]
    if level == "ordinal":
        # an order's distance: how many marks lie between, half of those of the two themselves included
        known, counts = np.unique(values, return_counts=True)
        table[given] = values = (np.cumsum(counts) - counts / 2)[np.searchsorted(known, values)]
    if values.size < 2 or values.min() == values.max():
        return float("nan")
    table[~given] = 0.0
    # squared differences of all pairs, by the sums of squares around the means
    within: NDArray[np.float64] = rated * (table**2).sum(axis=0) - table.sum(axis=0) ** 2
    observed = float((within / (rated - 1)).sum())
    expected = float(((values - values.mean()) ** 2).sum()) * values.size / (values.size - 1)
    return float(1 - observed / expected)
