"""Postal codes that stand by themselves: the United Kingdom's and Canada's shapes, and digits behind a place's name."""

import re
from collections.abc import Iterator

from tone_rules.personal.street_words import frozen

_DIGITS = r"\d{3} \d{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{5}-\d{4}|\d{4} [A-Z]{2}|\d{4,6}"
CODE = rf"{_DIGITS}|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
_UNMISTAKABLE = re.compile(
    r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})\b"
    r"|\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d\b"
)
"""The United Kingdom's, by the letters that Royal Mail uses in each place, and Canada's with its space."""
_CALLED = re.compile(
    rf"(?i)\b(?:zip|post(?:al|leitzahl)?|pin|plz|eir)[ -]?(?:code)?s?\b[^\w\n]{{0,3}}"
    rf"(?:(?:is|was|number|of)\b[^\w\n]{{1,3}}){{0,2}}"
    rf"((?:{CODE}|\d{{3}}))(?![\w]|[.,-]\d)"
)
_NAME = r"[^\W\d_][\w'’.-]*"
_BEHIND_A_NAME = re.compile(
    rf"(?<=[^\W\d_][ ,)])[ ]?({_DIGITS})(?![\w%]|[.,:/-]\d|[ ]?(?:[£$€]|(?:k|m|mm|cm|km|kg|ml)\b))"
)
_PLACES = frozen(
    """
    in at from near to of around
    """
)
_CONNECTING = frozen(
    """
    de da do del della di du des la le les los las el al am an der den dem bei im ob op aan i y e sur sous en
    och auf a san und w na nad ved på pri upon on the by of
    """
)
_COUNTED = re.compile(
    r"(?i)\b(?:order|case|ticket|ref|reference|booking|claim|number|no|nr|account|invoice|parcel|version|build|policy"
    r"|flight|room|gate|model|item|part|code|id|year|since|may|june|july|january|february|march|april|august|september"
    r"|october|november|december|spring|summer|autumn|winter|about|over|under|than|series|store|shop|branch|page|top"
    r"|least|most|nearly|almost|windows|office|pin|ending|bus|train|step|level|error|route|unit|box)\W*$"
)
_REACH = 80
_YEAR = re.compile(r"(?:19|20)\d\d$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every postal code outside of an address."""
    taken: set[int] = set()
    for pattern, group in ((_UNMISTAKABLE, 0), (_CALLED, 1)):
        for found in pattern.finditer(text):
            if found.start(group) not in taken:
                taken.add(found.start(group))
                yield found.span(group)
    for found in _BEHIND_A_NAME.finditer(text):
        if found.start(1) not in taken and not _YEAR.match(found[1]) and _is_place(text, found.start()):
            yield found.span(1)


def _is_place(text: str, end: int) -> bool:
    """Whether the words that end at a place in the text are a preposition and the name of a place."""
    ahead = re.split(r"[.!?;:\n]\s*", text[max(0, end - _REACH) : end])[-1]
    if _COUNTED.search(ahead):
        return False
    lower = text == text.lower()
    for number, name in enumerate(reversed(re.findall(_NAME, ahead))):
        if name.casefold() in _PLACES:
            return number > 0
        capital = name[0].isupper() or (lower and name not in _SENTENCE)
        if number > 5 or not (capital or (number and name in _CONNECTING)):
            return False
    return False


_SENTENCE = frozen(
    """
    my your our their his her its this that is are was were and or but for with we i you they
    """
)
