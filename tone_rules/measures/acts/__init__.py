"""What each sentence of a reply does: apologises by stock phrase, names the impact, blames, recites a policy ...

A linear probe, one row of weights for each act, on a sentence's static vector and on its words and pairs of words (the
vector hardly sees "I've sent" beside "please send"), learnt from the sentences in `sentences/*.yaml` by
`python -m tone_rules.measures.acts`. Soft where patterns are sharp: it sees "a day off gone for a van that never came"
as an impact named, though no list holds the words. A new act is a new name in one of those files; a new file is read
by itself.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.measures.spelling import mended

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTENCES = Path(__file__).parent / "sentences"
FILE = Path(__file__).parent / "probe.json"
SCALE = 100
"""The weights stand in the file as whole hundredths."""

_KEPT = 256
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0?!>:]")
_DIGITS = re.compile(r"\d+")
_END = re.compile(
    r"[.!?…]{1,6}[\"”’')\]]{0,2}(?=\s|$)|\n|\s[–—]\s|;\s"
    r"|_(?=\s[A-Z])|(?<=[\U0001F300-\U0001FAFF\u2600-\u27BF])\s"
)
LINK = re.compile(r"(?i)https?://[^\s)]+|\bwww\.[^\s)]+|\b(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}/[^\s)]{1,300}")
"""A link in a reply, with or without its scheme."""
_OPENING = re.compile(r"^(?:\.?@[\w.]{0,39}\w[\s,:]{0,3}){1,12}")
_ASIDE = re.compile(r"(?<!\S)\(?[1-9]/[1-9]\)?(?!\S)|@[\w.]{0,39}\w")
"""A handle, or which part of several it is."""
_SIGNED = re.compile(r"\s*(?:[\^*~/]|(?<=\s)[-–—]\s?)\s?[A-Za-z][\w.]{0,20}(?:\s[A-Z][a-z]{1,20})?\s*$")


class Said(NamedTuple):
    """One sentence of a reply."""

    start: int
    end: int
    text: str
    """Without links and handles, and with slips of the finger mended."""
    acts: Mapping[str, float]
    """How surely it is each act, 0 to 1; several may be."""


@lru_cache(maxsize=_KEPT)
def said(reply: str) -> tuple[Said, ...]:
    """The sentences of a reply with what they do; handles in front and the signature at the end are left out."""
    found = [(start, end, _plain(reply[start:end])) for start, end in sentences(reply)]
    found = [one for one in found if any(map(str.isalpha, one[2]))]
    if not found:
        return ()
    names = _probe().names
    sure = probabilities([text for _, _, text in found])
    return tuple(Said(*one, dict(zip(names, row, strict=True))) for one, row in zip(found, sure.tolist(), strict=True))


def surest(found: Sequence[Said]) -> dict[str, float]:
    """How surely each act is done by the sentence that most surely does it; 0 where there is no sentence."""
    if not found:
        return dict.fromkeys(acts(), 0.0)
    return dict(zip(found[0].acts, map(max, zip(*(one.acts.values() for one in found), strict=True)), strict=True))


@lru_cache(maxsize=_KEPT)
def surest_of(reply: str) -> Mapping[str, float]:
    """The same of the sentences of a reply."""
    return surest(said(reply))


def links(text: str) -> Iterator[re.Match[str]]:
    """The links of a text, in order."""
    return LINK.finditer(text) if may_link(text) else iter(())


def may_link(text: str) -> bool:
    """False where a text has no link, for certain."""
    return "/" in text or "www." in text.lower()


def _plain(sentence: str) -> str:
    if may_link(sentence):
        sentence = LINK.sub(" ", sentence)
    if "@" in sentence or "/" in sentence:
        sentence = _ASIDE.sub(" ", sentence)
    return mended(sentence).strip()


def sentences(reply: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a reply stand, without handles in front and a signature at the end.

    A link ends a sentence where a capital follows it, and a dash between spaces does.
    """
    masked = LINK.sub(_mask, reply) if may_link(reply) else reply
    opening = _OPENING.match(masked)
    start = opening.end() if opening else 0
    signed = _SIGNED.search(masked, start)
    last = signed.start() if signed else len(masked)
    for end in [*(one.end() for one in _END.finditer(masked, start, last)), last]:
        if masked[start:end].strip():
            yield start + len(masked[start:end]) - len(masked[start:end].lstrip()), end
        start = end


def _mask(link: re.Match[str]) -> str:
    bare = link[0].rstrip(".,!?")
    return "_" * len(bare) + link[0][len(bare) :]


def probabilities(texts: list[str]) -> "NDArray[np.float64]":
    """One row a text, one column an act, in the order of the probe's names.

    The same as `features` times the weights, without the zeros.
    """
    import numpy as np

    from tone_rules.vectors import WIDTH, vectors

    probe = _probe()
    sums = 2 * vectors(texts) @ probe.columns[:WIDTH] + probe.bias
    grams = probe.grams
    for row, text in zip(sums, texts, strict=True):
        known = [grams[one] for one in set(words_and_pairs(text)) if one in grams]
        if known:
            columns, shares = zip(*known, strict=True)
            weights = np.array(shares)
            row += weights @ probe.lexical.take(columns, axis=0) / (weights @ weights) ** 0.5
    return 1 / (1 + np.exp(-sums))


def features(texts: list[str], grams: Mapping[str, tuple[int, float]]) -> "NDArray[np.float64]":
    """What the probe looks at: the vectors of the texts, twice their length, beside their known words and pairs.

    Args:
        texts: sentences.
        grams: the column of each known word and pair, and its inverse document frequency.
    """
    import numpy as np

    from tone_rules.vectors import WIDTH, vectors

    table = np.zeros((len(texts), WIDTH + len(grams)))
    table[:, :WIDTH] = 2 * vectors(texts)
    for row, text in zip(table, texts, strict=True):
        known = [grams[one] for one in set(words_and_pairs(text)) if one in grams]
        norm = sum(weight * weight for _, weight in known) ** 0.5
        for column, weight in known:
            row[WIDTH + column] = weight / norm
    return table


def words_and_pairs(text: str) -> list[str]:
    """The words and marks of a text, its first word marked as such, and each two that stand together."""
    words = _WORD.findall(_DIGITS.sub(" 0 ", text.lower().replace("’", "'")))
    return [f"^ {words[0]}", *words, *(f"{one} {other}" for one, other in pairwise(words))] if words else []


def known_words() -> Iterator[str]:
    """The words that the probe has learnt."""
    return (one for one in _probe().grams if one.isalpha())


def acts() -> tuple[str, ...]:
    """The names of all acts."""
    return _probe().names


class _Probe(NamedTuple):
    names: tuple[str, ...]
    grams: Mapping[str, tuple[int, float]]
    columns: "NDArray[np.float64]"
    """One row for each number of `features`, one column for each act."""
    lexical: "NDArray[np.float64]"
    """Those of the words and pairs."""
    bias: "NDArray[np.float64]"


@cache
def _probe() -> _Probe:
    import numpy as np

    from tone_rules.vectors import WIDTH

    stored = json.loads(FILE.read_text(encoding="utf-8"))
    grams = {one: (column, weight / SCALE) for column, (one, weight) in enumerate(stored["grams"].items())}
    table = np.array(list(stored["acts"].values()), float) / SCALE
    columns = np.ascontiguousarray(table[:, 1:].T)
    return _Probe(tuple(stored["acts"]), grams, columns, columns[WIDTH:], table[:, 0])
