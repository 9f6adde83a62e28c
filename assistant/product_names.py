"""The products that passages name, so that what holds for one is not said of another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from assistant.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = regex.compile(r"\p{L}[\p{L}\d'’-]+")
_NAME = regex.compile(r"(?<=[\p{Ll}\d,] )\p{Lu}\p{Ll}[\p{L}\d'’-]+")
"""A capital inside a sentence."""


class Names:
    """The proper names of some passages: written with a capital inside a sentence, and never without."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Collect the names, and which passage speaks of which."""
        texts = [f"{one.title}. {one.heading}. {one.text}" for one in passages]
        small = {word for text in texts for word in _WORD.findall(text) if word[0].islower()}
        named = {_plain(word) for text in texts for word in _NAME.findall(text)}
        self.names = frozenset(named - {_plain(word) for word in small})
        self._of = [frozenset(map(_plain, _WORD.findall(text))) & self.names for text in texts]

    def holds(self, word: str) -> bool:
        """Whether a word is one of the names."""
        return _plain(word) in self.names

    def other(self, message: str) -> "NDArray[np.float32]":
        """For each passage 1 where it names products and none of those that the message names, else 0."""
        import numpy as np

        asked = frozenset(map(_plain, _WORD.findall(message))) & self.names
        return np.array([bool(asked and of and not asked & of) for of in self._of], np.float32)


def _plain(word: str) -> str:
    """A name without capitals, possessive and plural."""
    folded = word.lower().replace("’", "'").removesuffix("'s")
    return folded.removesuffix("s") if len(folded) > 4 else folded
