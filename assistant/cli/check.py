"""`replywright check`: what is wrong with replies, and where."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.brand import Brand
from assistant.cli.findings import OUTCOMES
from assistant.cli.lines import Outcome, Source, Tally, added, each_line, summary
from assistant.cli.options import AnyBrandOption, FindingsFormat, FindingsFormatOption, load_brand, verb_app
from assistant.cli.results import results_writer
from assistant.cli.terminal import note
from assistant.line_check import LineCheck
from assistant.lines import CheckLine, CheckResult

if TYPE_CHECKING:
    from assistant.judging import ModelJudge

app = verb_app()


@app.command()
def check(
    replies: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES", help="Files of JSON Lines, or with --style of text or Markdown; - for standard input."
        ),
    ],
    brand: AnyBrandOption = None,
    style: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="A published style in Vale's format, for files of text or Markdown."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A .vale.ini: which styles and rules hold for which files.")
    ] = None,
    model: Annotated[
        bool, typer.Option("--model", help="Have the configured model read the rules in plain words, pack 'meaning'.")
    ] = False,
    ext: Annotated[str, typer.Option(help="With --style, what standard input holds: .txt or .md.")] = ".txt",
    output_format: FindingsFormatOption = FindingsFormat.text,
) -> None:
    """Check replies against the rules: privacy, compliance, channel limits, tone.

    A line needs `channel` and `reply`; with `message`, `thread` and `facts` more can be checked. Without --brand the
    packs that ship apply, with the `policies`, `allowed_domains`, `industry` and `compliance` that a line gives.
    The shape of a line: replywright schema check.

    With --model, what words alone don't show is read by the chat model that is set up. Messages and replies go to its
    server; private values only where a setting allows it.

    With --style or --config, published styles are run on files of text or Markdown instead. Their errors end in exit
    code 1; a rule that could not run in 3, unless it is a script: those are refused, never run, and only told.

    [bold]Example[/bold]: echo '{"channel": "x", "reply": "DM us your card number!"}' | replywright check -

    [bold]Example[/bold]: replywright check --style styles/House --format line docs/*.md
    """
    if style or config:
        from assistant.cli.style import check_files

        if brand:
            raise typer.BadParameter("--brand is for replies, --style and --config for text and Markdown; use one")
        if model:
            raise typer.BadParameter("--model is for replies, --style and --config for text and Markdown; use one")
        raise typer.Exit(check_files(replies, style or [], config, output_format, ext))
    from assistant.checking import packs_of

    judge = _judge() if model else None
    check_line = LineCheck(brand_for(brand, packs=() if judge is None else ("meaning",)), judge)

    with results_writer(output_format, packs_of(check_line.brand)) as results:

        def checked(place: str) -> Tally:
            source = Source(place)

            def show(line: CheckLine, result: CheckResult) -> Outcome:
                results.show(source, line, result)
                return OUTCOMES[result.verdict]

            return each_line(source, CheckLine, check_line, show, done="checked")

        tally = added(checked(place) for place in replies)
        results.bad(tally.bad)
    if output_format is FindingsFormat.text:
        note(summary(tally, "checked"))
    if judge is not None:
        from assistant.models.prices import taken

        note(taken(judge.usage))
    raise typer.Exit(tally.exit_code)


def _judge() -> "ModelJudge":
    from assistant.cli.model import load_model
    from assistant.judging import ModelJudge

    return ModelJudge(load_model())


def brand_for(folder: Path | None, packs: tuple[str, ...] = ()) -> Brand:
    """The brand of a folder, or none in particular, with packs that hold beside its own."""
    brand = load_brand(folder) if folder else Brand(name="(no brand)")
    more = tuple(one for one in packs if one not in brand.packs)
    return brand.model_copy(update={"packs": (*brand.packs, *more)}) if more else brand
