import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.store import Store

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Site:
    """A page that is being served, and the store behind it."""

    url: str
    store: Store
    brand: Brand
    desk: Any


@pytest.fixture(scope="session")
def brand() -> Brand:
    """The demo brand."""
    return demo.brand()


@pytest.fixture(scope="session")
def ran() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Gives what a coroutine does, on a loop of a thread of its own: a browser keeps the loop of this one running."""

    def result(work: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1) as one:
            return one.submit(asyncio.run, work).result()

    return result


@contextmanager
def _serving(brand: Brand, folder: Path) -> Iterator[Callable[..., Site]]:
    running: list[tuple[Any, int, threading.Thread, Store]] = []

    def start(messages: Sequence[CustomerContext], **options: Any) -> Site:
        import uvicorn

        from assistant.web.app import create_app
        from assistant.web.people import Local, Person

        store = Store.open(folder / f"inbox-{len(running)}.db")
        given = {"brand": brand, "door": Local(Person(name="Robin", role="owner")), **options}
        hold = given.pop("hold", 0.0)
        given.pop("seeded", lambda _: None)(store)
        app = create_app(store=store, messages=messages, **given)
        app.state.desk.hold = hold
        listening = _listening()
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, port, thread, store))
        _wait(lambda: server.started, "the server did not start")
        desk = app.state.desk
        _wait(lambda: not desk.inbox.drafting, "the drafts were not made")
        return Site(f"http://127.0.0.1:{port}", store, given["brand"], desk)

    try:
        yield start
    finally:
        _stop(running)


@pytest.fixture
def serve(brand: Brand, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Serves messages on a free loopback port, each time with a store of its own, until the test ends.

    Options are those of `create_app`, `hold`: for how many seconds the page holds an approval back (0), and `seeded`:
    what fills the store before.
    """
    with _serving(brand, tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def serve_once(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """The same for all tests of a file together: for those that look and decide nothing, or each for a message."""
    with _serving(brand, tmp_path_factory.mktemp("served")) as start:
        yield start


@pytest.fixture(scope="session")
def demo_site(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole demo inbox, drafted once; for tests that decide nothing."""
    with _serving(brand, tmp_path_factory.mktemp("demo")) as start:
        yield start(demo.inbox())


_ports: list[int] = []
"""Those that were served before: at the same address a browser finds in its cache what it has read."""


def _listening() -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", _ports.pop() if _ports else 0))
    except OSError:  # somebody else has it by now
        return socket.create_server(("127.0.0.1", 0))


def _stop(running: list[tuple[Any, int, threading.Thread, Store]]) -> None:
    for server, port, thread, store in running:
        server.should_exit = True
        thread.join(10)
        _ports.append(port)
        store.close()


def _wait(done: Callable[[], bool], message: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, message
        time.sleep(0.02)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real headless Chromium; the test is skipped, visibly, where none is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a page did while a test looked at it."""

    requests: list[str]
    errors: list[str]
    dialogs: list[str]


@pytest.fixture(scope="session")
def profile(chromium: Any) -> Iterator[Any]:
    """A browser profile whose cache spares each test to read and compile the page's scripts again."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(chromium: Any, profile: Any) -> Iterator[Callable[..., tuple[Any, Seen]]]:
    """Opens a site as a browser does that has kept nothing of it; gives the page, once it is there, and what it did.

    Options: `onward` goes on to the next message after a decision, `token` signs in first, in a profile of its own;
    `empty` says that no message is there to be opened; `at` is another address than the inbox's, and `there` what says
    that its page is there.
    """
    opened: list[tuple[Any, str]] = []

    def open_page(
        site: Site,
        *,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        onward: bool = False,
        token: str = "",
        empty: bool = False,
        at: str = "/",
        there: str = "",
    ) -> tuple[Any, Seen]:
        context = chromium.new_context() if token else profile
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
        if token:
            context.request.post(f"{site.url}/sign-in", form={"token": token}, headers={"Origin": site.url})
        page = context.new_page()
        opened.append((page, site.url))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        if not onward:
            page.add_init_script("if (window === top) localStorage.setItem('replywright-onward', 'no')")
        seen = Seen([], [], [])
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{site.url}{at}")
        there = there or (".rw-list .rw-empty" if empty else ".rw-conversation .rw-turn-now")
        page.wait_for_selector(there)
        ready = "!!(window.replywright.showKeys && (window.replywright.intake || !document.querySelector('#rw-inbox')))"
        page.wait_for_function(ready)
        return page, seen

    yield open_page
    for page, url in opened:
        if page.is_closed():
            continue
        stored = {"origin": url, "storageTypes": "cookies,local_storage,indexeddb"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", stored)
        context = page.context
        page.close()
        if context != profile:
            context.close()
