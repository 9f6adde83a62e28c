"""UK National Insurance numbers, by the letters that HMRC gives out (its manual NIM39110)."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(
    r"(?i)(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"( ?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![A-Za-z0-9])"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every number of two letters, six digits and a letter."""
    for found in _SHAPE.finditer(text):
        yield found.span()
