"""`rate`: shares in per cent and in words: `15%`, `half`, `a third`, `twice`."""

from collections.abc import Iterator
from decimal import Decimal

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.amounts import RATE, rate

SORT = "rate"
SURELY = 1
"""Rates are few in a source and seldom of two things."""
CUE = r"(?i)\d ?%|per ?cent\b|\bhalf[- ](?:price|off|the (?:price|fare|cost|fee|bill|charge)|of (?:the|your|it))"
_HALF = Pattern(
    r"\bhalf[- ](?:price|off|the (?:price|fare|cost|fee|bill|charge)|of (?:the|your) (?:price|fare|cost|fee|bill|"
    r"order))\b"
)
_ALL = Pattern(r"\b100 ?%")
_SPELLED = Pattern(r"\s?(?:%|per\s?cent\b|percent\b)")


@once
def claims(page: Page) -> Iterator[Claim]:
    """Rates in per cent, and halves of a price; 100% is a way of speaking."""
    for one in stated(page):
        if not _ALL.fullmatch(one.text):
            yield one


@once
def stated(page: Page) -> Iterator[Claim]:
    """Every rate."""
    for found in RATE.finditer(page.text):
        yield Claim(SORT, *found.span(), rate(found[1]), page.clause(found.start()))
    for found in _HALF.finditer(page.text):
        yield Claim(SORT, *found.span(), Decimal(50).normalize(), page.clause(found.start()))
    for atom in page.atoms:
        if atom.spelled and (after := _SPELLED.match(page.text, atom.end)):
            yield Claim(SORT, atom.start, after.end(), rate(atom.text), page.clause(atom.start))


def same(claim: Claim, other: Claim) -> bool:
    """Equal rates."""
    return bool(claim.value == other.value)


_GIVEN = Pattern(r"\b(?:off|discount|back|refund(?:ed)?|less|cheaper|credit|voucher)\b")


def firm(claim: Claim) -> bool:
    """Whether it is a share that the customer gets."""
    return _GIVEN.search(claim.clause.text) is not None
