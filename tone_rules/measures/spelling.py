"""Slips of the finger mended before a text is measured: a typo says nothing about tone or help."""

import re
from functools import cache, lru_cache

_WORD = re.compile(r"(?<![\w'’@#/.-])[a-z]{5,16}(?![\w'’/@-]|\.\w)")
_SHORT = {
    "teh": "the", "hte": "the", "adn": "and", "yuo": "you", "yoru": "your", "wiht": "with", "taht": "that",
    "thsi": "this", "ahve": "have", "waht": "what", "jsut": "just", "sned": "send", "konw": "know", "fro": "for",
}  # fmt: skip
"""Slips in the shortest words."""
_SLIP = re.compile(rf"(?<![\w'’@#/.-])(?:{'|'.join(_SHORT)})(?![\w'’/@-]|\.\w)")
_LEAST = 4
"""Letters of a known word: shorter ones are one slip from too many others."""
_BEGINNING = re.compile(r"^(?:un|re|over|dis|mis)(?=[a-z]{4})")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:s|es|ed|d|ing|ly|ful|less|lessly)$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=512)
def mended(text: str) -> str:
    """The text with each unknown plain word replaced by the known one that is a single slip away, if there is just one.

    A slip is two letters swapped, or one left out, doubled, added or mistaken. Places in the text move with it.
    """
    if any(map(text.__contains__, _SHORT)):
        text = _SLIP.sub(lambda one: _SHORT[one[0]], text)
    if all(_mended(one) == one for one in _WORD.findall(text)):
        return text
    return _WORD.sub(lambda one: _mended(one[0]), text)


@lru_cache(maxsize=8192)
def _mended(word: str) -> str:
    if _is_known(word):
        return word
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    swapped = {one for one in swapped if _is_known(one)}
    if not swapped:
        known = _known()
        fewer = {left + right[1:] for left, right in cuts if right}
        more = {left + letter + right for left, right in cuts[1:] for letter in _LETTERS}
        swapped = (fewer | more) & known
    return swapped.pop() if len(swapped) == 1 else word


def _is_known(word: str) -> bool:
    """Whether it is a known word, or one with an ending or a beginning that makes another of it."""
    known = _known()
    if word in known:
        return True
    bare = _BEGINNING.sub("", word)
    root = _ENDING.sub("", bare)
    return bare in known or root in known or f"{root}e" in known or (root[-1:] == root[-2:-1] and root[:-1] in known)


@cache
def _known() -> frozenset[str]:
    """The whole words among the pieces of the vectors, and those that the probe of acts has learnt."""
    from tone_rules import vectors
    from tone_rules.measures.acts import known_words

    return frozenset(one for one in (*vectors.known_words(), *known_words()) if len(one) >= _LEAST)
