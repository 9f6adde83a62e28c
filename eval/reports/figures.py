"""How numbers are written in every report."""

from assistant.models.prices import taken
from eval.stats import Interval
from eval.summary import DimensionTally, Summary


def share(part: int, whole: int, interval: Interval | None) -> str:
    """`27 of 30 (0.74-0.97)`; the interval is left out where there is none."""
    return f"{part} of {whole}" + (f" ({interval.low:.2f}-{interval.high:.2f})" if interval else "")


def mean(value: float | None) -> str:
    """Three decimals; what has no value is called unscored and never gets a number."""
    return "unscored" if value is None else f"{value:.3f}"


def headline(summary: Summary) -> str:
    """The totals in one line."""
    total = summary.total
    return (
        f"{share(total.passed, total.cases, total.interval)} passed, {total.failed} failed "
        f"({summary.autofails} by a single score), {total.incomplete} incomplete "
        f"({summary.errors} errors, {summary.unscored} not wholly scored, {summary.missing} without a result)"
    )


def spent(summary: Summary) -> list[str]:
    """What drafting and judging took, a line each; nothing where no model was asked."""
    used = (("drafting", summary.usage), ("judging", summary.judging))
    return [f"{who} took {taken(usage)}" for who, usage in used if usage is not None and usage.calls]


def dimension(tally: DimensionTally) -> str:
    """Its name, and whether it decides nothing."""
    return f"{tally.name} (advisory)" if tally.advisory else tally.name
