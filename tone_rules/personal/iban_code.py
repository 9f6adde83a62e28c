"""IBANs by ISO 13616: the length of the country and the check of ISO 7064 mod 97-10."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every IBAN; where words follow it without a mark between, as far as the number goes."""
    for found in _SHAPE.finditer(text):
        from stdnum import iban

        end = found.end()
        while end - found.start() >= 15:
            if iban.is_valid(text[found.start() : end], check_country=False):
                yield found.start(), end
                break
            end = max(text.rfind(" ", found.start(), end), text.rfind("-", found.start(), end))
