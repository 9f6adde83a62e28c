"""Features of a reply, one family a file. A new family is a new file and its name here."""

from collections.abc import Callable, Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features import echo, fit, manner, phrases, sayings, shape, style

FAMILIES: tuple[Callable[[About], Iterator[Feature]], ...] = (
    shape.features,
    phrases.features,
    sayings.features,
    echo.features,
    style.features,
    manner.features,
    fit.features,
)
"""Each gives features with names of its own; the same names for every reply."""


def features(about: About) -> dict[str, Feature]:
    """Every feature of a reply, by name."""
    return {one.name: one for family in FAMILIES for one in family(about)}
