"""`replywright schema`: the published shape of every line and file."""

import json
from typing import Annotated

import typer

from assistant.cli.options import Format, FormatOption, verb_app
from assistant.cli.terminal import Output

app = verb_app()


@app.command(no_args_is_help=False)
def schema(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Which one; without it, all are listed.")] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Print the JSON Schema of a line of input or output, or list them all.

    [bold]Example[/bold]: replywright schema context > context.schema.json
    """
    from assistant import schemas

    output = Output()
    if name is not None:
        body = schemas.schema(name)
        output.json(json.dumps(body, ensure_ascii=False, indent=None if output_format is Format.json else 2))
        return
    for each, published in schemas.SCHEMAS.items():
        if output_format is Format.json:
            output.json(json.dumps({"name": each, "version": published.version, "title": published.title}))
        else:
            output.line((f"{each:<14}", "bold"), f"{published.version}  {published.title}")
