"""A text as the patterns of the readings see it: folded, one ASCII character for each of its characters."""

import re
from functools import lru_cache

_BEYOND = re.compile(r"[^\x00-\x7f]")
_OTHER = "\x7f"
"""Stands for an emoji or a letter of another alphabet: no word character, and no mark."""


@lru_cache(maxsize=64)
def plain(folded: str) -> bytes:
    """A folded text in ASCII, of the same length."""
    return (folded if folded.isascii() else _BEYOND.sub(_OTHER, folded)).encode("ascii", "replace")
