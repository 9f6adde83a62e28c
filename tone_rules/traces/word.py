"""Single words that tell: a name within a status, a diagnosis, the thing that was bought."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.dates import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import STOP, listed, stem, words_of
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span, read_once

_SENSITIVE = Lazy(
    r"condition|diagnos|medic|prescri|treatment|allerg|symptom|disease|illness|religi|faith|ethnic|orientation|sexual|"
    r"trade_?union|politic|nationalit|citizenship|disab|therap|procedure|test_result|dosage|health|pregnan|blood|immigration|criminal|convict",
    re.IGNORECASE,
)
_SENSITIVE_NOUNS = frozenset(
    listed("condition diagnosis medication prescription treatment therapy procedure symptoms dosage surgery implant")
)
_ITEM = Lazy(
    r"(?:^|_)(?:item|items|product|products|basket|wishlist|model|device|purchase|purchases|"
    r"book|film|title|handset|vehicle|car|appliance)(?:_|$)",
    re.IGNORECASE,
)
_NOT_TELLING = frozenset(
    listed(
        """repeat collected daily weekly monthly ongoing since known none patient customer mild severe chronic taken
        started stopped type grade stage follow review pending month week year every item items order parcel
        size colour color small medium large single double white black blue green grey gray red pack set
        with from north south east west express standard online store shop outlet front back visa mastercard
        amex paypal apple google android iphone facebook twitter instagram reddit royal mail city street
        road lane close avenue note customer agent phone email"""
    )
)
_MONTH_OR_DAY = frozenset((*MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS))
_PROVIDER = Lazy(
    r"(?:^|_)(?:bank|payment_method|paid_(?:with|by)|provider|insurer|employer|company|pharmacy|school|broker|network|"
    r"landlord|workplace|church|university|hospital|clinic|previous_supplier)(?:_|$)",
    re.IGNORECASE,
)
_PERSONAL = Lazy(r"name|address|street|holder|husband|wife|e_?mail|user", re.IGNORECASE)
_LEAST = 4
"""Letters of a word that may tell."""
_YOURS = Lazy(r"\b(?:your|the) (?:[\w-]+ ){0,2}$", re.IGNORECASE)


class _Words(NamedTuple):
    """The telling words of a fact: names, words of a sensitive matter, nouns of it, and things that were bought."""

    names: frozenset[str]
    sensitive: frozenset[str]
    matters: frozenset[str]
    things: frozenset[str]
    """Each shows only after `your` or `the`."""

    @property
    def all(self) -> frozenset[str]:
        return self.names | self.sensitive | self.matters | self.things


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where such a word stands, unless it is public or the customer said it."""
    words = _words(fact.name, fact.value)
    if words.all.isdisjoint(reply.forms):
        return
    for one in reply.atoms:
        form = stem(one.text)
        if form not in words.all and one.text not in words.all:
            continue
        before = reply.text[max(0, one.start - 40) : one.start]
        matter = one.text in words.matters and before.rstrip().casefold().endswith("your")
        if (
            (one.text in words.names and _named(reply, one.start))
            or one.text in words.sensitive
            or (form in words.things and _YOURS.search(before))
        ):
            if not known.has_word(one.text):
                yield one.start, one.end
        elif matter and form not in known.said.stem_set:
            yield one.start, one.end


@lru_cache(maxsize=1024)
def _words(name: str, value: str) -> _Words:
    item = bool(_ITEM.search(name))
    sensitive = bool(_SENSITIVE.search(name))
    names: set[str] = set()
    things: set[str] = set()
    told: set[str] = set()
    yours: set[str] = set()
    provider = bool(_PROVIDER.search(name))
    for clause in re.split(r"[.;,:\n()]|\s[-–—]\s", value):
        row = [one for one in read_once(clause).atoms if not one.number]
        for at, one in enumerate(row):
            capital = clause[one.start].isupper()
            if provider and capital and len(one.text) >= _LEAST and at == 0:
                yours.add(one.text)
            common = one.text in STOP or one.text in _NOT_TELLING or one.text in _MONTH_OR_DAY or len(one.text) < _LEAST
            if common or _PERSONAL.search(name):
                continue
            if capital and (at > 0 or provider or (item and len(row) > 1)):
                names.add(one.text)
            if sensitive:
                told.add(one.text)
        nouns = [one.text for one in row if one.text not in _NOT_TELLING and len(one.text) >= _LEAST]
        if item and nouns:
            things.add(stem(nouns[-1]))
    matters = _SENSITIVE_NOUNS & set(words_of(name)) if sensitive else frozenset[str]()
    return _Words(frozenset(names), frozenset(told), frozenset(matters | yours), frozenset(things))


def _named(reply: Reading, start: int) -> bool:
    """Whether a word is written as a name: with a capital that does not just open a sentence."""
    if reply.lower:
        return True
    before = reply.text[:start].rstrip()
    return reply.text[start].isupper() and bool(before) and before[-1] not in ".!?\n"
