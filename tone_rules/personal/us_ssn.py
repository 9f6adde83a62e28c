"""US social security numbers, as they have been given out since 2011: areas 000, 666 and 9xx never."""

import re
from collections.abc import Iterator

_PARTED = re.compile(r"(?<![\w.-])(?!000|666|9)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}(?![\w]|-\d)")
_BARE = re.compile(
    r"(?i)\b(?:ssn|social security(?: (?:number|no\.?|#))?)\b[^\w\n]{0,4}(?:(?:is|was|of)[^\w\n]{1,3})?"
    r"((?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4})(?!\d)"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every number in three groups of the right lengths, and nine digits in a row that are called one."""
    for found in _PARTED.finditer(text):
        yield found.span()
    for found in _BARE.finditer(text):
        yield found.span(1)
