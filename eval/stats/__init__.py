"""Statistics of runs, one file a subject. SciPy is imported where it is called: the extra `eval` brings it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.stats.agreement import alpha as alpha
    from eval.stats.agreement import kappa as kappa
    from eval.stats.agreement import spearman as spearman
    from eval.stats.interval import Estimate as Estimate
    from eval.stats.interval import Interval as Interval
    from eval.stats.interval import bootstrap as bootstrap
    from eval.stats.interval import clustered as clustered
    from eval.stats.interval import wilson as wilson
    from eval.stats.paired import holm as holm
    from eval.stats.paired import mcnemar as mcnemar
    from eval.stats.paired import sign_flip as sign_flip
    from eval.stats.power import detectable as detectable
    from eval.stats.power import detectable_moves as detectable_moves

_PLACES = {
    "Estimate": "interval",
    "Interval": "interval",
    "alpha": "agreement",
    "bootstrap": "interval",
    "clustered": "interval",
    "detectable": "power",
    "detectable_moves": "power",
    "holm": "paired",
    "kappa": "agreement",
    "mcnemar": "paired",
    "sign_flip": "paired",
    "spearman": "agreement",
    "wilson": "interval",
}
__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'eval.stats' has no attribute '{name}'")
    return getattr(import_module(f"eval.stats.{_PLACES[name]}"), name)
