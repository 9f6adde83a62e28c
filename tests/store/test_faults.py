import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.approval import Approval
from assistant.context import CustomerContext
from assistant.errors import InputError, StoreError
from assistant.store import Store, head, verify

NOBODY = 65534


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder used as a person without special rights, for whom file modes count; root becomes nobody meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def waiting(number: int) -> CustomerContext:
    """A message with a canary in everything private."""
    return CustomerContext(id=f"canary{number}", channel="x", message="canary words " * 200)


def refused(place: str | Path) -> str:
    """The message of the error that opening gives."""
    with pytest.raises(StoreError) as caught:
        Store.open(place, timeout=0.5).close()
    return str(caught.value)


def test_a_read_only_file_is_refused_and_kept(ordinary_folder: Path) -> None:
    """Opening says that writing is not allowed and where."""
    place = ordinary_folder / "store.db"
    Store.open(place).close()
    before = place.read_bytes()
    place.chmod(0o444)
    message = refused(place)
    assert str(place) in message
    assert "writing" in message
    assert place.read_bytes() == before


def test_a_read_only_folder_is_refused(ordinary_folder: Path) -> None:
    """SQLite keeps its log beside the file, so the folder must allow writing too."""
    place = ordinary_folder / "store.db"
    Store.open(place).close()
    ordinary_folder.chmod(0o555)
    assert "folder" in refused(place)
    assert "writing" in refused(ordinary_folder / "new.db")


def test_a_store_that_becomes_read_only_keeps_what_it_has(ordinary_folder: Path) -> None:
    """Writing fails clearly, reading still works where SQLite can, and nothing is lost."""
    place = ordinary_folder / "store.db"
    with Store.open(place) as store:
        store.put_messages([waiting(1)])
    place.chmod(0o444)
    assert "read-only" in refused(place) or "writing" in refused(place)
    place.chmod(0o644)
    with Store.open(place) as store:
        assert len(store.messages()) == 1
        assert verify(store).ok


@pytest.mark.parametrize("folder_mode", [0o755, 0o555], ids=["folder may be written", "nothing may be written"])
def test_what_may_not_be_written_can_be_read(ordinary_folder: Path, folder_mode: int) -> None:
    """A log kept out of everybody's reach is verified where it lies, and stays as it is."""
    place = ordinary_folder / "log #1?.db"
    with Store.open(place) as store:
        store.put_messages([waiting(1)])
    before = place.read_bytes()
    place.chmod(0o444)
    ordinary_folder.chmod(folder_mode)
    with Store.open(place, read_only=True) as kept:
        assert (verify(kept).ok, verify(kept).records, len(kept.messages())) == (True, 1, 1)
        with pytest.raises(StoreError, match="read-only"):
            kept.put_messages([waiting(2)])
    assert place.read_bytes() == before


def test_reading_alone_makes_and_changes_nothing(place: str) -> None:
    """An older store stays as old, beside a writer too; where none is, none is made; a newer one is refused."""
    with pytest.raises(StoreError, match=r"no such store|no store"):
        Store.open(place, read_only=True)
    with Store.open(place) as store:
        store.put_messages([waiting(1)])
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE replywright_schema SET version = 1")
        with Store.open(place, read_only=True) as kept:
            assert verify(kept).ok
            with pytest.raises(StoreError, match="read-only"):
                kept.put_messages([waiting(2)])
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT version FROM replywright_schema").scalar_one() == 1
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE replywright_schema SET version = 99")
        with pytest.raises(StoreError, match="version 99"):
            Store.open(place, read_only=True)


def test_a_folder_as_path(tmp_path: Path) -> None:
    """The message says that it is a folder."""
    assert "this is a folder" in refused(tmp_path)


def test_a_missing_folder(tmp_path: Path) -> None:
    """Nothing is created where a folder's name was mistyped."""
    assert "create it first" in refused(tmp_path / "missing" / "store.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"id,text\n1,hello\n" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A wrong file name costs nothing."""
    place = tmp_path / "inbox.csv"
    place.write_bytes(content)
    assert "not a store" in refused(place) or "damaged" in refused(place)
    assert place.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """An SQLite file with other tables gets none of ours."""
    place = tmp_path / "other.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE accounts (id INTEGER)")
    assert "another program" in refused(place)
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("accounts",)]


def test_what_no_database_takes_is_refused_and_the_rest_kept(place: str) -> None:
    """An id with a NUL byte is told by its number, on every database; a number beyond all numbers is a clear error."""
    bad = [
        CustomerContext(id=f"a{chr(0)}", channel="x", message="Hi"),
        CustomerContext(id="b", channel="x", message="Hi"),
    ]
    with Store.open(place) as store:
        done = store.put_messages([*bad, CustomerContext(post_id=f"p{chr(0)}", channel="x", message="Hi")])
        assert done.new == 1
        assert [one.split(" in its id")[0] for one in done.refused] == [f"message {n} has a NUL byte" for n in (1, 3)]
        with pytest.raises(InputError, match="too large"):
            store.messages(offset=10**30)


def test_a_newer_store_is_refused(place: str) -> None:
    """A schema that this version does not know is not touched."""
    with Store.open(place) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE replywright_schema SET version = 99")
    message = refused(place)
    assert "version 99" in message
    assert "update the program" in message


