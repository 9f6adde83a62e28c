"""Whether two systems differ: tests of paired differences, and what several tests at once cost."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 9_999
"""Sign patterns that are drawn where there are too many to try all."""
EXACT = 13
"""Clusters of which all patterns are tried."""
SAME = 1e-12
"""Sums below which a cluster does not differ: floats don't add up to 0."""


def sign_flip(differences: Sequence[float], clusters: Sequence[Hashable] | None = None, *, seed: int = 0) -> float:
    """The two-sided p of a mean difference of 0, where each cluster could as well have had the other sign.

    Exact up to `EXACT` clusters, else over `DRAWS` drawn patterns. Fisher's test of paired differences (The Design of
    Experiments, 1935, section 21), with all of a cluster turned together.

    Args:
        differences: one a pair.
        clusters: which cluster each belongs to; by default each is its own.
        seed: the same seed gives the same p.
    """
    import numpy as np

    sums = cluster_sums(differences, clusters)
    # a cluster without a difference is the same with either sign
    moved = sums[np.abs(sums) > SAME]
    if moved.size < 2:
        return 1.0
    # a product of matrices: SciPy's `permutation_test` says the same and takes twelve times as long
    exact = moved.size <= EXACT
    signs = patterns(moved.size) if exact else np.random.default_rng(seed).choice((-1.0, 1.0), (DRAWS, moved.size))
    as_far = int((np.abs(signs @ moved) >= abs(moved.sum()) * (1 - 1e-9)).sum())
    # of patterns that were drawn the true one is another (Phipson and Smyth, 2010, arXiv 1603.05766)
    return as_far / len(signs) if exact else (as_far + 1) / (len(signs) + 1)


def patterns(clusters: int) -> "NDArray[np.float64]":
    """Every pattern of signs, a row each; a row and its mirror image are as far from either end."""
    import numpy as np

    bits = np.arange(2**clusters)[:, None] >> np.arange(clusters) & 1
    return np.asarray(2 * bits - 1, float)


def cluster_sums(differences: Sequence[float], clusters: Sequence[Hashable] | None = None) -> "NDArray[np.float64]":
    """What each cluster's differences come to, in the order in which clusters are met."""
    import numpy as np

    sums: dict[Hashable, float] = {}
    for difference, cluster in zip(differences, clusters or range(len(differences)), strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + difference
    return np.asarray([*sums.values()], float)


def mcnemar(lost: int, won: int) -> float:
    """McNemar's exact two-sided p for cases that passed on one side alone.

    Args:
        lost: pairs that passed before and fail now.
        won: pairs that failed before and pass now.
    """
    from scipy.stats import binomtest

    return float(binomtest(lost, lost + won, 0.5).pvalue) if lost + won else 1.0


def holm(p: Mapping[str, float]) -> dict[str, float]:
    """Adjusted p of several tests, so that one false alarm among all of them stays as rare as in one.

    Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    adjusted: dict[str, float] = {}
    reached = 0.0
    for place, name in enumerate(sorted(p, key=p.__getitem__)):
        reached = max(reached, min(1.0, (len(p) - place) * p[name]))
        adjusted[name] = reached
    return {name: adjusted[name] for name in p}
