"""How far a reply takes the reader: each sentence by the rung of what it does, higher where it is about what was asked.

A bare "contact us" stands low, a page with the exact steps high, and a second useful sentence adds less than the first.
The rungs stand in `ladder.yaml`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import Said
from tone_rules.measures.features.deeds import deeds
from tone_rules.measures.features.pointers import Pointer, pointers
from tone_rules.measures.features.relating import nearness

FILE = Path(__file__).with_name("ladder.yaml")

_SURE = 0.5
_NOTHING = 0.15
"""A rung that leads nowhere."""
_NEXT = 0.75
"""What a sentence adds beside the one before it, best first."""
_FULL = 2.2
"""Rungs that come to a whole 1."""
_UNRELATED = 0.4
"""What is left of a rung where the sentence has nothing to do with the message."""
_RELATED = 0.7
"""Likeness to a clause of the message from which on a rung counts in full."""
_ASKED_FOR = 0.6
"""Likeness from which on a link is what the customer asked for."""
_HIGH = 0.55


class _Rungs(NamedTuple):
    deeds: Mapping[str, float]
    links: Mapping[str, float]


def features(about: About) -> Iterator[Feature]:
    """Four numbers about how far it goes.

    `rung`: that of the best sentence; `rungs`: of all, each after the best adding less; `rungs_fit`, `rung_fit`: the
    same, less where a sentence isn't about the message and by where its links lead.
    """
    plain, fitting, high = [], [], []
    links = pointers(about.reply)
    for one in deeds(about.reply):
        rung = _rung(one)
        plain.append(rung)
        mine = [link for link in links if one.start <= link.start <= one.end + 2]
        near = _near(about, one, mine)
        if mine:
            rung = _linked(one, rung, mine, asked_for=near >= _ASKED_FOR)
        fit = rung * (_UNRELATED + (1 - _UNRELATED) * min(1.0, near / _RELATED))
        fitting.append(fit)
        if rung >= _HIGH:
            high.append((one.start, one.end))
    yield Feature("rung", max(plain, default=0.0), tuple(high))
    yield Feature("rungs", _together(plain), tuple(high))
    yield Feature("rung_fit", max(fitting, default=0.0), tuple(high))
    yield Feature("rungs_fit", _together(fitting), tuple(high))


def _rung(one: Said) -> float:
    """The mean rung of what a sentence may be doing; low where it is unclear, nothing where it does next to nothing."""
    acts = one.acts
    sure = total = 0.0
    for name, rung in _ladder().deeds.items():
        sure += acts[name]
        total += acts[name] * rung
    return max(0.0, total / max(sure, _SURE) - _NOTHING) / (1 - _NOTHING)


def _linked(one: Said, rung: float, links: list[Pointer], asked_for: bool) -> float:
    """The rung of a sentence with links: a way to people is little, unless it is what was asked for."""
    known = _ladder().links
    if asked_for:
        return max(rung, known["deep"])
    kinds = {link.kind for link in links}
    sends_away = max(one.acts["contact"], one.acts["elsewhere"]) >= _SURE
    if "deep" in kinds and not sends_away:
        return max(rung, known["deep"])
    return min(rung, known["home" if "home" in kinds else "to_people"])


def _near(about: About, one: Said, links: list[Pointer]) -> float:
    text = " ".join((one.text, *(link.words for link in links)))
    like, shared = nearness(about.message or "", text)
    return max(like, 0.5 * like + 0.5 * min(1.0, len(shared) / 2))


def _together(rungs: list[float]) -> float:
    best_first = sorted(rungs, reverse=True)
    return min(1.0, sum(rung * _NEXT**place for place, rung in enumerate(best_first)) / _FULL)


@cache
def _ladder() -> _Rungs:
    import yaml

    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return _Rungs(stored["deeds"], stored["links"])
