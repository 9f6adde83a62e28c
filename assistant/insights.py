"""What the decisions in a store say about the work: approvals, edits, overrides, waiting, causes, outcomes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

from pydantic import AwareDatetime
from sqlalchemy import select

from assistant.approval import Approval, Decision
from assistant.brand import Brand
from assistant.checking import sla_hours
from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from assistant.store.canonical import stored
from assistant.store.database import Database
from assistant.store.outcomes import OutcomeKind, outcomes_of
from assistant.store.tables import texts
from tone_rules.share import Share
from tone_rules.value import Value

LIGHT = 0.4
"""The share of a draft's characters up to which an edit is light: the bar that drafts are judged by."""

Edit = Literal["none", "light", "heavy", "own"]
"""What became of the draft: published as it was, edited lightly, rewritten, or never used."""


class Decided(Value):
    """One decision, with what is needed to count it. It holds no text of a customer or a reply."""

    message_id: str
    at: AwareDatetime
    decision: Decision
    reviewer: str
    channel: str
    intent: str
    """The most prominent one."""
    root_cause: str | None = None
    edit: Edit | None = None
    """None where nothing was published."""
    edited_share: float | None = None
    """Characters changed per character of the draft."""
    rules: tuple[str, ...] = ()
    """That fired on the text that went out."""
    overrides: tuple[tuple[str, str], ...] = ()
    """Each rule that was set aside, and why."""
    waited: timedelta | None = None
    due: timedelta | None = None
    """How long an answer may take there."""


class Figures(Value):
    """Some decisions, counted."""

    decisions: int
    published: int
    as_it_was: Share
    """Of the published: drafts that nobody changed."""
    light: Share
    """Of the published: drafts that went out as they were or after a light edit."""
    escalated: Share
    rejected: Share
    in_time: Share
    """Of those that were asked at a known time."""
    edited: float | None
    """Median share of a draft that was changed, of those that went out."""
    waited: float | None
    """Median hours from question to decision."""
    outcomes: Mapping[OutcomeKind, float]
    """The mean of each kind of outcome, 0 to 1."""
    outcome_counts: Mapping[OutcomeKind, int]


def decided(store: Database, brand: Brand) -> tuple[Decided, ...]:
    """Every decision whose texts are still kept, oldest first.

    Raises:
        StoreError: the store can't be read, or what it holds was altered.
    """
    query = select(texts.c.seq, texts.c.name, texts.c.text).where(texts.c.name.in_(("approval", "context", "proposal")))
    kept: dict[int, dict[str, str]] = defaultdict(dict)
    with store.reading() as connection:
        for row in connection.execute(query.order_by(texts.c.seq).execution_options(yield_per=500)):
            kept[row.seq][row.name] = row.text
    return tuple(_decided(one, brand) for one in kept.values() if "approval" in one and "context" in one)


def figures(rows: Sequence[Decided], outcomes: Mapping[str, Sequence[tuple[OutcomeKind, float]]]) -> Figures:
    """Some decisions counted; `outcomes` as `outcomes_by_message` gives them."""
    published = [one for one in rows if one.edit is not None]
    timed = [one for one in rows if one.waited is not None and one.due is not None]
    shares = [one.edited_share for one in published if one.edited_share is not None]
    hours = [one.waited.total_seconds() / 3600 for one in rows if one.waited is not None]
    told: dict[OutcomeKind, list[float]] = defaultdict(list)
    for key in {one.message_id for one in rows}:
        for kind, value in outcomes.get(key, ()):
            told[kind].append(value)
    return Figures(
        decisions=len(rows),
        published=len(published),
        as_it_was=Share.among(sum(one.edit == "none" for one in published), len(published)),
        light=Share.among(sum(one.edit in ("none", "light") for one in published), len(published)),
        escalated=Share.among(sum(one.decision == "escalate" for one in rows), len(rows)),
        rejected=Share.among(sum(one.decision == "reject" for one in rows), len(rows)),
        in_time=Share.among(sum(_in_time(one) for one in timed), len(timed)),
        edited=median(shares) if shares else None,
        waited=median(hours) if hours else None,
        outcomes={kind: sum(values) / len(values) for kind, values in told.items()},
        outcome_counts={kind: len(values) for kind, values in told.items()},
    )


