"""When, how much, where and how to reach: what a text states that can be held to something."""

from collections.abc import Iterator
from typing import Any

from tone_rules.claims import amount, clock, day, span
from tone_rules.claims.claim import may_hold
from tone_rules.readings.text.covered import Covered
from tone_rules.readings.text.found import Contact, Found, TimeKind, TimeSpan
from tone_rules.readings.text.layout import Layout

_SORTS: tuple[tuple[Any, TimeKind], ...] = ((span, "span"), (day, "day"), (clock, "clock"))
_PHRASES: tuple[tuple[str, TimeKind], ...] = (("phrases.since", "since"), ("phrases.vague_times", "vague"))


def times(layout: Layout) -> Iterator[TimeSpan]:
    """Stretches and points of time, in order, none in another: the longest of those that overlap."""
    if len(layout.plain) < _LEAST:
        return
    page = layout.page
    found: list[tuple[int, int, TimeKind]] = []
    for sort, kind in _SORTS:
        if may_hold(page, sort.SORT):
            found += [(one.start, one.end, kind) for one in sort.stated(page) if not _counts(layout, one.start)]
    for family, kind in _PHRASES:
        found += [(*one, kind) for one in layout.hits[family]]
    masked = Covered(layout.masked)
    end = -1
    for start, stop, kind in sorted(_widened(layout, found), key=lambda one: (one[0], -one[1])):
        if start >= end and not masked.touches(start, stop):
            yield TimeSpan(start, stop, layout.text[start:stop], kind)
            end = stop


def _counts(layout: Layout, place: int) -> bool:
    """Whether a place is in a counter of posts, `1/2`, that stands by itself."""
    start, end = layout.sentences[layout.sentence_at(place)]
    return not any(map(str.isalpha, layout.text[start : min(end, start + _COUNTER)]))


_COUNTER = 12
_LEAST = 3
_LEADS = (
    "since ",
    "by ",
    "within ",
    "before ",
    "until ",
    "till ",
    "after ",
    "in ",
    "on ",
    "at ",
    "for ",
    "over ",
    "from ",
)


def _widened(layout: Layout, found: list[tuple[int, int, TimeKind]]) -> Iterator[tuple[int, int, TimeKind]]:
    """Each with the word that leads into it: `by 5pm`, `since Monday`."""
    for start, end, kind in found:
        lead = next((one for one in _LEADS if layout.folded.endswith(one, 0, start)), "")
        if lead and (begin := start - len(lead)) >= 0 and not layout.folded[begin - 1 : begin].isalnum():
            yield begin, end, "since" if lead == "since " else kind
        else:
            yield start, end, kind


def amounts(layout: Layout) -> Iterator[Found]:
    """Sums of money, with their currency."""
    if may_hold(layout.page, amount.SORT):
        for one in amount.claims(layout.page):
            yield Found(one.start, one.end, layout.text[one.start : one.end])


def links(layout: Layout) -> Iterator[Found]:
    """Web addresses."""
    for start, end in layout.links:
        yield Found(start, end, layout.text[start:end])


def contacts(layout: Layout) -> Iterator[Contact]:
    """E-mail addresses, telephone numbers and mentions, in order."""
    found = [
        Contact(*where, layout.text[slice(*where)], "email" if kind == "email" else "phone")
        for where, kind in layout.addresses
    ]
    found += [Contact(*where, layout.text[slice(*where)], "handle") for where in layout.handles]
    yield from sorted(found)
