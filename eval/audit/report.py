"""The report of an audit: what was counted, with its intervals. It holds no text but examples that were asked for."""

from collections.abc import Iterable, Mapping
from typing import Literal

from eval.audit.job import Job, Plan
from eval.audit.tally import BINS, Counts, Offender, Place, Sums, Tally
from eval.audit.trend import LEVEL, Direction, direction
from eval.scorers.measures import SUMS
from eval.stats import Interval
from eval.stats.paired import holm
from tone_rules.explaining import what
from tone_rules.finding import Level
from tone_rules.pack import Pack
from tone_rules.share import Share
from tone_rules.value import Value

SCHEMA = 1
FEW = 30
"""Replies of one person below which nothing is said about them."""
OF_PEOPLE = (
    "Shares by person depend on which posts a person was given. They are for coaching, not for ranking; "
    f"who sent fewer than {FEW} replies is not shown."
)


class Mean(Value):
    """A measure's mean over replies of the sample."""

    name: str
    n: int
    mean: float | None
    interval: Interval | None
    """None of fewer than 30."""
    bins: tuple[int, ...] = ()
    """How many lie in each tenth from 0 to 1."""


class Period(Value):
    """The replies of a month or a week."""

    name: str
    replies: int
    blocked: Share
    flagged: Share
    tone: Mean
    helpfulness: Mean


class Line(Value):
    """The replies of one channel, or of one person."""

    name: str
    replies: int
    blocked: Share
    flagged: Share
    incomplete: int
    rules: tuple[tuple[str, int], ...]
    """The rules that flag most of them."""
    tone: Mean
    helpfulness: Mean


class RuleLine(Value):
    """One rule."""

    rule: str
    pack: str
    what: str
    """In one line, with a gap for what it finds."""
    level: Level
    blocking: bool
    reference: str | None
    replies: Share
    findings: int
    months: tuple[int, ...]
    """Replies flagged in each month of the report."""
    trend: Direction
    """Over the months, as far as it is sure beside those of all other rules."""


class PackLine(Value):
    """One pack."""

    pack: str
    required: bool
    rules: int
    replies: Share
    """With at least one of its findings."""
    not_run: int
    """Replies on which a rule of it did not run: without a finding they have not passed."""


class Where(Value):
    """A row of a file."""

    file: str
    row: int
    id: str | None = None
    link: str | None = None
    channel: str | None = None
    day: str | None = None


class Worst(Value):
    """A reply with findings."""

    where: Where
    blocking: int
    errors: int
    warnings: int
    suggestions: int
    rules: tuple[str, ...]


class Lowest(Value):
    """A reply of the sample that measures low."""

    where: Where
    tone: float
    helpfulness: float | None
    advice: str | None


class BadRow(Value):
    """A row that could not be used, and why."""

    file: str
    row: int
    reason: str


class Missed(Value):
    """A rule that did not run on some replies: they have not passed it."""

    rule: str
    reason: str
    required: bool
    replies: int


class Shown(Value):
    """The words around one finding; secrets are masked."""

    where: Where
    before: str
    match: str
    after: str
    message: str


class FileLine(Value):
    """One file, and which of its columns were taken for what."""

    name: str
    columns: Mapping[str, str]
    unused: tuple[str, ...]


class Measured(Value):
    """How the sample that was measured was drawn."""

    replies: int
    of: int
    """All that could have been drawn."""
    seed: int
    all: bool
    """Whether no reply was left out."""
    means: tuple[Mean, ...]
    lowest: tuple[Lowest, ...]


