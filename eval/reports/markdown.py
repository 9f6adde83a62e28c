"""A run as Markdown, for the summary of a CI job."""

from collections.abc import Iterator, Sequence

from eval.gate import GateVerdict
from eval.reports.escape import fenced, inline
from eval.reports.figures import dimension, headline, mean, share, spent
from eval.reports.told import sentence, worth_telling
from eval.run import Result, Run
from eval.summary import summarise

SUFFIX = ".md"
SHOWN = 50
"""Cases shown in full. GitHub takes a summary of at most 1 MiB a step; the JSON report holds all."""
_LONGEST = 4_000
"""Characters of one message or draft that are shown."""


def render(run: Run, verdict: GateVerdict) -> str:
    """The report: the verdict, totals, every dimension and tag, and each case that did not pass, the worst first."""
    return "\n".join(_lines(run, verdict)) + "\n"


def _lines(run: Run, verdict: GateVerdict) -> Iterator[str]:
    summary = summarise(run)
    yield f"# Suite {inline(run.header.suite)}: {inline(verdict.headline)}"
    yield ""
    yield inline(headline(summary))
    yield ""
    yield from _table(("Gate", "State", "Found"), [(one.name, one.state, one.message) for one in verdict.checks], "lll")
    yield from _table(
        ("Dimension", "Mean", "Passed (95% interval)", "Autofail", "Unscored"),
        [
            (dimension(one), mean(one.mean), share(one.passed, one.scored, one.interval), one.autofails, one.unscored)
            for one in summary.dimensions
        ],
        "lrrrr",
    )
    yield from _table(
        ("Tag", "Passed (95% interval)", "Failed", "Incomplete"),
        [(tag.name, share(tag.passed, tag.cases, tag.interval), tag.failed, tag.incomplete) for tag in summary.tags],
        "lrrr",
    )
    bad = [result for result in run.worst_first if result.outcome != "passed"]
    for result in bad[:SHOWN]:
        yield from _case(result)
    if len(bad) > SHOWN:
        yield f"{len(bad) - SHOWN} more cases did not pass; the JSON report holds them."
        yield ""
    for line in spent(summary):
        yield inline(line)
        yield ""
    header = run.header
    yield inline(
        f"Revision {header.revision or 'unknown'}, suite sha256 {header.suite_sha256}, begun {header.started_at}"
    )


def _table(titles: Sequence[str], rows: Sequence[Sequence[object]], alignment: str) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(titles)} |"
    yield f"| {' | '.join('---:' if side == 'r' else '---' for side in alignment)} |"
    for row in rows:
        yield f"| {' | '.join(inline(str(cell)) for cell in row)} |"
    yield ""


def _case(result: Result) -> Iterator[str]:
    tags = f" ({', '.join(result.case.tags)})" if result.case.tags else ""
    yield f"## {result.outcome}: {inline(result.case.id + tags)}"
    yield ""
    if result.error is not None:
        yield f"- **error** {inline(result.error)}"
    elif not result.scores:
        yield "- nothing was scored"
    yield from (f"- **{inline(score.dimension)}** {inline(sentence(score, result))}" for score in worth_telling(result))
    yield ""
    yield "Message:"
    yield ""
    yield fenced(result.case.context.message[:_LONGEST])
    yield ""
    if result.reply is not None:
        yield "Draft:"
        yield ""
        yield fenced(result.reply[:_LONGEST])
        yield ""
