"""For how long somebody has been a customer."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tone_rules.formats.lazy import Lazy
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span, read_once

_NAMED = Lazy(
    r"(?:customer|client|member|patient|guest|subscriber|account|policy\w*|with_us|tenant|user|club)_?(?:since|from|for)|"
    r"tenure|joined|join_date|years_(?:with|as)|loyalty_(?:years|since)|member_for|relationship|"
    r"(?:account|membership|client|customer)_(?:age|opened|created|start\w*|years)|first_(?:order|purchase|visit)",
    re.IGNORECASE,
)
_MANY = r"(?:an? |one |\w+ )?(?:and a half )?"
_TOLD = Lazy(
    r"\b(?:(?:more than |over |almost |nearly |about |well over |just over |just under |close to |"
    r"all (?:of )?(?:these|those) )?"
    rf"{_MANY}(?:decades?|years?|months?)(?: or (?:so|more))? (?:together|with us|by our side|on our books|"
    r"of (?:loyalty|custom|being|trust|business|support|membership)|"
    r"as (?:an? |our )?(?:customer|client|member|patient|guest))"
    r"|(?:long[- ](?:standing|time|serving|term)|loyal|faithful|established|veteran) "
    r"(?:customer|client|member|guest|reader|subscriber|supporter|patient|account holder)"
    r"|(?:customer|client|member|patient|subscriber) (?:since|for|of (?:many|\w+) years)"
    r"|(?:decades?|years?)[- ]long|(?:been|stayed|stuck|banked|shopped|travelled|flown|read|lived) "
    r"with us (?:since|for)"
    r"|known you (?:since|for)|one of our (?:first|earliest|oldest|longest\w*)"
    r"|since (?:the beginning|day one|we (?:opened|began)))\b",
    re.IGNORECASE,
)
_COUNTED = Lazy(
    r"\b(?P<rough>more than|over|almost|nearly|about|around|well over|just over|just under|close to|after|in|for|some) "
    r"(?P<count>an?|\d{1,2}|\w+(?:-\w+)?) (?P<unit>decade|year|month)s?\b",
    re.IGNORECASE,
)
_YEARS_IN = Lazy(
    r"\b(?P<count>an?|\d{1,2}|\w+(?:-\w+)?) (?P<unit>decade|year|month)s? "
    r"(?:in\b|a (?:customer|client|member|reader)|on\b)",
    re.IGNORECASE,
)
_NEW = Lazy(
    r"\b(?:(?:brand[- ])?new (?:customer|client|member|patient|subscriber)|new to us|newcomer|only (?:just )?joined|"
    r"first[- ]time (?:customer|buyer|guest|visitor))\b",
    re.IGNORECASE,
)
_RAISED = Lazy(r"\b(?:years?|months?|decades?|since|loyal|customer for|new customer|joined)\b", re.IGNORECASE)
_AGE = Lazy(r"(\d+(?:\.\d+)?)\s*(year|month|week|day)", re.IGNORECASE)
_IN_YEARS = {"decade": 10.0, "year": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365}


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the reply counts the years, or says that there are many, unless the customer did."""
    since = _since(fact.name, fact.value)
    if since is None or _RAISED.search(known.said.text):
        return
    year, years = since
    actual = known.today.year - year if year else years
    if actual >= 1:
        yield from (found.span() for found in _TOLD.finditer(reply.text))
    if actual <= 1:
        yield from (found.span() for found in _NEW.finditer(reply.text))
    for found in (*_COUNTED.finditer(reply.text), *_YEARS_IN.finditer(reply.text)):
        told = _years(found)
        fits = told is not None and told >= 1 and told * 0.8 - 1 <= actual <= told * 1.4 + 2
        if fits and not any(found[0].casefold() in one.text.casefold() for one in known.public):
            yield found.span()


@lru_cache(maxsize=1024)
def _since(name: str, value: str) -> tuple[int | None, float] | None:
    """The year since when, or else for how many years."""
    if not _NAMED.search(name):
        return None
    read = read_once(value)
    if read.years:
        return int(min(read.years)), 0.0
    age = _AGE.search(value)
    if age:
        return None, float(age[1]) * _IN_YEARS[age[2].casefold()]
    return (None, float(value)) if value.strip().isdigit() and "year" in name.casefold() else None


def _years(found: re.Match[str]) -> float | None:
    count = found["count"].casefold()
    read = read_once(count).atoms
    if count in ("a", "an"):
        number = 1.0
    elif len(read) == 1 and read[0].number:
        number = float(read[0].text[:4])
    else:
        return None
    return number * _IN_YEARS[found["unit"].casefold()]
