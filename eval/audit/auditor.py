"""The map function: one part of an audit in, what was counted in it out. The same in a process and on Ray."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.brand import Brand
from assistant.checking import missing_packs, packs_of, situation_of
from eval.audit.files import Part, records_of
from eval.audit.job import Job
from eval.audit.parquet_records import GroupReader
from eval.audit.row import Row, line_of, read_row
from eval.audit.tally import (
    LOWEST,
    UNKNOWN,
    WORST,
    Bad,
    Counts,
    Example,
    Hit,
    Low,
    Offender,
    Place,
    Skipped,
    Sums,
    Tally,
    foremost,
)
from eval.scorers.measures import SUMS
from tone_rules.engine import check
from tone_rules.finding import Finding, NotRun, Report
from tone_rules.masking import Masked, short
from tone_rules.measures import measure
from tone_rules.situation import Situation

_KEPT = 20_000
"""Checks that are remembered, for replies that are sent word for word again."""
_AROUND = 60
"""Characters of the reply shown on each side of an example."""
_MOST_REASONS = 2_000
_NUMBER = re.compile(r"\d+")
TALLY: TypeAdapter[Tally] = TypeAdapter(Tally)


class Auditor:
    """Audits parts of one job; it keeps what it has learnt from one to the next, which moves no result."""

    def __init__(self, job: Job, brand: Brand) -> None:
        """Load the brand's packs."""
        self._job = job
        self._brand = brand
        self._packs = packs_of(brand)
        self._pack_of = {rule.id: pack.name for pack in self._packs for rule in pack.rules}
        self._missing = missing_packs(brand)
        self._ends = any(article.valid_until is not None for article in brand.knowledge.articles)
        self._reports: dict[bytes, Report] = {}
        self._groups = GroupReader()
        # replies of one channel and day stand in the same surroundings, but for the message
        self._around = lru_cache(maxsize=512)(self._surroundings)

    def part(self, part: Part, measured: frozenset[int]) -> bytes:
        """Audit one part.

        Args:
            part: which rows.
            measured: those that are measured, counted in the part from 0.

        Returns:
            The `Tally` as JSON.

        Raises:
            InputError: the file is no longer what it was.
            OSError: it can't be read.
        """
        job, file = self._job, self._job.files[part.file]
        tally = Tally()
        bad: list[Bad] = []
        for number, record in enumerate(records_of(file, part, self._groups)):
            tally.rows += 1
            row: Row | str | None = record.problem
            if record.cells is not None:
                row = read_row(record.cells, file.columns, order=job.order, by_agent=job.by_agent)
            if isinstance(row, Row):
                self._count(tally, row, part.file, part.row + number, number in measured)
            elif row is None:
                tally.empty += 1
            else:
                bad.append(Bad(part.file, part.row + number, row))
        missing = part.rows - tally.rows
        if missing > 0:
            reason = "from this row on the file can't be read any more"
            bad += [Bad(part.file, part.row + tally.rows + each, reason) for each in range(missing)]
        tally.rows = part.rows
        tally.bad, tally.bad_rows = len(bad), bad
        tally.worst = foremost(tally.worst, WORST, lambda one: one.rank, lambda one: one.digest)
        tally.lowest = foremost(tally.lowest, LOWEST, lambda one: one.rank, lambda one: one.digest)
        return TALLY.dump_json(tally)

    def _count(self, tally: Tally, row: Row, file: int, number: int, measured: bool) -> None:
        reply = row.line.reply
        report = self._report(row)
        place = Place(file, number, row.id, row.link, row.channel, row.day.isoformat() if row.day else None)
        groups = self._groups_of(tally, row)
        tally.undated += row.day is None and row.dated
        rules = {one.rule for one in report.findings}
        packs = {self._pack_of[one] for one in rules}
        for counts in groups:
            counts.replies += 1
            counts.blocked += report.verdict == "block"
            counts.incomplete += report.verdict == "incomplete"
            counts.flagged += bool(rules)
            counts.rules.update(rules)
            counts.packs.update(packs)
        for missed in report.not_run:
            _skipped(tally, missed)
        tally.unchecked.update({self._pack_of.get(one.rule, one.rule) for one in report.not_run})
        if rules:
            tally.findings.update(one.rule for one in report.findings)
            tally.worst.append(_offender(place, reply, report.findings))
            if len(tally.worst) > 4 * WORST:
                tally.worst = foremost(tally.worst, WORST, lambda one: one.rank, lambda one: one.digest)
            if self._job.findings:
                tally.hits += [
                    Hit(place, one.rule, one.level, one.blocking, one.start, one.end) for one in report.findings
                ]
            if self._job.examples:
                self._show(tally, place, reply, report.findings)
        if measured:
            self._measure(tally, row, place, groups)

    def _groups_of(self, tally: Tally, row: Row) -> list[Counts]:
        found = [tally.total, tally.channels.setdefault(row.channel or UNKNOWN, Counts())]
        if row.day is not None:
            year, week, _ = row.day.isocalendar()
            found.append(tally.months.setdefault(f"{row.day:%Y-%m}", Counts()))
            found.append(tally.weeks.setdefault(f"{year}-W{week:02}", Counts()))
        if self._job.by_agent:
            found.append(tally.agents.setdefault(row.agent or UNKNOWN, Counts()))
        return found

    def _report(self, row: Row) -> Report:
        """The check of a reply; one that was checked in the same surroundings before is not checked again.

        The key holds all that a rule can look at, so that what is remembered is what would be found.
        """
        line = row.line
        day = (row.day or self._job.on) if self._ends else None
        if not row.plain:
            return self._checked(line.reply, situation_of(line, self._brand, line.message, day or self._job.on))
        key = _digest((line.reply, line.message, line.channel, line.audience, day))
        found = self._reports.get(key)
        if found is None:
            around = self._around(line.channel, line.audience, day)
            found = self._checked(line.reply, around.model_copy(update={"message": line.message}))
            if len(self._reports) >= _KEPT:
                del self._reports[next(iter(self._reports))]
            self._reports[key] = found
        return found

    def _checked(self, reply: str, situation: Situation) -> Report:
        report = check(reply, self._packs, situation)
        return Report.of(report.findings, (*report.not_run, *self._missing)) if self._missing else report

    def _surroundings(self, channel: str | None, audience: Literal["public", "private"], day: date | None) -> Situation:
        return situation_of(line_of(channel, audience), self._brand, None, day or self._job.on)

    def _measure(self, tally: Tally, row: Row, place: Place, groups: Iterable[Counts]) -> None:
        line = row.line
        scores = measure(line.reply, Situation(channel=line.channel, message=line.message, thread=line.thread))
        values = {name: getattr(scores, name) for name in SUMS}
        values |= {name: one.value for name, one in scores.measures.items()}
        known = {name: value for name, value in values.items() if value is not None}
        for counts in groups:
            for name, value in known.items():
                if counts is tally.total or name in SUMS:
                    counts.measures.setdefault(name, Sums()).count(value)
        tally.lowest.append(Low(place, scores.tone, scores.helpfulness, scores.advice, _wording(line.reply)))

    def _show(self, tally: Tally, place: Place, reply: str, findings: tuple[Finding, ...]) -> None:
        shown = Masked(reply, findings)
        for one in findings:
            held = tally.examples.setdefault(one.rule, [])
            if len(held) < self._job.examples:
                before = short(shown.text[max(0, one.start - _AROUND) : one.start])
                after = short(shown.text[one.end : one.end + _AROUND])
                match = shown.match(one)[:_AROUND]
                held.append(Example(place.file, place.row, before, match, after, shown.message(one)))


def _skipped(tally: Tally, missed: NotRun) -> None:
    if missed.rule in tally.not_run or len(tally.not_run) < _MOST_REASONS:
        tally.not_run.setdefault(missed.rule, Skipped(missed.reason, missed.required, 0)).replies += 1


def _offender(place: Place, reply: str, findings: tuple[Finding, ...]) -> Offender:
    levels = [one.level for one in findings]
    return Offender(
        place=place,
        blocking=sum(one.blocking for one in findings),
        errors=levels.count("error"),
        warnings=levels.count("warning"),
        suggestions=levels.count("suggestion"),
        rules=sorted({one.rule for one in findings}),
        digest=_wording(reply),
    )


def _wording(reply: str) -> str:
    """The same of two replies that differ in numbers and letter case alone: one template, one offender."""
    return _digest(_NUMBER.sub("0", reply.casefold())).hex()


def _digest(value: object) -> bytes:
    text = json.dumps(value, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
