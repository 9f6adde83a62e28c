"""Amounts and rates: in any format, in whole units, and rounded in words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tone_rules.formats.amounts import RATE, Amount, rate
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span, read_once

_NAMED = re.compile(
    r"balance|amount|credit|refund|price|total|(?:^|_)due(?:$|_)|spend|spent|limit|fee|debt|arrears|income|salary|value|"
    r"cost|paid|owed|charge|compensation|budget|goodwill|discount|deposit|premium|revenue|overdraft",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|just (?:over|under)|(?:a )?(?:little|bit|shade|touch) (?:over|under)|"
    r"over|under|more than|less than|close to|some|approximately|approx\.?|upwards of|north of|in the region of)\W+$",
    re.IGNORECASE,
)
_ROUNDING = Decimal("0.25")
"""How far an amount said with "about" may be from the true one and still tell it."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where an amount or a rate of this fact shows, unless it is public or the customer named it."""
    value = read_once(fact.value)
    named = bool(_NAMED.search(fact.name)) and len(fact.value.split()) <= 2
    secrets = {one.value for one in value.amounts if one.marked or (named and not value.days)}
    rates = value.rates.difference(*(one.rates for one in known.all))
    if rates:
        yield from (found.span() for found in RATE.finditer(reply.text) if rate(found[1]) in rates)
    if not secrets:
        return
    said: frozenset[Decimal] = frozenset().union(*(one.stated for one in known.all))
    for secret in secrets:
        if secret > 0 and secret not in said:
            yield from (
                (one.start, one.end) for one in reply.amounts if one.value not in said and _tells(one, secret, reply)
            )


def _tells(one: Amount, secret: Decimal, reply: Reading) -> bool:
    if one.value == secret:
        return one.marked or secret != int(secret) or secret >= 1000
    if not one.marked:
        return False
    if secret >= 10 and one.value in (int(secret), int(secret) + 1) and secret != int(secret):
        return True
    hedged = _HEDGE.search(reply.text[max(0, one.start - 40) : one.start])
    return bool(hedged) and abs(one.value - secret) <= secret * _ROUNDING
