"""Addresses; `address_lines` reads them wherever a number stands beside a name or a word for a street is there."""

import re
from collections.abc import Iterator

_BESIDE_A_NAME = re.compile(
    r"\d[A-Ha-h]?,?\s{1,3}[^\W\d_a-z]|[^\W\d_a-z][^\W\d_]*(?:[.,]?\s{1,3}[^\W\d_]{1,12}){0,2}[.,]{0,2}\s{1,3}\d"
)
_STREET = re.compile(r"(?i)\b(?:st|str|street|road|avenue|ave|rue|boulevard|chemin|impasse|quai|allée)\b")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every address, and every part of one that a gap parts from it."""
    if _BESIDE_A_NAME.search(text) or _STREET.search(text) or (text == text.lower() and re.search(r"\d", text)):
        from tone_rules.personal.address_lines import addresses

        yield from addresses(text)
