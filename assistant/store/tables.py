"""The tables of a store, and how an older store becomes a newer one.

Everything private is in `messages` and `texts`, whose rows can be deleted; `records` holds digests alone and is only
ever appended to.
"""

from collections.abc import Callable

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from assistant.errors import StoreError

PREFIX = "replywright_"
"""Keeps the tables apart from others where a Postgres database is shared."""

metadata = MetaData()

schema = Table(PREFIX + "schema", metadata, Column("version", Integer, nullable=False))

clock = Table(
    PREFIX + "clock",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
)
"""Counts the transactions that wrote; they take turns, so what has a higher count was committed later."""

_NOW = select(clock.c.value).scalar_subquery()

messages = Table(
    PREFIX + "messages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("post_id", Text, index=True),
    Column("context", Text, nullable=False),
    Column("proposal", Text),
    Column("proposal_status", Text),
    Column("received_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("retain_until", Date, nullable=False, index=True),
    Column("revision", Integer, nullable=False, index=True, server_default="0", default=_NOW, onupdate=_NOW),
)
message_columns = tuple(one for one in messages.c if one.name != "revision")
"""Those that a store of any version has."""

records = Table(
    PREFIX + "records",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

texts = Table(
    PREFIX + "texts",
    metadata,
    Column("seq", Integer, ForeignKey(records.c.seq), primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("message_id", Text, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("post_id", Text, index=True),
    Column("retain_until", Date, nullable=False, index=True),
)

head = Table(
    PREFIX + "head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

claims = Table(
    PREFIX + "claims",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("until", Text, nullable=False),
)

notices = Table(
    PREFIX + "notices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("until", Text),
    Column("ended", Text),
)

outcomes = Table(
    PREFIX + "outcomes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("message_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("at", Text, nullable=False),
)

handovers = Table(
    PREFIX + "handovers",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("draft", Integer),
    Column("thread", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("returned_by", Text),
    Column("reason", Text),
)

rule_changes = Table(
    PREFIX + "rule_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("rule", Text, nullable=False, index=True),
    Column("change", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_by", Text),
    Column("settled_at", Text),
)

NO_HASH = "0" * 64
"""What the first record names as the hash before it."""


def _first(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(insert(schema).values(version=0))
    connection.execute(insert(head).values(id=1, seq=0, hash=NO_HASH))


def _desk(connection: Connection) -> None:
    """Who answers what, what everybody is told, and what became of replies."""
    metadata.create_all(connection, tables=[claims, notices, outcomes], checkfirst=True)


def _second(connection: Connection) -> None:
    """Texts that wait for a second person."""
    metadata.create_all(connection, tables=[handovers], checkfirst=True)


def _rules(connection: Connection) -> None:
    """Changes of the rules, and what stood before them."""
    metadata.create_all(connection, tables=[rule_changes], checkfirst=True)


def _changes(connection: Connection) -> None:
    """When each message changed last, by the count of transactions."""
    clock.create(connection, checkfirst=True)
    connection.execute(insert(clock).values(id=1, value=0))
    if "revision" not in {one["name"] for one in inspect(connection).get_columns(messages.name)}:
        connection.execute(text(f"ALTER TABLE {messages.name} ADD COLUMN revision INTEGER DEFAULT 0 NOT NULL"))
        for index in messages.indexes:
            index.create(connection, checkfirst=True)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _desk, _second, _rules, _changes)
"""Each takes a store from the version that is its index to the next one. Only ever add to the end."""

VERSION = len(MIGRATIONS)


def migrate(connection: Connection) -> None:
    """Create the tables or bring them up to this version, inside the caller's transaction.

    Raises:
        StoreError: the store was made by a newer version, or the file is another program's database.
    """
    version = _version(connection)
    for step in MIGRATIONS[version:]:
        step(connection)
    if version < VERSION:
        connection.execute(update(schema).values(version=VERSION))


def tick(connection: Connection) -> None:
    """Count a transaction that writes."""
    connection.execute(update(clock).values(value=clock.c.value + 1))


def readable(connection: Connection) -> None:
    """See whether this version can read the store as it is.

    Raises:
        StoreError: it was made by a newer version, or is no store.
    """
    if not _version(connection):
        raise StoreError("this is no store: it holds no table of one")


def _version(connection: Connection) -> int:
    """The version of a store; 0 where nothing was made yet."""
    names = set(inspect(connection).get_table_names())
    version: int = connection.execute(select(schema.c.version)).scalar_one() if schema.name in names else 0
    if names and not version and connection.dialect.name == "sqlite":
        raise StoreError("this is a database of another program, not a store; name another file")
    if version > VERSION:
        raise StoreError(
            f"the store has version {version} and this program knows versions up to {VERSION}; "
            "update the program to use it"
        )
    return version