class Report(Value):
    """All of an audit."""

    schema_version: int = SCHEMA
    brand: str
    state: Literal["pass", "block", "incomplete"]
    """As a check's verdict: incomplete where rows could not be used or a required rule did not run."""
    replies: int
    rows: int
    empty: int
    """Rows in which nothing was sent."""
    bad: int
    undated: int
    """Replies whose date could not be read; they are in no month."""
    blocked: Share
    incomplete: Share
    flagged: Share
    trend: Direction
    """Of the share that is flagged, over the months."""
    packs: tuple[PackLine, ...]
    rules: tuple[RuleLine, ...]
    """Those that found something, most replies first."""
    quiet: int
    """Rules that ran wherever they apply and found nothing."""
    months: tuple[Period, ...]
    weeks: tuple[Period, ...]
    channels: tuple[Line, ...]
    agents: tuple[Line, ...] | None
    """None where they were not asked for."""
    unnamed: int = 0
    """Replies by people who sent too few to be shown."""
    measured: Measured | None
    """None where nothing was measured: it was not asked for."""
    worst: tuple[Worst, ...]
    """Each wording once, its numbers aside."""
    bad_rows: tuple[BadRow, ...]
    """The first of them."""
    not_run: tuple[Missed, ...]
    examples: Mapping[str, tuple[Shown, ...]] = {}
    files: tuple[FileLine, ...]
    passed_over: tuple[str, ...] = ()
    """Files of the folder that are no tables of replies."""
    provenance: Mapping[str, str]

    @property
    def exit_code(self) -> int:
        """The first that applies: 3 incomplete, 1 something blocks, 0."""
        if self.bad or any(one.required for one in self.not_run):
            return 3
        return 1 if self.blocked.count else 0


def report_of(job: Job, plan: Plan, tally: Tally, packs: Iterable[Pack]) -> Report:
    """The report of what was counted."""
    packs = tuple(packs)
    total, names = tally.total, [file.name for file in job.files]
    months = sorted(tally.months)
    agents = _lines(tally.agents, FEW) if job.by_agent else None
    rules = _rules(tally, packs, months)
    code_incomplete = bool(tally.bad) or any(one.required for one in tally.not_run.values())
    return Report(
        brand=job.brand,
        state="incomplete" if code_incomplete else "block" if total.blocked else "pass",
        replies=total.replies,
        rows=tally.rows,
        empty=tally.empty,
        bad=tally.bad,
        undated=tally.undated,
        blocked=Share.among(total.blocked, total.replies),
        incomplete=Share.among(total.incomplete, total.replies),
        flagged=Share.among(total.flagged, total.replies),
        trend=direction([(tally.months[one].flagged, tally.months[one].replies) for one in months])[0],
        packs=tuple(
            PackLine(
                pack=pack.name,
                required=pack.required,
                rules=len(pack.rules),
                replies=Share.among(total.packs[pack.name], total.replies),
                not_run=tally.unchecked[pack.name],
            )
            for pack in sorted(packs, key=lambda one: (-total.packs[one.name], one.name))
        ),
        rules=rules,
        quiet=sum(rule.id not in tally.not_run and not total.rules[rule.id] for pack in packs for rule in pack.rules),
        months=tuple(_period(one, tally.months[one]) for one in months),
        weeks=tuple(_period(one, tally.weeks[one]) for one in sorted(tally.weeks)),
        channels=_lines(tally.channels, 0),
        agents=agents,
        unnamed=sum(one.replies for one in tally.agents.values() if one.replies < FEW),
        measured=_measured(job, tally, names),
        worst=tuple(_worst(one, names) for one in tally.worst),
        bad_rows=tuple(BadRow(file=names[one.file], row=one.row, reason=one.reason) for one in tally.bad_rows),
        not_run=tuple(
            Missed(rule=rule, reason=one.reason, required=one.required, replies=one.replies)
            for rule, one in sorted(tally.not_run.items())
        ),
        examples={
            rule: tuple(
                Shown(
                    where=Where(file=names[one.file], row=one.row),
                    before=one.before,
                    match=one.match,
                    after=one.after,
                    message=one.message,
                )
                for one in found
            )
            for rule, found in sorted(tally.examples.items())
        },
        files=tuple(FileLine(name=one.name, columns=one.columns.used, unused=one.unused) for one in job.files),
        passed_over=job.passed_over,
        provenance={
            "replywright": job.version,
            "brand": job.brand_sha256,
            "weights": job.weights,
            **{f"pack {name}": sha for name, sha in job.packs.items()},
            "plan": plan.digest,
        },
    )


