import io
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.approval import Approval, approve, decisions
from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.errors import InputError
from assistant.pipeline import Proposal
from assistant.store import Store, erase, export, sweep, verify
from assistant.triage import Triage
from tone_rules.situation import Turn

Decide = Callable[..., Approval]
TODAY = datetime.now(UTC).date()


def everything(store: Store) -> str:
    """The whole content of a store as a user could read it."""
    out = io.StringIO()
    export(store, out, texts=True)
    return out.getvalue() + "".join(one.model_dump_json() for one in store.messages())


@pytest.mark.parametrize("by", [{"post_id": "p1"}, {"message_id": "m1"}, {"handle": "Canary_Handle"}])
def test_an_erased_text_is_gone_and_the_chain_verifies(store: Store, decide: Decide, by: dict[str, str]) -> None:
    """Message, thread, proposal, reply and approval of that one post go; the other message stays; a record says so."""
    decide(store, 1, "Canarymessage", "Canaryreply", "@canary_handle")
    decide(store, 2, "Othermessage", "Otherreply", "@ben")
    done = erase(store, by="Mira", **by)
    assert (done.messages, done.texts, done.untraced) == (1, 6, True)
    left = everything(store)
    assert "canary" not in left.lower()
    assert "Othermessage" in left
    assert "Otherreply" in left
    assert decisions(store, "m1") == ()
    report = verify(store)
    assert report.ok
    assert (report.erased, report.texts) == (6, 6)
    last = json.loads(left[: left.rindex("}\n") + 1].splitlines()[-1])
    assert (last["kind"], last["payload"]["by"]) == ("erasure", "Mira")
    assert last["payload"]["erased"] == [[2, ["approval", "context", "id", "message", "proposal", "reply"]]]


def test_erasing_a_person_takes_their_posts_out_of_others_threads(store: Store, decide: Decide) -> None:
    """In another customer's open message their posts go; of a decided one the context and the proposal go."""
    thread = (Turn(role="other", author="@Cleo", text="Canarypost"), Turn(role="other", author="@ben", text="Staypost"))
    asks = Customer(handle="@dora")
    store.put_messages([CustomerContext(id="o1", channel="x", message="Same here", thread=thread, customer=asks)])
    decide(store, 1, handle="@ana")
    store.add_turn("m1", Turn(role="other", author="cleo", text="Canarypost too"))
    done = erase(store, by="Mira", handle="@cleo")
    assert (done.messages, done.changed) == (0, 2)
    assert "Canarypost" not in everything(store)
    assert [turn.text for turn in store.message("o1").context.thread] == ["Staypost"]
    assert len(decisions(store, "m1")) == 1
    assert verify(store).ok


def test_a_decided_context_that_quotes_the_person_goes(store: Store, brand: Brand) -> None:
    """The digest of a context covers its whole thread, so the context goes as a whole and the decision stays."""
    thread = (Turn(role="other", author="@cleo", text="Canarypost"),)
    first = CustomerContext(id="m1", channel="x", post_id="p1", message="My kettle leaks!", thread=thread)
    brief = Proposal(id="m1", status="ready", triage=Triage(), brief=("Cleo wrote: Canarypost",))
    approve(store, brand, brief, first, decision="reject", reviewer="Mira", reason="Spam")
    done = erase(store, by="Mira", handle="cleo")
    assert (done.texts, done.changed, done.messages) == (2, 1, 0)
    assert "Canarypost" not in everything(store)
    assert [one.decision for one in decisions(store, "m1")] == ["reject"]
    assert verify(store).ok
    assert erase(store, by="Mira", handle="cleo").texts == 0


def test_the_same_handle_on_another_channel_stays(store: Store) -> None:
    """A handle belongs to a person only on its channel."""
    customer = Customer(handle="@ana")
    store.put_messages(
        CustomerContext(id=name, channel=name, message="Hello", customer=customer) for name in ("x", "reddit")
    )
    assert erase(store, by="Mira", handle="ana", channel="reddit").messages == 1
    assert [one.id for one in store.messages()] == ["x"]


def test_erasing_nothing_writes_no_record(store: Store, decide: Decide) -> None:
    """A request that finds nothing leaves the log as it is."""
    decide(store, 1)
    before = verify(store).head
    assert erase(store, by="Mira", handle="@nobody").messages == 0
    assert sweep(store, TODAY).texts == 0
    assert verify(store).head == before


@pytest.mark.parametrize(
    "names", [{}, {"post_id": "p", "handle": "h"}, {"handle": "@"}, {"handle": " "}, {"post_id": "p", "by": " "}]
)
def test_a_vague_erasure_is_refused(store: Store, decide: Decide, names: dict[str, str]) -> None:
    """Nothing, two things at once or an empty handle would erase the wrong rows."""
    decide(store, 1, handle="")
    with pytest.raises(InputError):
        erase(store, **{"by": "Mira", **names})
    assert len(store.messages()) == 1


def test_retention_erases_on_the_day_after_the_last(store: Store, decide: Decide) -> None:
    """What may be kept for 30 days is there on the thirtieth and gone on the thirty-first."""
    decide(store, 1, "Canarymessage", "Canaryreply")
    assert sweep(store, TODAY + timedelta(days=30)).texts == 0
    done = sweep(store, TODAY + timedelta(days=31))
    assert (done.messages, done.texts) == (1, 6)
    assert "canary" not in everything(store).lower()
    assert verify(store).ok
    store.put_messages([CustomerContext(id="n", channel="x", message="New")])
    assert verify(store).ok


def test_no_byte_of_an_erased_text_is_left_in_the_files(tmp_path: Path, decide: Decide) -> None:
    """After much writing around it, neither the database nor its log holds the text, and the others are there."""
    chance = random.Random(7)  # noqa: S311 - nothing secret is drawn
    with Store.open(tmp_path / "store.db") as store:
        for number in range(120):
            long = " ".join(f"Canary{number:03d}x" for _ in range(chance.choice([1, 5, 60, 700])))
            decide(store, number, long, long[:4000], f"@canary{number:03d}x")
            store.add_turn(f"m{number}", Turn(role="customer", text=f"Canary{number:03d}x again"))
        chosen = chance.sample(range(120), 60)
        for number in chosen:
            assert erase(store, by="Mira", handle=f"CANARY{number:03d}x").untraced
        held = b"".join(one.read_bytes() for one in tmp_path.iterdir()).lower()
        found = {number for number in range(120) if b"canary%03dx" % number in held}
        assert found == set(range(120)) - set(chosen)
        assert verify(store).ok


def test_a_reader_that_stays_is_told(tmp_path: Path, decide: Decide) -> None:
    """While another reads, SQLite's log can't be emptied: the erasure says so, and a later sweep finishes it."""
    with Store.open(tmp_path / "store.db", timeout=0.2) as store, Store.open(tmp_path / "store.db") as other:
        decide(store, 1, "Canarymessage")
        with other.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM replywright_messages").all()
            assert not erase(store, by="Mira", post_id="p1").untraced
        assert sweep(store, TODAY).untraced
        assert b"Canarymessage" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())
