"""`day`: weekdays and days of a month: `by Friday`, `on 21 December`, `until the 3rd`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.dates import MONTHS, WEEKDAYS, days, days_of_month

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "day"
_MONTHS = "|".join(sorted((name for name in MONTHS if len(name) > 3), key=len, reverse=True))
CUE = (
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b"
    rf"|\b(?:{'|'.join(MONTHS)})\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\d[/.-]\d|\bthe [a-z-]+(?:th|st|nd|rd)\b|\b20\d\d\b"
    r"|\b(?:christmas|easter|new year|boxing day|valentine|halloween)\b"
)
_MAY_HOLD = Pattern(CUE)
_SHORT = {"mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
          "thur": "thursday",
          "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday"}  # fmt: skip
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RUN = Pattern(
    r"\b(?P<first>mon|tues?|wed|thur?s?|fri|sat|sun)(?:(?:day|nesday|sday|urday|rsday)s?)?\.?\s?(?:-|–|to|through|"
    r"till|until)\s?(?P<last>mon|tues?|wed|thur?s?|fri|sat|sun)(?:day|nesday|sday|urday|rsday)?s?\b"
)
_MONTH = Pattern(
    rf"\b(?:in|by|until|till|since|from|for|before|after|mid-?|early|late|end of|this|next|of|published|(?:start|"
    rf"beginning|middle|end) of) ?(?P<month>{_MONTHS}|may)\b(?! \d)"
)
_BARE_MONTH = Pattern(rf"\b(?:{'|'.join(name.title() for name in MONTHS if len(name) > 3)}|May)\b", case=True)
_MAY_FEAST = Pattern(r"christmas|boxing day|new year|valentine|halloween|easter")
_YEAR = Pattern(r"\b(?:in|by|for|until|before|from) (?P<year>20\d\d)\b")
_FEAST = Pattern(
    r"\b(?P<feast>christmas eve|christmas day|boxing day|new year[’']s eve|new year[’']s day|valentine[’']s day|"
    r"halloween)\b|\b(?:by|before|until|till|for|after|over|in time for) (?P<season>christmas|easter|"
    r"new year)\b(?![’'])"
)
_DATES = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14), "halloween": (10, 31),
}  # fmt: skip


_ANY = Pattern(r"\b(?:an?|any|every|each|your|their|his|her|my|our)\s$")
_SO = Pattern(r"\W*so\b")
"""A conclusion, drawn from what was said before."""
_COUNTER = Pattern(r"\d/\d", case=True)
"""`4/4`, the last of four posts."""
_DATED = Pattern(r"\b(?:on|by|until|till|from|before|after|since|for|to|between|than) (?:the )?$")


@once
def claims(page: Page) -> Iterator[Claim]:
    """Days that a reply states."""
    dated = [one for one in stated(page) if not (one.clause.question and not one.clause.will)]
    for one in dated:
        before = page.text[max(one.clause.start, one.start - 8) : one.start]
        if _COUNTER.fullmatch(one.text) and not _DATED.search(page.text[max(0, one.start - 12) : one.start]):
            continue
        if one.value[0] == "nth" and not _DATED.search(page.text[max(0, one.start - 12) : one.start]):
            continue
        drawn = _ANY.search(before) is not None or _SO.match(one.clause.text) is not None
        yield one._replace(loose=one.clause.conditional or one.loose or drawn or one.clause.feels)


@once
def stated(page: Page) -> Iterator[Claim]:
    """Every day that is named."""
    if not _MAY_HOLD.search(page.text):
        return
    taken: list[tuple[int, int]] = []
    dated: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for one in days(page.text, page.atoms):
        dated.setdefault((one.start, one.end), set()).add((one.month, one.day))
    for (start, end), options in dated.items():
        taken.append((start, end))
        yield Claim(SORT, start, end, ("date", frozenset(options)), page.clause(start))
    for number, start, end in days_of_month(page.text, page.atoms):
        if not any(first <= start < last for first, last in taken):
            taken.append((start, end))
            yield Claim(SORT, start, end, ("nth", number), page.clause(start))
    for found in _RUN.finditer(page.text):
        first, last = (_WEEK.index(_SHORT[found[name].lower()]) for name in ("first", "last"))
        covered = frozenset(_WEEK[at % 7] for at in range(first, (last if last >= first else last + 7) + 1))
        taken.append(found.span())
        yield Claim(SORT, *found.span(), ("week", covered), page.clause(found.start()))
    for atom in page.atoms:
        name = atom.text.removesuffix("s") if atom.text.endswith("days") else atom.text
        name = _SHORT.get(name, name)
        if (
            name in WEEKDAYS
            and _capital(page.text, atom.start, atom.text)
            and not any(a <= atom.start < b for a, b in taken)
        ):
            yield Claim(SORT, atom.start, atom.end, ("week", frozenset((name,))), page.clause(atom.start))
    for found in _FEAST.finditer(page.text) if _MAY_FEAST.search(page.text) else ():
        if found["feast"]:
            date = _DATES[found["feast"].lower().replace("’", "'")]
            yield Claim(SORT, *found.span(), ("date", frozenset((date,))), page.clause(found.start()))
        else:
            yield Claim(SORT, *found.span("season"), ("season", found["season"].lower()), page.clause(found.start()))
    for pattern, sort in ((_MONTH, "month"), (_YEAR, "year")):
        for found in pattern.finditer(page.text):
            value = found[sort].lower()
            if not any(a < found.end(sort) and found.start(sort) < b for a, b in taken):
                taken.append(found.span(sort))
                yield Claim(SORT, *found.span(sort), (sort, MONTHS.get(value, value)), page.clause(found.start(sort)))
    for found in _BARE_MONTH.finditer(page.text):
        if not any(a < found.end() and found.start() < b for a, b in taken):
            taken.append(found.span())
            month = MONTHS[found[0].lower()]
            yield Claim(SORT, *found.span(), ("month", month), page.clause(found.start()), loose=True)


def same(claim: Claim, other: Claim) -> bool | None:
    """The same day; a day without its month is compared with days of any month, a weekday with weekdays alone."""
    (mine, value), (theirs, stated_value) = claim.value, other.value
    if mine == theirs:
        if mine == "week":
            return bool(value == stated_value if promised(claim) else value <= stated_value)
        if mine == "month" and value != stated_value:
            return None if claim.loose or other.loose else False
        return bool(value & stated_value) if mine == "date" else value == stated_value
    if {mine, theirs} == {"date", "nth"}:
        options, number = (value, stated_value) if mine == "date" else (stated_value, value)
        return any(day == number for _, day in options)
    if {mine, theirs} == {"date", "month"}:
        options, month = (value, stated_value) if mine == "date" else (stated_value, value)
        if mine == "month":
            return any(one == month for one, _ in options)
    return None


_HAPPENS = Pattern(
    r"\b(?:arrives?|lands?|is coming|comes back|gets? (?:to you|there)|reaches|be there|turns up|is due|is back|"
    r"(?:are|is) ready|should be)\b"
)


def promised(claim: Claim) -> bool:
    """Whether something is promised for that day: the days on which a shop opens or delivers don't back it."""
    before = claim.clause.page.text[max(0, claim.start - 4) : claim.start].lower()
    happens = claim.clause.will or before.endswith("by ") or _HAPPENS.search(claim.clause.text) is not None
    return happens and not claim.clause.instructs


def _capital(text: str, start: int, word: str) -> bool:
    """Short names of days are also words: `sun`, `sat`, `wed` count with a capital letter alone."""
    return len(word) > 4 or text[start].isupper()


def weigh(claim: Claim, evidence: "Evidence", _situation: "Situation") -> "Weighed":
    """Hold a day against those of the sources; beside several others it may be one between them."""
    from tone_rules.claims.weighing import weigh

    weighed = weigh(claim, evidence)
    if weighed.outcome == "contradicted":
        alike = {one.claim.value for one in evidence.stated(SORT) if same(claim, one.claim) is not None}
        if len(alike) > 1:
            return weighed._replace(outcome="doubtful")
    return weighed


def firm(claim: Claim) -> bool:
    """Whether this customer is promised something by that time."""
    from tone_rules.claims.firmness import foretells

    return foretells(claim)
