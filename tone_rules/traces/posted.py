"""What a customer posted of themself, and that a reply must not repeat, whoever posted it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tone_rules.formats.lazy import Lazy
from tone_rules.situation import Fact

_POSTED = {
    "e-mail address from the customer's post": Lazy(r"([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"),
    "postcode from the customer's post": Lazy(r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"),
    "number from the customer's post": Lazy(r"(?<![\w/=.-])(\+?\d(?:[ ().-]{0,2}\d){8,18})(?!\w)"),
    "ticket number from the customer's post": Lazy(
        r"\b(?:ticket|case|incident)\b[^.!?\n\d]{0,20}?#?\b([A-Z]{0,5}[-/]?\d[\dA-Z/-]{3,16})\b", re.IGNORECASE
    ),
    "order number from the customer's post": Lazy(
        r"\b(?:order|booking|reservation|ref(?:erence)?|account|acct|tracking|parcel|customer|member(?:ship)?|policy|"
        r"invoice|claim)\b[^.!?\n\d]{0,20}?#?\b([A-Z]{0,5}[-/]?\d[\dA-Z/-]{3,16})\b",
        re.IGNORECASE,
    ),
    "address from the customer's post": Lazy(
        r"\b(?:my (?:home )?address|i live|we live|live at|lives? on|my (?:house|flat|home)|deliver(?:ed)? to|"
        r"i[’']m at|sent to|come to)\b[^.!?\n]{0,20}?\b(\d{1,4}[a-z]?,? (?:[A-Z][\w'’-]+ ){1,3}(?:street|st|road|rd|"
        r"lane|ln|close|avenue|ave|drive|dr|row|way|court|crescent|gardens|terrace|place|square|hill|walk|mews|grove|rise))\b",
        re.IGNORECASE,
    ),
}
"""By the name under which a finding speaks of it; the group is what must not be repeated."""
_MONEY_OR_DATE = Lazy(
    r"(?:19|20)\d\d|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,2}(?:am|pm|st|nd|rd|th)?", re.IGNORECASE
)


@lru_cache(maxsize=256)
def posted_in(text: str) -> tuple[Fact, ...]:
    """The addresses and numbers of a post, as private facts."""
    return tuple(_posted(text))


def _posted(text: str) -> Iterator[Fact]:
    if not any(map(str.isdigit, text)) and "@" not in text:
        return
    for name, pattern in _POSTED.items():
        for found in pattern.findall(text):
            if not _MONEY_OR_DATE.fullmatch(found):
                yield Fact(name=name, value=found)
