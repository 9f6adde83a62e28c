"""Features of a reply, one family a file. A new family is a new file and its name here."""

from collections.abc import Callable, Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features import (
    asking,
    deeds,
    echo,
    fit,
    ladder,
    manner,
    particulars,
    phrases,
    pointers,
    relating,
    sayings,
    shape,
    sourced,
    style,
)

FAMILIES: tuple[Callable[[About], Iterator[Feature]], ...] = (
    shape.features,
    phrases.features,
    sayings.features,
    echo.features,
    style.features,
    manner.features,
    fit.features,
    asking.features,
    deeds.features,
    ladder.features,
    particulars.features,
    pointers.features,
    relating.features,
    sourced.features,
)
"""Each gives features with names of its own; the same names for every reply."""


def features(about: About) -> dict[str, Feature]:
    """Every feature of a reply, by name."""
    return {one.name: one for family in FAMILIES for one in family(about)}
