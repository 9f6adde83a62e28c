"""What somebody must keep once a reply is out: `I'll ring you by Tuesday`, `your replacement leaves tomorrow`."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from tone_rules.claims import commitment, own_acts, promise
from tone_rules.claims.acts import trimmed
from tone_rules.claims.claim import Claim, module
from tone_rules.claims.clauses import Clause, Page, page
from tone_rules.claims.evidence import evidence_of
from tone_rules.claims.patterns import Pattern
from tone_rules.claims.weighing import weigh
from tone_rules.situation import Situation
from tone_rules.value import Value

_TIMES = ("span", "day", "clock")
_LED = Pattern(r"\b(?:by|on|at|in|within|before|until|till|from|after|this|next|first thing)\s+(?:the\s+|about\s+)?$")
_WE = Pattern(r"\b(?:we|we[’']ll|whoever|someone|somebody|they)\b")
_NOW = Pattern(r"(?:\w+ ){0,3}(?:today|tonight|tomorrow|this|next)\b")
_FREE = frozenset(("free",))
_THIS_CASE = Pattern(
    r"\b(?:I|we)\b|\b(?:I|we|you)[’'](?:ll|ve|re|m)|\byou (?:will|get|are getting)\b|\b(?:will|shall)\b|[’']ll\b|"
    r"\byours? (?:\w+ )?(?:is|are|has|have|leaves?|goes|gets)\b|\b(?:it|one|they)(?:[’']s| is| are|[’']re) (?:being|"
    r"on (?:its|their) way)\b|\b(?:it|one|yours|they) (?:\w+ )?(?:leaves?|goes|ships?)\b|\bconsider\b"
)
"""Said of this customer, and not of everybody."""


class Commitment(Value):
    """One thing that a published reply binds somebody to, in characters of the reply."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    who: Literal["person", "brand"]
    """`person` where whoever signs says it of themself."""
    due: str | None = None
    """When, in the reply's own words; None where it says no time."""
    source: str | None = None
    """The id of the source that grants it; None where it is a person's own to keep."""
    done: bool = False
    """It is said as done already: whoever signs must have done it."""


def commitments(text: str, situation: Situation) -> tuple[Commitment, ...]:
    """What a reply binds somebody to, in its order.

    What a policy says of everybody, questions, conditions of the customer and denials bind nobody to anything new.

    Args:
        text: the exact reply.
        situation: what is known around it; its sources tell which of them grants what is promised.
    """
    return tuple(_commitments(page(text), situation))


def _commitments(read: Page, situation: Situation) -> Iterator[Commitment]:
    times = [one for sort in _TIMES for one in module(sort).stated(read) if not (sort == "clock" and one.loose)]
    promised = {one.clause: one for one in promise.claims(read)}
    acts = {one.clause: one for one in commitment.claims(read)}
    for clause in read.clauses:
        act = acts.get(clause)
        personal = own_acts.own(clause) and own_acts.kept(clause) and not clause.instructs
        due = [one for one in times if clause.start <= one.start < clause.end]
        bound = act is not None and act.value != _FREE and _THIS_CASE.search(clause.text) is not None
        foretold = _foretells(clause) and (
            (clause in promised and _WE.search(clause.text) is not None)
            or (bool(due) and clause.forward and (clause.will or any(_soon(one) for one in due)))
        )
        if not (personal or bound or foretold):
            continue
        start, end = trimmed(clause)
        yield Commitment(
            start=start,
            end=end,
            text=read.text[start:end],
            who="person" if clause.who == "person" or personal else "brand",
            due=_due(due, clause),
            source=None if act is None else weigh(act, evidence_of(situation)).source,
            done=own_acts.done(clause),
        )


def _foretells(clause: Clause) -> bool:
    return not (clause.question or clause.conditional or clause.negated or clause.instructs or clause.who == "customer")


def _soon(time: Claim) -> bool:
    """Whether a time is counted from now, such as `today`, and what stands with it therefore happens once."""
    return _NOW.match(time.text) is not None


def _due(times: list[Claim], clause: Clause) -> str | None:
    """The words of time of a clause, from the first to the last."""
    if not times:
        return None
    text = clause.page.text
    start, end = min(one.start for one in times), max(one.end for one in times)
    if end - start > 40:
        end = min(times, key=lambda one: one.start).end
    led = _LED.search(text[clause.start : start])
    return text[clause.start + led.start() if led else start : end]
