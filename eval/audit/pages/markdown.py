"""The report of an audit as Markdown."""

from collections.abc import Iterator, Sequence

from eval.audit.pages.words import METHOD, facts, level, mean, month_range, where
from eval.audit.report import OF_PEOPLE, Line, Period, Report
from eval.reports.escape import inline
from tone_rules.share import Share

_RULES = 40
_WORST = 20


def markdown(report: Report) -> str:
    """The report: totals, rules, months, channels, people where asked for, measures, the worst, bad rows."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# Audit of {report.replies:,} replies: {report.state}"
    yield ""
    yield f"{inline(report.brand)}{month_range(report)}."
    yield ""
    for name, told in facts(report):
        yield f"- **{inline(name)}**: {inline(told)}"
    yield ""
    yield from _table(
        "Rules",
        ("Rule", "Level", "Replies", "Share (95% interval)", "Findings", "Trend"),
        [
            (one.rule, level(one), f"{one.replies.count:,}", _share(one.replies), f"{one.findings:,}", one.trend)
            for one in report.rules[:_RULES]
        ],
    )
    if report.months:
        yield from _table("Months", _PERIOD, [_period(one) for one in report.months])
    yield from _table("Channels", _GROUP, [_line(one) for one in report.channels])
    if report.agents is not None:
        yield from _table("People", _GROUP, [_line(one) for one in report.agents])
        yield f"{OF_PEOPLE} {report.unnamed:,} replies are by others."
        yield ""
    if report.measured is not None:
        yield from _table(
            f"Measures of {report.measured.replies:,} of {report.measured.of:,} replies",
            ("Measure", "Mean (95% interval)", "Replies"),
            [(one.name, mean(one), f"{one.n:,}") for one in report.measured.means],
        )
    yield from _table(
        "Worst",
        ("Row", "Channel", "Day", "Blocking", "Rules"),
        [
            (where(one.where), one.where.channel or "", one.where.day or "", str(one.blocking), ", ".join(one.rules))
            for one in report.worst[:_WORST]
        ],
    )
    if report.bad:
        rows = [(f"{one.file}, row {one.row}", one.reason) for one in report.bad_rows[:_WORST]]
        yield from _table(f"{report.bad:,} rows could not be used", ("Row", "Why"), rows)
    if report.not_run:
        missed = [(one.rule, f"{one.replies:,}", one.reason) for one in report.not_run]
        yield from _table("Not run", ("Rule", "Replies", "Why"), missed)
    for rule, shown in report.examples.items():
        yield f"## {inline(rule)}"
        yield ""
        for one in shown:
            yield f"- {inline(where(one.where))}: {inline(one.before)}**{inline(one.match)}**{inline(one.after)}"
        yield ""
    yield inline(METHOD)


_PERIOD = ("Month", "Replies", "Blocked", "Flagged", "Tone", "Helpfulness")
_GROUP = ("Name", "Replies", "Blocked", "Flagged", "Most often", "Tone", "Helpfulness")


def _period(one: Period) -> tuple[str, ...]:
    shares = (_share(one.blocked), _share(one.flagged))
    return (one.name, f"{one.replies:,}", *shares, mean(one.tone), mean(one.helpfulness))


def _line(one: Line) -> tuple[str, ...]:
    often = ", ".join(rule for rule, _ in one.rules[:3])
    shares = (_share(one.blocked), _share(one.flagged))
    return (one.name, f"{one.replies:,}", *shares, often, mean(one.tone), mean(one.helpfulness))


def _share(share: Share) -> str:
    return "-" if share.rate is None else f"{share.rate:.1%} ({share.low:.1%} to {share.high:.1%})"


def _table(title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"## {inline(title)}"
    yield ""
    if rows:
        yield f"| {' | '.join(titles)} |"
        yield f"|{' --- |' * len(titles)}"
        for row in rows:
            yield f"| {' | '.join(inline(cell) or ' ' for cell in row)} |"
    else:
        yield "None."
    yield ""
