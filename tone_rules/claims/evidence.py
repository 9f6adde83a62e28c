"""What a claim can be backed by in a situation: sources and public facts, and what the customer said themself."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from tone_rules.claims.claim import Claim, module
from tone_rules.claims.clauses import Page, page
from tone_rules.situation import Situation

_ECHOED = frozenset(("amount", "rate", "number", "span", "day", "clock", "contact"))
"""Sorts that the customer's own words back, as far as the reply promises nothing by them."""

_WAYS = ("customer_name", "contact.")
"""Ids of sources that say who the customer is and how to reach the brand."""
_REACHED = frozenset(("link", "contact"))
_COUNTED = frozenset(("amount", "span", "number"))
"""Sorts of which a customer may give the bare figure: `six. SIX!` are six days."""


class Stated(NamedTuple):
    """One thing that a source states."""

    source: str
    """The source's id."""
    claim: Claim
    about: frozenset[str]
    """What its sentence, and the source's title, are about."""


class Evidence:
    """The sources of a situation, each read once."""

    def __init__(self, sources: tuple[tuple[str, str, str], ...]) -> None:
        """Take the sources: id, what it is called, text."""
        self.pages = tuple((name, page(title), page(text)) for name, title, text in sources)
        self._stated: dict[str, tuple[Stated, ...]] = {}

    def tells(self, sort: str) -> bool:
        """Whether there is anything to hold a claim of a sort against; a name and a telephone number state no terms."""
        return any(sort in _REACHED or not name.startswith(_WAYS) for name, _, _ in self.pages)

    def stated(self, sort: str) -> tuple[Stated, ...]:
        """All that the sources state of a sort."""
        found = self._stated.get(sort)
        if found is None:
            found = self._stated[sort] = tuple(self._all(sort))
        return found

    def about(self) -> Iterator[tuple[str, tuple[int, int], Page, frozenset[str]]]:
        """Every sentence of every source: the source's id, its place, its page, and what it is about."""
        for name, title, text in self.pages:
            for sentence, about in sentences(text).items():
                yield name, sentence, text, about | title.about

    def _all(self, sort: str) -> Iterator[Stated]:
        for name, title, text in self.pages:
            for claim in read(sort, title):
                yield Stated(name, claim, text.about | title.about)
            for claim in read(sort, text):
                yield Stated(name, claim, sentences(text)[claim.clause.sentence] | title.about)


def read(sort: str, text: Page) -> tuple[Claim, ...]:
    """What a text states of a sort."""
    return tuple(module(sort).stated(text)) if text.text else ()


def sentences(text: Page) -> dict[tuple[int, int], frozenset[str]]:
    """What each sentence of a text is about, read once."""
    if sentences in text.kept:
        return cast("dict[tuple[int, int], frozenset[str]]", text.kept[sentences])
    found: dict[tuple[int, int], frozenset[str]] = {}
    for clause in text.clauses:
        found[clause.sentence] = found.get(clause.sentence, frozenset()) | clause.about
    text.kept[sentences] = found
    return found


@lru_cache(maxsize=256)
def _evidence(sources: tuple[tuple[str, str, str], ...]) -> Evidence:
    return Evidence(sources)


def evidence_of(situation: Situation) -> Evidence:
    """What backs a claim here: policies, articles, notices, public facts, and what the brand itself said before.

    The goodwill line backs what is said in private; in public it is no source.
    """
    found: list[tuple[str, str, str]] = []
    named = set()
    for one in situation.sources:
        if one.kind == "goodwill" and situation.audience != "private":
            continue
        named.add(one.id)
        text = one.text if one.url is None else f"{one.text}\n{one.url}"
        found.append((one.id, _title(one.id) if one.kind == "fact" else "", text))
    public = (fact for fact in situation.facts if fact.visibility == "public" and fact.name not in named)
    found.extend((fact.name, _title(fact.name), fact.value) for fact in public)
    found.extend(("thread", "", turn.text) for turn in situation.thread if turn.role == "brand")
    return _evidence(tuple(found))


def _title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def echoed(claim: Claim, situation: Situation) -> bool:
    """Whether the customer said the same, and the reply only takes it up."""
    if claim.sort not in _ECHOED or (claim.sort in ("span", "day", "clock") and promised(claim)):
        return False
    texts = [situation.message or "", *(turn.text for turn in situation.thread if turn.role != "brand")]
    same = module(claim.sort).same
    figures = claim.clause.page.figures(claim.start, claim.end) if claim.sort in _COUNTED else frozenset()
    return any(
        any(same(claim, other) for other in read(claim.sort, page(text))) or (figures and figures <= _bare(page(text)))
        for text in texts
        if text
    )


def _bare(text: Page) -> frozenset[str]:
    """The figures of a text that stand by themselves: `two weeks` gives no two."""
    timed = [(one.start, one.end) for one in read("span", text)]
    return frozenset(
        one.text for one in text.atoms if one.number and not any(start <= one.start < end for start, end in timed)
    )


def promised(claim: Claim) -> bool:
    """Whether a time stands in a clause that says when something will be."""
    clause = claim.clause
    return clause.will and not clause.instructs
