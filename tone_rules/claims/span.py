"""`span`: stretches of time and days counted from now: `within 5 working days`, `in 48 hours`, `this afternoon`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page
from tone_rules.claims.commitment import acts_in
from tone_rules.formats.atoms import DIGITS, TEENS, TENS

SORT = "span"
CUE = (
    r"(?i)\b(?:seconds?|secs?|minutes?|mins?|hours?|hourly|hrs?|days?|weeks?|weekend|weekly|fortnights?|months?|monthly|"
    r"years?|yrs?|tonight|today|tomorrow|overnight|immediately|instantly|straight away|right away|at once|this morning|"
    r"this afternoon|this evening|forever|for ever|for life|lifetime|any ?time|whenever|no time limit)\b|\d ?h\b"
)
_WORDS = "|".join((*DIGITS, *TEENS, *TENS))
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d+)?|(?:{'|'.join(TENS)})[- ](?:{'|'.join(DIGITS)})|{_WORDS})"
_FRAME = re.compile(
    rf"(?:(?<![\w.£$€-])(?<!\d )(?P<low>{_NUMBER})(?:\s?(?:-|–|to|or|and)\s?(?P<high>{_NUMBER}))?[\s-]?"
    r"|\b(?:within|in|inside|under|for|takes?|after|about|every|up to|last|lasts|than|to) (?P<one>an?|half an|a couple of|a few|"
    r"a (?:single|full|whole)|one and a half) )"
    r"(?:(?:full|more|whole|calendar|clear|extra|further|consecutive)\s)?(?P<working>(?:working|business|week)[- ]?)?"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|min|hours?|hrs?|hr|h|days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?)"
    r"(?:[’']s?)?(?!\w)",
    re.IGNORECASE,
)
_MINUTES = {
    "s": Decimal(1) / 60, "mi": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "w": Decimal(10080),
    "f": Decimal(20160), "mo": Decimal(43200), "mt": Decimal(43200), "y": Decimal(525600),
}  # fmt: skip
_DAY = 1440
_NAMED: tuple[tuple[re.Pattern[str], int, bool], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), days, working)
    for pattern, days, working in (
        (r"immediately|instantly|straight away|right away|at once|right now|on the spot", 0, False),
        (r"(?:by the end of |later |before the end of )?(?:the same|same|the very same)[- ](?:working |business )?day|"
         r"(?:by the end of |later |before the end of |end of )?today|(?:by the end of |before the end of |within )the day|within the hour", 0, False),
        (r"this (?:morning|afternoon|evening)|tonight|before (?:close|closing)|by (?:tea ?time|close of play)", 0, False),
        (r"next (?:working|business|week)[- ]?day", 1, True),
        (r"(?:by |first thing )?tomorrow(?: (?:morning|afternoon|evening|night))?|(?:the )?(?:next|following) (?:day|morning|afternoon|evening)|next[- ]day|"
         r"overnight", 1, False),
        (r"(?:by the |over the |before the |at the |this )weekend", 5, False),
        (r"(?:by the end of |before the end of |later |within |end of )(?:this|the) week(?:[’']s end)?(?! of\b)|this week", 6, False),
        (r"(?:(?:early|late|some ?time) )?next week", 13, False),
        (r"(?:by the end of |before the end of |later |within |end of )(?:this|the) month(?:[’']s end)?|this month", 30, False),
        (r"(?:(?:early|late|some ?time) )?next month", 60, False),
    )
)  # fmt: skip
_UNENDING = re.compile(
    r"\b(?:for ?ever|for life|lifetime|(?:at )?any ?time(?: you (?:like|want))?|whenever you (?:like|want)|no time limit|as long as you like)\b",
    re.IGNORECASE,
)
_UNENDING_VALUE = Decimal(10**9)
_PAST = re.compile(
    r"\b(?:ago|late|overdue|early|old|older|past|over|more|longer|already|since|earlier|waited|of waiting|off work|"
    r"without|gone|lost|wasted|too long|running|in a row)\b",
    re.IGNORECASE,
)
_BEFORE_PAST = re.compile(
    r"\b(?:for|after|last|past|these|those|another|all|been|waited|waiting|all of|only|spent|over|than|your|on day|day)\s(?:the\s)?$",
    re.IGNORECASE,
)
_ALWAYS_OPEN = re.compile(r"24 ?(?:hours a day|h(?:rs)? a day)|24/7", re.IGNORECASE)
_RATE_OF = re.compile(r"(?:\ba|\bper|/|\beach|\bevery) ?$", re.IGNORECASE)


class Frame(NamedTuple):
    """A stretch of time, in minutes; `working` where only working days count."""

    low: Decimal
    high: Decimal
    working: bool = False


def claims(page: Page) -> Iterator[Claim]:
    """Stretches of time that a reply states, and days counted from now that it promises something for."""
    for one in stated(page):
        clause = one.clause
        if one.clause.question or _told_apart(one, clause):
            continue
        yield one._replace(loose=one.loose or clause.conditional)


def stated(page: Page) -> Iterator[Claim]:
    """Every stretch of time."""
    taken: list[tuple[int, int]] = []
    for found in _FRAME.finditer(page.text):
        if _ALWAYS_OPEN.match(page.text, found.start()):
            continue
        frame = _frame(found)
        taken.append(found.span())
        start = found.start("low") if found["low"] else found.start("one")
        owned = page.text[found.end() - 1] in "'’" and not page.text.startswith(" time", found.end())
        vague = owned or (found["one"] or "").lower() in ("a few", "a couple of")
        yield Claim(SORT, start, found.end(), frame, page.clause(start), loose=vague)
    for pattern, days, working in _NAMED:
        for found in pattern.finditer(page.text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                value = Decimal(days * _DAY)
                yield Claim(SORT, *found.span(), Frame(value, value, working), page.clause(found.start()), loose=False)
    for found in _UNENDING.finditer(page.text):
        frame = Frame(_UNENDING_VALUE, _UNENDING_VALUE)
        yield Claim(SORT, *found.span(), frame, page.clause(found.start()), loose=True)


def same(claim: Claim, other: Claim) -> bool:
    """Whether a source's stretch backs the claimed one.

    A day is a working day only where that is longer for the customer: who reads `5 days` expects less than five
    working days, and not the other way round.
    """
    mine, theirs = claim.value, other.value
    if not isinstance(mine, Frame) or not isinstance(theirs, Frame):
        return False
    if theirs.working and not mine.working and mine.high >= 2 * _DAY:
        return False
    if mine.high == theirs.high:
        return mine.low in (theirs.low, mine.high)
    if mine.low == mine.high == theirs.low:
        return not claim.clause.forward
    return False


def _frame(found: re.Match[str]) -> Frame:
    unit = found["unit"].lower()
    size = next(_MINUTES[start] for start in (unit[:2], unit[:1]) if start in _MINUTES)
    if found["one"]:
        counts = {
            "a couple of": Decimal(2),
            "a few": Decimal(3),
            "half an": Decimal("0.5"),
            "one and a half": Decimal("1.5"),
        }
        low = high = counts.get(found["one"].lower(), Decimal(1))
    else:
        low = _number(found["low"])
        high = _number(found["high"]) if found["high"] else low
    return Frame(low * size, max(low, high) * size, bool(found["working"]))


def _number(said: str) -> Decimal:
    said = said.lower()
    if said[0].isdigit():
        return Decimal(said)
    ten, _, unit = said.replace("-", " ").partition(" ")
    if ten in TENS:
        return Decimal(TENS[ten] * 10 + int(DIGITS.get(unit, "0")))
    return Decimal(DIGITS.get(said) or TEENS[said])


def _told_apart(one: Claim, clause: Clause) -> bool:
    """Whether what looks like a time frame is none: the past, a step of an instruction, a manner of speaking."""
    frame = one.value
    page = clause.page
    before, after = page.text[max(clause.start, one.start - 14) : one.start], page.text[one.end : clause.end][:16]
    if isinstance(frame, Frame) and 0 < frame.high < 3 * 60 and clause.instructs:
        return True
    if isinstance(frame, Frame) and 0 < frame.high < 1:
        return True
    if isinstance(frame, Frame) and 0 < frame.high < 60 and not _STARTS.search(before):
        return True
    named = not any(letter.isdigit() for letter in one.text) and one.text.split()[0].lower() in _LOOSE
    if named and _CLOCK_BEFORE.search(before):
        return True
    if _AT_ONCE.fullmatch(one.text) and not acts_in(clause):
        return True
    if named:
        return (
            clause.instructs
            or clause.negated
            or not clause.forward
            or clause.who == "customer"
            and not _GETS.search(clause.text)
        )
    return bool(
        _PAST.match(after.lstrip())
        or (_BEFORE_PAST.search(before) and not clause.will and not _COVER.search(clause.text))
    )


_AT_ONCE = re.compile(r"immediately|instantly|straight away|right away|at once|right now|on the spot", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:within|in|inside|under|takes?|to|for|about|around|every|after|least|most|lasts?|only|up|than)\s$",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(r"(?:\d|[ap]\.?m\.?|noon|midnight)\s$", re.IGNORECASE)
_COVER = re.compile(r"\b(?:cover|guarantee|warrant|valid|last|mend|free|keep|hold|held)", re.IGNORECASE)
_GETS = re.compile(r"\byou(?:[’']ll| will|[’']re| are| get| can| have)\b", re.IGNORECASE)
_LOOSE = frozenset(
    ("today", "tomorrow", "tonight", "this", "immediately", "instantly", "straight", "right", "at", "overnight", "next",
     "the", "later", "by", "before", "within", "first", "over", "end", "same", "early", "late", "on", "same-day", "next-day")
)  # fmt: skip
