"""`span`: stretches of time and days counted from now: `within 5 working days`, `in 48 hours`, `this afternoon`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.claims.acts import acts_in
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.atoms import DIGITS, TEENS, TENS

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "span"
CUE = (
    r"(?i)\b(?:seconds?|secs?|minutes?|mins?|hours?|hourly|hrs?|days?|weeks?|weekend|weekly|fortnights?|months?|"
    r"monthly|years?|yrs?|tonight|today|tomorrow|overnight|immediately|instantly|straight away|right away|at once|"
    r"morning|afternoon|evening|forever|for ever|for life|lifetime|any ?time|whenever|no time limit)\b|\d ?h\b"
)
_WORDS = "|".join((*DIGITS, *TEENS, *TENS))
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d+)?|(?:{'|'.join(TENS)})[- ](?:{'|'.join(DIGITS)})|{_WORDS})"
_FRAME = Pattern(
    rf"(?:(?<![\w.£$€-])(?<!\d )(?P<low>{_NUMBER})(?:\s?(?:-|–|to|or|and)\s?(?P<high>{_NUMBER}))?[\s-]?"
    r"|\b(?:within|in|inside|under|for|takes?|after|about|every|up to|last|lasts|than|to) (?P<one>an?|half an|"
    r"a couple of|a few|a (?:single|full|whole)|one and a half) )(?:(?:full|more|whole|calendar|clear|extra|further|"
    r"consecutive)\s)?(?P<working>(?:working|business|week)[- ]?)?(?P<unit>seconds?|secs?|minutes?|mins?|min|hours?|"
    r"hrs?|hr|h|days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?)(?:[’']s?)?(?!\w)"
)
_MINUTES = {
    "s": Decimal(1) / 60, "mi": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "w": Decimal(10080),
    "f": Decimal(20160), "mo": Decimal(43200), "mt": Decimal(43200), "y": Decimal(518400),
}  # fmt: skip
"""Minutes of a unit by the first letters of its name; a year is twelve months here, as people count."""
_ABOUT = Decimal("0.04")
"""By how much a stretch may differ and be the same to a reader: 365 days are a year, 90 days three months."""
_DAY = 1440
_MAY_HOLD = Pattern(CUE)
_BY_END = "(?:by the end of |before the end of |later |within |end of )"
_DAYS: tuple[tuple[str, int, bool], ...] = (
    ("immediately|instantly|straight away|right away|at once|right now|on the spot", 0, False),
    (rf"{_BY_END}?(?:the same|same|the very same)[- ](?:working |business )?day|{_BY_END}?today", 0, False),
    (rf"{_BY_END}the day|within the hour", 0, False),
    ("this (?:morning|afternoon|evening)|tonight|before (?:close|closing)|by (?:tea ?time|close of play)", 0, False),
    ("next (?:working|business|week)[- ]?day", 1, True),
    ("(?:by |first thing )?tomorrow(?: (?:morning|afternoon|evening|night))?", 1, False),
    ("(?:the )?(?:next|following) (?:day|morning|afternoon|evening)|next-day|overnight", 1, False),
    ("(?:by the |over the |before the |at the |this )weekend", 5, False),
    (rf"{_BY_END}(?:this|the) week(?:[’']s end)?|this week", 6, False),
    ("(?:(?:early|late|some ?time) )?next week", 13, False),
    (rf"{_BY_END}(?:this|the) month(?:[’']s end)?|this month", 30, False),
    ("(?:(?:early|late|some ?time) )?next month", 60, False),
)
"""Days counted from now by their name: how many at most, and whether only working days count."""
_NAMED = Pattern("|".join(rf"\b(?:{pattern})\b" for pattern, _, _ in _DAYS))
_EACH = tuple((Pattern(pattern), days, working) for pattern, days, working in _DAYS)
_WEEK_OF = Pattern(r"\s+of\b")
_UNIT = Pattern(
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|\d ?h|days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?)\b"
)
_REACH = 48
"""Characters before a unit within which its number stands."""
_WORKING_WEEK = Pattern(r"\b(?:a|one|the|two) (?:full )?working week\b")
_UNENDING = Pattern(
    r"\b(?:for ?ever|for life|lifetime|(?:at )?any ?time(?: you (?:like|want))?|whenever you (?:like|want)|"
    r"no time limit|as long as you like)\b"
)
_FEW = 6
"""Stretches that are added up or taken from each other; of many any sum would come out."""
_UNENDING_VALUE = Decimal(10**9)
_PAST = Pattern(
    r"\b(?:ago|late|overdue|early|old|older|past|over|more|longer|already|since|earlier|waited|of waiting|off work|"
    r"gone|lost|wasted|too long|running|in a row)\b"
)
_BEFORE_PAST = Pattern(
    r"\b(?:last|past|these|those|another|all|been|waited|waiting|all of|only|spent|over|than|your|on day|"
    r"day)\s(?:the\s)?$"
)
_ALWAYS_OPEN = Pattern(r"24 ?(?:hours a day|h(?:rs)? a day)|24/7")


class Frame(NamedTuple):
    """A stretch of time, in minutes; `working` where only working days count."""

    low: Decimal
    high: Decimal
    working: bool = False

    @classmethod
    def of(cls, minutes: Decimal, *, working: bool = False) -> "Frame":
        """A stretch of one length."""
        return cls(minutes, minutes, working)


@once
def claims(page: Page) -> Iterator[Claim]:
    """Stretches of time that a reply states, and days counted from now that it promises something for."""
    for one in stated(page):
        clause = one.clause
        if one.clause.question or _told_apart(one, clause):
            continue
        yield one._replace(loose=one.loose or clause.conditional or clause.feels)


@once
def stated(page: Page) -> Iterator[Claim]:
    """Every stretch of time."""
    if not _MAY_HOLD.search(page.text):
        return
    taken: list[tuple[int, int]] = []

    def claim(start: int, end: int, frame: Frame, *, loose: bool = False) -> Claim:
        taken.append((start, end))
        return Claim(SORT, start, end, frame, page.clause(start), loose=loose)

    def free(start: int, end: int) -> bool:
        return not any(first < end and start < last for first, last in taken)

    for found in _WORKING_WEEK.finditer(page.text):
        weeks = 2 if found[0].lower().startswith("two") else 1
        yield claim(*found.span(), Frame.of(Decimal(5 * _DAY * weeks), working=True))
    for unit in _UNIT.finditer(page.text):
        frame = _FRAME.search(page.text, max(0, unit.start() - _REACH), unit.end() + 2)
        while frame is not None and frame.end() < unit.end():
            frame = _FRAME.search(page.text, frame.end(), unit.end() + 2)
        if frame is None or not free(*frame.span()) or _ALWAYS_OPEN.match(page.text, frame.start()):
            continue
        start = frame.start("low") if frame["low"] else frame.start("one")
        owned = page.text[frame.end() - 1] in "'’" and not page.text.startswith(" time", frame.end())
        vague = owned or (frame["one"] or "").lower() in ("a few", "a couple of")
        yield claim(start, frame.end(), _frame(frame), loose=vague)
    for found in _NAMED.finditer(page.text):
        if free(*found.span()) and not (found[0].lower().endswith("week") and _WEEK_OF.match(page.text, found.end())):
            days, working = next((days, working) for one, days, working in _EACH if one.fullmatch(found[0]))
            yield claim(*found.span(), Frame.of(Decimal(days * _DAY), working=working))
    for found in _UNENDING.finditer(page.text):
        yield claim(*found.span(), Frame.of(_UNENDING_VALUE), loose=True)


def same(claim: Claim, other: Claim) -> bool:
    """Whether a source's stretch backs the claimed one.

    A day is a working day only where that is longer for the customer: who reads `5 days` expects less than five
    working days, and not the other way round.
    """
    mine, theirs = claim.value, other.value
    if not isinstance(mine, Frame) or not isinstance(theirs, Frame):
        return False
    if theirs.working and not mine.working and mine.high >= theirs.high * 7 / 5:
        return mine.high <= theirs.high * 2
    if theirs.working and not mine.working and mine.high > 2 * _DAY:
        return False
    if mine.high and abs(mine.high - theirs.high) <= mine.high * _ABOUT:
        return mine.low in (theirs.low, mine.high)
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
    if isinstance(frame, Frame) and 0 < frame.high < 60 and _BRIEF.search(before):
        return True
    if clause.feels and one.loose:
        return True
    named = not any(letter.isdigit() for letter in one.text) and one.text.split()[0].lower() in _LOOSE
    if named and (_CLOCK_BEFORE.search(before) or (_OF_DAY.match(one.text) and _DAY_AFTER.match(after))):
        return True
    if _AT_ONCE.fullmatch(one.text) and not acts_in(clause):
        return True
    if named:
        return (
            clause.instructs
            or clause.negated
            or not clause.forward
            or (clause.who == "customer" and not _GETS.search(clause.text))
        )
    if _HOW_OFTEN.search(page.text[max(clause.start, one.start - 24) : one.start]):
        return True
    return bool(
        _PAST.match(after.lstrip())
        or (_BEFORE_PAST.search(before) and not clause.will and not _COVER.search(clause.text))
        or (before.endswith("for ") and _SUFFERED.search(clause.text))
    )


_OF_DAY = Pattern(r"by (?:tea ?time|close of play|the end)|before (?:close|closing|the end)")
_DAY_AFTER = Pattern(r"\W*(?:on )?(?:today|tomorrow|mon|tue|wed|thu|fri|sat|sun)")
_HOW_OFTEN = Pattern(
    r"\b(?:once|twice|times|[a-z]+ times|visits?|calls?) (?:\w+ )?(?:in|within|over)?\s?$|\byou had\s$"
)
_AT_ONCE = Pattern(r"immediately|instantly|straight away|right away|at once|right now|on the spot")
_SUFFERED = Pattern(
    r"\b(?:been|was|were|had|waited|waiting|without|paid|paying|sat|stood|spent|lost|gone|isn[’']t|feels|no way|"
    r"on hold|you[’']ve|is (?:a|far|too|no|not|long|well))\b"
)
_BRIEF = Pattern(r"\b(?:the|those|these|worth|your|my|just)\s$")
_CLOCK_BEFORE = Pattern(r"(?:\d|[ap]\.?m\.?|noon|midnight)\s$")
_COVER = Pattern(r"\b(?:cover|guarantee|warrant|valid|last|mend|free|keep|hold|held)")
_GETS = Pattern(r"\byou(?:[’']ll| will|[’']re| are| get| can| have)\b")
_LOOSE = frozenset(
    ("today", "tomorrow", "tonight", "this", "immediately", "instantly", "straight", "right", "at", "overnight", "next",
     "the", "later", "by", "before", "within", "first", "over", "end", "same", "early", "late",
     "on", "same-day", "next-day")
)  # fmt: skip


_WINDOW = Pattern(
    r"\b(?:return|send|bring|warrant|guarantee|valid|credit|voucher|keep|kept|hold|held|claim|appeal|cancel|exchange|"
    r"swap|trial|free|open|lasts?|covered?|cover|offer|you have|you can|refundable|change|use|need|wait|stay)\w*\b"
)
"""Of a time that a customer has: the longer the better for them. Of one that a brand takes, the shorter."""


def worse(claim: Claim, other: Claim) -> bool:
    """Whether a stretch is surely less for the customer than a source's: an answer promised for later."""
    mine, theirs = claim.value, other.value
    if not (isinstance(mine, Frame) and isinstance(theirs, Frame)):
        return False
    days = Decimal(7) / 5 if theirs.working and not mine.working else 1
    if mine.high == _UNENDING_VALUE or mine.high < theirs.high * days:
        return False
    return not any(_WINDOW.search(one.clause.text) for one in (claim, other))


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Hold a stretch against those of the sources; what two known ones come to, or leave over, is backed by them."""
    from tone_rules.claims.weighing import Weighed, weigh

    weighed = weigh(claim, evidence)
    if weighed.outcome == "supported" or not isinstance(claim.value, Frame):
        return weighed
    known = [one.claim.value.high for one in evidence.stated(SORT)]
    known += [one.value.high for one in stated(page(situation.message or ""))]
    if len(known) <= _FEW and any(_near(claim.value.high, a + b, abs(a - b)) for a, b in combinations(known, 2)):
        return Weighed("supported")
    if any(_near(claim.value.high, *(one * times for times in range(2, 5))) for one in known):
        return Weighed("supported") if weighed.outcome != "contradicted" else weighed
    return weighed


def _near(value: Decimal, *others: Decimal) -> bool:
    return any(one > 0 and abs(value - one) <= one * _ABOUT for one in others)


def firm(claim: Claim) -> bool:
    """Whether this customer is promised something by that time."""
    from tone_rules.claims.firmness import foretells

    return foretells(claim)
