r"""Patterns reduced to those of their alternatives that can stand in a text.

A rule's pattern is `\b(?:this|that|...)\b` of some hundred wordings, and to compile one takes tens of milliseconds. In
a given text nearly all of them lack a word that they need; without those, the pattern matches the same, and is small.
What each alternative needs stands in `packs/prepared.json`, by the pattern itself: one that was changed since, or is
a brand's own, is left whole. So is one that has been asked for often, for then it pays to compile it.
"""

from functools import cache, lru_cache

from tone_rules.prepared import content, name_of
from tone_rules.readings.search import Search
from tone_rules.sieve import readable

OFTEN = 24
"""Texts after which a pattern is no longer reduced."""


class Reducible:
    """A pattern with its alternatives."""

    __slots__ = ("asked", "head", "numbers", "tail")

    def __init__(self, head: str, tail: str, numbers: list[int]) -> None:
        self.head = head
        self.tail = tail
        self.numbers = numbers
        self.asked = 0


def reduced(source: str, text: str) -> str | None:
    """A pattern that matches in a text where another does; None where it can't match there."""
    known = reducible(source)
    if known is None or known.asked >= OFTEN:
        return source
    shown = readable(text)
    if shown is None:
        return source
    known.asked += 1
    standing = _standing(shown)
    parts = content()["alternatives"]
    left = [parts[one] for one in known.numbers if one in standing]
    return f"{known.head}{'|'.join(left)}{known.tail}" if left else None


@lru_cache(maxsize=8192)
def reducible(source: str) -> Reducible | None:
    """The alternatives of a pattern that was prepared."""
    found = content()["sources"].get(name_of(source))
    return None if found is None else Reducible(*found)


def settle(source: str) -> None:
    """Leave a pattern whole from now on."""
    known = reducible(source)
    if known is not None:
        known.asked = OFTEN


@lru_cache(maxsize=64)
def _standing(shown: str) -> frozenset[int]:
    """The alternatives that can stand in a text."""
    return _search().possible(shown.lower())


@cache
def _search() -> Search:
    held = content()
    literals, places, further = (held[part].split("\n") for part in ("literals", "places", "further"))
    return Search(held["alternatives"], literals, places, further, held["always"])
