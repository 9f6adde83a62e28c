"""Addresses: the postcode and its halves, the street, the house number, and the town unless the customer named it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.atoms import atoms
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span

_NAMED = Lazy(
    r"address|street|postcode|post_code|zip|(?:^|_)(?:town|city|village|home|location|residence|lives_in|"
    r"neighbou?rhood|area|district|branch_near)(?:_|$)",
    re.IGNORECASE,
)
_STREET = (
    r"street|st|road|rd|lane|ln|close|cl|avenue|ave|drive|dr|row|way|court|ct|crescent|cres|gardens|gdns|terrace|terr|"
    r"place|pl|square|sq|hill|walk|mews|grove|park|green|view|rise|quay|wharf|parade|boulevard|blvd|house|cottage|farm|"
    r"mansions|apartments|bank|wynd|yard|forge|mill|lodge|barn|croft|fold|end|heights|villas|buildings|path|passage|"
    r"circus|cross|gate|drove|common|field|meadow|meadows|orchard|strand|esplanade|alley|loan|brae|vale|dene|chase"
)
_LOOKS = Lazy(rf"\b\d+\w?\s+(?:[A-Z][\w'’-]*\s+)+(?:{_STREET})\b", re.IGNORECASE)
_POSTCODE = Lazy(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_EIRCODE = Lazy(r"\b([A-Z]\d[\dW])\s?([A-Z\d]{4})\b", re.IGNORECASE)
_FLAT = Lazy(r"\b(?:flat|apartment|apt|unit|suite|studio|plot|floor)\s+(\d+\w?)\b", re.IGNORECASE)
_TOWN = 4
"""Letters of the shortest name of a town that is looked for."""
_NEAR = 40
"""Characters around a street in which its house number still belongs to it."""
_ABBREVIATED = {
    "street": "st", "road": "rd", "lane": "ln", "avenue": "ave", "drive": "dr", "boulevard": "blvd", "close": "cl",
    "court": "ct", "crescent": "cres", "gardens": "gdns", "terrace": "terr", "place": "pl", "square": "sq",
}  # fmt: skip
_PLACE_BEFORE = Lazy(
    r"\b(?:on|in|off|along|at|to|from|near|round|around|down|up|by|outside|your)\W{1,2}$", re.IGNORECASE
)
_DOOR_BEFORE = Lazy(
    r"\b(?:number|no\.?|nr\.?|house|door|flat|apartment|apt|unit)\W{1,2}(?:number\W|no\W+)?$", re.IGNORECASE
)
_COMMON = frozenset(
    listed(
        """high main church station park mill north south east west old new long short upper lower king queen victoria
        market bridge castle green white black red home garden hill field wood school back front middle first second
        third spring summer winter autumn mount lake river sea beach ring cross gold silver"""
    )
)
"""Words that many streets are called by and that mean something else alone."""


class _Street(NamedTuple):
    """A street of an address: its names in a row, its first word where that tells, and its house number."""

    names: tuple[str, ...]
    telling: str | None
    numbers: frozenset[str]


class _Address(NamedTuple):
    """The parts of an address."""

    codes: tuple[str, ...]
    streets: tuple[_Street, ...]
    towns: tuple[str, ...]
    flats: tuple[str, ...]
    doors: frozenset[str]


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a part of an address shows; all but the town stays private even where the customer posted it."""
    parts = _parts(fact.name, fact.value)
    if parts is None:
        return
    for code in parts.codes:
        spans = [*reply.spans(code), *(reply.spoken.spans(code) if len(code) >= 5 else ())]
        if len(code) >= 5:
            spans += [*reply.disguised(code), *reply.spans(code[::-1])]
        spans = [span for span in spans if _code(reply, span)]
        if spans and not known.is_public(code):
            yield from spans
    for street in parts.streets:
        yield from _street(street, reply, known)
    for town in parts.towns:
        spans = [span for span in reply.spans(town) if reply.lower or reply.text[span[0]].isupper()]
        spans += reply.disguised(town)
        spans += reply.spans(town[::-1]) if len(town) >= 6 else ()
        if spans and not known.is_known(town):
            yield from spans
    for flat in parts.flats:
        spans = list(reply.spans(flat))
        if spans and not known.is_public(flat):
            yield from spans
    for one in reply.atoms if parts.doors else ():
        if one.text in parts.doors and _DOOR_BEFORE.search(reply.text[max(0, one.start - 20) : one.start]):
            yield one.start, one.end


