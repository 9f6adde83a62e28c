"""What a change of a rule would do: on one text while it is written, and on the replies that went out."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant import checking
from assistant.approved import sent
from assistant.brand import Brand
from assistant.context import Surroundings
from assistant.errors import InputError
from assistant.lines import CheckLine
from assistant.past_replies import PastReplies
from assistant.rulebook.changes import Removed, Setting, Written
from assistant.rulebook.staging import alone, staged
from assistant.store.database import Database
from tone_rules.backtesting import Backtest, BadReply, Example, PastReply, backtest
from tone_rules.engine import check
from tone_rules.examples import Failure, outcomes
from tone_rules.explaining import conditions
from tone_rules.finding import Report, Verdict
from tone_rules.pack import Pack
from tone_rules.share import Share
from tone_rules.situation import Situation
from tone_rules.value import Value

MOST = 2_000
"""Replies in one backtest, the newest first."""
SECONDS = 60.0
"""One backtest; where the time is up, what was read until then counts and the report says so."""
TELLING = 10
_SAMPLED = 200
"""Examples among which the most telling are chosen."""

AnyChange = Setting | Written | Removed
Became = Literal["newly", "no longer", "as before"]


class Tried(Value):
    """A rule, as a change would make it, on one text."""

    report: Report
    """Of this rule alone."""
    off: bool
    """Whether the rule would not run at all."""
    applies: bool
    """Whether its `when` fits; a rule that does not apply finds nothing."""
    conditions: tuple[str, ...]
    failures: tuple[Failure, ...]
    """Of its own examples."""
    examples: int


class Telling(Value):
    """One reply of the past that shows what a change would do."""

    example: Example
    became: Became
    was: Verdict | None = None
    """Of the whole reply, where it changes."""
    would_be: Verdict | None = None


class Trial(Value):
    """What a change would have done to replies of the past."""

    replies: int
    flagged: Share
    """Replies that the rule would flag."""
    before: Share
    """Replies that it flags as it is."""
    newly: int
    no_longer: int
    verdicts: int
    """Replies whose verdict changes."""
    telling: tuple[Telling, ...]
    not_run: tuple[str, ...] = ()
    bad: tuple[BadReply, ...] = ()
    bad_lines: int = 0
    stopped: str | None = None
    """Why not all replies were read."""


def tried(brand: Brand, change: AnyChange, text: str, context: Surroundings, message: str | None = None) -> Tried:
    """Check one text by a rule as a change would make it.

    Args:
        brand: as it is.
        change: of one rule.
        text: a reply.
        context: around it.
        message: the customer's words where the context holds none.

    Raises:
        ConfigurationError: the change is wrong, with the places.
        InputError: it makes no sense for this brand.
    """
    with staged(brand, change) as after:
        pack = after.alone(change.rule)
        if pack is None:
            nothing = Report.of(())
            return Tried(report=nothing, off=True, applies=False, conditions=(), failures=(), examples=0)
        situation = checking.situation_of(context, after.brand, message)
        when = pack.rules[0].definition.when
        outcome = next(iter(outcomes(pack)))
        return Tried(
            report=check(text, pack, situation),
            off=False,
            applies=when.fits(situation),
            conditions=tuple(conditions(when)),
            failures=outcome.failures,
            examples=outcome.examples,
        )


def past(store: Database, brand: Brand) -> Sequence[PastReply]:
    """The replies of a brand that went out, as a backtest reads them.

    Raises:
        StoreError: the store can't be read.
    """
    return [
        PastReply(text=reply, situation=checking.situation_of(context, brand), line=number)
        for number, (reply, context) in enumerate(sent(store, brand, MOST), 1)
    ]


def uploaded(text: str, name: str, brand: Brand) -> Sequence[PastReply | BadReply]:
    """The replies in a file of JSON Lines or CSV, at most `MOST`.

    Raises:
        InputError: no column holds replies.
    """

    def situation(line: CheckLine) -> Situation:
        return checking.situation_of(line, brand, line.message)

    found: list[PastReply | BadReply] = []
    for one in PastReplies(text.splitlines(keepends=True), situation, name=name):
        found.append(one)
        if len(found) >= MOST:
            break
    if not found:
        raise InputError("the file holds no replies; give JSON Lines or CSV with a column 'reply'")
    return found


def backtested(
    brand: Brand,
    change: AnyChange,
    replies: Sequence[PastReply | BadReply],
    told: Callable[[int], bool] = lambda _: True,
    seconds: float = SECONDS,
) -> Trial:
    """Run a rule as it is, and as a change would make it, on replies of the past.

    Args:
        brand: as it is.
        change: of one rule.
        replies: from `past` or `uploaded`.
        told: is given how many were read; where it answers no, the rest is left.
        seconds: after which the rest is left.

    Raises:
        ConfigurationError: the change is wrong, with the places.
        InputError: there is nothing to run.
    """
    with staged(brand, change) as after:
        packs = checking.packs_of(brand)
        old, new = alone(packs, change.rule), after.alone(change.rule)
        first = new or old
        if first is None:
            raise InputError("the rule is off before and after; there is nothing to test")
        run = _Reading(replies, told, time.monotonic() + seconds, _Verdicts(packs, after.packs, old, new))
        empty = Pack(first.name, ())
        report = backtest(first, run, old if new and old else empty, others=(), examples=_SAMPLED)
        return _trial(report, run, off=new is None)


@dataclass
class _Verdicts:
    """Which replies get another verdict; the rest of the rules is asked only where this rule could decide."""

    packs: tuple[Pack, ...]
    packs_after: tuple[Pack, ...]
    old: Pack | None
    new: Pack | None

    def of(self, reply: PastReply) -> tuple[Verdict, Verdict] | None:
        situation = reply.situation or Situation()
        was, would = (check(reply.text, one, situation).verdict if one else "pass" for one in (self.old, self.new))
        if was == would:
            return None
        before, after = (check(reply.text, packs, situation).verdict for packs in (self.packs, self.packs_after))
        return (before, after) if before != after else None


@dataclass
class _Reading:
    """The replies as the backtest reads them, until there is a reason to stop."""

    replies: Sequence[PastReply | BadReply]
    told: Callable[[int], bool]
    until: float
    verdicts: _Verdicts
    changed: dict[int, tuple[Verdict, Verdict]] = field(default_factory=dict)
    stopped: str | None = None

    def __iter__(self) -> Iterator[PastReply | BadReply]:
        for number, reply in enumerate(self.replies):
            if not self.told(number):
                self.stopped = "stopped by hand"
                return
            if time.monotonic() > self.until:
                self.stopped = "the time was up"
                return
            if isinstance(reply, PastReply):
                found = self.verdicts.of(reply)
                if found is not None:
                    self.changed[reply.line or number + 1] = found
            yield reply
        self.told(len(self.replies))


def _trial(report: Backtest, run: _Reading, *, off: bool) -> Trial:
    """The report of a backtest as what a change would do; of a rule that goes, what it finds now is what is lost."""
    (rule,) = report.rules
    whole = next(iter(report.changes), None)
    nothing = Share.among(0, report.replies)
    sampled: list[tuple[Became, Iterable[Example]]]
    if off:
        flagged, before, newly, no_longer = nothing, rule.flagged, 0, rule.flagged.count
        sampled = [("no longer", rule.examples)]
    else:
        flagged = rule.flagged
        before = Share.among(whole.older, report.replies) if whole else nothing
        newly, no_longer = (whole.newly, whole.no_longer) if whole else (flagged.count, 0)
        pairs = [one for one in report.changes if one.rule != "*"]
        sampled = [
            ("newly", [one for pair in pairs for one in pair.newly_examples]),
            ("no longer", [one for pair in pairs for one in pair.no_longer_examples]),
            ("as before", rule.examples),
        ]
    return Trial(
        replies=report.replies,
        flagged=flagged,
        before=before,
        newly=newly,
        no_longer=no_longer,
        verdicts=len(run.changed),
        telling=_telling(sampled, run.changed),
        not_run=tuple(f"{one.replies:,} replies: {one.reason}" for one in report.not_run),
        bad=report.bad[:TELLING],
        bad_lines=report.bad_lines,
        stopped=run.stopped,
    )


def _telling(
    sampled: Iterable[tuple[Became, Iterable[Example]]], changed: dict[int, tuple[Verdict, Verdict]]
) -> tuple[Telling, ...]:
    """One example of a reply: first where the verdict changes, then where the finding does, then the others."""
    found: dict[int, Telling] = {}
    for became, examples in sampled:
        for one in examples:
            was, would_be = changed.get(one.line, (None, None))
            found.setdefault(one.line, Telling(example=one, became=became, was=was, would_be=would_be))
    return tuple(sorted(found.values(), key=lambda one: one.was is None)[:TELLING])
