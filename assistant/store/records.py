"""The audit log: a hash chain of records over salted digests.

A record holds no text of a customer or a reply, only digests of them. The texts are kept beside it with their salts,
so that they can be erased: what is left in the chain can't be guessed back, and the chain still verifies.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal, Self, TextIO

from pydantic import AwareDatetime
from sqlalchemy import Connection, Row, insert, select, update

from assistant.context import CustomerContext
from assistant.store import tables
from assistant.store.canonical import SALT_BYTES, canonical, sha256, timestamp
from assistant.store.database import Database
from tone_rules.value import Value

RecordKind = Literal[
    "approval", "rejection", "escalation", "override", "erasure", "import", "notice", "rules", "takeover"
]


class Head(Value):
    """The end of the chain. Kept elsewhere, it shows later whether records were cut off."""

    seq: int
    hash: str


class Record(Value):
    """One line of the audit log."""

    seq: int
    """1 for the first, without gaps."""
    at: AwareDatetime
    kind: RecordKind
    payload: Mapping[str, Any]
    """What was decided, by whom, under which rules; of texts and ids only digests, under `digests`."""
    prev: str
    """The hash of the record before, 64 zeros for the first."""
    hash: str
    """The hex SHA-256 of the canonical JSON of all of the above."""

    @classmethod
    def following(cls, head: Head, kind: RecordKind, payload: Mapping[str, Any], at: datetime) -> Self:
        """The next record after `head`."""
        fields = {"seq": head.seq + 1, "at": timestamp(at), "kind": kind, "payload": payload, "prev": head.hash}
        return cls.model_validate({**fields, "hash": hash_of(fields)})

    def line(self) -> dict[str, Any]:
        """The record as it is stored and exported."""
        return {**dict(self), "at": timestamp(self.at)}


def hash_of(fields: Mapping[str, Any]) -> str:
    """The hash of a record: of the canonical JSON of its seq, at, kind, payload and prev."""
    return sha256(canonical({name: fields[name] for name in ("seq", "at", "kind", "payload", "prev")}))


class Texts(Value):
    """The private texts of one record, and what is needed to find them again for erasure."""

    context: CustomerContext
    message_id: str
    named: Mapping[str, str]
    """Each text by its name: message, reply, context ..."""
    retain_until: date


def append(
    connection: Connection,
    kind: RecordKind,
    payload: Mapping[str, Any],
    texts: Texts | None = None,
    at: datetime | None = None,
) -> Record:
    """Append a record inside the caller's writing transaction, which serialises it with all others.

    Args:
        connection: from `Database.writing`.
        kind: what happened.
        payload: JSON values that name nobody but staff and hold no text of a customer or a reply.
        texts: what the record is about; kept beside the chain, their salted digests go into the payload.
        at: when, now if not given.
    """
    named = {} if texts is None else dict(texts.named)
    salts = {name: secrets.token_bytes(SALT_BYTES) for name in named}
    if named:
        payload = {**payload, "digests": {name: sha256(text, salts[name]) for name, text in named.items()}}
    record = Record.following(stored_head(connection), kind, payload, at or datetime.now(UTC))
    row = {**record.line(), "payload": canonical(record.payload)}
    connection.execute(insert(tables.records).values(row))
    connection.execute(update(tables.head).values(seq=record.seq, hash=record.hash))
    if texts is not None and named:
        shared = {
            "seq": record.seq,
            "message_id": texts.message_id,
            "channel": texts.context.channel,
            "post_id": texts.context.post_id,
            "retain_until": texts.retain_until,
        }
        rows = [{**shared, "name": name, "salt": salts[name], "text": text} for name, text in named.items()]
        connection.execute(insert(tables.texts), rows)
    return record


def stored_head(connection: Connection) -> Head:
    """The end of the chain as the store remembers it."""
    row = connection.execute(select(tables.head.c.seq, tables.head.c.hash)).one()
    return Head(seq=row.seq, hash=row.hash)


def head(store: Database) -> Head:
    """The end of the chain, to be kept where whoever can write the store can't: `verify` compares it later."""
    with store.reading() as connection:
        return stored_head(connection)


def each(connection: Connection) -> Iterator[Row[Any]]:
    """The rows of the log in order, a few at a time."""
    query = select(tables.records).order_by(tables.records.c.seq).execution_options(yield_per=500)
    yield from connection.execute(query)


def export(store: Database, out: TextIO, *, texts: bool = False) -> int:
    """Write the log as JSON Lines, one record a line in order, and return how many.

    Args:
        store: an open store.
        out: where to write.
        texts: also write the texts that are still kept, with their salts in hex. They are private.

    Raises:
        StoreError: the store can't be read.
    """
    count = 0
    with store.reading() as connection:
        kept: dict[int, dict[str, dict[str, str]]] = {}
        if texts:
            for row in connection.execute(select(tables.texts)):
                kept.setdefault(row.seq, {})[row.name] = {"salt": row.salt.hex(), "text": row.text}
        for row in each(connection):
            line: dict[str, Any] = {**row._mapping, "payload": json.loads(row.payload)}
            if texts:
                line["texts"] = kept.get(row.seq, {})
            out.write(canonical(line) + "\n")
            count += 1
    return count
