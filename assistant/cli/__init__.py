"""The command `replywright`: one file a verb, imported when it is called for. It wires and holds no logic."""

from assistant.cli import memory  # noqa: F401  # first: it counts from here on

# isort: split

import importlib
import logging
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.cli.options import EXIT_CODES
from assistant.cli.terminal import note
from tone_rules.errors import ConfigurationError

log = logging.getLogger("replywright")

VERBS = (
    *("draft", "triage", "check", "score", "brand", "playbook"),
    *("rules", "eval", "audit", "records", "schema", "doctor", "web", "team", "mcp"),
)
"""In the order of `--help`; each is a file of this folder with an `app`."""
EXTRAS = {
    **dict.fromkeys(("gradio", "fastapi", "starlette", "uvicorn"), "web"),
    **dict.fromkeys(("openai", "langchain_core", "langchain_openai"), "model"),
    "langchain": "langchain",
    "psycopg": "postgres",
    **dict.fromkeys(("scipy", "sklearn"), "eval"),
    "pyarrow": "audit",
    "mcp": "mcp",
    "ray": "ray",
}
"""What a plain installation lacks, and the extra that brings it."""
WRONG_USE = 2
INCOMPLETE = 3


class Verbs(TyperGroup):
    """The verbs by name. A cold start pays for the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of `--help`."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The verb, or None where there is none of that name."""
        del ctx
        if cmd_name not in VERBS:
            return None
        if cmd_name not in self.commands:
            command = typer.main.get_command(importlib.import_module(f"{__name__}.{cmd_name}").app)
            command.name = cmd_name
            for each in (command, *getattr(command, "commands", {}).values()):
                each.help, each.epilog = _flowing(each.help or ""), EXIT_CODES
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb of the command line; a misspelt one is answered with its nearest neighbours."""
        if args[0] not in VERBS:
            for name in VERBS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)


def _flowing(text: str) -> str:
    """Help as it is shown: each paragraph one line, which the terminal breaks where it must."""
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n"))


app = typer.Typer(cls=Verbs, no_args_is_help=True, rich_markup_mode="rich", epilog=EXIT_CODES)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"replywright {version('replywright')}\n")
        raise typer.Exit


@app.callback()
def replywright(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error, with any verb.")] = False,
) -> None:
    """Draft personal public replies to customers, check them, and let a person approve.

    It works offline and needs no key. A folder describes the brand; customers' posts come as JSON Lines.

    [bold]replywright web[/bold]: the page, with a demo brand and its inbox

    [bold]replywright draft inbox.jsonl --brand demo[/bold]: checked replies to each post

    [bold]replywright check replies.jsonl[/bold]: what is wrong with replies, and where

    [bold]replywright brand import saved.csv help/ --into my-brand --name "My Brand"[/bold]: begin a brand of your own
    """
    del version
    if debug:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)


def main() -> None:
    """Run the command line; whatever goes wrong ends in one clear line and an exit code.

    Raises:
        SystemExit: always, with the exit code.
    """
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    arguments = sys.argv[1:]
    if "--debug" in arguments:
        # it belongs to no verb, and people put it last
        arguments = ["--debug", *(argument for argument in arguments if argument != "--debug")]
    try:
        typer.main.get_command(app)(args=arguments, prog_name="replywright")
    except Exception as error:  # no traceback ever reaches a user who did not ask for it
        log.debug("", exc_info=error)
        sys.exit(_told(error))


def _told(error: Exception) -> int:
    """Say what went wrong, and give the exit code for it."""
    from assistant.errors import InputError, ReplywrightError, StoreError

    match error:
        case ConfigurationError() | InputError() | StoreError():
            note(str(error))
            return WRONG_USE
        case ReplywrightError():
            note(str(error))
            return INCOMPLETE
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            note(f"{place}{error.strerror or error}")
            return INCOMPLETE
        case ModuleNotFoundError() if error.name in EXTRAS:
            note(f"this needs '{error.name}', which is not installed: pip install 'replywright[{EXTRAS[error.name]}]'")
            return WRONG_USE
        case _:
            note(f"this is a fault of replywright ({type(error).__name__}: {error}); add --debug to see where")
            return INCOMPLETE
