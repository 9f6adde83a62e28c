"""A connection to SQLite or Postgres that several threads and processes may use at once, with clear errors."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import InputError, StoreError
from assistant.store.tables import migrate, readable, tick

_TOO_LARGE = "a number is too large: there can't be so many"
_LOCK = 0x7265706C79  # any number that all writers share; this one spells "reply"


class Database:
    """Transactions on one database. Writers take turns, across processes too; readers see one moment."""

    def __init__(self, engine: Engine, where: str, timeout: float) -> None:
        self._engine = engine
        self._where = where
        self._timeout = timeout
        self._process = os.getpid()
        self._counts = False
        self._writer = threading.Lock()

    @classmethod
    def open(cls, url_or_path: str | Path, *, timeout: float = 10.0, read_only: bool = False) -> Self:
        """Open a store, create it where there is none, and bring an older one up to date.

        Args:
            url_or_path: a file for SQLite, or a URL: `postgresql://user@host/name`, `sqlite:///file.db`.
            timeout: seconds to wait for a server that does not answer or a lock that somebody else holds.
            read_only: change nothing: the store must be there, an older one stays as it is, and neither the file nor
                the user of the server needs the right to write.

        Raises:
            StoreError: it can't be opened, read or written, is not a store, or was made by a newer version.
        """
        url, where = _location(url_or_path, read_only)
        sqlite = url.get_backend_name() == "sqlite"
        engine = _sqlite(url, timeout, read_only) if sqlite else _postgres(url, where, timeout, read_only)
        database = cls(engine, where, timeout)
        try:
            if sqlite and not read_only:
                database._use_wal()
            with database.reading() if read_only else database.writing() as connection:
                try:
                    (readable if read_only else migrate)(connection)
                except StoreError as error:
                    raise StoreError(f"{where}: {error}") from None
            database._counts = True
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close all connections. Closing twice does nothing."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write; others wait for its end. It is committed unless an error leaves it.

        Raises:
            StoreError: it can't be written; nothing of this transaction is kept.
        """
        with self._in_line(), self._clear_errors(), self._live_engine().connect() as raw:
            connection = raw.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            with connection.begin():
                if self.dialect == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                if self._counts:  # before that the store may be an older one, which has no such count
                    tick(connection)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that reads the store as it stands at one moment.

        Raises:
            StoreError: it can't be read.
        """
        with self._clear_errors(), self._live_engine().connect() as raw:
            postgres = self.dialect == "postgresql"
            connection = raw.execution_options(isolation_level="REPEATABLE READ") if postgres else raw
            with connection.begin():
                yield connection

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """The threads of this process hand the right to write on; SQLite would have each look for it now and then."""
        self._live_engine()
        if not self._writer.acquire(timeout=self._timeout):
            raise _Locked(f"{self._where}: others have held the store for too long; try again")
        try:
            yield
        finally:
            self._writer.release()

    def leave_no_trace(self) -> bool:
        """Empty SQLite's write-ahead log, where deleted text would linger; False where a reader stands in the way.

        On Postgres there is nothing to do from here: the server's own vacuum and log rotation remove old rows.
        """
        if self.dialect != "sqlite":
            return True
        try:
            busy: int = self._pragma("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        except _Locked:
            return False
        return busy == 0

    def _pragma(self, statement: str) -> Sequence[Any]:
        """Run what SQLite allows only outside a transaction."""
        with self._clear_errors(), self._live_engine().connect() as raw:
            connection = raw.execution_options(sqlite_begin=None)
            return connection.exec_driver_sql(statement).one()

    def _live_engine(self) -> Engine:
        if self._process != os.getpid():  # a forked child must not talk over its parent's connections
            self._engine.dispose(close=False)
            self._writer = threading.Lock()  # whoever held the other is not in this process
            self._process = os.getpid()
        return self._engine

    def _use_wal(self) -> None:
        """Switch the file to write-ahead logging, which it remembers. SQLite does not wait for others here: we do."""
        until = time.monotonic() + self._timeout
        while True:
            try:
                self._pragma("PRAGMA journal_mode=WAL")
                return
            except _Locked:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        """Say what is wrong and what to do; never the statement, its values or a password."""
        try:
            yield
        except PoolTimeout:
            raise _Locked(f"{self._where}: too many connections are in use; try again") from None
        except OverflowError:
            raise InputError(_TOO_LARGE) from None
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == "22003":
                raise InputError(_TOO_LARGE) from None
            raise _explained(error, self._where) from None
        except SQLAlchemyError as error:
            raise StoreError(f"{self._where}: the store failed ({type(error).__name__})") from None


class _Locked(StoreError):
    """Somebody else held the store for too long."""


def _location(url_or_path: str | Path, read_only: bool) -> tuple[URL, str]:
    """The URL to connect to, and how to call the place in messages."""
    file = _there if read_only else _file
    given = str(url_or_path)
    if isinstance(url_or_path, Path) or "://" not in given:
        return file(Path(given)), given
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise StoreError(
            "the store's URL can't be read; it should look like postgresql://user@host/name or sqlite:///file.db"
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        return file(Path(url.database or "")), url.database or ""
    if backend not in {"postgres", "postgresql"}:
        raise StoreError(f"a store can't be kept in '{backend}'; use a file, sqlite:///file.db or postgresql://")
    where = f"postgresql://{url.host or ''}{f':{url.port}' if url.port else ''}/{url.database or ''}"
    return url.set(drivername="postgresql+psycopg"), where


def _file(path: Path) -> URL:
    """Check the place of an SQLite file and create it, readable by its owner alone."""
    if str(path) in {"", ".", ":memory:"}:
        raise StoreError("a store needs a file: what is only in memory would lose approvals")
    try:
        if path.is_dir():
            raise StoreError(f"{path}: this is a folder; name a file in it")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except FileNotFoundError:
        raise StoreError(f"{path}: there is no folder {path.parent}; create it first") from None
    except ValueError:
        raise StoreError("the store's path holds a NUL byte; remove it") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: the store can't be opened for writing: {reason}") from None
    return URL.create("sqlite", database=str(path))


def _there(path: Path) -> URL:
    """The address at which SQLite reads a file that is there, whatever may be written.

    It keeps its shared memory beside the file. Where it may not, it must take the file for one that nobody changes:
    right where no log of a writer lies there.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no such store; name its file")
    log = path.with_name(f"{path.name}-wal")
    alone = not _may_write(path.parent) and not (log.exists() and log.stat().st_size)
    mode = "rw" if _may_write(path) and _may_write(path.parent) else "ro"
    query = {"uri": "true", "mode": mode, **({"immutable": "1"} if alone else {})}
    return URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query)


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _sqlite(url: URL, timeout: float, read_only: bool) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": timeout})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        # FULL: a confirmed approval survives a power cut as well as a killed process.
        for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"query_only={read_only:d}"):
            connection.execute(f"PRAGMA {setting}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _postgres(url: URL, where: str, timeout: float, read_only: bool) -> Engine:
    arguments: dict[str, Any] = {"connect_timeout": max(2, round(timeout))}
    try:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=arguments)
    except (ImportError, NoSuchModuleError):
        raise StoreError(f"{where}: Postgres needs a driver; install replywright[postgres]") from None

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(timeout * 1000)}")
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return engine


