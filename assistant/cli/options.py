"""What several verbs have in common: options, the words of their help, exit codes."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.brand import Brand

DEMO = "demo"
"""The name by which the brand that ships is called, where no folder of that name is in the way."""
DEMO_FOLDER = Path(__file__).parents[1] / "demo" / "brand"
INTERRUPTED = 130
"""The status of a program that Ctrl-C ended (128 + SIGINT)."""

EXIT_CODES = (
    "[bold]Exit codes[/bold], the first that applies: 2 wrong use or configuration · 3 incomplete: bad lines, or "
    "something did not run · 1 something blocks or a gate failed · 0 all is well."
)


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class FindingsFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    line = "line"
    sarif = "sarif"


FormatOption = Annotated[
    Format, typer.Option("--format", help="text for people, json for programs (JSON Lines on standard output).")
]
FindingsFormatOption = Annotated[
    FindingsFormat,
    typer.Option(
        "--format",
        help="text for people, json for programs (JSON Lines), line for editors (path:line:column:rule:message), "
        "sarif for code hosts (SARIF 2.1.0).",
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="DIR",
        help="A folder for reports that stay: of a run as HTML, Markdown, JSON, JUnit, SARIF and text, of two as HTML.",
        show_default=False,
    ),
]
_BRAND = typer.Option(
    "--brand", metavar="DIR", help="The brand's folder, or demo for the one that ships.", show_default=False
)
BrandOption = Annotated[Path, _BRAND]
AnyBrandOption = Annotated[Path | None, _BRAND]


def store_option(help_text: str) -> Any:
    """The option that names a store, or the environment does; verbs differ in what they do with it."""
    return typer.Option("--store", metavar="URL", envvar="REPLYWRIGHT_STORE", help=help_text, show_default=False)


StoreOption = Annotated[str, store_option("A SQLite file or a database URL.")]


def verb_app() -> typer.Typer:
    """A Typer app for one verb."""
    return typer.Typer(add_completion=False, rich_markup_mode="rich")


def group_app(help_text: str) -> typer.Typer:
    """A Typer app for verbs under one name, also where there is but one."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode="rich")
    app.callback(help=help_text)(lambda: None)
    return app


def load_brand(folder: Path) -> "Brand":
    """The brand of a folder, or the one that ships by the name `demo`.

    Raises:
        ConfigurationError: there is no such folder, or what it holds is wrong.
    """
    from assistant.brand import Brand

    return Brand.load(DEMO_FOLDER if str(folder) == DEMO and not folder.is_dir() else folder)
