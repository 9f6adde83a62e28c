"""`replywright mcp`: check and draft for programs that speak the Model Context Protocol."""

from assistant.cli.options import DEMO, AnyBrandOption, load_brand, verb_app
from assistant.cli.terminal import note

app = verb_app()


@app.command()
def mcp(brand: AnyBrandOption = None) -> None:
    """Serve check, draft, triage and score over standard input and output. Nothing is published from there.

    Without --brand it is the demo brand.

    [bold]Example[/bold]: replywright mcp --brand my-brand
    """
    from pathlib import Path

    from assistant.integrations.mcp import server
    from assistant.pipeline import Assistant

    loaded = load_brand(brand or Path(DEMO))
    note(f"{loaded.name}: waiting for requests on standard input; Ctrl-C stops it")
    server(Assistant(loaded)).run("stdio")