_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full, so this was not stored; free some space and try again",
    sqlite3.SQLITE_READONLY: "the store is read-only; allow writing to the file and its folder",
    sqlite3.SQLITE_NOTADB: "this file is not a store; name another file",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore it from a copy",
    sqlite3.SQLITE_CANTOPEN: "the store can't be opened; check that its folder exists and allows writing",
    sqlite3.SQLITE_IOERR: "the disk refused a read or write, so this was not stored; check its space and health",
}
_POSTGRES = {
    "08": "the connection to the server was lost; try again",
    "28": "the server refuses this user or password",
    "3D": "the server has no such database; create it first",
    "42501": "this user may not create or write the tables; grant it the right",
    "53": "the server is out of space, memory or connections, so this was not stored",
    "25006": "the server is read-only",
    "57": "the server is shutting down or starting; try again",
}


def _explained(error: DBAPIError, where: str) -> StoreError:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        plain = code & 0xFF  # the rest of an extended code says where in SQLite it came up
        if plain in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return _Locked(f"{where}: another process has held the store for too long; try again")
        return StoreError(f"{where}: {_SQLITE.get(plain, f'the store failed (SQLite error {code})')}")
    state = getattr(cause, "sqlstate", None)
    if state == "55P03":
        return _Locked(f"{where}: another process has held the store for too long; try again")
    if state:
        said = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
        return StoreError(f"{where}: {said or f'the store failed (Postgres error {state})'}")
    if error.connection_invalidated or type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}:
        return StoreError(
            f"{where}: the server can't be reached or refuses the connection; check that it runs, and host, "
            "port, user, password and the name of the database"
        )
    return StoreError(f"{where}: the store failed ({type(cause).__name__})")
