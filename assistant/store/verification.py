"""Whether the audit log is still what was appended: the chain, its end, and the texts that are kept."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.store import tables
from assistant.store.canonical import canonical, sha256
from assistant.store.database import Database
from assistant.store.records import Head, hash_of, stored_head
from tone_rules.value import Value

MOST_PROBLEMS = 100
"""After so many, more would not help anybody."""

_BATCH = 500


class ChainProblem(Value):
    """One place where the log is not what was appended."""

    seq: int
    """The record's."""
    message: str

    def __str__(self) -> str:
        return f"record {self.seq}: {self.message}"


class VerifyReport(Value):
    """What `verify` found."""

    records: int = 0
    texts: int = 0
    """Texts that are still kept and fit their digests."""
    erased: int = 0
    """Texts of which an erasure record says that they were erased."""
    head: Head
    """The end of the chain as it stands; keep it elsewhere to find out later whether records were cut off."""
    problems: tuple[ChainProblem, ...] = ()
    """In the order of the log, at most 100."""

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(store: Database, known: Head | None = None) -> VerifyReport:
    """Look for records that were altered, removed, inserted, moved or cut off, and for texts that were.

    Args:
        store: an open store.
        known: a head that was kept elsewhere. Without it, a chain whose end was cut off and whose stored head was set
            back looks whole.

    Raises:
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        reading = _Reading(stored_head(connection), known)
        rows = _rows(connection)
        while rows:
            reading.take(rows, _kept(connection, rows[0].seq, rows[-1].seq))
            rows = _rows(connection, after=rows[-1].seq)
        # The foreign key forbids a text without a record, but whoever tampers may have switched it off.
        return reading.report(_stray(connection))


class _Reading:
    """One pass over the log."""

    def __init__(self, stored: Head, known: Head | None) -> None:
        self.stored = stored
        self.known = known
        self.last = Head(seq=0, hash=tables.NO_HASH)
        self.count = 0
        self.texts = 0
        self.absent: set[tuple[int, str]] = set()
        self.erased: set[tuple[int, str]] = set()
        self.problems: list[ChainProblem] = []

    def take(self, rows: Sequence[Row[Any]], kept: Mapping[int, Mapping[str, str]]) -> None:
        for row in rows:
            self.count += 1
            payload = self._link(row)
            self._compare(row.seq, payload.get("digests", {}), kept.get(row.seq, {}))
            if row.kind == "erasure":
                self.erased |= {(seq, name) for seq, names in payload.get("erased", ()) for name in names}

    def report(self, stray: Sequence[int]) -> VerifyReport:
        for seq in stray:
            self._problem(seq, "a text is kept for a record that does not exist")
        for seq, name in sorted(self.absent - self.erased):
            self._problem(seq, f"its {name} is gone, and no erasure says why")
        if self.stored != self.last:
            said = f"the log ends at record {self.last.seq}, but the store remembers {self.stored.seq} as its last"
            same = "the last record is not the one that the store remembers"
            self._problem(max(self.last.seq, self.stored.seq), same if self.last.seq == self.stored.seq else said)
        if self.known is not None and self.known.seq > self.last.seq:
            message = f"it was cut off: the head that was kept elsewhere is {self.known.seq}, the log ends earlier"
            self._problem(self.last.seq + 1, message)
        return VerifyReport(
            records=self.count,
            texts=self.texts,
            erased=len(self.absent & self.erased),
            head=self.last,
            problems=tuple(sorted(self.problems, key=lambda one: one.seq)[:MOST_PROBLEMS]),
        )

    def _link(self, row: Row[Any]) -> dict[str, Any]:
        """Check a record against itself and the one before; its payload, empty where it can't be read."""
        if row.seq > self.last.seq + 1:
            gone = f"records {self.last.seq + 1} to {row.seq - 1} are" if row.seq > self.last.seq + 2 else "it is"
            self._problem(self.last.seq + 1, f"{gone} missing")
        elif row.seq < 1:
            self._problem(row.seq, "it was inserted: the first record has the number 1")
        elif row.prev != self.last.hash:
            self._problem(row.seq, "it does not follow the record before: one of the two was altered or replaced")
        self.last = Head(seq=row.seq, hash=row.hash)
        if self.known is not None and self.known.seq == row.seq and self.known.hash != row.hash:
            self._problem(row.seq, "it is not the record whose hash was kept elsewhere")
        try:
            payload = json.loads(row.payload)
            whole = canonical(payload) == row.payload and hash_of({**row._mapping, "payload": payload}) == row.hash
        except (ValueError, RecursionError):
            payload, whole = {}, False
        if not whole:
            self._problem(row.seq, "it was altered or moved: its content does not fit its hash")
        return payload if isinstance(payload, dict) and whole else {}

    def _compare(self, seq: int, digests: Mapping[str, str], kept: Mapping[str, str]) -> None:
        for name, digest in digests.items():
            if name not in kept:
                self.absent.add((seq, name))
            elif kept[name] != digest:
                self._problem(seq, f"its {name} was altered: the text does not fit its digest")
            else:
                self.texts += 1
        for name in kept.keys() - digests.keys():
            self._problem(seq, f"a text '{name}' is kept that the record does not vouch for")

    def _problem(self, seq: int, message: str) -> None:
        if len(self.problems) < 10 * MOST_PROBLEMS:
            self.problems.append(ChainProblem(seq=seq, message=message))


def _rows(connection: Connection, after: int | None = None) -> Sequence[Row[Any]]:
    query = select(tables.records).order_by(tables.records.c.seq).limit(_BATCH)
    if after is not None:  # a planted record may have any number, so the first batch begins anywhere
        query = query.where(tables.records.c.seq > after)
    return connection.execute(query).all()


def _kept(connection: Connection, first: int, last: int) -> dict[int, dict[str, str]]:
    """The digests of the texts that are kept for these records."""
    table = tables.texts
    found: dict[int, dict[str, str]] = {}
    for row in connection.execute(select(table).where(table.c.seq.between(first, last))):
        found.setdefault(row.seq, {})[row.name] = sha256(row.text, row.salt)
    return found


def _stray(connection: Connection) -> Sequence[int]:
    texts, records = tables.texts, tables.records
    known = select(records.c.seq).where(records.c.seq == texts.c.seq).exists()
    return connection.execute(select(texts.c.seq).where(~known).distinct().limit(MOST_PROBLEMS)).scalars().all()
