"""A claim: one thing that a text states and that something must back."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from tone_rules.claims.clauses import Clause, Page, Who, page
from tone_rules.claims.patterns import Pattern


class Claim(NamedTuple):
    """One thing that a text states, in characters of the text."""

    sort: str
    """The name of its sort, such as `amount`."""
    start: int
    end: int
    value: Any
    """Normalised and hashable: equal values are the same however they are written."""
    clause: Clause
    loose: bool = False
    """Said by the way, as in a condition: only something that contradicts it counts."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.clause.page.text[self.start : self.end]

    @property
    def who(self) -> Who:
        """Who acts in its clause."""
        return self.clause.who

    @property
    def about(self) -> frozenset[str]:
        """What its clause is about."""
        return self.clause.about

    @property
    def negated(self) -> bool:
        """Whether its clause denies."""
        return self.clause.negated

    @property
    def conditional(self) -> bool:
        """Whether its clause sets a condition."""
        return self.clause.conditional


class Sort(Protocol):
    """One sort of claim: a module of this folder.

    A sort that is compared by more than equal values has its own `weigh(claim, evidence, situation)` and needs neither
    `stated` nor `same`.
    """

    SORT: str
    """Its name."""
    CUE: str
    """A pattern without whose match there is no such claim in a text."""

    @staticmethod
    def claims(page: Page) -> Iterable[Claim]:
        """What a reply claims of this sort."""

    @staticmethod
    def stated(page: Page) -> Iterable[Claim]:
        """What a source states of this sort, read more widely than a reply's claims."""

    @staticmethod
    def same(claim: Claim, other: Claim) -> bool | None:
        """Whether a source's statement says what the claim says; None where the two can't be compared."""


@lru_cache(maxsize=32)
def module(sort: str) -> Sort:
    """The file of a sort."""
    return cast("Sort", import_module(f"tone_rules.claims.{sort}"))


@lru_cache(maxsize=32)
def _cue(sort: str) -> Pattern:
    return Pattern(module(sort).CUE.removeprefix("(?i)"))


def may_hold(page: Page, sort: str) -> bool:
    """Whether a text has the cue of a sort, looked for once."""
    known = page.kept.get((may_hold, sort))
    if known is None:
        known = page.kept[may_hold, sort] = _cue(sort).search(page.text) is not None
    return bool(known)


def claims_of(text: str, sorts: Iterable[str]) -> Iterator[Claim]:
    """What a text claims, sort by sort."""
    read = page(text)
    for sort in sorts:
        yield from module(sort).claims(read)