def outcomes_by_message(store: Database) -> Mapping[str, Sequence[tuple[OutcomeKind, float]]]:
    """What became of replies, by message.

    Raises:
        StoreError: the store can't be read.
    """
    found: dict[str, list[tuple[OutcomeKind, float]]] = defaultdict(list)
    for one in outcomes_of(store):
        found[one.message_id].append((one.kind, one.value))
    return found


def grouped(rows: Iterable[Decided], key: Callable[[Decided], str | None]) -> Mapping[str, tuple[Decided, ...]]:
    """Decisions by what `key` says of each, most first; those of which it says nothing are left out."""
    found: dict[str, list[Decided]] = defaultdict(list)
    for one in rows:
        name = key(one)
        if name is not None:
            found[name].append(one)
    return {name: tuple(some) for name, some in sorted(found.items(), key=lambda item: -len(item[1]))}


def weekly(rows: Iterable[Decided]) -> Mapping[date, tuple[Decided, ...]]:
    """Decisions by the Monday of their week (UTC), in order, with the weeks between that had none."""
    found: dict[date, list[Decided]] = defaultdict(list)
    for one in rows:
        day = one.at.date()
        found[day - timedelta(days=day.weekday())].append(one)
    return {monday: tuple(found.get(monday, ())) for monday in _mondays(found)}


def rules_fired(rows: Iterable[Decided]) -> Mapping[str, int]:
    """How often each rule fired on what went out, most first."""
    return dict(Counter(rule for one in rows for rule in dict.fromkeys(one.rules)).most_common())


def overrides(rows: Iterable[Decided]) -> Mapping[str, tuple[str, ...]]:
    """Why each rule was set aside, most often first."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in rows:
        for rule, reason in one.overrides:
            found[rule].append(reason)
    return {rule: tuple(reasons) for rule, reasons in sorted(found.items(), key=lambda item: -len(item[1]))}


def _decided(kept: Mapping[str, str], brand: Brand) -> Decided:
    approval = stored(Approval, kept["approval"])
    context = stored(CustomerContext, kept["context"])
    proposal = stored(Proposal, kept["proposal"]) if "proposal" in kept else None
    edit, share = _edit(approval, proposal)
    hours = sla_hours(context.channel, brand)
    return Decided(
        message_id=approval.id,
        at=approval.at,
        decision=approval.decision,
        reviewer=approval.reviewer,
        channel=context.channel,
        intent=proposal.triage.intents[0] if proposal else "other",
        root_cause=proposal.triage.root_cause if proposal else None,
        edit=edit,
        edited_share=share,
        rules=tuple(one.rule for one in approval.findings),
        overrides=tuple((one.rule, one.reason) for one in approval.overrides),
        waited=_waited(context.created_at, approval.at),
        due=timedelta(hours=hours) if hours else None,
    )


def _edit(approval: Approval, proposal: Proposal | None) -> tuple[Edit | None, float | None]:
    if approval.text is None or approval.decision == "escalate":
        return None, None
    if approval.draft is None or approval.edit_distance is None or proposal is None:
        return "own", None
    length = max(1, len(proposal.drafts[approval.draft].text))
    share = approval.edit_distance / length
    return ("none" if not approval.edit_distance else "light" if share < LIGHT else "heavy"), share


def _waited(asked: datetime | None, at: datetime) -> timedelta | None:
    return at - asked if asked is not None and at >= asked else None


def _in_time(one: Decided) -> bool:
    return one.waited is not None and one.due is not None and one.waited <= one.due


def _mondays(found: Mapping[date, object]) -> Iterator[date]:
    if found:
        day, last = min(found), max(found)
        while day <= last:
            yield day
            day += timedelta(days=7)
