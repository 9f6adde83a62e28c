"""Account numbers beside their sort code or routing number, and those that are called so."""

import re
from collections.abc import Iterator

_SORTED = re.compile(
    r"(?i)\bsort[ -]?code\b[^\w\n]{0,4}(?:is[^\w\n]{1,3})?(\d{2}([ -]?)\d{2}\2\d{2})(?!\d)"
    r"(?:[^.!?\n]{0,30}?(?<!\d)(\d{8})(?!\d))?"
)
_CALLED = re.compile(
    r"(?i)\b(?:bank account|account (?:number|no\.?)|acc(?:oun)?t\.? no\.?|routing(?: number)?)\b[^\w\n]{0,4}"
    r"(?:(?:is|was)[^\w\n]{1,3})?(\d{6,12})(?!\w)"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every sort code with its account number, and every number that is called an account's."""
    taken: set[int] = set()
    for found in _SORTED.finditer(text):
        yield found.span(1)
        if found[3]:
            taken.add(found.start(3))
            yield found.span(3)
    for found in _CALLED.finditer(text):
        if found.start(1) not in taken:
            yield found.span(1)
