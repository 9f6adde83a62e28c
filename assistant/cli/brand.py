"""`replywright brand`: look at a brand's folder, or begin one from what a team already has."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DEMO, DEMO_FOLDER, Format, FormatOption, group_app
from assistant.cli.terminal import Output

app = group_app("Look at a brand's folder, or begin one from what a team already has.")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="The brand's folder, or demo for the one that ships.")],
    output_format: FormatOption = Format.text,
) -> None:
    """Say what keeps a brand from loading, what its owner should look at, and what is in it.

    Exit code 2 says that it does not load. Warnings leave it at 0.

    [bold]Example[/bold]: replywright brand check my-brand
    """
    from assistant.brand_check import check_brand

    report = check_brand(DEMO_FOLDER if str(folder) == DEMO and not folder.is_dir() else folder)
    output = Output()
    if output_format is Format.json:
        output.json(report)
    else:
        for level, style, problems in (("error", "bold red", report.errors), ("warning", "yellow", report.warnings)):
            for one in problems:
                output.line(f"{one.path}:{one.line}:{one.column}: ", (level, style), f" {one.message}")
        if report.errors:
            output.line(("it does not load", "bold red"), f": {len(report.errors)} errors to mend")
        else:
            counts = ", ".join(f"{count} {name}" for name, count in report.counts.items() if count)
            output.line((report.name or "", "bold green"), f" loads: {counts}; {len(report.warnings)} warnings")
    raise typer.Exit(2 if report.errors else 0)
