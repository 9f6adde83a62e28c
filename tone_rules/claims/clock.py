"""`clock`: times of day: `at 16:00`, `till 4`, `by noon`."""

from collections.abc import Iterator

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.dates import clocks

SORT = "clock"
CUE = (
    r"(?i)\d[:.]\d\d|\d ?[ap]\.?m\b|\b(?:noon|midday|midnight)\b|\b(?:at|till|until|from|by|before|after|to|around|"
    r"about|between|opens?|closes?) (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    r"\bo[’']clock\b|\bhalf past\b|\bquarter (?:past|to)\b"
)
_BARE = Pattern(
    r"\b(?:(?:opens?|closes?|shuts?|starts?|open) (?:at |from )?|till |until )(?P<hour>\d{1,2})(?![\d:.%/£$€-]\d|\d|"
    r"%|[- ]?(?:mm|cm|days?|hours?|h\b|minutes?|weeks?|months?|years?|working|stars?|ms\b|january|february|march|"
    r"april|may\b|june|july|august|september|october|november|december|(?:st|nd|rd|th)\b))"
)
_MAY_HOLD = Pattern(
    r"\d|noon|midday|midnight|clock|\bpast\b|\bquarter\b|\bhalf\b|\bto (?:one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve)\b|in the (?:morning|afternoon|evening)|at night|hours"
)
_MAY_OPEN = Pattern(r"\b(?:open|close|shut|start|till|until)")
_NOON = Pattern(r"noon|midday|midnight")
_MILITARY = Pattern(r"(?<![\d£$€.])([01]\d|2[0-3])([0-5]\d)(?!\d)", case=True)
_HOUR = Pattern(r"(?<![\d:.£$€/])\b(?P<hour>1?\d|2[0-4])(?![\d%£$€])", case=True)

_COUNTED = Pattern(
    r"[ -]?(?:working |business )?(?:days?|months?|weeks?|years?|minutes?|mins?|items?|%|per ?cent|miles?|km)\b"
)
"""Behind a number that is no hour: `24 months`."""


@once
def claims(page: Page) -> Iterator[Claim]:
    """Times of day that a reply states beyond doubt."""
    taken: set[int] = set()
    for one in clocks(page.text) if _MAY_HOLD.search(page.text) else ():
        taken.add(one.start)
        clause = page.clause(one.start)
        yield Claim(
            SORT,
            one.start,
            one.end,
            one.minutes % 720,
            clause,
            loose=clause.conditional or clause.question or clause.feels,
        )
    for found in _BARE.finditer(page.text) if _MAY_OPEN.search(page.text) else ():
        if found.start("hour") not in taken and int(found["hour"]) <= 24:
            clause = page.clause(found.start())
            yield Claim(
                SORT,
                *found.span("hour"),
                int(found["hour"]) * 60 % 720,
                clause,
                loose=clause.conditional or clause.question,
            )


@once
def stated(page: Page) -> Iterator[Claim]:
    """Times of day, and every bare number that may be an hour."""
    if not any(one.number for one in page.atoms) and not _NOON.search(page.text):
        return
    for one in clocks(page.text):
        yield Claim(SORT, one.start, one.end, one.minutes % 720, page.clause(one.start))
    for found in _HOUR.finditer(page.text):
        yield Claim(SORT, *found.span(), int(found["hour"]) * 60 % 720, page.clause(found.start()), loose=True)
    for found in _MILITARY.finditer(page.text):
        minutes = int(found[1]) * 60 + int(found[2])
        yield Claim(SORT, *found.span(), minutes % 720, page.clause(found.start()), loose=True)
    for atom in page.atoms:
        if atom.spelled and len(atom.text) <= 2 and int(atom.text) <= 24:
            yield Claim(SORT, atom.start, atom.end, int(atom.text) * 60 % 720, page.clause(atom.start), loose=True)


def same(claim: Claim, other: Claim) -> bool | None:
    """The same time on a twelve-hour dial; another bare number says nothing."""
    if claim.value == other.value:
        return None if other.loose and _COUNTED.match(other.clause.page.text, other.end) else True
    return None if other.loose else False


def firm(claim: Claim) -> bool:
    """Whether this customer is promised something by that time."""
    from tone_rules.claims.firmness import foretells

    return foretells(claim)
