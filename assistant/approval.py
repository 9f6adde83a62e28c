"""A person's decision about a reply: the exact final text is checked again, and what was decided is recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import AwareDatetime
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, func, select

from assistant import checking
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import ApprovalError, Blocked, InputError, MovedOn, NotPermitted
from assistant.pipeline import Proposal
from assistant.store import MessageStatus, RecordKind, Store, handovers, records, tables
from assistant.store.canonical import canonical, sha256, stored
from assistant.store.claims import drop, refuse_claimed
from assistant.store.inbox import in_parts, key_of, said, settle
from assistant.store.notices import refuse_paused
from tone_rules.claims.keeping import Commitment, commitments
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.situation import Turn
from tone_rules.value import Value

Decision = Literal["approve", "edit", "reject", "escalate"]
Check = Callable[[str, CustomerContext, Brand], Report]


class Override(Value):
    """One rule that was set aside for one reply."""

    rule: str
    reason: str
    by: str


class Approval(Value):
    """What a person decided about one message."""

    id: str
    """The message's."""
    decision: Decision
    """`edit` where the final text is nobody's draft, whatever was asked for."""
    reviewer: str
    author: str | None = None
    """Who wrote the final text: a drafter's name or a person's; None where nothing is published."""
    text: str | None = None
    """The exact final text; None where nothing is published."""
    text_sha256: str | None = None
    """Hex, of the text in UTF-8."""
    at: AwareDatetime
    reason: str | None = None
    escalated_to: str | None = None
    overrides: tuple[Override, ...] = ()
    proposal_id: str
    proposal_sha256: str
    """Hex, of the proposal's canonical JSON."""
    draft: int | None = None
    """The index of the draft that it began with; None for a text written anew."""
    edit_distance: int | None = None
    """Characters inserted, deleted or replaced since that draft (Levenshtein)."""
    verdict: Verdict | None = None
    """Of the final text; None where there was none to check."""
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    """What somebody must now keep, read from the exact final text."""


def approve(
    store: Store,
    brand: Brand,
    proposal: Proposal,
    context: CustomerContext,
    *,
    decision: Decision,
    reviewer: str,
    text: str | None = None,
    draft: int | None = None,
    author: str | None = None,
    reason: str | None = None,
    escalated_to: str | None = None,
    override: Mapping[str, str] | None = None,
    may_override: bool = False,
    thread: Sequence[Turn] | None = None,
    check: Check = checking.check,
) -> Approval:
    """Check the exact final text again and, if it may be published, record the decision in one transaction.

    Copying a reply out counts as approving it. Nothing is recorded where this raises.

    Args:
        store: where the message and the records are; a message that it does not hold yet is added.
        brand: whose rules, four eyes and retention apply.
        proposal: what was proposed for the message.
        context: what the proposal was made from.
        decision: `approve` and `edit` publish `text`; `escalate` hands the message on, with `text` as a holding reply
            if it is given; `reject` publishes nothing. The last two need a reason.
        reviewer: the person who decides.
        text: the final text.
        draft: the index of the draft that the text began with, where it is known.
        author: the person who wrote or chose the text; must be another than the reviewer where the brand asks for
            four eyes.
        reason: why; kept with the text and erased with it.
        escalated_to: a person or team.
        override: for each blocking rule (or required rule that did not run) that is set aside, why.
        may_override: whether the reviewer has the right to do that.
        thread: the thread as it stands now without the message, where the caller has just read it.
        check: what checks the text.

    Raises:
        Blocked: a finding blocks, or a required rule did not run, and that was not overridden; see `report`.
        MovedOn: the thread has changed since the proposal was made.
        Claimed: somebody else is answering this message.
        Paused: nothing goes out just now; escalating and rejecting still do.
        NotPermitted: no right to override, a rule that can't be overridden, or four eyes.
        ApprovalError: the message was decided before.
        InputError: something is missing or does not fit together.
        StoreError: it could not be recorded.
    """
    _fit_together(proposal, context, draft)
    reviewer, reason = _decided(decision, reviewer, reason)
    text = _final(decision, text)
    if thread is not None and said(thread) != said(context.thread):
        raise MovedOn("the thread has changed since this was drafted; read it again and draft anew")
    report = None
    overrides: tuple[Override, ...] = ()
    edited: int | None = None
    if text is not None:
        draft, edited = _origin(proposal, text, draft)
        _four_eyes(brand, proposal, reviewer, author)
        author = author or (proposal.drafts[draft].drafter if draft is not None and not edited else reviewer)
        if decision != "escalate":
            decision = "approve" if edited == 0 else "edit"
        report = check(text, context, brand)
        overrides = _overridden(brand, report, override or {}, reviewer, may_override)
    approval = Approval(
        id=key_of(context) or "",
        decision=decision,
        reviewer=reviewer,
        author=author if text is not None else None,
        text=text,
        text_sha256=None if text is None else sha256(text),
        at=datetime.now(UTC),
        reason=reason,
        escalated_to=escalated_to,
        overrides=overrides,
        proposal_id=proposal.id,
        proposal_sha256=sha256(canonical(proposal)),
        draft=draft,
        edit_distance=edited,
        verdict=None if report is None else report.verdict,
        findings=() if report is None else report.findings,
        not_run=() if report is None else report.not_run,
        commitments=() if text is None else commitments(text, checking.situation_of(context, brand)),
    )
    with store.writing() as connection:
        if decision in ("approve", "edit"):
            refuse_paused(connection, approval.at)
        refuse_claimed(connection, approval.id, reviewer, approval.at)
        _record(connection, brand, proposal, context, approval)
        drop(connection, approval.id)
        handovers.drop(connection, approval.id)
    return approval


