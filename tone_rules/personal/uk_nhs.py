"""NHS numbers of England and Wales: ten digits with a check by 11, and called so, as one number in eleven passes."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(r"(?i)\bnhs\b[^.!?\n]{0,25}?(?<!\d)(\d{3}([ -]?)\d{3}\2\d{4})(?!\d)")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every NHS number that is named as one."""
    for found in _SHAPE.finditer(text):
        from stdnum.gb import nhs

        if nhs.is_valid(found[1]):
            yield found.span(1)
