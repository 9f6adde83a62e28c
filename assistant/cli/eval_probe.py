"""`replywright eval probe`: changes that must, or must not, move a score."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Format, FormatOption
from assistant.cli.terminal import Output

if TYPE_CHECKING:
    from eval.probes import Probing


def probe(
    replies: Annotated[
        str, typer.Argument(help="A run's log, a suite with past replies, or lines of message and reply.")
    ],
    limit: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="The rate of violations that is borne; without it nothing fails."),
    ] = None,
    tolerance: Annotated[
        float | None, typer.Option(min=0, max=1, help="How far a score may move and still count as the same.")
    ] = None,
    offenders: Annotated[int, typer.Option(min=0, help="Offenders to show for each probe, the worst first.")] = 3,
    output_format: FormatOption = Format.text,
) -> None:
    """Swap names, add typos, blame and filler, take the next step away, and see whether tone and helpfulness hold.

    With --limit exit code 1 says that the whole interval of a probe's rate lies above it.

    [bold]Example[/bold]: replywright eval probe run.jsonl --limit 0.05
    """
    from eval.pairs import read_pairs
    from eval.probes import TOLERANCE
    from eval.probes import probe as run
    from eval.scorers.measures import rate

    found = run(read_pairs(replies), rate, tolerance=TOLERANCE if tolerance is None else tolerance, limit=limit)
    output = Output()
    if output_format is Format.json:
        told = {"headline": found.headline, "exit_code": found.exit_code, **found.model_dump(mode="json")}
        output.json(json.dumps(told, ensure_ascii=True))
    else:
        _print(output, found, offenders)
    raise typer.Exit(found.exit_code)


def _print(output: Output, found: "Probing", offenders: int) -> None:
    for one in found.results:
        if one.rate is None:
            output.line((f"{one.name:10} ", "bold"), (f"nothing to change: {one.what}", "dim"))
            continue
        told = f"{one.violations} of {one.tried} ({one.rate:.1%}; {one.interval})"
        output.line((f"{one.name:10} ", "bold"), f"{told}  ", (f"{one.what}: {one.demand}", "dim"))
        for bad in one.offenders[:offenders]:
            output.line(f"{bad.id}  {bad.dimension} {bad.before:.3f} -> {bad.after:.3f}", indent=4)
            output.line(("message  ", "dim"), bad.message or "(none)", indent=6)
            output.line(("reply  ", "dim"), bad.reply, indent=6)
    output.line((found.headline, "bold"))