def decisions(store: Store, message_id: str) -> tuple[Approval, ...]:
    """What was decided about a message, oldest first, as far as it was not erased.

    Raises:
        StoreError: the store can't be read.
    """
    table = tables.texts
    query = select(table.c.text).where(table.c.message_id == message_id, table.c.name == "approval")
    with store.reading() as connection:
        found = connection.execute(query.order_by(table.c.seq)).scalars().all()
    return tuple(stored(Approval, one) for one in found)


def latest(store: Store, ids: Iterable[str]) -> dict[str, Approval]:
    """The last decision about each of these messages, as far as it was not erased.

    Raises:
        StoreError: the store can't be read.
    """
    table = tables.texts
    last = select(func.max(table.c.seq)).where(table.c.name == "approval").group_by(table.c.message_id)
    found: dict[str, Approval] = {}
    with store.reading() as connection:
        for some in in_parts(ids):
            wanted = last.where(table.c.message_id.in_(some))
            query = select(table.c.message_id, table.c.text).where(table.c.name == "approval", table.c.seq.in_(wanted))
            for row in connection.execute(query):
                found[row.message_id] = stored(Approval, row.text)
    return found


class _Outcome(NamedTuple):
    status: MessageStatus
    kind: RecordKind


_OUTCOMES: Mapping[Decision, _Outcome] = {
    "approve": _Outcome("approved", "approval"),
    "edit": _Outcome("approved", "approval"),
    "reject": _Outcome("rejected", "rejection"),
    "escalate": _Outcome("escalated", "escalation"),
}


def _fit_together(proposal: Proposal, context: CustomerContext, draft: int | None) -> None:
    if not key_of(context):
        raise InputError("the context has neither an id nor a post_id; give it one, so that it is answered only once")
    if "\x00" in f"{key_of(context)}{context.post_id}":
        raise InputError("the context has a NUL byte in its id; remove it")
    if proposal.id != context.id:
        raise InputError("the proposal is for another message than the context; give both of one message")
    if draft is not None and not 0 <= draft < len(proposal.drafts):
        raise InputError(f"there is no draft {draft}; the proposal has {len(proposal.drafts)}, counted from 0")


def _decided(decision: Decision, reviewer: str, reason: str | None) -> tuple[str, str | None]:
    if decision not in _OUTCOMES:
        raise InputError(f"'{decision}' is no decision; use one of {', '.join(_OUTCOMES)}")
    if not reviewer.strip():
        raise InputError("name the reviewer: a person decides")
    reason = (reason or "").strip() or None
    if reason is None and decision in {"reject", "escalate"}:
        raise InputError(f"say why: to {decision} needs a reason")
    return reviewer.strip(), reason


