"""For how long somebody has been a customer."""

import re
from collections.abc import Iterator

from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_NAMED = re.compile(
    r"(?:customer|client|member|patient|guest|subscriber|account)_?since|tenure|joined|years_(?:with|as)|"
    r"loyalty_(?:years|since)|member_for|relationship",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:(?:more than |over |almost |nearly |about )?(?:an? |\w+ )?(?:decades?|years?|months?)(?: or (?:so|more))? "
    r"(?:together|with us|by our side|of (?:loyalty|custom|being)|as (?:an? |our )?(?:customer|client|member))"
    r"|(?:long[- ](?:standing|time|serving)|loyal|faithful) (?:customer|client|member|guest|reader|subscriber)"
    r"|(?:customer|client|member) (?:since|for))\b",
    re.IGNORECASE,
)
_RAISED = re.compile(r"\b(?:years?|months?|decades?|since|loyal|customer for)\b", re.IGNORECASE)


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the reply counts the years, unless the customer did."""
    if _NAMED.search(fact.name) and any(map(str.isdigit, fact.value)) and not _RAISED.search(known.said.text):
        yield from (found.span() for found in _TOLD.finditer(reply.text))