@pytest.mark.parametrize(
    "place",
    ["", ":memory:", "sqlite://", "sqlite:///:memory:", "mysql://host/name", "http://host/", "postgresql://h:x/n"],
)
def test_a_place_that_can_not_be_a_store(place: str) -> None:
    """Each wrong place is refused with what to give instead."""
    assert any(word in refused(place) for word in ("needs a file", "use a file", "should look like"))


def test_an_sqlite_url_and_odd_names_work(tmp_path: Path) -> None:
    """A URL means the same file as its path, and a name with signs that mean something in URLs is only a name."""
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.put_messages([waiting(1)])
    with Store.open(tmp_path / "store.db") as store:
        assert len(store.messages()) == 1
    odd = tmp_path / "50% sure? #1 é.db"
    Store.open(odd).close()
    assert odd.exists()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """What customers wrote is not readable by other users of the machine."""
    with Store.open(tmp_path / "store.db") as store:
        store.put_messages([waiting(1)])
        assert {oct(one.stat().st_mode & 0o777) for one in tmp_path.iterdir()} == {"0o600"}


def test_a_lock_held_too_long(place: str, decide: Callable[..., Approval]) -> None:
    """A second writer waits its time and then says so; nothing of it is stored, and it works once the lock is gone."""
    with Store.open(place) as first, Store.open(place, timeout=0.3) as second:
        with first.writing():
            with pytest.raises(StoreError, match="held the store for too long") as caught:
                decide(second, 1, "canary words")
            assert "canary" not in str(caught.value)
            assert second.messages() == []
        decide(second, 1)
        assert verify(first).ok


FILL = """
import resource, sys
from assistant.context import CustomerContext
from assistant.errors import InputError, StoreError
from assistant.store import Store

with Store.open(sys.argv[1]) as store:
    store.put_messages([CustomerContext(id="first", channel="x", message="Hello")])
    if sys.argv[2] != "unlimited":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    number = 0
    try:
        while True:
            context = CustomerContext(id=f"canary{number}", channel="x", message="canary words " * 500)
            store.put_messages([context])
            number += 1
            print(context.id, flush=True)
    except StoreError as error:
        print(error, file=sys.stderr)
"""


def fill(place: Path, limit: str) -> tuple[list[str], str]:
    """Write until there is no room: the ids that were confirmed, and the error."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", FILL, place, limit],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=environment,
    )
    return ["first", *done.stdout.split()], done.stderr


def test_a_file_that_may_not_grow_keeps_what_was_confirmed(tmp_path: Path) -> None:
    """At the limit the error is clear, every confirmed message is there, and the chain verifies."""
    confirmed, error = fill(tmp_path / "store.db", "400000")
    assert "this was not stored" in error
    assert "canary" not in error
    with Store.open(tmp_path / "store.db") as store:
        assert [one.id for one in store.messages()] == confirmed
        assert verify(store).ok
        assert verify(store).records == len(confirmed)


def test_a_full_disk_keeps_what_was_confirmed(tmp_path: Path) -> None:
    """The same on a real file system without room; the store can be opened and read while it is full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=400k", "none", disk]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can't be mounted here (needs root)")
    try:
        confirmed, error = fill(disk / "store.db", "unlimited")
        assert "the disk is full" in error
        assert "canary" not in error
        with Store.open(disk / "store.db") as store:
            assert [one.id for one in store.messages()] == confirmed
            assert verify(store).ok
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_server_that_is_not_there() -> None:
    """The message names host and database, and neither user nor password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    message = refused(f"postgres://canaryuser:canarypassword@127.0.0.1:{port}/inbox")
    assert f"127.0.0.1:{port}/inbox" in message
    assert "can't be reached" in message
    assert "canary" not in message


@pytest.mark.postgres
@pytest.mark.parametrize("who_and_where", ["postgres@/missing", "stranger@/postgres"])
def test_a_server_that_refuses(postgres_server: Path, who_and_where: str) -> None:
    """A database or a user that the server does not know gives what to check."""
    message = refused(f"postgresql://{who_and_where}?host={postgres_server}")
    assert "the name of the database" in message
    assert "stranger" not in message


@pytest.mark.postgres
def test_urls_of_all_spellings_open_the_same_store(postgres_url: str) -> None:
    """`postgres://`, `postgresql://` and `postgresql+psycopg://` mean the same."""
    with Store.open(postgres_url) as store:
        store.put_messages([waiting(1)])
    for scheme in ("postgres", "postgresql+psycopg"):
        with Store.open(postgres_url.replace("postgresql", scheme, 1)) as store:
            assert head(store).seq == 1


def test_closing_twice_does_nothing(place: str) -> None:
    """And leaving the block after a close neither."""
    with Store.open(place) as store:
        store.close()
    store.close()


def test_a_message_that_can_not_be_read_is_not_repeated(store: Store) -> None:
    """Somebody altered a row: the error says so and shows nothing of it."""
    store.put_messages([waiting(1)])
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE replywright_messages SET context = '{\"canary\": 1}'")
    with pytest.raises(StoreError, match="can't be read") as caught:
        store.messages()
    assert "canary" not in str(caught.value)
