"""`from_records`: what people decided about drafts, as cases; private values are replaced before anything is kept."""

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import Levenshtein

from assistant.approval import Approval, decisions
from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.store.canonical import stored
from assistant.triage import Triage
from assistant.triage.correction import corrections
from eval.case import Case, Expect, Label
from tone_rules.personal import find

SENDABLE = "sendable"
"""The dimension of the labels: 5 sent as it was drafted, 1 thrown away, between them what was left after the edit."""
_HANDLE = re.compile(r"(?<![\w@])@[\w.]{2,30}\w")
_LONG_NUMBER = re.compile(r"(?<![\w£$€.,:/-])(?:[A-Z]{1,4}-?)?\d[\d-]{4,}\d(?![\w])")
_NUMBER_LIKE = re.compile(r"(?=.*\d)[A-Z]{0,4}[\d -]+")
_NAMES = ("Robin", "Sam", "Kim", "Alex", "Jo", "Lee", "Noa", "Uma", "Ira", "Max")


def from_records(store: Store, message_ids: Iterable[str] | None = None) -> tuple[Case, ...]:
    """Turn decisions into cases, each with the text that was decided on as its `reply` and the decision as a label.

    An approved or edited text is a case; so is, beside an edited or a rejected one, the draft that it began with, and
    a triage that was corrected. They share a cluster. Overridden rules stand among the tags. What was erased gives no
    case.

    Values of facts that are not public, the customer's name and handle, personal data, and long numbers are replaced,
    the same value by the same replacement throughout a case. Reviewers are numbered. The text stays what it is about: a
    person still has to read a case before it is shared.

    Args:
        store: where the records are.
        message_ids: the messages to take; by default all that were decided.

    Raises:
        StoreError: the store can't be read.
        InputError: there is no message of one of the ids.
    """
    wanted = (
        list(message_ids) if message_ids is not None else [one.id for one in store.messages() if one.status != "open"]
    )
    reviewers: dict[str, str] = {}
    found: list[Case] = []
    for message_id in wanted:
        context = store.message(message_id).context
        for number, approval in enumerate(decisions(store, message_id), 1):
            reviewer = reviewers.setdefault(approval.reviewer, f"reviewer {len(reviewers) + 1}")
            proposal = _proposal(store, message_id, approval)
            name = f"record-{len(found) + 1}-{number}"
            found += _cases(name, context, approval, proposal, reviewer)
    return tuple(found)


def _proposal(store: Store, message_id: str, approval: Approval) -> Proposal | None:
    """What was decided on; None where it was erased."""
    from sqlalchemy import select

    from assistant.store.tables import texts

    query = select(texts.c.text).where(texts.c.message_id == message_id, texts.c.name == "proposal")
    with store.reading() as connection:
        kept = [stored(Proposal, one) for one in connection.execute(query.order_by(texts.c.seq)).scalars()]
    return next((one for one in reversed(kept) if one.id == approval.proposal_id), None)


def _cases(
    name: str, context: CustomerContext, approval: Approval, proposal: Proposal | None, reviewer: str
) -> Iterator[Case]:
    drafts = proposal.drafts if proposal else ()
    draft = drafts[approval.draft or 0].text if drafts else None
    swap = Replacement(context, [one for one in (approval.text, draft) if one])
    tags = [approval.decision, *(f"override:{one.rule}" for one in approval.overrides)]
    expect = Expect(status="escalate") if approval.decision == "escalate" else Expect()

    def case(suffix: str, reply: str, mark: float) -> Case:
        return Case(
            id=name + suffix,
            context=swap.context(f"{name}{suffix}"),
            expect=expect,
            tags=tuple(tags),
            cluster=name,
            reply=swap(reply),
            labels=(Label(rater=reviewer, ratings={SENDABLE: mark}),),
        )

    if approval.text is not None:
        yield case("", approval.text, 5.0)
    if draft is not None and approval.decision in ("edit", "reject") and draft != approval.text:
        kept = 1.0 if approval.text is None else _kept(draft, approval.text)
        yield case("-draft", draft, kept)
    elif approval.text is None and (draft is None or approval.decision == "escalate"):
        yield Case(id=name, context=swap.context(name), expect=expect, tags=tuple(tags), cluster=name)
    if proposal is not None and "computed" in proposal.provenance:
        changed = corrections(Triage.model_validate(proposal.provenance["computed"]), proposal.triage)
        if changed:
            told = ("corrected", *sorted(changed))
            triaged = swap.context(f"{name}-triage")
            yield Case(id=f"{name}-triage", context=triaged, expect=Expect(**changed), tags=told, cluster=name)