def _final(decision: Decision, text: str | None) -> str | None:
    if decision == "reject" or (decision == "escalate" and text is None):
        return None
    if text is None or not text.strip():
        raise InputError("the final text is empty; write it, or reject the message")
    if "\x00" in text:
        raise InputError("the final text holds a NUL byte; remove it")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError("the final text holds half of a character (a lone surrogate); remove it") from None
    return text


def _origin(proposal: Proposal, text: str, draft: int | None) -> tuple[int | None, int | None]:
    """The draft that a text began with, and how far it is from it."""
    if draft is None:
        draft = next((index for index, one in enumerate(proposal.drafts) if one.text == text), None)
    return draft, None if draft is None else Levenshtein.distance(proposal.drafts[draft].text, text)


def _four_eyes(brand: Brand, proposal: Proposal, reviewer: str, author: str | None) -> None:
    if not brand.four_eyes:
        return
    drafters = {_same(one.drafter) for one in proposal.drafts}
    if not (author or "").strip() or _same(author or "") in drafters:
        raise NotPermitted("this brand asks for four eyes: name the person who wrote or chose the text as its author")
    if _same(author or "") == _same(reviewer):
        raise NotPermitted("this brand asks for four eyes: somebody other than the text's author must approve it")


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def _overridden(
    brand: Brand, report: Report, override: Mapping[str, str], reviewer: str, may_override: bool
) -> tuple[Override, ...]:
    """The overrides that let this report through."""
    blocking = [one.rule for one in report.findings if one.blocking]
    stopping = report.stopping
    if not stopping:
        return ()
    missing = [rule for rule in stopping if not override.get(rule, "").strip()]
    if missing:
        what = "blocks" if report.verdict == "block" else "is not fully checked"
        raise Blocked(f"the text {what}: {', '.join(missing)}; mend it, or override each rule with a reason", report)
    if not may_override:
        raise NotPermitted(f"{reviewer} has no right to override rules; ask somebody who has, or mend the text")
    allowed = {rule.id: rule.definition.override != "never" for pack in checking.packs_of(brand) for rule in pack.rules}
    # A finding whose rule is not known can't be shown to be allowed. A pack that is missing, or that
    # does not read the language (`finance.*`), has no rules to look up: a person answers for what it stands for.
    never = [rule for rule in stopping if not allowed.get(rule, rule not in blocking)]
    if never:
        raise NotPermitted(f"nobody may override {', '.join(never)}; mend the text")
    return tuple(Override(rule=rule, reason=override[rule].strip(), by=reviewer) for rule in stopping)


def _record(
    connection: Connection, brand: Brand, proposal: Proposal, context: CustomerContext, approval: Approval
) -> None:
    outcome = _OUTCOMES[approval.decision]
    retain_until = approval.at.date() + timedelta(days=brand.retention_days)
    settle(connection, context, outcome.status, approval.at, retain_until)
    named = {
        "id": approval.id,
        "message": context.message,
        "context": canonical(context),
        "proposal": canonical(proposal),
        "approval": canonical(approval),
    }
    if approval.text is not None:
        named["reply"] = approval.text
    texts = records.Texts(context=context, message_id=approval.id, named=named, retain_until=retain_until)
    for one in approval.overrides:
        payload = {"rule": one.rule, "by": one.by}
        why = texts.model_copy(update={"named": {"reason": one.reason}})
        records.append(connection, "override", payload, why, approval.at)
    records.append(connection, outcome.kind, _payload(brand, proposal, approval), texts, approval.at)


def _payload(brand: Brand, proposal: Proposal, approval: Approval) -> dict[str, object]:
    """What may stay in the log for ever: nothing of the customer's, and no words of the reply."""
    return {
        "decision": approval.decision,
        "reviewer": approval.reviewer,
        "author": approval.author,
        "brand": {"name": brand.name, "sha256": brand.sha256},
        **{name: told for name, told in proposal.provenance.items() if name == "model"},
        "draft": approval.draft,
        "edit_distance": approval.edit_distance,
        "verdict": approval.verdict,
        "findings": [{"rule": one.rule, "level": one.level, "blocking": one.blocking} for one in approval.findings],
        "not_run": [one.rule for one in approval.not_run],
        "overrides": [one.rule for one in approval.overrides],
    }


__all__ = ["Approval", "ApprovalError", "Check", "Commitment", "Decision", "Override", "approve", "decisions", "latest"]
