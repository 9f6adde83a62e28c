"""Whether a reply speaks of what was asked: each clause of the message beside the sentence that comes closest to it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.content import says_something, spoken, stem, stems
from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import LINK
from tone_rules.measures.features.deeds import IDLE, USEFUL, deeds, stems_of
from tone_rules.measures.features.pointers import pointers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMES = ("covers", "covers_least", "recalls", "asks_met", "informs", "fits_any")

_APART = re.compile(r"[.!?…\n;]+\s*|,\s+|\s(?:[Aa]nd|but|so|because|when|then|or)\s")
_LEFT_OUT = re.compile(r"(?i)[@#]\w{1,40}|\b(?:please|help|thanks|thank you|links?|hi|hello|hey)\b")
_LEAST = 2
"""Content words of a clause that could be answered."""
_MANY = 12
_IDLE = 0.5


class _Asked(NamedTuple):
    stems: frozenset[str]
    words: "NDArray[np.float32]"
    """One row a content word, shape (words, 256)."""
    clauses: "NDArray[np.float32]"
    """One row a clause, shape (clauses, 256)."""
    whole: "NDArray[np.float32]"


def features(about: About) -> Iterator[Feature]:
    """What message and reply have in common; all 0 without a message.

    `covers`: how near the reply's best sentence comes to each clause of the message, on average; `covers_least`: the
    same of the clause that it comes least near to; `recalls`: how near the reply's words come to each content word of
    the message; `asks_met`: the share of its asks that share words with a sentence that isn't idle; `informs`: content
    words of useful sentences that the message doesn't have, near its topic; `fits_any`: the share of sentences that say
    nothing of the message and are idle.
    """
    import numpy as np

    from tone_rules.vectors import vectors

    asked = _asked(about.message or "")
    found = deeds(about.reply)
    if not found or not len(asked.clauses):
        yield from (Feature(name, 0.0) for name in NAMES)
        return
    rows = vectors([one.text for one in found])
    idle = np.array([max(map(one.acts.__getitem__, IDLE)) for one in found])
    useful = np.array([max(map(one.acts.__getitem__, USEFUL)) for one in found])
    nearest = (np.minimum(np.maximum(rows @ asked.clauses.T, 0.0), 1.0) * (1 - idle)[:, None]).max(axis=0)
    near = np.minimum(np.maximum(rows @ asked.whole, 0.0), 1.0)
    own = [stems_of(one.text) for one in found]
    says = tuple((one.start, one.end) for one, words in zip(found, own, strict=True) if words & asked.stems)
    yield Feature("covers", float(nearest.mean()), says)
    yield Feature("covers_least", float(nearest.min()), says)
    body = " ".join(one.text for one, sure in zip(found, idle, strict=True) if sure < _IDLE)
    told = _words(f"{body} {' '.join(link.words for link in pointers(about.reply))}")
    recalled = float((asked.words @ told.T).max(axis=1).mean()) if len(told) and len(asked.words) else 0.0
    yield Feature("recalls", max(0.0, recalled), says)
    asks = [words for words in (stems(" ".join(one.about)) for one in about.asked.asks) if words]
    met = [
        max(
            min(1.0, len(words & ask) / min(2, len(ask))) * (1 - float(sure))
            for words, sure in zip(own, idle, strict=True)
        )
        for ask in asks
    ]
    yield Feature("asks_met", sum(met) / len(met) if met else float(nearest.max()), says)
    fresh = sum(
        float(sure * min(1.0, 2.5 * like)) * len(words - asked.stems)
        for words, sure, like in zip(own, useful, near, strict=True)
    )
    yield Feature("informs", min(1.0, fresh / _MANY))
    lonely = np.array([not words & asked.stems for words in own])
    yield Feature("fits_any", float((lonely * idle).mean()))


def nearness(message: str, text: str) -> tuple[float, frozenset[str]]:
    """How near a text comes to the nearest clause of a message, 0 to 1, and the stems that both have."""
    from tone_rules.vectors import vector

    asked = _asked(message)
    like = float((asked.clauses @ vector(text)).max()) if len(asked.clauses) else 0.0
    return max(0.0, like), stems_of(text) & asked.stems


@lru_cache(maxsize=256)
def _asked(message: str) -> _Asked:
    from tone_rules.vectors import vector, vectors

    plain = _LEFT_OUT.sub(" ", LINK.sub(" ", message))
    clauses = [one for one in _APART.split(plain) if len(stems(one)) >= _LEAST] or [plain] * bool(stems(plain))
    return _Asked(stems(plain), _words(plain), vectors([one.strip() for one in clauses]), vector(plain))


def _words(text: str) -> "NDArray[np.float32]":
    """Vectors of the content words of a text, each stem once."""
    from tone_rules.vectors import vectors

    found = {stem(one): one for one in spoken(text) if says_something(one) and len(one) > 1}
    return vectors(list(found.values()))
