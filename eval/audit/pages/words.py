"""How an audit's figures are said, the same in every form of the report."""

from collections.abc import Iterator

from eval.audit.report import Mean, Report, RuleLine, Where

METHOD = (
    "Shares come with Wilson's 95% interval, means with the normal one. A trend is Cochran and Armitage's test over "
    "the months, those of all rules together held to 5% by Holm's procedure; replies of one template are counted one "
    "by one, so what looks sure may be one template. Among the worst each wording stands once, its numbers aside. The "
    "measures are opinions of fitted weights. A reply was checked against what its row says and what the brand's files "
    "say today."
)


def month_range(report: Report) -> str:
    """`, 2025-12 to 2026-11`, or nothing where no reply has a date."""
    if not report.months:
        return ""
    first, last = report.months[0].name, report.months[-1].name
    return f", {first}" if first == last else f", {first} to {last}"


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """The totals, each with its name."""
    yield "Blocked", str(report.blocked)
    yield "Flagged", f"{report.flagged}; {_trend(report)}"
    if report.incomplete.count:
        yield "Not wholly checked", str(report.incomplete)
    missed = f"; {len(report.not_run):,} did not run on some replies" if report.not_run else ""
    yield "Rules", f"{len(report.rules):,} found something, {report.quiet:,} nothing{missed}"
    rows = f"{report.rows:,}; {report.empty:,} without a reply, {report.bad:,} bad"
    yield "Rows", rows + (f", {report.undated:,} with a date that can't be read" if report.undated else "")
    if report.measured is None:
        yield "Measures", "not measured: it was not asked for"
    elif report.measured.all:
        yield "Measures", f"of all {report.measured.replies:,} replies"
    else:
        yield "Measures", f"of {report.measured.replies:,} replies, drawn with the seed {report.measured.seed}"


def level(one: RuleLine) -> str:
    """How much a rule weighs."""
    return "blocking" if one.blocking else one.level


def mean(one: Mean) -> str:
    """`0.62 (0.60 to 0.64)`; what has no value is called unmeasured."""
    if one.mean is None:
        return "unmeasured"
    return f"{one.mean:.2f} ({one.interval})" if one.interval else f"{one.mean:.2f} (of {one.n})"


def where(one: Where) -> str:
    """The file and the row, with the row's own id where it has one."""
    return f"{one.file}, row {one.row}" + (f" ({one.id})" if one.id else "")


def _trend(report: Report) -> str:
    if report.trend == "cannot tell":
        return "cannot tell whether it moves" if report.months else "no trend without dates"
    return f"{report.trend} over the months"
