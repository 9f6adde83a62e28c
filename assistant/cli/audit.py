"""`replywright audit`: what a year of sent replies looks like."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import INTERRUPTED, AnyBrandOption, Format, FormatOption, load_brand, verb_app
from assistant.cli.terminal import Output, note
from eval.audit.dates import Order

if TYPE_CHECKING:
    from eval.audit.report import Report

app = verb_app()

_TOP = 12
"""Rules named in the text form."""


@app.command()
def audit(
    path: Annotated[Path, typer.Argument(help="A file of CSV, JSON Lines or Parquet, or a folder of them.")],
    brand: AnyBrandOption = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the report is written.")] = Path("audit"),
    columns: Annotated[
        str,
        typer.Option(metavar="ROLE=NAME,...", help="Which column is what: reply=body."),
    ] = "",
    by_agent: Annotated[
        bool, typer.Option("--by-agent", help="Also by person: names then stand in the report.")
    ] = False,
    dates: Annotated[Order, typer.Option(help="How 03/04/2026 is to be read: day first or month first.")] = Order.iso,
    sample: Annotated[int, typer.Option(min=0, help="Replies that are measured for tone and helpfulness.")] = 5_000,
    measures: Annotated[bool, typer.Option("--measures/--no-measures", help="Whether to measure at all.")] = True,
    seed: Annotated[int, typer.Option(help="Of the sample's draw.")] = 0,
    examples: Annotated[
        int, typer.Option(min=0, max=100, help="Words of replies shown for each rule; none by default.")
    ] = 0,
    findings: Annotated[bool, typer.Option("--findings", help="Also write each finding, to findings.csv.")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; all cores by default.", show_default=False)
    ] = None,
    ray: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Work on a Ray cluster; local starts one here.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an audit was stopped or killed.")] = False,
    output_format: FormatOption = Format.text,
) -> None:
    """Audit replies that were sent: findings, measures, trends, the worst, by channel and, if asked, by person.

    A row needs the reply; with the customer's message, the channel and the date more can be told. Bad rows are told by
    their numbers and the rest goes on. The report holds no text of a reply unless --examples asks for it.

    The folder gets report.html, report.md and report.json. An audit that was stopped goes on with --resume.

    [bold]Example[/bold]: replywright audit replies-2026.csv --brand my-brand --out audit-2026
    """
    from eval.audit import Options, parse_columns
    from eval.audit import audit as run

    options = Options(
        columns=parse_columns(columns),
        by_agent=by_agent,
        sample=sample if measures else 0,
        seed=seed,
        examples=examples,
        findings=findings,
        order=dates,
        jobs=jobs or _cores(),
        ray=ray,
        resume=resume,
    )
    loaded = load_brand(brand) if brand else None
    try:
        with _Bar() as bar:
            report = run(path, loaded, out=out, options=options, told=bar.told)
    except KeyboardInterrupt:
        note(f"stopped; go on with the same command and --resume ({out})")
        raise typer.Exit(INTERRUPTED) from None
    output = Output()
    if output_format is Format.json:
        output.json(report)
    else:
        _print(output, report)
        note(f"{out / 'report.html'}, report.md, report.json" + (", findings.csv" if findings else ""))
    raise typer.Exit(report.exit_code)


def _cores() -> int:
    """Those that this process may use, where the system tells; else all."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _print(output: Output, report: "Report") -> None:
    from eval.audit.pages.words import facts, level, mean, month_range

    output.line((f"{report.replies:,} replies", "bold"), f"{month_range(report)}  ", report.state)
    for name, told in facts(report):
        output.line((f"{name}  ", "dim"), told, indent=2)
    for one in report.rules[:_TOP]:
        moved = "" if one.trend == "cannot tell" else f", {one.trend}"
        output.line((one.rule, "bold"), f"  {level(one)}, {one.replies}{moved}", indent=2)
    if report.measured is not None:
        means = {one.name: mean(one) for one in report.measured.means if one.name in ("tone", "helpfulness")}
        output.line(", ".join(f"{name} {told}" for name, told in means.items()), indent=2)
    for bad in report.bad_rows[:_TOP]:
        note(f"{bad.file}:{bad.row}: {bad.reason}")
    if report.bad > _TOP:
        note(f"{report.bad - _TOP:,} more bad rows stand in the report")


class _Bar(AbstractContextManager["_Bar"]):
    """A progress bar on standard error, if a person watches."""

    def __init__(self) -> None:
        self._progress: Any = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def told(self, what: str, done: int, of: int) -> None:
        """So many rows are planned or audited."""
        if not sys.stderr.isatty():
            return
        if self._progress is None:
            self._progress = _progress()
            self._progress.start()
        rows = f"{done:,} rows {what}"
        self._progress.update(self._progress.task_ids[0], completed=done, total=of or None, rows=rows)


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.fields[rows]}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bar.add_task("", total=None, rows="")
    return bar
