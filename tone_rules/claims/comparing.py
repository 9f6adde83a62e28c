"""The claims of a reply that nothing backs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tone_rules.claims import commitment, own_acts
from tone_rules.claims.claim import Claim, module
from tone_rules.claims.clauses import Clause, page
from tone_rules.claims.evidence import echoed, evidence_of
from tone_rules.claims.weighing import Weighed, weigh
from tone_rules.situation import Situation

_ASKED_TOO = frozenset(("link", "goodwill"))
"""Sorts that count in a question as well."""
_TIMES = frozenset(("span", "day", "clock"))


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
    if commitment.acts_in(clause):
        return False
    return clause.who == "person" or own_acts.own(clause) or own_acts.seen_to(clause)


def ungrounded(text: str, situation: Situation, sorts: Iterable[str]) -> Iterator[Ungrounded]:
    """Each claim of some sorts that neither a source nor the customer's own words back."""
    read = page(text)
    for sort in sorts:
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
            if weighed.outcome == "supported" or (claim.loose and weighed.outcome == "absent"):
                continue
            yield Ungrounded(claim, weighed)
