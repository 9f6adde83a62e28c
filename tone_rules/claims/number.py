"""`number`: figures that are neither money nor time: sizes, speeds, counts, versions."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tone_rules.claims import amount, clock, contact, day, link, rate, span
from tone_rules.claims.claim import Claim, may_hold
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern

SORT = "number"
CUE = (
    r"(?i)\d|\b(?:dozens?|hundreds?|thousands?|millions?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
)
_FIGURE = Pattern(
    r"(?<![\w.,:/'’#&@-])(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)*)(?![\w]*[@])(?P<unit>[a-zA-Z]{0,6})", case=True
)
_LISTED = Pattern(r"(?:^|[\n.!?:;] ?)\s{0,3}$", case=True)
_LARGE = Pattern(r"hundred|thousand|million")
_SIZE = Pattern(r"\b(?:an?|sizes?|the|to)\s$")
_DOTTED = Pattern(r"(?:[01]?\d|2[0-4])\.[0-5]\d", case=True)
_AT = Pattern(r"\b(?:at|since|from|until|till|by|before|after|around|about|to|and|the)\s$")
_EMERGENCY = frozenset(("999", "112", "111", "911", "101", "988", "116", "123", "0", "1", "2", "24", "7", "100"))
_AWAY = Pattern(r" (?:miles?|km|kilomet(?:re|er)s?|stops?|streets?|metres?|yards?|blocks?) (?:away|from|off|down)\b")
_SMALL = 12
"""Counts up to here are said of steps, reasons and photos as well, and claim nothing."""


@once
def claims(page: Page) -> Iterator[Claim]:
    """Figures that no other sort reads; small counts and the numbers of a list are left out."""
    wanted = [one for one in stated(page) if not (_small(one) or one.clause.question or one.clause.conditional)]
    wanted = [one for one in wanted if not _aside(page, one)]
    if not wanted:
        return
    taken = [
        (one.start, one.end)
        for sort in (amount, rate, span, day, clock, contact, link)
        for one in (sort.stated(page) if may_hold(page, sort.SORT) else ())
        if not (one.loose and sort in (amount, clock))
    ]
    for one in wanted:
        listed = _LISTED.search(page.text[: one.start]) and page.text[one.end : one.end + 1] in (".", ")")
        if not listed and not any(start < one.end and one.start < end for start, end in taken):
            yield one


def _aside(page: Page, one: Claim) -> bool:
    """Whether it is a manner of speaking, a size that is advised, or a time with a full stop: `since 9.10`."""
    before = page.text[max(0, one.start - 10) : one.start]
    if not one.text[0].isdigit():
        return not _LARGE.search(one.text)
    return bool(_SIZE.search(before) or (_DOTTED.fullmatch(one.text) and _AT.search(before)))


def _small(one: Claim) -> bool:
    value = one.value
    if _AWAY.match(one.clause.page.text, one.end):
        return False
    counted = isinstance(value, Decimal) and value <= _SMALL and value == value.to_integral_value()
    return counted or one.text in _EMERGENCY


@once
def stated(page: Page) -> Iterator[Claim]:
    """Every figure, and numbers in words."""
    for found in _FIGURE.finditer(page.text):
        yield Claim(SORT, *found.span("figure"), _value(found["figure"]), page.clause(found.start()))
    for atom in page.atoms:
        if atom.spelled:
            yield Claim(SORT, atom.start, atom.end, _value(atom.text), page.clause(atom.start))


def same(claim: Claim, other: Claim) -> bool | None:
    """The same number; that another number stands elsewhere says nothing."""
    return True if claim.value == other.value else None


def _value(figure: str) -> Decimal | str:
    try:
        return Decimal(figure.replace(",", "")).normalize()
    except InvalidOperation:
        return figure
