"""How much of what the customer said comes back in the reply: its words, near the empathy, and what it is about."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import said
from tone_rules.measures.spelling import mended

_WORD = re.compile(r"[a-z0-9][a-z0-9'’.]{1,40}")
_LEFT_OUT = re.compile(r"[@#]\w+|https?://\S+")
_FEELING = ("names_impact", "specific_apology", "validates", "thanks_specific", "shares_joy", "warm_opening", "humour")


def features(about: About) -> Iterator[Feature]:
    """Four numbers about what is shared.

    `echo`: content words of the message that the reply says too; `echo_share`: the share of the reply's content words
    that are the message's; `echo_felt`: the same words in a sentence that feels with the reader; `likeness`: cosine.
    """
    told = _stems(about.message or "")
    said_words = _placed(about.reply)
    spans = [(span, stem) for stem, span in said_words if stem in told]
    kinds = {stem for _, stem in spans}
    yield Feature("echo", min(1.0, len(kinds) / 5), tuple(span for span, _ in spans))
    own = {stem for stem, _ in said_words}
    yield Feature("echo_share", min(1.0, 3 * len(kinds) / max(8, len(own))))
    felt = 0.0
    for one in said(about.reply):
        shared = len(_stems(one.text) & told)
        felt = max(felt, max(map(one.acts.__getitem__, _FEELING)) * min(1.0, (shared + 0.5) / 2.5))
    yield Feature("echo_felt", felt)
    yield Feature("likeness", _like(about))


def _like(about: About) -> float:
    """The likeness of message and reply, by the sentences that were read already."""
    if not about.message:
        return 0.0
    import numpy as np

    from tone_rules.vectors import vector

    summed = sum((len(one.text) * vector(one.text) for one in said(about.reply)), np.zeros(1))
    norm = float(np.sqrt(summed @ summed))
    return max(0.0, float(summed @ vector(_LEFT_OUT.sub(" ", about.message))) / norm) if norm else 0.0


def shared_words(about: About) -> int:
    """How many kinds of content words message and reply share."""
    return len(_stems(about.message or "") & _stems(about.reply))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem, _ in _placed(text))


@lru_cache(maxsize=512)
def _placed(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Content words, cut to their stems, and where they stand."""
    fixed = mended(text)
    text = fixed if len(fixed) == len(text) else text
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):
        lowered = text.replace("’", "'")
    plain = lowered
    if "@" in lowered or "#" in lowered or "//" in lowered:
        plain = _LEFT_OUT.sub(lambda one: " " * len(one[0]), lowered)
    common = _common()
    for word in _WORD.finditer(plain):
        said_ = word[0].rstrip("'.").removesuffix("'s")
        if said_ not in common and len(said_) > 1:
            yield _stem(said_), word.span()


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without the ending that it changes."""
    for ending in ("ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "e", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def _common() -> frozenset[str]:
    words = Path(__file__).with_name("common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in words if not line.startswith("#") for word in line.split())
