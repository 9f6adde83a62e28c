"""What each sentence of a reply does: apologises by stock phrase, names the impact, blames, recites a policy ...

A linear probe on static vectors, one weight vector for each act, learnt from the sentences in `sentences/*.yaml` by
`python -m tone_rules.measures.acts`. Soft where patterns are sharp: it sees "a day off gone for a van that never came"
as an impact named, though no list holds the words. A new act is a new name in one of those files; a new file is read
by itself.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTENCES = Path(__file__).parent / "sentences"
FILE = Path(__file__).parent / "probe.json"
SCALE = 100
"""The weights stand in the file as whole hundredths."""

_KEPT = 256
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n+|(?<=[\U0001F300-\U0001FAFF\u2600-\u27BF])\s")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_OPENING = re.compile(r"^(?:@\w+[\s,:]*){1,12}")
_SIGNED = re.compile(r"\s*(?:[\^*~/]|[-–—]\s?)\s?[A-Za-z][\w.]{0,20}(?:\s[A-Z][a-z]{1,20})?\s*$")


class Said(NamedTuple):
    """One sentence of a reply."""

    start: int
    end: int
    text: str
    """Without links."""
    acts: Mapping[str, float]
    """How surely it is each act, 0 to 1; several may be."""


@lru_cache(maxsize=_KEPT)
def said(reply: str) -> tuple[Said, ...]:
    """The sentences of a reply with what they do; handles in front and the signature at the end are left out."""
    found = [(start, end, _LINK.sub(" ", reply[start:end]).strip()) for start, end in sentences(reply)]
    found = [one for one in found if any(map(str.isalpha, one[2]))]
    if not found:
        return ()
    names = _probe().names
    sure = probabilities([text for _, _, text in found])
    return tuple(Said(*one, dict(zip(names, row, strict=True))) for one, row in zip(found, sure.tolist(), strict=True))


def sentences(reply: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a reply stand, without handles in front and a signature at the end."""
    opening = _OPENING.match(reply)
    start = opening.end() if opening else 0
    signed = _SIGNED.search(reply, start)
    last = signed.start() if signed else len(reply)
    for end in [*(one.end() for one in _END.finditer(reply, start, last)), last]:
        if reply[start:end].strip():
            yield start + len(reply[start:end]) - len(reply[start:end].lstrip()), end
        start = end


def probabilities(texts: list[str]) -> "NDArray[np.float64]":
    """One row a text, one column an act, in the order of the probe's names."""
    import numpy as np

    probe = _probe()
    sums = features(texts) @ probe.weights.T + probe.bias
    return 1 / (1 + np.exp(-sums))


def features(texts: list[str]) -> "NDArray[np.float64]":
    """What the probe looks at: the vectors of the texts."""
    import numpy as np

    from tone_rules.vectors import vectors

    return vectors(texts).astype(np.float64)


def acts() -> tuple[str, ...]:
    """The names of all acts."""
    return _probe().names


class _Probe(NamedTuple):
    names: tuple[str, ...]
    weights: "NDArray[np.float64]"
    bias: "NDArray[np.float64]"


@cache
def _probe() -> _Probe:
    import numpy as np

    stored = json.loads(FILE.read_text(encoding="utf-8"))
    table = np.array(list(stored.values()), float) / SCALE
    return _Probe(tuple(stored), table[:, 1:], table[:, 0])
