"""Whether two systems differ: tests of paired differences, and what several tests at once cost."""

from collections.abc import Hashable, Mapping, Sequence

DRAWS = 9_999
"""Sign patterns that are drawn where there are too many to try all."""


def sign_flip(differences: Sequence[float], clusters: Sequence[Hashable] | None = None, *, seed: int = 0) -> float:
    """The two-sided p of a mean difference of 0, where each cluster could as well have had the other sign.

    Exact up to 13 clusters, else over `DRAWS` drawn patterns. Fisher's test of paired differences (The Design of
    Experiments, 1935, section 21), with all of a cluster turned together.

    Args:
        differences: one a pair.
        clusters: which cluster each belongs to; by default each is its own.
        seed: the same seed gives the same p.
    """
    import numpy as np
    from scipy.stats import permutation_test

    sums: dict[Hashable, float] = {}
    for difference, cluster in zip(differences, clusters or range(len(differences)), strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + difference
    # a cluster without a difference is the same with either sign
    moved = np.array([one for one in sums.values() if abs(one) > 1e-12])
    if moved.size < 2:
        return 1.0
    found = permutation_test(
        (moved,),
        lambda values, axis: values.sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=DRAWS,
        rng=np.random.default_rng(seed),
    )
    return min(1.0, float(found.pvalue))


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
