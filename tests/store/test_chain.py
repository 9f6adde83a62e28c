import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select, text, update

from assistant.approval import Approval
from assistant.store import Head, Store, export, head, verify
from assistant.store.canonical import canonical, sha256
from assistant.store.records import append, hash_of
from assistant.store.tables import NO_HASH, records, texts
from assistant.store.tables import head as head_table

Decide = Callable[..., Approval]


@pytest.fixture
def filled(store: Store, decide: Decide) -> Store:
    """A store with six approvals, each preceded by the import of its message: twelve records."""
    for number in range(6):
        decide(store, number)
    return store


def test_an_untouched_chain_verifies(filled: Store) -> None:
    """Every record and every text is looked at, and the head is the last record's."""
    report = verify(filled)
    assert report.ok
    assert (report.records, report.texts, report.erased) == (12, 36, 0)
    assert report.head == head(filled)
    assert verify(filled, report.head).ok


def test_an_empty_chain_verifies(store: Store) -> None:
    """A new store has no records and nothing to complain about."""
    assert verify(store).ok
    assert head(store) == Head(seq=0, hash=NO_HASH)


def altered_payload(store: Store) -> int:
    """Another reviewer is written into record 6."""
    with store.writing() as connection:
        row = connection.execute(select(records).where(records.c.seq == 6)).one()
        payload = canonical({**json.loads(row.payload), "reviewer": "Somebody"})
        connection.execute(update(records).where(records.c.seq == 6).values(payload=payload))
    return 6


def altered_time(store: Store) -> int:
    """Record 4 is moved in time."""
    with store.writing() as connection:
        connection.execute(update(records).where(records.c.seq == 4).values(at="2020-01-01T00:00:00.000000Z"))
    return 4


def altered_with_hash(store: Store) -> int:
    """Record 6 is altered and its own hash made to fit; the next one gives it away."""
    with store.writing() as connection:
        row = connection.execute(select(records).where(records.c.seq == 6)).one()
        payload = {**json.loads(row.payload), "reviewer": "Somebody"}
        values = {"payload": canonical(payload), "hash": hash_of({**row._mapping, "payload": payload})}
        connection.execute(update(records).where(records.c.seq == 6).values(values))
    return 7


def unreadable_payload(store: Store) -> int:
    """Record 5 no longer holds JSON."""
    with store.writing() as connection:
        connection.execute(update(records).where(records.c.seq == 5).values(payload="{"))
    return 5


def spaced_payload(store: Store) -> int:
    """Record 5 says the same in other bytes."""
    with store.writing() as connection:
        row = connection.execute(select(records).where(records.c.seq == 5)).one()
        connection.execute(update(records).where(records.c.seq == 5).values(payload=row.payload + " "))
    return 5


def removed(store: Store) -> int:
    """Record 3, an import, is deleted."""
    with store.writing() as connection:
        connection.execute(delete(records).where(records.c.seq == 3))
    return 3


def removed_and_renumbered(store: Store) -> int:
    """Record 3 is deleted and the others move up."""
    with store.writing() as connection:
        connection.execute(delete(texts))
        connection.execute(delete(records).where(records.c.seq == 3))
        for seq in range(4, 13):
            connection.execute(update(records).where(records.c.seq == seq).values(seq=seq - 1))
    return 3


def inserted(store: Store) -> int:
    """A record is planted in the place of number 5, and the others make room."""
    with store.writing() as connection:
        connection.execute(delete(texts))
        for seq in range(12, 4, -1):
            connection.execute(update(records).where(records.c.seq == seq).values(seq=seq + 1))
        before = connection.execute(select(records).where(records.c.seq == 4)).one()
        fields = {"seq": 5, "at": before.at, "kind": "import", "payload": {}, "prev": before.hash}
        connection.execute(insert(records).values({**fields, "payload": "{}", "hash": hash_of(fields)}))
    return 6


def inserted_before_the_first(store: Store) -> int:
    """A record is planted with the number 0."""
    with store.writing() as connection:
        fields = {"seq": 0, "at": "2020-01-01T00:00:00.000000Z", "kind": "import", "payload": {}, "prev": NO_HASH}
        connection.execute(insert(records).values({**fields, "payload": "{}", "hash": hash_of(fields)}))
    return 0


def appended_by_hand(store: Store) -> int:
    """A well-made record is put at the end, past the store."""
    last = head(store)
    with store.writing() as connection:
        fields = {"seq": 13, "at": "2026-11-22T00:00:00.000000Z", "kind": "import", "payload": {}, "prev": last.hash}
        connection.execute(insert(records).values({**fields, "payload": "{}", "hash": hash_of(fields)}))
    return 13


def reordered(store: Store) -> int:
    """Records 3 and 5, both imports, change places."""
    with store.writing() as connection:
        for old, new in ((3, 99), (5, 3), (99, 5)):
            connection.execute(update(records).where(records.c.seq == old).values(seq=new))
    return 3


def cut_off(store: Store) -> int:
    """The last record and its texts are deleted."""
    with store.writing() as connection:
        connection.execute(delete(texts).where(texts.c.seq == 12))
        connection.execute(delete(records).where(records.c.seq == 12))
    return 12


def altered_text(store: Store) -> int:
    """The reply kept for record 8 says something else now."""
    with store.writing() as connection:
        where = (texts.c.seq == 8) & (texts.c.name == "reply")
        connection.execute(update(texts).where(where).values(text="We never said that."))
    return 8