def _kept(draft: str, text: str) -> float:
    """1 to 5 by how much of a draft an edit left: 1 nothing, 5 all of it."""
    return 1 + 4 * Levenshtein.normalized_similarity(draft, text)


class Replacement:
    """Replaces what is private in all texts around one decision, the same value by the same words."""

    def __init__(self, context: CustomerContext, texts: Iterable[str]) -> None:
        """Take the context and the texts that belong to it; the values of both are looked for in all of them."""
        self._context = context
        self._known: dict[str, str] = {}
        self._seen: dict[str, int] = {}
        customer = context.customer
        for fact in context.facts:
            if fact.visibility != "public":
                self._learn(fact.value, _masked(fact.name, fact.value))
        for word in (customer.name or "").split():
            self._learn(word, _NAMES[len(self._known) % len(_NAMES)])
        if customer.name:
            self._learn(customer.name, " ".join(self._known.get(one, one) for one in customer.name.split()))
        if customer.handle:
            self._learn(customer.handle, "@customer")
        if context.agent:
            self._learn(context.agent.name, "Sasha")
        for text in [context.message, *(turn.text for turn in context.thread), *texts]:
            for one in find(text):
                self._learn(text[one.start : one.end], self._next(one.entity))
            for pattern, entity in ((_HANDLE, "HANDLE"), (_LONG_NUMBER, "NUMBER")):
                for other in pattern.finditer(text):
                    self._learn(other[0], self._next(entity, other[0]))

    def __call__(self, text: str) -> str:
        """The text with everything that is known replaced, the longest first."""
        if not self._known:
            return text
        parts = sorted(self._known, key=len, reverse=True)
        pattern = "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" if one[0].isalnum() else re.escape(one) for one in parts)
        # the keys as they were learnt, whatever case they are written in here
        folded = {one.casefold(): self._known[one] for one in parts}
        return re.sub(pattern, lambda found: folded.get(found[0].casefold(), "[...]"), text, flags=re.IGNORECASE)

    def context(self, case_id: str) -> CustomerContext:
        """The context as it may be kept."""
        given = self._context
        customer = given.customer.model_copy(
            update={
                "name": self(given.customer.name) if given.customer.name else None,
                "handle": "@customer" if given.customer.handle else None,
                "followers": None,
                "segment": None,
            }
        )
        return given.model_copy(
            update={
                "id": case_id,
                "post_id": None,
                "message": self(given.message),
                "thread": tuple(
                    turn.model_copy(update={"text": self(turn.text), "author": _author(turn.role, turn.author)})
                    for turn in given.thread
                ),
                "customer": customer,
                "agent": given.agent and given.agent.model_copy(update={"name": self(given.agent.name)}),
                "facts": tuple(
                    fact
                    if fact.visibility == "public" and self(fact.value) == fact.value
                    else fact.model_copy(update={"value": self(fact.value), "source": None})
                    for fact in given.facts
                ),
                "recent_replies": tuple(self(one) for one in given.recent_replies),
            }
        )

    def _learn(self, value: str, replacement: str) -> None:
        if len(value.strip()) > 1:
            self._known.setdefault(value.strip(), replacement)

    def _next(self, entity: str, value: str = "") -> str:
        if value in self._known:
            return self._known[value]
        number = self._seen[entity] = self._seen.get(entity, 0) + 1
        return _STAND_INS.get(entity, f"[{entity.lower().replace('_', ' ')} {{n}}]").format(n=number)


_STAND_INS: Mapping[str, str] = {
    "EMAIL_ADDRESS": "customer{n}@mail.example",
    "PHONE_NUMBER": "07700 90000{n}",
    "HANDLE": "@someone{n}",
    "NUMBER": "REF-00000{n}",
}
"""Fictional: `.example` is kept free by RFC 2606, 07700 900xxx by Ofcom."""


def _masked(name: str, value: str) -> str:
    """A number of the same shape, so that a pattern of it still fits; of anything else the fact's name alone."""
    return re.sub(r"\d", "0", value) if _NUMBER_LIKE.fullmatch(value) else f"[{name.replace('_', ' ')}]"


def _author(role: str, author: str | None) -> str | None:
    return None if author is None else f"@{role}"
