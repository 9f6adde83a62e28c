"""`amount`: sums of money."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once, page
from tone_rules.claims.evidence import read
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.amounts import amounts

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "amount"
_FEW = 8
"""Amounts of the sources that are added up or taken from each other; of a long price list any sum would come out."""
CUE = (
    r"(?i)[£\x24€¥₹]|\b(?:gbp|eur|usd|aud|cad|nzd|chf|inr|jpy|pounds?|quid|dollars?|bucks?|euros?|pence|penny|"
    r"cents?|fiver|tenner|grand|points?)\b|\d ?p\b"
)
_DIGITS = 6
"""Digits of a bare number that may be a sum."""
_TWICE = Pattern(r"\b(?:twice|double|doubled|both|each|half|halved|pair)\b")
_NOTES = {"fiver": 5, "tenner": 10}
_NOTE = Pattern(r"\b(?:fiver|tenner)\b")


_OTHER_UNIT = Pattern(
    r"\s?(?:[ap]\.?m\b|%|per ?cent|(?:-|to|–) ?\d{1,3} (?:\w+ )?(?:days?|hours?|weeks?)|:\d|"
    r"(?:working |business |calendar )?(?:days?|hours?|hrs?|minutes?|mins?|weeks?|months?|years?)\b)"
)
"""Behind a number that is no money: `from 9 am` backs no £9."""


@once
def claims(page: Page) -> Iterator[Claim]:
    """Amounts with a currency, and pence."""
    yield from {one.start: one for one in reversed(stated(page)) if not one.loose}.values()
    for found in _NOTE.finditer(page.text):
        value = _NOTES[found[0].lower()]
        yield Claim(SORT, *found.span(), value, page.clause(found.start()))


@once
def stated(page: Page) -> Iterator[Claim]:
    """The same; a bare number in a price list counts as well."""
    for one in amounts(page.text, page.atoms):
        yield Claim(SORT, one.start, one.end, one.value.normalize(), page.clause(one.start), loose=not one.marked)


def same(claim: Claim, other: Claim) -> bool | None:
    """Equal amounts; another amount with a currency differs, a bare number says nothing."""
    if claim.value == other.value:
        return None if other.loose and _OTHER_UNIT.match(other.clause.page.text, other.end) else True
    return None if other.loose else False


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Hold an amount against those of the sources; what two known amounts differ by, or come to, is backed by them."""
    from tone_rules.claims.weighing import Weighed, weigh

    weighed = weigh(claim, evidence)
    if weighed.outcome == "supported":
        return weighed
    said = page(situation.message or "")
    theirs = {one.value for one in read(SORT, said)} | _bare(said)
    ours = {one.claim.value for one in evidence.stated(SORT) if not one.claim.loose}
    known = sorted((theirs if len(theirs) <= _FEW else set()) | (ours if len(ours) <= _FEW else set()), key=str)
    counts = {int(one.text) for of in (said, claim.clause.page) for one in of.atoms if one.number and len(one.text) < 3}
    if _TWICE.search(claim.clause.page.text) or _TWICE.search(said.text):
        counts.add(2)
    if claim.value in theirs or follows(Decimal(claim.value), known, counts):
        return Weighed("supported")
    return weighed


def follows(value: Decimal, known: Sequence[Decimal], counts: Iterable[int] = ()) -> bool:
    """Whether an amount is a sum or difference of known ones, or as many times one as something is counted."""
    if any(value in (abs(a - b), a + b) for a, b in combinations(known, 2)):
        return True
    # a count that is not money by itself must not become money: nine days late are not £81
    return any(value in (one * times, one / times) for one in known for times in counts if 1 < times != one)


def _bare(said: Page) -> set[Decimal]:
    """What a customer gives as bare numbers: `94 to 151` may be money."""
    return {Decimal(one.text).normalize() for one in said.atoms if one.number and len(one.text) <= _DIGITS}
