"""The claims of a reply that nothing backs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from weakref import ref

from tone_rules.claims import own_acts
from tone_rules.claims.acts import acts_in
from tone_rules.claims.claim import Claim, may_hold, module
from tone_rules.claims.clauses import Clause, Page, page
from tone_rules.claims.evidence import Evidence, echoed, evidence_of
from tone_rules.claims.weighing import Weighed, firm, weigh
from tone_rules.situation import Situation

_ASKED_TOO = frozenset(("link", "goodwill"))
"""Sorts that count in a question as well."""
_TIMES = frozenset(("span", "day", "clock"))
_SHAPES = {"span": ("day", "clock"), "day": ("span", "clock"), "clock": ("span", "day")}


class Ungrounded(NamedTuple):
    """One claim that nothing backs."""

    claim: Claim
    weighed: Weighed
    nothing_known: bool = False
    """There is nothing to compare it with."""

    @property
    def compared(self) -> str:
        """What it was compared with, in words that follow the claim."""
        source, said = self.weighed.source, " ".join(self.weighed.said.split())
        if self.weighed.outcome == "contradicted":
            return f"contradicts {source}, which says '{said}'"
        return f"has nothing behind it; nearest is {source}" if source else "has nothing behind it"


def _in_person(clause: Clause) -> bool:
    """Whether a time is one that whoever signs sets themself."""
    if acts_in(clause):
        return False
    return clause.who == "person" or own_acts.own(clause) or own_acts.seen_to(clause)


def ungrounded(text: str, situation: Situation, sorts: Iterable[str]) -> Iterator[Ungrounded]:
    """Each claim of some sorts that neither a source nor the customer's own words back."""
    read = page(text)
    for sort in sorts:
        last = read.kept.get((ungrounded, sort))
        if last is None and not may_hold(read, sort):
            continue
        if last is None or last[0]() is not situation:
            last = read.kept[ungrounded, sort] = (ref(situation), tuple(_ungrounded(read, situation, sort)))
        yield from last[1]


def _ungrounded(read: Page, situation: Situation, sort: str) -> Iterator[Ungrounded]:
    weighing = getattr(module(sort), "weigh", None)
    for claim in module(sort).claims(read):
        if claim.clause.question and sort not in _ASKED_TOO:
            continue
        if sort in _TIMES and situation.agent is not None and _in_person(claim.clause):
            continue
        if echoed(claim, situation):
            continue
        evidence = evidence_of(situation)
        alone = getattr(module(sort), "ALONE", False) or (sort == "link" and situation.allowed_domains)
        if not evidence.tells(sort) and getattr(module(sort), "UNHEARD", False):
            continue
        if not evidence.tells(sort) and not alone:
            if not claim.loose:
                yield Ungrounded(claim, Weighed("absent"), nothing_known=True)
            continue
        weighed = weighing(claim, evidence, situation) if weighing else weigh(claim, evidence)
        if weighed.outcome == "supported" or (claim.loose and weighed.outcome in ("absent", "doubtful")):
            continue
        if sort in ("span", "day") and weighed.outcome != "contradicted" and _timed(claim, evidence):
            continue
        if weighed.outcome == "absent" and (not firm(claim) or (sort in _TIMES and _told_otherwise(claim, evidence))):
            weighed = weighed._replace(outcome="doubtful")
        yield Ungrounded(claim, weighed)


def _timed(claim: Claim, evidence: Evidence) -> bool:
    """Whether another time beside it in its clause is a source's: `tomorrow from 7am`, where a source says 07:00."""
    beside = (
        one
        for sort in _SHAPES[claim.sort]
        for one in module(sort).claims(claim.clause.page)
        if one.clause is claim.clause and not one.loose
    )
    return any(weigh(one, evidence).outcome == "supported" for one in beside)


def _told_otherwise(claim: Claim, evidence: Evidence) -> bool:
    """Whether a source gives a time in another shape, which this one may follow from: `tomorrow` from `Thursday`."""
    shapes = _SHAPES[claim.sort]
    return any(not one.claim.loose for sort in shapes for one in evidence.stated(sort))
