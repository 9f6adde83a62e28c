"""Payment cards: a prefix that issuers use, 12 to 19 digits, and the check of ISO/IEC 7812-1, annex B (Luhn)."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(
    r"(?<![\w/=#.-])(?:[3-6]\d{3}|2[2-7]\d\d|2131|1800)"  # networks' ranges: ISO/IEC 7812-1; 2131 and 1800 are old JCB
    r"(?:[ .-]?\d){8,15}(?!\w|[.,-]\d)"
)
_SHORT = re.compile(r"5[06-8]|6")
"""How Maestro's begin, the only ones of twelve digits."""
_CARD = re.compile(r"(?i)\bcard\b[^.!?\n]{0,30}$")
_REFERENCE = re.compile(r"(?i)\b(?:tracking|parcel|consignment|imei|serial|barcode|ean|isbn)\b[^.!?\n]{0,20}$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every number that can be a payment card's."""
    for found in _SHAPE.finditer(text):
        from stdnum import luhn

        from tone_rules.personal.cues import before

        digits = re.sub(r"\D", "", found[0])
        if len(digits) == 12 and not (_SHORT.match(digits) and _CARD.search(text[: found.start()][-60:])):
            continue
        if luhn.is_valid(digits) and len(set(digits)) > 1 and not _REFERENCE.search(before(text, found.start())):
            yield found.span()
