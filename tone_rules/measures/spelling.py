"""Slips of the finger mended before a text is measured: a typo says nothing about tone or help."""

import re
from functools import cache, lru_cache

_WORD = re.compile(r"(?<![\w'’@#/.-])[a-z]{5,16}(?![\w'’/@-]|\.\w)")
_LEAST = 4
"""Letters of a known word: shorter ones are one slip from too many others."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=512)
def mended(text: str) -> str:
    """The text with each unknown plain word replaced by the known one that is a single slip away, if there is just one.

    A slip is two letters swapped, or one left out, doubled, added or mistaken. Places in the text move with it.
    """
    return _WORD.sub(lambda one: _mended(one[0]), text)


@lru_cache(maxsize=8192)
def _mended(word: str) -> str:
    known = _known()
    if word in known or word.removesuffix("s") in known:
        return word
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1} & known
    if not swapped:
        fewer = {left + right[1:] for left, right in cuts if right}
        more = {left + letter + right for left, right in cuts[1:] for letter in _LETTERS}
        swapped = (fewer | more) & known
    return swapped.pop() if len(swapped) == 1 else word


@cache
def _known() -> frozenset[str]:
    """The whole words among the pieces of the vectors, and those that the probe of acts has learnt."""
    from tone_rules.measures.acts import known_words
    from tone_rules.vectors import whole_words

    return frozenset(one for one in (*whole_words(), *known_words()) if len(one) >= _LEAST)
