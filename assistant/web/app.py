"""The web application: plain JSON routes and the page, behind one guard."""

import asyncio
import getpass
import os
import socket
import warnings
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import Any

from fastapi import FastAPI

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.pipeline import Assistant
from assistant.store import Store
from assistant.web import presence, reply
from assistant.web.api import hooks, install, intake
from assistant.web.checkers import warm
from assistant.web.desk import RUNS, Desk
from assistant.web.guard import LOOPBACK, Guard
from assistant.web.hooks import Messenger
from assistant.web.people import Door, Local, Person
from assistant.web.sign_in import router
from assistant.web.team import Team

KEPT_OPEN = 75
"""Seconds for which a connection stays open when nothing comes: a page asks for news more often than that."""
LOOK_SECONDS = 0.05
"""Between two looks of Gradio at its queue, in which only drafts stand that somebody waits for. By default it looks a
thousand times a second, which costs a tenth of a processor while nothing happens."""


def create_app(
    brand: Brand,
    store: Store,
    *,
    messages: Iterable[CustomerContext] = (),
    assistant_for: Callable[[Brand], Assistant] = Assistant,
    door: Door | None = None,
    workers: int = 0,
    hosts: Iterable[str] = (),
    runs: Path = RUNS,
    checkers: int = 0,
) -> FastAPI:
    """The application for one brand.

    Args:
        brand: whose inbox it is.
        store: where messages and decisions are kept. It stays open while the application serves.
        messages: what came in and is not in the store yet; drafted, like all that waits, in the background.
        assistant_for: makes what drafts for a brand, in by default one with the embedded drafter.
        door: who may come in; by default everybody who reaches the page is this computer's user, and the owner.
        workers: how many draft at once, in processes; with 0 one thread of this process does.
        hosts: names besides the loopback ones under which the page may be asked for.
        runs: the folder of evaluation runs.
        checkers: how many processes check what is typed; with 0 threads of this one do.

    Raises:
        ConfigurationError: something in the brand is wrong.
        StoreError: the store can't be read or written.
    """
    # Read when gradio is imported, so it must be said before.
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    # Gradio sums up its own timings by pandas after every event; nobody reads them here.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
    import gradio

    from assistant.web.pages import build
    from assistant.web.theme import head, theme

    store.put_messages(messages, retention_days=brand.retention_days)
    desk = Desk(brand, store, assistant_for, workers, runs, checkers)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.inbox.start()
        Thread(target=warm, args=(desk.brand,), name="warm", daemon=True).start()
        yield
        desk.inbox.stop()
        desk.runner.stop()
        desk.checkers.close()
        if desk.messenger is not None:
            desk.messenger.close()

    app = FastAPI(
        title="Replywright",
        version=version("replywright"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    door = door or Local(Person(name=_user(), role="owner"))
    app.add_middleware(Guard, door=door, hosts=tuple(hosts), sign_in=isinstance(door, Team))
    if isinstance(door, Team):
        app.include_router(router(door, brand.name))
        app.include_router(hooks.router(desk, door.hooks))
        desk.owners = {**desk.owners, **door.hooks.owners}
        if door.hooks.escalations is not None:
            desk.messenger = Messenger(door.hooks.escalations)

    app.include_router(presence.router(desk))
    app.include_router(intake.router(desk))
    app.include_router(reply.router(desk))
    install(app, desk)

    def mount() -> None:
        with warnings.catch_warnings():
            # said of every application of several pages, also where nobody asked for that mode
            warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)
            mounted()

    def mounted() -> None:
        pages = build(desk)
        pages._queue.sleep_when_free = pages._queue.progress_update_sleep_when_free = LOOK_SECONDS
        gradio.mount_gradio_app(
            app,
            pages,
            path="/",
            theme=theme(),
            head=head(),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            enable_monitoring=False,
            pwa=False,
            mcp_server=False,
            max_file_size=1,
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )

    _in_a_loop(mount)
    return app


def serve(brand: Brand, store: Store, host: str = "127.0.0.1", port: int = 7860, **options: Any) -> None:
    """Serve the page until interrupted; `options` are those of `create_app`.

    Raises:
        ConfigurationError: something in the brand is wrong.
        StoreError: the store can't be read or written.
    """
    import uvicorn

    named = () if host in LOOPBACK else (host, socket.gethostname().lower())
    app = create_app(brand, store, **{"hosts": named, **options})
    # No WebSocket is served (the guard refuses them), so nothing for them is loaded.
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_keep_alive=KEPT_OPEN,
    )


def _in_a_loop(work: Callable[[], None]) -> None:
    """Gradio opens an event loop that nobody closes for each lock that it makes where no loop is running."""

    async def run() -> None:
        work()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(run())
    else:
        work()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name
        return "agent"
