"""Numbers of passports and driving licences, named as such: their shapes alone are those of any reference."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(
    r"(?i)\b(?:passport|driv(?:ing|er[’']?s) licen[cs]e)(?: (?:number|no\.?|num|nr\.?|id))?\b[^\w\n]{0,4}"
    r"(?:(?:is|was|reads|down|as|with|number)[^\w\n]{1,3}){0,3}"
    r"((?=[A-Z]{0,5}\d)(?=(?:[A-Z]{0,2} ?\d){5})[A-Z0-9]{6,9}|[A-Z]{5}\d{6}[A-Z0-9]{5})(?![A-Z0-9])"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every number that a text calls a passport's or a driving licence's."""
    for found in _SHAPE.finditer(text):
        yield found.span(1)