def altered_salt(store: Store) -> int:
    """The salt of record 8's message is another."""
    with store.writing() as connection:
        where = (texts.c.seq == 8) & (texts.c.name == "message")
        connection.execute(update(texts).where(where).values(salt=b"0" * 32))
    return 8


def silently_removed_text(store: Store) -> int:
    """A reply vanishes without an erasure."""
    with store.writing() as connection:
        connection.execute(delete(texts).where((texts.c.seq == 10) & (texts.c.name == "reply")))
    return 10


def planted_text(store: Store) -> int:
    """A text is put beside a record that does not vouch for it."""
    with store.writing() as connection:
        row = connection.execute(select(texts).where((texts.c.seq == 2) & (texts.c.name == "reply"))).one()
        connection.execute(insert(texts).values({**row._mapping, "name": "extra"}))
    return 2


@pytest.mark.parametrize(
    "tamper",
    [
        altered_payload,
        altered_time,
        altered_with_hash,
        unreadable_payload,
        spaced_payload,
        removed,
        removed_and_renumbered,
        inserted,
        inserted_before_the_first,
        appended_by_hand,
        reordered,
        cut_off,
        altered_text,
        altered_salt,
        silently_removed_text,
        planted_text,
    ],
)
def test_tampering_is_found_and_named(filled: Store, tamper: Callable[[Store], int]) -> None:
    """Each kind of tampering gives a problem at the record where it shows, and no record before it is blamed."""
    seq = tamper(filled)
    report = verify(filled)
    assert not report.ok
    gone = [one for one in report.problems if "no erasure says why" in one.message]
    first = next((one for one in report.problems if one not in gone), report.problems[0])
    assert first.seq == seq
    assert str(first).startswith(f"record {seq}: ")


def test_a_cut_that_resets_the_stored_head_needs_the_kept_one(filled: Store) -> None:
    """Only a head that was kept elsewhere shows that the end is missing."""
    kept = head(filled)
    cut_off(filled)
    with filled.writing() as connection:
        last = connection.execute(select(records).order_by(records.c.seq.desc()).limit(1)).one()
        connection.execute(update(head_table).values(seq=last.seq, hash=last.hash))
    assert verify(filled).ok
    problems = verify(filled, kept).problems
    assert [one.seq for one in problems] == [12]
    assert "cut off" in problems[0].message


def test_a_rewritten_chain_does_not_fit_the_kept_head(filled: Store) -> None:
    """Somebody who computes every hash anew is found by the head that was kept elsewhere."""
    kept = head(filled)
    with filled.writing() as connection:
        prev = NO_HASH
        for row in connection.execute(select(records).order_by(records.c.seq)).all():
            payload = {**json.loads(row.payload), "note": "rewritten"}
            fields = {**row._mapping, "payload": payload, "prev": prev}
            prev = hash_of(fields)
            values = {"payload": canonical(payload), "prev": fields["prev"], "hash": prev}
            connection.execute(update(records).where(records.c.seq == row.seq).values(values))
        connection.execute(update(head_table).values(hash=prev))
    assert verify(filled).ok
    assert [one.seq for one in verify(filled, kept).problems] == [kept.seq]


def test_a_thoroughly_broken_chain_is_reported_within_bounds(store: Store) -> None:
    """A long log of which nothing fits gives a hundred problems and not thousands."""
    with store.writing() as connection:
        for _ in range(1100):
            append(connection, "import", {"new": 1})
        connection.execute(text("UPDATE replywright_records SET hash = 'x'"))
    report = verify(store)
    assert len(report.problems) == 100
    assert report.records == 1100


def test_the_log_holds_no_word_of_customer_or_reply(store: Store, decide: Decide) -> None:
    """An export without texts names neither message, reply, handle nor ids; one with texts lets anybody verify."""
    decide(store, 4711, "Canarymessage", "Canaryreply", "@canaryhandle")
    plain, full = io.StringIO(), io.StringIO()
    assert export(store, plain) == 2
    assert "canary" not in plain.getvalue().lower()
    assert "4711" not in plain.getvalue()
    export(store, full, texts=True)
    lines = [json.loads(line) for line in full.getvalue().splitlines()]
    prev = NO_HASH
    for line in lines:
        assert line["prev"] == prev
        prev = hash_of(line)
        assert line["hash"] == prev
        for name, kept in line["texts"].items():
            assert sha256(kept["text"], bytes.fromhex(kept["salt"])) == line["payload"]["digests"][name]
    assert {"id", "message", "context", "proposal", "reply", "approval"} == lines[-1]["texts"].keys()


def test_equal_texts_have_different_digests(store: Store, decide: Decide) -> None:
    """Salts differ, so that two equal replies can't be told to be equal once their texts are gone."""
    decide(store, 1)
    decide(store, 2)
    out = io.StringIO()
    export(store, out)
    digests = [json.loads(line)["payload"].get("digests", {}).get("reply") for line in out.getvalue().splitlines()]
    assert digests[1] != digests[3]


def test_a_transaction_that_fails_appends_nothing(store: Store) -> None:
    """An error after an append takes the record back."""
    with store.writing() as connection:
        append(connection, "import", {"new": 1}, at=datetime(2026, 11, 22, tzinfo=UTC))

    def fail() -> None:
        with store.writing() as connection:
            append(connection, "import", {"new": 2})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert head(store).seq == 1
    assert verify(store).ok
