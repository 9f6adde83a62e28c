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
            counts = ", ".join(f"{name} {count:,}" for name, count in report.counts.items() if count)
            output.line((report.name or "", "bold green"), f" loads; warnings {len(report.warnings)}; {counts}")
    raise typer.Exit(2 if report.errors else 0)


@app.command("import")
def import_(
    sources: Annotated[
        list[Path], typer.Argument(help="CSV tables, Markdown or HTML files, or folders of them.", show_default=False)
    ],
    into: Annotated[Path, typer.Option(metavar="DIR", help="The brand's folder to make.", show_default=False)],
    name: Annotated[str, typer.Option(help="The brand's name.", show_default=False)],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the folder, as a whole, where it is a brand already.")
    ] = False,
    output_format: FormatOption = Format.text,
) -> None:
    """Make a brand's folder of saved replies (CSV: title, text, tags) and help-centre articles.

    What was left out is listed with the reason; exit code 3 says that something was.

    [bold]Example[/bold]: replywright brand import macros.csv help-centre/ --into my-brand --name "My Brand"
    """
    from assistant.importing import import_brand

    report = import_brand(sources, into, name=name, overwrite=overwrite)
    output = Output()
    if output_format is Format.json:
        output.json(report)
    else:
        for label, style, remarks in (("left out", "bold red", report.left_out), ("look at", "yellow", report.notes)):
            for remark in remarks:
                output.line((label, style), f"  {remark}")
        for placeholder, count in report.unknown_placeholders.items():
            output.line(("look at", "yellow"), f"  {placeholder} ({count:,} saved replies): nothing fills it")
        if report.written:
            taken = f"{report.articles:,} articles and {report.saved_replies:,} saved replies"
            output.line((f"{report.folder}", "bold green"), f" holds {taken}; {len(report.left_out):,} left out")
            output.line(f"go on with: replywright brand check {report.folder}")
        else:
            output.line(("nothing was written", "bold red"), ": there was nothing to take over")
    raise typer.Exit(0 if report.written and not report.left_out else 3)