@lru_cache(maxsize=1024)
def _parts(name: str, value: str) -> _Address | None:
    codes = [part for halves in _POSTCODE.findall(value) for part in ("".join(halves), *halves)]
    named = bool(_NAMED.search(name))
    if named or "eircode" in name.casefold():
        codes += [part for halves in _EIRCODE.findall(value) for part in ("".join(halves), *halves)]
    joined_codes = tuple(dict.fromkeys(_joined(one) for one in codes))
    if not named and not _LOOKS.search(value):
        return _Address(joined_codes, (), (), (), frozenset()) if joined_codes else None
    streets: list[_Street] = []
    towns: list[str] = []
    for component in re.split(r"[,\n;]", _EIRCODE.sub("", _POSTCODE.sub("", value))):
        words = [one for one in re.findall(r"[^\W\d_][\w'’.-]*", component) if len(one) > 1]
        if len(words) >= 2 and re.fullmatch(_STREET, words[-1].strip("."), re.IGNORECASE):
            streets.append(_read_street(words, component))
        elif words and not any(one.isdigit() for one in component) and component.strip()[:1].isupper():
            towns += [_joined(component), *(_joined(one) for one in words if len(words) > 1 and one[0].isupper())]
    flats = tuple(_joined(found[0]) for found in _FLAT.finditer(value))
    doors = frozenset().union(*(one.numbers for one in streets))
    return _Address(
        joined_codes,
        tuple(streets),
        tuple(one for one in dict.fromkeys(towns) if len(one) >= _TOWN and one not in _COMMON),
        flats,
        doors,
    )


def _read_street(words: list[str], component: str) -> _Street:
    kind = words[-1].strip(".").casefold()
    full = {short: long for long, short in _ABBREVIATED.items()}
    endings = dict.fromkeys((kind, _ABBREVIATED.get(kind, kind), full.get(kind, kind)))
    first = _joined(words[0] if words[0].casefold() != "the" else words[1])
    return _Street(
        names=tuple(
            name
            for ending in endings
            for name in (_joined(" ".join([*words[:-1], ending])), _joined(" ".join([ending, *words[:-1]])))
        ),
        telling=first if len(first) >= 4 and first not in _COMMON else None,
        numbers=frozenset(one.text for one in atoms(component) if one.number),
    )


def _street(street: _Street, reply: Reading, known: Known) -> Iterator[Span]:
    shown = False
    for name in street.names:
        spans = [*reply.spans(name), *reply.disguised(name), *reply.spans(name[::-1])]
        if spans and not known.is_public(name):
            shown = True
            yield from (_with_number(reply, span, street.numbers) for span in spans)
    if shown or street.telling is None:
        return
    spans = [
        (start, end)
        for start, end in reply.spans(street.telling)
        if reply.text[start].isupper() and _PLACE_BEFORE.search(reply.text[max(0, start - 12) : start])
    ]
    if spans and not known.is_known(street.telling):
        yield from (_with_number(reply, span, street.numbers) for span in spans)


def _with_number(reply: Reading, span: Span, numbers: frozenset[str]) -> Span:
    """The span moved out to the house number where it stands just before the street, or after it in the sentence."""
    start, end = span
    before = [one for one in reply.atoms if one.end <= start][-1:]
    after = [one for one in reply.atoms if end <= one.start <= end + _NEAR and one.text in numbers]
    if before and before[0].text in numbers:
        start = before[0].start
    if after and not any(one in ".!?\n" for one in reply.text[end : after[0].start]):
        end = after[0].end
    return start, end


def _code(reply: Reading, span: Span) -> bool:
    """A postcode in capitals; a long one in any letters, a short one also beside the word for it."""
    start, end = span
    found = reply.text[start:end]
    if found == found.upper() or len(found) >= 5:
        return True
    around = reply.text[max(0, start - 25) : end + 25].casefold()
    return reply.lower or "postcode" in around or "area" in around or "post code" in around


def _joined(part: str) -> str:
    return "".join(one.text for one in atoms(part))
