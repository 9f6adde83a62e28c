"""Amounts and rates: in any format, in whole units, rounded in figures or in words, or as a range."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tone_rules.formats.amounts import SYMBOLS, Amount
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Run, Span, read_once

_NAMED = Lazy(
    r"balance|amount|credit|refund|price|total|(?:^|_)due(?:$|_)|spend|spent|limit|fee|debt|arrears|income|salary|value|"
    r"cost|paid|owed|charge|compensation|budget|goodwill|discount|deposit|premium|revenue|overdraft|points|ltv|margin|"
    r"savings|(?:^|_)bill(?:_|$)|payment|quote|pension|mortgage|loan",
    re.IGNORECASE,
)
_DECIMAL = Lazy(r"(\d{0,6}[.,]\d{1,3})(?:\s?[A-Za-z/]{1,6})?")
_PROPORTION = Lazy(r"score|risk|probab|likelihood|rate|share|confidence|propensity", re.IGNORECASE)
_HEDGE = Lazy(
    r"(?:\b(?:about|around|roughly|nearly|almost|circa|approximately|approx\.?|some|"
    r"(?:just|slightly|a (?:little|bit|shade|touch|tad|fraction)|well|not (?:quite|far off)|only just)"
    r"(?: (?:over|under|above|below|more than|less than|short of|shy of|north of))?|over|under|above|below|"
    r"more than|less than|close to|nearer(?: to)?|upwards of|north of|south of|in the region of|in excess of|"
    r"shy of|short of|getting on for|the best part of|going on|something like|up to|at least|not quite)"
    r"(?: an?)?\W{1,2}|[~≈±<>]\s?|\bc\.\s?)$",
    re.IGNORECASE,
)
_HEDGED_AFTER = Lazy(
    r"(?:\s?-?ish\b|\s?\+|,?\s(?:odd\b|or (?:so|thereabouts|more)\b|plus\b|"
    r"and (?:a bit|change|something)\b|give or take\b))",
    re.IGNORECASE,
)
_ROUNDING = Decimal("0.25")
"""How far an amount said with "about" may be from the true one and still tell it."""
_TENS = Decimal("0.05")
"""How far one rounded to tens may be, said without any "about"."""
_MONEY_NEAR = Lazy(
    r"\b(?:left|owed?|owing|owes|due|outstanding|open|balance|pa(?:y|id|yment)|refund(?:ed)?|credit(?:ed)?|remaining|"
    r"arrears|overdue|spend|spent|worth|charged?|bill(?:ed)?|limit|debt|overdrawn|allowance|account|total|deposit|"
    r"earn|salary|income|short|behind|back)\b",
    re.IGNORECASE,
)
_OTHER_UNIT = Lazy(
    r"[\s-]?(?:%|°|(?:(?:working|business|calendar) )?"
    r"(?:days?|hours?|hrs?|mins?|minutes?|seconds?|secs?|weeks?|months?|"
    r"years?|people|persons|customers?|users?|pages?|items?|met(?:re|er)s?|m|km|cm|mm|miles?|kg|g|grams?|ml|l|"
    r"lit(?:re|er)s?|inch(?:es)?|degrees|per\s?cent|percent|stars?|calls?|times|shops?|stores?|rooms?|seats?|pieces?|steps?|am|pm|mb|gb|"
    r"fps|hz|watts?|w|v|followers|orders|parcels|words|characters|st|nd|rd|th|countries|towns|cities|staff|"
    r"of (?:you|us|them)|minute|hour|day|week|month|year)\b|[:/.,]\d)",
    re.IGNORECASE,
)
_FIGURES = Lazy(
    r"\b(?P<count>two|three|four|five|six|[2-6])[- ]figures?\b|\b(?:low|mid|high|in the|into the|several) "
    r"(?P<scale>hundreds|thousands)\b",
    re.IGNORECASE,
)
_FIGURE_COUNTS = dict(zip(listed("two three four five six"), range(2, 7), strict=True))
_RANGE = Lazy(r"\s?(?:-|–|—|to|and|or)\s?", re.IGNORECASE)
_SPACED = 3
"""Digits of the shortest amount that is looked for one by one."""
_WIDEST = Decimal("1.6")
"""Times the lower end that the upper end of a range may be and still tell what lies between."""


class _Money(NamedTuple):
    """The amounts and the rates that a fact holds."""

    amounts: frozenset[Decimal]
    rates: frozenset[Decimal]


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where an amount or a rate of this fact shows, unless it is public or the customer named it."""
    secret = _money(fact.name, fact.value)
    for rate in secret.rates:
        spans = [(one.start, one.end) for one in reply.percentages if _tells_rate(one, rate, reply)]
        if spans and not any(rate in one.rates for one in known.all):
            yield from spans
    for amount in secret.amounts:
        spans = list(_shown(amount, reply, known))
        if spans and not any(amount in one.stated for one in known.all):
            yield from spans


