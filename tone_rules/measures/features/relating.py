"""Whether a reply speaks of what was asked: each clause of the message beside the sentence that comes closest to it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.content import stems
from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import LINK
from tone_rules.measures.features.deeds import IDLE, USEFUL, deeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_APART = re.compile(r"[.!?…\n;]+\s*|,\s+|\s(?:and|but|so|because|when|then|or)\s", re.IGNORECASE)
_LEFT_OUT = re.compile(r"[@#]\w{1,40}|\b(?:please|help|thanks|thank you)\b", re.IGNORECASE)
_LEAST = 2
"""Content words of a clause that could be answered."""
_FEW = 4


class _Asked(NamedTuple):
    stems: frozenset[str]
    clauses: "NDArray[np.float32]"
    """One row a clause, shape (clauses, 256)."""
    whole: "NDArray[np.float32]"


def features(about: About) -> Iterator[Feature]:
    """Seven numbers about message and reply; all 0 without a message.

    `covers`: how near the reply's best sentence comes to each clause of the message, on average; `covers_least`: the
    same of the clause that it comes least near to; `on_topic`: how near the useful sentences are to the message;
    `names_issue`: content words of the message that come back; `asks_met`: the share of its asks that share a word or
    come near a useful sentence; `informs`: content words of useful sentences that the message doesn't have, near its
    topic; `fits_any`: the share of sentences that say nothing of the message and are idle.
    """
    import numpy as np

    from tone_rules.vectors import vectors

    asked = _asked(about.message or "")
    found = deeds(about.reply)
    if not found or not len(asked.clauses):
        for name in ("covers", "covers_least", "on_topic", "names_issue", "asks_met", "informs", "fits_any"):
            yield Feature(name, 0.0)
        return
    rows = vectors([one.text for one in found])
    idle = np.array([max(one.acts[name] for name in IDLE) for one in found])
    useful = np.array([max(one.acts[name] for name in USEFUL) for one in found])
    like = np.clip(rows @ asked.clauses.T, 0.0, 1.0)
    nearest = (like * (1 - 0.6 * idle)[:, None]).max(axis=0)
    yield Feature("covers", float(nearest.mean()))
    yield Feature("covers_least", float(nearest.min()))
    near = np.clip(rows @ asked.whole, 0.0, 1.0)
    yield Feature("on_topic", float((near * useful).max()))
    own = [stems(one.text) for one in found]
    shared = frozenset[str]().union(*own) & asked.stems
    yield Feature(
        "names_issue",
        min(1.0, len(shared) / _FEW),
        tuple((one.start, one.end) for one, words in zip(found, own, strict=True) if words & asked.stems),
    )
    asks = [stems(" ".join(one.about)) for one in about.asked.asks if one.about]
    met = [
        max(
            min(1.0, len(words & ask) / min(2, len(ask))) * (1 - 0.5 * float(sure))
            for words, sure in zip(own, idle, strict=True)
        )
        for ask in asks
        if ask
    ]
    yield Feature("asks_met", sum(met) / len(met) if met else float(nearest.max()))
    fresh = sum(
        float(useful[number] * min(1.0, 2.5 * near[number])) * len(words - asked.stems)
        for number, words in enumerate(own)
    )
    yield Feature("informs", min(1.0, fresh / 12))
    lonely = [not words & asked.stems for words in own]
    yield Feature("fits_any", float((np.array(lonely) * idle).mean()))


@lru_cache(maxsize=256)
def _asked(message: str) -> _Asked:
    from tone_rules.vectors import vector, vectors

    plain = _LEFT_OUT.sub(" ", LINK.sub(" ", message))
    clauses = [one for one in _APART.split(plain) if len(stems(one)) >= _LEAST] or [plain] * bool(stems(plain))
    return _Asked(stems(plain), vectors([one.strip() for one in clauses]), vector(plain))
