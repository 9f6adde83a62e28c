"""The claims of a reply, one file a sort, and what backs them.

A claim is what a reply states and a reader may hold the brand to: an amount, a time frame, a refund, a link, a cause.
`claims_of` reads them, `evidence_of` gathers what a situation knows, `weigh` holds one against the other, and
`commitments` lists what somebody must now keep.
"""

from collections.abc import Iterable, Iterator

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import page
from tone_rules.claims.commitments import Commitment, commitments
from tone_rules.claims.evidence import Evidence, echoed, evidence_of, module
from tone_rules.claims.ungrounded import Ungrounded, ungrounded
from tone_rules.claims.weighing import Weighed, weigh

SORTS = (
    *("amount", "rate", "span", "day", "clock", "number", "commitment", "promise", "goodwill"),
    *("link", "contact", "cause", "statistic", "policy"),
)
"""Every sort of claim: a module of this folder each."""


def claims_of(text: str, sorts: Iterable[str] = SORTS) -> Iterator[Claim]:
    """What a text claims, sort by sort."""
    read = page(text)
    for sort in sorts:
        yield from module(sort).claims(read)


__all__ = [
    "SORTS",
    "Claim",
    "Commitment",
    "Evidence",
    "Ungrounded",
    "Weighed",
    "claims_of",
    "commitments",
    "echoed",
    "evidence_of",
    "ungrounded",
    "weigh",
]
