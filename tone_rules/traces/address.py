"""Addresses: the postcode and its halves, the street, and the town unless the customer named it."""

import re
from collections.abc import Iterator

from tone_rules.formats.atoms import atoms
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_NAMED = re.compile(
    r"address|street|postcode|post_code|zip|(?:^|_)(?:town|city|village|home|location)(?:_|$)", re.IGNORECASE
)
_STREET = (
    r"street|st|road|rd|lane|ln|close|avenue|ave|drive|dr|row|way|court|crescent|gardens|terrace|place|square|hill|"
    r"walk|mews|grove|park|green|view|rise|quay|wharf|parade|boulevard|blvd|house|cottage|farm|mansions|apartments"
)
_LOOKS = re.compile(rf"\b\d+\w?\s+(?:[A-Z][\w'’-]*\s+)+(?:{_STREET})\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_NEAR = 40
"""Characters after a street in which its house number still belongs to it."""
_ABBREVIATED = {"street": "st", "road": "rd", "lane": "ln", "avenue": "ave", "drive": "dr", "boulevard": "blvd"}


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a part of an address shows; all but the town stays private even where the customer posted it."""
    for outward, inward in _POSTCODE.findall(fact.value):
        for part in (outward + inward, outward, inward):
            wanted = "".join(one.text for one in atoms(part))
            if not known.is_public(wanted):
                yield from (span for span in reply.spans(wanted) if _capitals(reply, span))
    if not _NAMED.search(fact.name) and not _LOOKS.search(fact.value):
        return
    for component in re.split(r"[,\n;]", _POSTCODE.sub("", fact.value)):
        words = [one for one in re.findall(r"[^\W\d_][\w'’.-]*", component) if len(one) > 1]
        if len(words) >= 2 and re.fullmatch(_STREET, words[-1].strip("."), re.IGNORECASE):
            yield from _street(words, component, reply, known)
        elif words and not any(one.isdigit() for one in component) and component.strip()[:1].isupper():
            wanted = "".join(one.text for one in atoms(component))
            if len(wanted) > 3 and not known.is_known(wanted):
                yield from (span for span in reply.spans(wanted) if reply.text[span[0]].isupper())


def _street(words: list[str], component: str, reply: Reading, known: Known) -> Iterator[Span]:
    kind = words[-1].strip(".").casefold()
    for ending in {kind, _ABBREVIATED.get(kind, kind)}:
        wanted = "".join(one.text for one in atoms(" ".join([*words[:-1], ending])))
        if known.is_public(wanted):
            continue
        numbers = {one.text for one in atoms(component) if one.number}
        yield from (_with_number(reply, span, numbers) for span in reply.spans(wanted))


def _with_number(reply: Reading, span: Span, numbers: set[str]) -> Span:
    """The span moved out to the house number where it stands just before the street, or after it in the sentence."""
    start, end = span
    before = [one for one in reply.atoms if one.end <= start][-1:]
    after = [one for one in reply.atoms if end <= one.start <= end + _NEAR and one.text in numbers]
    if before and before[0].text in numbers:
        start = before[0].start
    if after and not any(one in ".!?\n" for one in reply.text[end : after[0].start]):
        end = after[0].end
    return start, end


def _capitals(reply: Reading, span: Span) -> bool:
    found = reply.text[span[0] : span[1]]
    return found == found.upper() or len(found) >= 5
