"""Static vectors of word pieces: how alike two texts are in meaning, in microseconds and without a model.

Distilled with model2vec from sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0) to 29,525 pieces of 256
numbers, stored in 8 bits: the cosine of two texts moves by at most .018 for it. See NOTICE.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

WIDTH = 256
"""Numbers of a vector."""

_FOLDER = Path(__file__).parent
_UNKNOWN = "[UNK]"
_KEPT = 4096
"""Vectors that are kept: passages and threads come again with every draft."""

_WORDS = 32_768
"""Words whose pieces are kept: cutting costs more than all the rest."""

_LONGEST = 1_000
"""Characters of a word that are read; no word is longer, and what has no space is no prose."""


@lru_cache(maxsize=_KEPT)
def vector(text: str) -> "NDArray[np.float32]":
    """What a text is about, as a vector of length one and shape (256,); all zeros where no piece of it is known.

    The array is shared and can't be written to.
    """
    import numpy as np

    ids = [one for word in text.split() for one in _ids(word)]
    total = _loaded()[1].take(ids, axis=0).sum(axis=0, dtype=np.int32) if ids else np.zeros(WIDTH, np.int32)
    summed = total.astype(np.float32)
    norm = float(np.sqrt(summed @ summed))
    found: NDArray[np.float32] = summed / norm if norm else summed
    found.setflags(write=False)
    return found


def vectors(texts: Sequence[str]) -> "NDArray[np.float32]":
    """One row for each text, shape (texts, 256)."""
    import numpy as np

    return np.concatenate([vector(one) for one in texts] or [np.zeros(0, np.float32)]).reshape(-1, WIDTH)


def likeness(one: str, other: str) -> float:
    """Cosine of two texts, -1 to 1; 0 where one of them has no known piece."""
    return float(vector(one) @ vector(other))


@cache
def known_words() -> frozenset[str]:
    """The pieces that are whole words, in lower case: some twenty thousand common ones, names of things among them."""
    return frozenset(one for one in _loaded()[0].get_vocab() if one.isalpha() and len(one) > 1) | {"a", "i"}


@lru_cache(maxsize=_WORDS)
def _ids(word: str) -> tuple[int, ...]:
    """The known pieces of what stands between two spaces: no piece reaches over a space."""
    tokenizer, _, unknown = _loaded()
    found = tokenizer.encode_batch_fast([word[:_LONGEST]], add_special_tokens=False)[0]
    return tuple(one for one in found.ids if one != unknown)


@cache
def _loaded() -> "tuple[Tokenizer, NDArray[np.int8], int | None]":
    """The pieces, mapped into memory and so shared by processes, and what cuts a text into them."""
    import numpy as np
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_FOLDER / "pieces.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = np.load(_FOLDER / "pieces.npy", mmap_mode="r").view(np.ndarray)
    return tokenizer, pieces, tokenizer.token_to_id(_UNKNOWN)
