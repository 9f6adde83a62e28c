"""Amounts of money, however they are written."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tone_rules.formats.atoms import Atom
from tone_rules.formats.atoms import atoms as read
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed

SYMBOLS = "£$€¥₹"
UNITS = frozenset(
    listed(
        """pound pounds quid gbp dollar dollars usd buck bucks euro euros eur pence penny p cent cents yen jpy chf
    franc francs rupee rupees inr aud cad nzd credit points grand"""
    )
)
SMALL = frozenset(("pence", "penny", "p", "cent", "cents"))
_WRITTEN = Lazy(
    r"(?P<before>[£$€¥₹]|\b(?:GBP|EUR|USD|AUD|CAD|NZD|CHF|INR|JPY)(?=[\s\d]))?\s?"
    r"(?P<number>\d{1,3}(?:[,  ]\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{2}|\d+(?:[.,]\d{1,2})?)(?![\d%])"
    r"(?P<thousand>k\b)?"
    r"\s?(?P<after>[£$€¥₹]|(?:pounds?|quid|dollars?|bucks?|euros?|pence|cents?|p(?!\.?\s?m\b)|grand|"
    r"GBP|EUR|USD|AUD|CAD|NZD|CHF|INR|JPY)\b)?",
    re.IGNORECASE,
)

RATE = Lazy(r"(\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
"""A rate in per cent; its group is the number."""
_RATE_WORDS = 5

_VAGUE = Lazy(
    r"\b(?P<count>(?:a )?couple of|a few|several|half an?|an?|(?P<whole>\w{1,6}) and a half) "
    r"(?P<scale>hundred|thousand|grand|k)\b",
    re.IGNORECASE,
)
_COUNTS = {"half": Decimal("0.5"), "couple": Decimal(2), "few": Decimal(3), "several": Decimal(4)}


class Amount(NamedTuple):
    """An amount in characters of its text; `marked` where a currency stands with it."""

    value: Decimal
    start: int
    end: int
    marked: bool


def amounts(text: str, atoms: tuple[Atom, ...]) -> Iterator[Amount]:
    """Numbers that are or may be money, in figures; and in words where a currency follows.

    Of pounds with pence behind them, as in `127 pounds 60`, both parts and the sum.
    """
    found = sorted((*_in_figures(text), *_in_words(atoms)), key=lambda one: one.start)
    yield from found
    for whole, part in pairwise(found):
        if (
            whole.marked
            and whole.value == int(whole.value)
            and text[whole.end : part.start].strip() in ("", "and", ",")
        ):
            pence = part.value if part.marked else part.value / 100
            if 0 < pence < 1 and whole.end <= part.start:
                yield Amount(whole.value + pence, whole.start, part.end, True)


def _in_figures(text: str) -> Iterator[Amount]:
    for found in _WRITTEN.finditer(text):
        marked = bool(found["before"] or found["after"])
        value = _value(found["number"]) * (1000 if found["thousand"] else 1)
        start = found.start("before" if found["before"] else "number")
        end = max(found.end(part) for part in ("number", "thousand", "after"))
        yield Amount(value * _times((found["after"] or "").casefold()), start, end, marked)


def _in_words(atoms: tuple[Atom, ...]) -> Iterator[Amount]:
    for atom, unit in pairwise(atoms):
        if atom.spelled and unit.text in UNITS:
            yield Amount(Decimal(atom.text) * _times(unit.text), atom.start, unit.end, True)


def _times(unit: str) -> Decimal:
    return Decimal("0.01") if unit in SMALL else Decimal(1000 if unit == "grand" else 1)


def vague(text: str) -> Iterator[Amount]:
    """Amounts in round words: `a couple of hundred`, `half a grand`."""
    for found in _VAGUE.finditer(text):
        if found["whole"]:
            whole = read(found["whole"])
            count = Decimal(whole[0].text) + _COUNTS["half"] if len(whole) == 1 and whole[0].number else Decimal(0)
        else:
            count = next((value for word, value in _COUNTS.items() if word in found["count"].casefold()), Decimal(1))
        yield Amount(count * (100 if found["scale"].casefold() == "hundred" else 1000), *found.span(), marked=False)


def percentages(text: str, atoms: tuple[Atom, ...]) -> Iterator[Amount]:
    """Rates in per cent, in figures, or in words as in `six point two per cent`."""
    for found in RATE.finditer(text):
        yield Amount(rate(found[1]), found.start(), found.end(), True)
    for at, atom in enumerate(atoms):
        following = atoms[at + 1] if at + 1 < len(atoms) else atom
        if atom.text != "percent" and (atom.text, following.text) != ("per", "cent"):
            continue
        end = following.end if atom.text == "per" else atom.end
        first = at
        while first and at - first < _RATE_WORDS and (atoms[first - 1].number or atoms[first - 1].text == "point"):
            first -= 1
        words = atoms[first:at]
        if words and words[0].spelled:
            digits = "".join("." if one.text == "point" else one.text for one in words)
            if digits.count(".") <= 1 and digits[-1] != ".":
                yield Amount(rate(digits), words[0].start, end, True)


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
