"""How long a reply is."""

from collections.abc import Iterator
from math import log

from tone_rules.measures.about import About, Feature

SHORT, LONG = 30, 500
"""Characters: below the one nothing is said, beyond the other a public reply is seldom read to its end."""


def features(about: About) -> Iterator[Feature]:
    """`length`: 0 at thirty characters, 1 at five hundred, on a logarithmic scale; `too_short`, `too_long` beyond."""
    count = max(1, len(about.reply.strip()))
    where = (log(count) - log(SHORT)) / (log(LONG) - log(SHORT))
    yield Feature("length", min(1.0, max(0.0, where)))
    yield Feature("too_short", min(1.0, max(0.0, 1 - (count - SHORT) / 30)))
    yield Feature("too_long", min(1.0, max(0.0, (count - LONG) / LONG)))
