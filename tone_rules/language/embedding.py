"""What the tagger and the parser see of a word: hashes of its forms, and the static vector of its pieces."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import regex
from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Linear, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Ragged

from tone_rules.vectors import WIDTH, vector

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
_ADDRESS = regex.compile(r"(?i)https?://|www\.|[@#]\w")
_KEPT = 4096


@registry.architectures("tone_rules.FormsAndPieces.v1")  # type: ignore[untyped-decorator]
def forms_and_pieces(
    width: int, hashed: int, attrs: list[str], rows: list[int], pieces: int
) -> Model[list[Doc], list[Any]]:
    """Embed words by hashes of their forms and by their pieces' vector.

    Args:
        width: numbers of a word that leave the layer.
        hashed: numbers of each hashed form.
        attrs: forms of a word: NORM, PREFIX, SUFFIX, SHAPE ...
        rows: rows of each form's table.
        pieces: numbers that the 256 of the static vector are brought down to.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(hashed, count, column=column, seed=7 + column, dropout=0.0) for column, count in enumerate(rows)
    ]
    forms: Model[Any, Any] = chain(FeatureExtractor(attrs), list2ragged(), with_array(concatenate(*tables)))
    words: Model[Any, Any] = chain(_static(), with_array(Linear(pieces, WIDTH)))
    mixed: Model[Any, Any] = with_array(Maxout(width, hashed * len(attrs) + pieces, nP=3, dropout=0.0, normalize=True))
    return chain(concatenate(forms, words), mixed, ragged2list())


def _static() -> Model[list[Doc], Ragged]:
    return Model("static_pieces", _forward)


def _forward(
    model: Model[list[Doc], Ragged],
    docs: list[Doc],
    is_train: bool,  # noqa: ARG001  # thinc passes it by name
) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
    rows = [_of_word(word.norm_, word.lower_) for doc in docs for word in doc]
    found: Any = np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)
    lengths = model.ops.asarray1i([len(doc) for doc in docs])
    return Ragged(model.ops.asarray2f(found), lengths), lambda _: []


@lru_cache(maxsize=_KEPT)
def _of_word(norm: str, lower: str) -> "NDArray[np.float32]":
    """The vector of a word, its longest runs of one letter cut to two; none of a link, handle or hashtag's sign."""
    text = lower.lstrip("#") if _ADDRESS.match(lower) and lower[0] == "#" else norm
    if _ADDRESS.match(text):
        return np.zeros(WIDTH, np.float32)
    return vector.__wrapped__(_STRETCHED.sub(r"\1\1", text[:40]))
