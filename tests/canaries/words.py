"""Numbers, letters and dates in words: for who disguises a value and for who looks for it."""

import string
from pathlib import Path

import yaml

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
ONES: list[str] = _WORDS["ones"]
"""From 0 to 19."""
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS: list[str] = _WORDS["ordinals"]
"""From 0 to 20."""
MONTHS: list[str] = _WORDS["months"]
FOREIGN_MONTHS: dict[str, list[str]] = _WORDS["foreign_months"]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NATO = dict(zip(string.ascii_uppercase, _WORDS["nato"], strict=True))
ORDINARY = frozenset(_WORDS["ordinary"])
"""Words that tell nobody apart."""


def cardinal(number: int) -> str:
    """A whole number from 0 to 999,999 in British words: `118` is "one hundred and eighteen"."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1_000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {cardinal(rest)}" if rest else "")
    rest = number % 1_000
    joint = " and " if rest < 100 else " "
    return f"{cardinal(number // 1_000)} thousand" + (f"{joint}{cardinal(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """A day of a month in words: `21` is "twenty-first"."""
    if number <= 20:
        return ORDINALS[number]
    return "thirtieth" if number == 30 else f"{TENS[number // 10]}-{ORDINALS[number % 10]}"


def suffixed(number: int) -> str:
    """A day of a month in digits: `21` is "21st"."""
    if 10 < number % 100 < 14:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