def _rules(tally: Tally, packs: tuple[Pack, ...], months: list[str]) -> tuple[RuleLine, ...]:
    of = [tally.months[one].replies for one in months]
    found = [(pack, rule) for pack in packs for rule in pack.rules if tally.total.rules[rule.id]]
    counts = [tuple(tally.months[one].rules[rule.id] for one in months) for _, rule in found]
    trends = [direction(list(zip(each, of, strict=True))) for each in counts]
    sure = holm({rule.id: p for (_, rule), (_, p) in zip(found, trends, strict=True)})
    lines = [
        RuleLine(
            rule=rule.id,
            pack=pack.name,
            what=what(rule),
            level=rule.definition.level,
            blocking=rule.blocking,
            reference=rule.definition.reference,
            replies=Share.among(tally.total.rules[rule.id], tally.total.replies),
            findings=tally.findings[rule.id],
            months=each,
            trend=way if sure[rule.id] < LEVEL else "cannot tell",
        )
        for (pack, rule), each, (way, _) in zip(found, counts, trends, strict=True)
    ]
    return tuple(sorted(lines, key=lambda one: (-one.replies.count, one.rule)))


def _lines(groups: Mapping[str, Counts], few: int) -> tuple[Line, ...]:
    shown = [(name, counts) for name, counts in groups.items() if counts.replies >= few]
    return tuple(
        Line(
            name=name,
            replies=counts.replies,
            blocked=Share.among(counts.blocked, counts.replies),
            flagged=Share.among(counts.flagged, counts.replies),
            incomplete=counts.incomplete,
            rules=tuple(sorted(counts.rules.items(), key=lambda one: (-one[1], one[0]))[:5]),
            tone=_mean("tone", counts),
            helpfulness=_mean("helpfulness", counts),
        )
        for name, counts in sorted(shown, key=lambda one: (-one[1].replies, one[0]))
    )


def _period(name: str, counts: Counts) -> Period:
    return Period(
        name=name,
        replies=counts.replies,
        blocked=Share.among(counts.blocked, counts.replies),
        flagged=Share.among(counts.flagged, counts.replies),
        tone=_mean("tone", counts),
        helpfulness=_mean("helpfulness", counts),
    )


def _mean(name: str, counts: Counts, *, bins: bool = False) -> Mean:
    sums = counts.measures.get(name, Sums(bins=[0] * BINS))
    return Mean(
        name=name, n=sums.n, mean=sums.mean, interval=sums.interval, bins=tuple(sums.bins) if bins and sums.n else ()
    )


def _measured(job: Job, tally: Tally, names: list[str]) -> Measured | None:
    if not job.measured:
        return None
    found = tally.total.measures
    order = [*(one for one in SUMS if one in found), *sorted(set(found) - set(SUMS))]
    drawn = found["tone"].n if "tone" in found else 0
    return Measured(
        replies=drawn,
        of=tally.total.replies,
        seed=job.seed,
        all=drawn == tally.total.replies,
        means=tuple(_mean(name, tally.total, bins=True) for name in order),
        lowest=tuple(
            Lowest(where=_where(one.place, names), tone=one.tone, helpfulness=one.helpfulness, advice=one.advice)
            for one in tally.lowest
        ),
    )


def _worst(one: Offender, names: list[str]) -> Worst:
    return Worst(
        where=_where(one.place, names),
        blocking=one.blocking,
        errors=one.errors,
        warnings=one.warnings,
        suggestions=one.suggestions,
        rules=tuple(one.rules),
    )


def _where(place: Place, names: list[str]) -> Where:
    return Where(
        file=names[place.file], row=place.row, id=place.id, link=place.link, channel=place.channel, day=place.day
    )
