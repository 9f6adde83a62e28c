"""Stores on SQLite and on a private Postgres server, and a way to decide about a message in them."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from assistant.approval import Approval, approve
from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from tone_rules.finding import Report


def _programs() -> Path | None:
    """The folder of a Postgres server's programs."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


@contextmanager
def private_postgres() -> Iterator[Path]:
    """A server of one's own, with nothing in it; gives its socket folder.

    Raises:
        LookupError: there is no driver, no server program, or nobody who may run it.
    """
    try:
        import psycopg
    except ImportError:
        raise LookupError("no Postgres driver; install replywright[postgres]") from None
    programs = _programs()
    if programs is None:
        raise LookupError("no Postgres server program in PATH or /usr/lib/postgresql")
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            raise LookupError("running as root and there is no user 'postgres' to run the server") from None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has at most 107 bytes
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)
    run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        **run,
    )
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"],
        **run,
    )
    try:
        for attempt in itertools.count():
            try:
                psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
                break
            except psycopg.OperationalError:
                if attempt > 200 or server.poll() is not None:
                    raise
                time.sleep(0.1)
        yield folder
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: Path, name: str) -> str:
    """The URL of an empty database on a private server."""
    import psycopg

    with psycopg.connect(host=str(server), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={server}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The socket folder of a server that lives for the tests' time; skipped where no server program is installed."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(private_postgres())
        except LookupError as error:
            pytest.skip(str(error))
        yield server


_numbers = itertools.count(1)


@pytest.fixture
def postgres_url(postgres_server: Path) -> str:
    """The URL of a new, empty database."""
    return new_database(postgres_server, f"test{next(_numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be opened: each test that asks for it runs on SQLite and on Postgres."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(place) as opened:
        yield opened


@pytest.fixture
def brand() -> Brand:
    """A brand that asks for nothing special."""
    return Brand(name="Fernhill Kettles", retention_days=30)


Decide = Callable[..., Approval]


@pytest.fixture
def decide(brand: Brand) -> Decide:
    """Put a message into a store and approve a reply to it."""

    def decide(
        store: Store, number: int, message: str = "My kettle leaks!", reply: str = "Sorry, Ana.", handle: str = "@ana"
    ) -> Approval:
        context = CustomerContext(
            id=f"m{number}",
            channel="x",
            post_id=f"p{number}",
            message=message,
            customer=Customer(name="Ana", handle=handle),
        )
        store.put_messages([context], retention_days=30)
        draft = Draft(text=reply, drafter="playbook")
        proposal = Proposal(id=context.id, status="ready", triage=Triage(), drafts=(draft,))
        store.save_proposal(context.id, proposal)
        return approve(
            store,
            brand,
            proposal,
            context,
            decision="approve",
            reviewer="Mira",
            text=reply,
            check=lambda *_: Report.of(()),
        )

    return decide
