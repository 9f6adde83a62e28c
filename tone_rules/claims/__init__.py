"""The claims of a reply, one file a sort, and what backs them.

A claim is what a reply states and a reader may hold the brand to: an amount, a time frame, a refund, a link, a cause.
`claims_of` reads them, `evidence_of` gathers what a situation knows, `ungrounded` holds one against the other, and
`commitments` lists what somebody must now keep.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tone_rules.claims.claim import Claim, claims_of
    from tone_rules.claims.comparing import Ungrounded, ungrounded
    from tone_rules.claims.evidence import Evidence, echoed, evidence_of
    from tone_rules.claims.keeping import Commitment, commitments
    from tone_rules.claims.weighing import Weighed, weigh

SORTS = (
    *("amount", "rate", "span", "day", "clock", "number", "commitment", "promise", "goodwill"),
    *("link", "contact", "cause", "statistic", "policy", "in_person", "third_party"),
)
"""Every sort of claim: a module of this folder each."""

_HOMES = {
    **dict.fromkeys(("Claim", "claims_of"), "claim"),
    **dict.fromkeys(("Commitment", "commitments"), "keeping"),
    **dict.fromkeys(("Evidence", "echoed", "evidence_of"), "evidence"),
    **dict.fromkeys(("Ungrounded", "ungrounded"), "comparing"),
    **dict.fromkeys(("Weighed", "weigh"), "weighing"),
}

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


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: a check that meets no claim reads none of this."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tone_rules.claims' has no attribute '{name}'")
    return getattr(import_module(f"tone_rules.claims.{_HOMES[name]}"), name)
