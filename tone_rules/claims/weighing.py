"""A claim held against the evidence: supported, contradicted, or absent."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from tone_rules.claims.claim import Claim, module
from tone_rules.claims.evidence import Evidence, Stated

Outcome = Literal["supported", "contradicted", "absent", "doubtful"]
"""`doubtful`: nothing backs it, and its words leave open whether anything must."""

_OTHER_SUBJECT = 3
"""How much nearer in subject another statement must be before an equal one elsewhere backs nothing; a sort may say
less in `NEARER`."""

_SURELY = 2
"""How much a subject must share with another value's before that contradicts a claim that binds nobody; a sort may
say less in `SURELY`."""

_TELLING = 3
"""How much a subject must say before one statement that shares all of it outweighs another that shares less."""


class Weighed(NamedTuple):
    """What became of a claim."""

    outcome: Outcome
    source: str | None = None
    """The id of the source that backs it, contradicts it or comes nearest."""
    said: str = ""
    """The source's own words."""


def weigh(claim: Claim, evidence: Evidence) -> Weighed:
    """Hold a claim against every statement of its sort."""
    same = module(claim.sort).same
    nearer: int = getattr(module(claim.sort), "NEARER", _OTHER_SUBJECT)
    about = _subject(claim)
    equal: Stated | None = None
    other: Stated | None = None
    best_equal = best_other = -1
    for one in evidence.stated(claim.sort):
        agrees = same(claim, one.claim)
        if agrees is None:
            continue
        near = closeness(about, one.about)
        if agrees and near > best_equal:
            equal, best_equal = one, near
        elif not agrees and near > best_other:
            other, best_other = one, near
    if equal is not None and other is not None and _listed(claim, other):
        other, best_other = None, -1
    whole = closeness(about, about)
    if best_other == whole >= _TELLING:
        nearer = 1
    if equal is not None and best_other - best_equal < nearer:
        return Weighed("supported", equal.source, equal.claim.text)
    if other is not None and best_other > 0:
        sure = (best_other >= getattr(module(claim.sort), "SURELY", _SURELY) or firm(claim)) and not _worse(
            claim, other
        )
        return Weighed("contradicted" if sure else "doubtful", other.source, other.claim.text)
    return Weighed("absent", other.source if other else None, other.claim.text if other else "")


def _listed(claim: Claim, other: Stated) -> bool:
    """Whether the other value stands beside the claim, in whose sentence it has its subject: `£3.95, or £5 abroad`."""
    if len(claim.about) >= _TELLING:
        return False
    beside = (
        one for one in module(claim.sort).claims(claim.clause.page) if one.clause.sentence == claim.clause.sentence
    )
    return any(one.value == other.claim.value for one in beside)


def firm(claim: Claim) -> bool:
    """Whether a claim is of a kind that words show surely; a sort says so in `firm`."""
    said: Callable[[Claim], bool] | None = getattr(module(claim.sort), "firm", None)
    return said is None or (not claim.loose and said(claim))


def _worse(claim: Claim, other: Stated) -> bool:
    """Whether a claim gives the customer less than the statement that it differs from."""
    said: Callable[[Claim, Claim], bool] | None = getattr(module(claim.sort), "worse", None)
    return said is not None and said(claim, other.claim)


def closeness(mine: frozenset[str], theirs: frozenset[str]) -> int:
    """How much two subjects share: a concept counts twice."""
    shared = mine & theirs
    return len(shared) + sum(1 for one in shared if one[0] == "@")


def _subject(claim: Claim) -> frozenset[str]:
    """What a claim is about: its clause, or its whole sentence where that says too little."""
    about = claim.about
    if len(about) >= 3:
        return about
    page = claim.clause.page
    return about.union(*(one.about for one in page.clauses if one.sentence == claim.clause.sentence))


def coverage(wanted: frozenset[str], evidence: Evidence) -> tuple[float, str | None, str]:
    """The largest share of some stems and concepts that one sentence of a source holds, with its source and words."""
    best, source, said = 0.0, None, ""
    for name, (start, end), text, about in evidence.about():
        share = len(wanted & about) / len(wanted) if wanted else 1.0
        if share > best:
            best, source, said = share, name, text.text[start:end]
    return best, source, said
