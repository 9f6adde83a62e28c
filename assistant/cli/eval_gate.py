"""`replywright eval gate`: hold a run that was made before to a gate."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Format, FormatOption
from assistant.cli.terminal import Output


def gate(
    run: Annotated[Path, typer.Argument(help="The log of a run.")],
    gate_file: Annotated[
        Path | None,
        typer.Option("--gate", metavar="FILE", help="A gate in YAML; by default the suite's own.", show_default=False),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="RUN", help="The run that margins are measured from.", show_default=False)
    ] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Say whether a run is good enough, without running it again.

    [bold]Example[/bold]: replywright eval gate run.jsonl --gate ours.yaml --against main.jsonl
    """
    from eval.gate import Gate, judge_run
    from eval.reports.json import VerdictLine
    from eval.runlog import read_run
    from eval.suite import load_suite
    from tone_rules import located

    found = read_run(run)
    chosen = located.read(gate_file, Gate, "a gate") if gate_file is not None else load_suite(found.header.suite).gate
    chosen.refuse_unknown(found.header.dimensions)
    verdict = judge_run(found, chosen, read_run(against) if against is not None else None)
    output = Output()
    if output_format is Format.json:
        line = VerdictLine(
            state=verdict.state, exit_code=verdict.exit_code, headline=verdict.headline, checks=verdict.checks
        )
        output.json(line)
    else:
        for check in verdict.checks:
            output.line(f"{'advisory' if check.advisory else check.state:11}{check.message}")
        output.line((verdict.headline, "bold"))
    raise typer.Exit(verdict.exit_code)
