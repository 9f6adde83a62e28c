"""A run in a terminal."""

from collections.abc import Sequence
from io import StringIO

from rich.box import SIMPLE
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eval.gate import GateVerdict
from eval.reports.escape import one_line, plain
from eval.reports.figures import dimension, headline, mean, share, spent
from eval.reports.told import sentence, worth_telling
from eval.run import Result, Run
from eval.summary import Summary, summarise

SUFFIX = ".txt"
_COLOURS = {"ok": "green", "passed": "green", "failed": "red", "incomplete": "yellow"}


def render(run: Run, verdict: GateVerdict) -> str:
    """The report without colours, 100 columns wide."""
    page = StringIO()
    show(run, verdict, Console(file=page, width=100, color_system=None, force_terminal=False, legacy_windows=False))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def show(run: Run, verdict: GateVerdict, console: Console) -> None:
    """Print each case that did not pass, the worst last, where the eye is; below them the totals and the verdict."""
    summary = summarise(run)
    for result in reversed(run.worst_first):
        if result.outcome != "passed":
            _case(result, console)
    console.print(_dimensions(summary))
    if any(tag.passed < tag.cases for tag in summary.tags):
        console.print(_tags(summary))
    console.print(Text(headline(summary)))
    for line in spent(summary):
        console.print(Text(line))
    console.print(Text(one_line(verdict.headline), style=f"bold {_COLOURS[verdict.state]}"))


def _case(result: Result, console: Console) -> None:
    title = f"{result.outcome} {result.case.id}" + (f" ({', '.join(result.case.tags)})" if result.case.tags else "")
    console.print(Text(one_line(title), style=f"bold {_COLOURS[result.outcome]}"))
    lines = [f"error: {one_line(result.error)}"] if result.error is not None else []
    lines += ["nothing was scored"] if not result.scores and result.error is None else []
    lines += [f"{one_line(score.dimension)} {sentence(score, result)}" for score in worth_telling(result)]
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    for name, text in (("message", result.case.context.message), ("draft", result.reply)):
        if text is not None:
            console.print(Padding(Text(f"{name}: {plain(text)}", style="dim"), (0, 0, 0, 2), expand=False))
    console.print()


def _dimensions(summary: Summary) -> Table:
    rows = [
        (dimension(one), mean(one.mean), share(one.passed, one.scored, one.interval), one.autofails, one.unscored)
        for one in summary.dimensions
    ]
    return _table(("Dimension", "Mean", "Passed (95% interval)", "Autofail", "Unscored"), rows)


def _tags(summary: Summary) -> Table:
    """Only tags with a case that did not pass: the other reports hold all."""
    rows = [
        (tag.name, share(tag.passed, tag.cases, tag.interval), tag.failed, tag.incomplete)
        for tag in summary.tags
        if tag.passed < tag.cases
    ]
    return _table(("Tag", "Passed (95% interval)", "Failed", "Incomplete"), rows)


def _table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    table = Table(*titles, box=SIMPLE)
    for row in rows:
        table.add_row(*(Text(one_line(str(cell))) for cell in row))
    return table
