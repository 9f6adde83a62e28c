"""How much of a text can be pictured, counted, called or clicked."""

from functools import cache
from typing import NamedTuple

from tone_rules.content import stem
from tone_rules.readings.search import Span
from tone_rules.readings.text.families import data
from tone_rules.readings.text.layout import Layout

_PRIOR = 1.0
"""Words of either sort that a text is taken to have beside its own: one number makes no reply concrete."""


class Concrete(NamedTuple):
    """What of a text is concrete."""

    value: float
    spans: tuple[Span, ...]
    abstract: tuple[Span, ...]


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for line in data("words")[name] for word in line.split())


def concreteness(layout: Layout, stated: tuple[Span, ...]) -> Concrete:
    """The share of concrete tokens among concrete and abstract ones, 0 to 1; .5 where there is neither.

    Args:
        layout: the text.
        stated: links, amounts, times and names, each one concrete token.
    """
    concrete, abstract = list(stated), []
    taken = sorted(stated)
    at = 0
    end = -1
    nouns, vague = _stems("concrete"), _stems("abstract")
    for word in layout.words:
        while at < len(taken) and taken[at].start <= word.start:
            end = max(end, taken[at].end)
            at += 1
        if word.start < end:
            continue
        said = layout.folded[word.start : word.end]
        root = stem(said)
        if said[0].isdigit() or root in nouns:
            concrete.append(word)
        elif root in vague:
            abstract.append(word)
    value = (len(concrete) + _PRIOR / 2) / (len(concrete) + len(abstract) + _PRIOR)
    return Concrete(round(value, 3), tuple(sorted(concrete)), tuple(abstract))
