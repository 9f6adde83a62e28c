"""`replywright web`: the page where a person reads, edits and approves."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.lines import Source
from assistant.cli.options import DEMO, AnyBrandOption, load_brand, store_option, verb_app
from assistant.cli.terminal import note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.context import CustomerContext

app = verb_app()

STORE = "replywright.db"
RUNS = "replywright-runs"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command()
def web(
    brand: AnyBrandOption = None,
    inbox: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Posts for the inbox, as JSON Lines.", show_default=False),
    ] = None,
    store: Annotated[
        str | None,
        store_option(
            f"Where messages and decisions are kept: a SQLite file or a database URL. {STORE} by default; "
            "without --brand, nothing is kept."
        ),
    ] = None,
    team: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The people who may come in, with their roles: see `replywright team`. Without it there is one "
            "person, who needs no token.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=64,
            help="Processes that draft; 0 drafts in the page's own. By default half the processors.",
            show_default=False,
        ),
    ] = None,
    checkers: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=64,
            help="Processes that check what is typed; 0 checks in the page's own. By default half the processors for "
            "a team, 0 for one person.",
            show_default=False,
        ),
    ] = None,
    runs: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=f"Where evaluation runs are kept and looked for. {RUNS} by default; without --brand, nothing is kept.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to serve at; anything but this computer's own is public.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve at.")] = 7860,
) -> None:
    """Serve the page: the inbox, each conversation, checked drafts to edit, approve or escalate.

    Without --brand it shows the demo brand and its inbox.

    [bold]Example[/bold]: replywright web --brand my-brand --inbox inbox.jsonl --store my-brand.db
    """
    loaded = load_brand(brand or Path(DEMO))
    messages = _messages(inbox) if inbox else _demo_messages() if brand is None else []
    _refuse_taken(host, port)
    from assistant.cli.model import load_assistant, model_settings
    from assistant.pipeline import Assistant
    from assistant.store import Store, sweep
    from assistant.web.app import serve
    from assistant.web.team import Team

    if host not in LOOPBACK and team is None:
        note(f"whoever reaches {host} can read the inbox and approve: there is no password (--team asks for one)")
    with _store(store, temporary=brand is None) as url, Store.open(url) as kept:
        shown = f"[{host}]" if ":" in host else host
        keeps = f"keeps decisions in {url}" if brand or store else "keeps nothing, as a demo"
        expired = sweep(kept, datetime.now(UTC).date())
        if expired.texts:
            note(f"erased {expired.texts} texts whose retention has ended")
        note(f"{loaded.name}: http://{shown}:{port} in a moment; it {keeps}; Ctrl-C stops it")
        half = max(1, (os.cpu_count() or 2) // 2)
        door = Team.load(team) if team else None
        settings = model_settings()
        if settings is not None:
            note(f"{settings.model} drafts; the embedded drafter takes over where it fails")
        drafting = partial(load_assistant, store=url) if settings else Assistant
        folder = runs or (Path(RUNS) if brand or store else Path(url).with_name(RUNS))
        options = {
            "messages": messages,
            "door": door,
            "workers": half if workers is None else workers,
            "checkers": (half if team else 0) if checkers is None else checkers,
            "assistant_for": drafting,
            "runs": folder,
        }
        serve(loaded, kept, host, port, **options)


def _messages(path: Path) -> list["CustomerContext"]:
    from assistant.context import CustomerContext
    from assistant.lines import read_lines

    found = []
    with Source(str(path)) as source:
        for line in read_lines(source, CustomerContext):
            if isinstance(line, InputError):
                note(f"{source.name}:{line.line}: {line.message}")
            else:
                found.append(line)
    return found


def _demo_messages() -> list["CustomerContext"]:
    from assistant import demo

    return demo.just_in(datetime.now(UTC))


@contextmanager
def _store(url: str | None, *, temporary: bool) -> Iterator[str]:
    """Where to keep things: where it was said, else in this folder, or nowhere for long."""
    if url is not None or not temporary:
        yield url or STORE
        return
    with tempfile.TemporaryDirectory(prefix="replywright-") as folder:
        yield str(Path(folder) / STORE)


def _refuse_taken(host: str, port: int) -> None:
    """Say at once what would otherwise be found out after everything was loaded.

    Raises:
        InputError: nothing can be served there.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        # create_server puts the address into the message a second time
        why = (error.strerror or str(error)).partition(" (while")[0]
        raise InputError(f"{host}:{port} can't be served: {why}; choose another --port or --host") from None
