"""`replywright doctor`: what works on this machine, and what to mend."""

from typing import Annotated

import typer

from assistant.cli.model import model_settings
from assistant.cli.options import Format, FormatOption, store_option, verb_app
from assistant.cli.terminal import Output
from assistant.diagnosis import Status, diagnose

app = verb_app()

_STYLES: dict[Status, str] = {"ok": "green", "note": "yellow", "wrong": "bold red", "failed": "bold red"}
_EXIT: dict[Status, int] = {"ok": 0, "note": 0, "wrong": 2, "failed": 3}


@app.command()
def doctor(
    model_url: Annotated[
        str | None,
        typer.Option("--model-url", metavar="URL", help="The server to try instead of the one that is set up."),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="The model to try instead of the one that is set up.")
    ] = None,
    store: Annotated[str | None, store_option("The store to look at: a SQLite file or a database URL.")] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Try the chat model that is set up, and look at the store, the extras and the English pipeline.

    The model's server is sent four tiny requests: can it be reached, is the key accepted, which formats does it keep
    to, does it stream, are tokens counted, how long does it take, is its price known. Nothing of a customer's is sent,
    and no key is shown. Exit code 2 says that something must be mended, 3 that something did not answer.

    [bold]Example[/bold]: replywright doctor --model-url http://localhost:11434/v1 --model llama3.1
    """
    settings = model_settings(model_url, model)
    output = Output()
    found: set[int] = set()
    for check in diagnose(settings, store):
        found.add(_EXIT[check.status])
        if output_format is Format.json:
            output.json(check)
        else:
            output.line(f"{check.name:<16}", (f"{check.status:<8}", _STYLES[check.status]), check.detail)
    raise typer.Exit(next((code for code in (2, 3) if code in found), 0))