@lru_cache(maxsize=1024)
def _money(name: str, value: str) -> _Money:
    read = read_once(value)
    named = bool(_NAMED.search(name)) and len(value.split()) <= 2
    marked = {one.value for one in read.amounts if one.value > 0 and (one.marked or (named and not read.days))}
    exact = _DECIMAL.fullmatch(value.strip())
    if exact and not marked:
        marked.add(Decimal(exact[1].replace(",", ".")))
    rates = set(read.rates)
    if exact and _PROPORTION.search(name) and 0 < Decimal(exact[1].replace(",", ".")) < 1:
        rates.add((Decimal(exact[1].replace(",", ".")) * 100).normalize())
    return _Money(frozenset(one for one in marked if one > 0), frozenset(rates))


def _shown(secret: Decimal, reply: Reading, known: Known) -> Iterator[Span]:
    row = reply.sums
    for one in row:
        if _tells(one, secret, reply) and not any(one.value in each.stated for each in known.all):
            yield one.start, one.end
    for low, high in pairwise(row):
        between = reply.text[low.end : high.start] if low.end <= high.start else ""
        if between and (low.marked or high.marked) and _RANGE.fullmatch(between) and _within(low, secret, high):
            yield low.start, high.end
    pence = str(int(secret * 100))
    if secret != int(secret) and len(pence) >= 4:
        yield from ((run.start, run.end) for run in reply.runs if run.digits == pence)
        yield from reply.pieces(pence)
    whole = str(int(secret))
    if len(whole) >= _SPACED:
        yield from ((run.start, run.end) for run in reply.runs if run.digits == whole and _is_spaced(run, reply))
    for found in _FIGURES.finditer(reply.text):
        wanted = _FIGURE_COUNTS.get((found["count"] or "").casefold()) or int(found["count"] or 0)
        wanted = wanted or (3 if found["scale"].casefold() == "hundreds" else 4)
        if len(str(int(secret))) == wanted and not known.finds(_FIGURES):
            yield found.span()


def _is_spaced(run: Run, reply: Reading) -> bool:
    """Whether a currency stands before digits one by one: `£ 2 7 6`."""
    before = reply.text[: run.start].rstrip()
    return run.end - run.start >= 2 * len(run.digits) - 1 and before[-1:] in tuple(SYMBOLS)


def _within(low: Amount, secret: Decimal, high: Amount) -> bool:
    return low.value <= secret <= high.value <= low.value * _WIDEST


def _tells(one: Amount, secret: Decimal, reply: Reading) -> bool:
    after = reply.text[one.end : one.end + 30]
    if not one.marked and _OTHER_UNIT.match(after):
        return False
    if one.value == secret:
        return one.marked or secret != int(secret) or secret >= 100 or (secret >= 10 and _about_money(one, reply))
    if not one.marked and (one.value < 10 or not (_about_money(one, reply) or one.value >= 1000)):
        return False
    if secret >= 10 and secret != int(secret) and one.value in (int(secret), int(secret) + 1):
        return True
    if _HEDGE.search(reply.text[max(0, one.start - 40) : one.start]) or _HEDGED_AFTER.match(after):
        return abs(one.value - secret) <= secret * _ROUNDING
    return one.marked and secret >= 50 and one.value % 10 == 0 and abs(one.value - secret) <= secret * _TENS


def _about_money(one: Amount, reply: Reading) -> bool:
    return bool(_MONEY_NEAR.search(reply.text[max(0, one.start - 40) : one.end + 25]))


def _tells_rate(one: Amount, secret: Decimal, reply: Reading) -> bool:
    if one.value == secret:
        return True
    hedged = _HEDGE.search(reply.text[max(0, one.start - 40) : one.start]) or _HEDGED_AFTER.match(
        reply.text[one.end : one.end + 20]
    )
    return bool(hedged) and secret != int(secret) and one.value in (int(secret), int(secret) + 1)
