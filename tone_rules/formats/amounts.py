"""Amounts of money, however they are written."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tone_rules.formats.atoms import Atom
from tone_rules.formats.words import listed

SYMBOLS = "£$€¥₹"
UNITS = frozenset(
    listed(
        """pound pounds quid gbp dollar dollars usd buck bucks euro euros eur pence penny p cent cents yen jpy chf
    franc francs rupee rupees inr aud cad nzd credit points"""
    )
)
SMALL = frozenset(("pence", "penny", "p", "cent", "cents"))
_WRITTEN = re.compile(
    r"(?P<before>[£$€¥₹]|\b(?:GBP|EUR|USD|AUD|CAD|NZD|CHF|INR|JPY)(?=[\s\d]))?\s?"
    r"(?P<number>\d{1,3}(?:[,  ]\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{2}|\d+(?:[.,]\d{1,2})?)(?![\d%])"
    r"(?P<thousand>k\b)?"
    r"\s?(?P<after>[£$€¥₹]|(?:pounds?|quid|dollars?|bucks?|euros?|pence|GBP|EUR|USD|AUD|CAD|NZD|CHF|INR|JPY)\b)?",
    re.IGNORECASE,
)

RATE = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
"""A rate in per cent; its group is the number."""


class Amount(NamedTuple):
    """An amount in characters of its text; `marked` where a currency stands with it."""

    value: Decimal
    start: int
    end: int
    marked: bool


def amounts(text: str, atoms: tuple[Atom, ...]) -> Iterator[Amount]:
    """Numbers that are or may be money, in figures; and in words where a currency follows."""
    for found in _WRITTEN.finditer(text):
        marked = bool(found["before"] or found["after"])
        value = _value(found["number"]) * (1000 if found["thousand"] else 1)
        if (found["after"] or "").casefold() in SMALL:
            value /= 100
        start = found.start("before" if found["before"] else "number")
        end = max(found.end(part) for part in ("number", "thousand", "after"))
        yield Amount(value, start, end, marked)
    for atom, unit in pairwise(atoms):
        if atom.spelled and unit.text in UNITS:
            yield Amount(Decimal(atom.text) / (100 if unit.text in SMALL else 1), atom.start, unit.end, True)


def rate(number: str) -> Decimal:
    """The number of a rate."""
    return Decimal(number.replace(",", ".")).normalize()


def _value(number: str) -> Decimal:
    number = number.replace(" ", "").replace(" ", "")
    comma, point = number.rfind(","), number.rfind(".")
    if comma > point and len(number) - comma in (2, 3):
        return Decimal(number.replace(".", "").replace(",", "."))
    if point > comma and len(number) - point == 4 and number.count(".") > 1:
        number = number.replace(".", "")
    return Decimal(number.replace(",", ""))
