import pytest

from assistant.context import Customer, CustomerContext
from assistant.errors import InputError, MovedOn
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from tone_rules.situation import Turn


def made(number: int, message: str = "Where is my parcel?", **fields: object) -> CustomerContext:
    """A context with an id of its own."""
    return CustomerContext.model_validate({"id": f"m{number}", "channel": "x", "message": message, **fields})


def proposal(status: str = "ready", number: int = 1) -> Proposal:
    """A proposal without drafts."""
    return Proposal.model_validate({"id": f"m{number}", "status": status, "triage": Triage()})


def test_messages_are_counted_as_new_changed_and_same(store: Store) -> None:
    """Putting twice changes nothing; an edited post of the same customer replaces the old one."""
    first = made(1, post_id="p1")
    assert (store.put_messages([first, made(2)]).new, store.put_messages([first]).same) == (2, 1)
    edited = made(1, "Where is my parcel? 9 days!", post_id="p1")
    assert store.put_messages([edited]).changed == 1
    assert store.message("m1").context == edited
    assert [one.id for one in store.messages()] == ["m1", "m2"]


def test_a_message_with_the_id_of_another_is_refused_and_the_rest_kept(store: Store) -> None:
    """Two files that number their lines from 1 do not overwrite each other's messages."""
    old = made(1, customer=Customer(handle="@ana"))
    store.put_messages([old])
    done = store.put_messages([made(1, "My kettle leaks", customer=Customer(handle="@ben")), made(2)])
    assert (done.new, done.changed, len(done.refused)) == (1, 0, 1)
    assert "message 1" in done.refused[0]
    assert store.message("m1").context == old


def test_the_post_id_stands_in_for_a_missing_id(store: Store) -> None:
    """A context without either is refused by its place in the input, and the others are kept."""
    done = store.put_messages([made(1, id="", post_id="p7"), made(2, id="")])
    assert (done.new, len(done.refused)) == (1, 1)
    assert "message 2" in done.refused[0]
    assert store.message("p7").context.post_id == "p7"


def test_more_messages_than_a_batch(store: Store) -> None:
    """A long input is kept whole and in order, and can be read page by page."""
    assert store.put_messages(made(number) for number in range(1201)).new == 1201
    assert store.counts() == {"open": 1201}
    assert [one.id for one in store.messages(limit=2, offset=1199)] == ["m1199", "m1200"]
    assert len(store.messages(limit=5)) == 5
    assert store.messages("approved") == []
    assert store.messages(channel="forum") == []


def test_text_comes_back_as_it_went_in(store: Store) -> None:
    """Emoji, quotes of SQL, controls and a NUL byte in a thread survive."""
    context = made(1, "😡 “Robert'); DROP TABLE x;--” %s :name", thread=(Turn(role="other", text="a\x00b\u2028c"),))
    store.put_messages([context])
    assert store.message("m1").context == context
    assert store.put_messages([context]).same == 1


def test_a_proposal_is_kept_and_moves_the_message(store: Store) -> None:
    """`no_reply` takes a message out of the open ones; another proposal brings it back."""
    store.put_messages([made(1)])
    assert store.proposal("m1") is None
    store.save_proposal("m1", proposal("no_reply"))
    assert (store.message("m1").status, store.message("m1").proposal_status) == ("no_reply", "no_reply")
    store.save_proposal("m1", proposal())
    assert store.message("m1").status == "open"
    assert store.proposal("m1") == proposal()


def test_a_customers_turn_becomes_the_message_and_drops_the_proposal(store: Store) -> None:
    """What was the message is the last turn of the thread, and a proposal for it is refused afterwards."""
    before = made(1, customer=Customer(handle="@ana"))
    store.put_messages([before])
    store.save_proposal("m1", proposal())
    after = store.add_turn("m1", Turn(role="customer", text="Hello??")).context
    assert after.message == "Hello??"
    assert [(turn.role, turn.author, turn.text) for turn in after.thread] == [("customer", "@ana", before.message)]
    assert store.proposal("m1") is None
    with pytest.raises(MovedOn):
        store.save_proposal("m1", proposal(), before)
    store.save_proposal("m1", proposal(), after)


def test_a_peers_turn_joins_the_thread(store: Store) -> None:
    """The message to answer stays the same."""
    store.put_messages([made(1)])
    after = store.add_turn("m1", Turn(role="other", author="@ben", text="Same here")).context
    assert (after.message, after.thread[-1].text) == ("Where is my parcel?", "Same here")


@pytest.mark.parametrize("text", ["", "  ", "x" * 50_001, "a\x00b"])
def test_a_turn_that_can_not_be_a_message_changes_nothing(store: Store, text: str) -> None:
    """An empty, too long or broken post is refused and the message stays as it was."""
    store.put_messages([made(1)])
    with pytest.raises(InputError):
        store.add_turn("m1", Turn(role="customer", text=text))
    assert store.message("m1").context == made(1)


def test_a_missing_message_is_an_input_error(store: Store) -> None:
    """Every way to name a message says clearly that there is none, without repeating the id."""
    for call in (
        lambda: store.message("@ana-77"),
        lambda: store.proposal("@ana-77"),
        lambda: store.save_proposal("@ana-77", proposal()),
        lambda: store.add_turn("@ana-77", Turn(role="customer", text="Hello")),
    ):
        with pytest.raises(InputError, match="no message of this id") as caught:
            call()
        assert "@ana-77" not in str(caught.value)


@pytest.mark.parametrize("role", ["customer", "other"])
def test_reading_the_same_file_again_takes_no_turn_back(store: Store, role: str) -> None:
    """A message whose thread went on keeps its turns when its first state is put again."""
    first = made(1, customer=Customer(handle="@ana"), thread=(Turn(role="other", text="Me too"),))
    store.put_messages([first])
    after = store.add_turn("m1", Turn.model_validate({"role": role, "text": "Any news?"})).context
    assert store.put_messages([first]).same == 1
    assert store.message("m1").context == after


def test_a_longer_thread_from_the_platform_replaces_the_shorter(store: Store) -> None:
    """A new post that arrives with its thread continues the message of its id, which is open again."""
    first = made(1, post_id="p1")
    store.put_messages([first])
    store.save_proposal("m1", proposal("no_reply"))
    longer = made(1, "Hello??", thread=(Turn(role="customer", text=first.message),))
    assert store.put_messages([longer]).changed == 1
    assert (store.message("m1").context, store.message("m1").status) == (longer, "open")
    assert store.proposal("m1") is None


def test_new_facts_do_not_reopen_a_message(store: Store) -> None:
    """Where nothing new was said, what is known around it is renewed and the status stays."""
    store.put_messages([made(1, post_id="p1")])
    store.save_proposal("m1", proposal("no_reply"))
    assert store.put_messages([made(1, post_id="p1", customer=Customer(name="Ana"))]).changed == 1
    assert (store.message("m1").status, store.message("m1").context.customer.name) == ("no_reply", "Ana")
    assert store.proposal("m1") is None


def test_a_store_of_before_counts_its_changes_from_now_on(place: str) -> None:
    """An older store reads as it is, opens with all it holds, and tells from then on what changes."""
    with Store.open(place) as store:
        store.put_messages([made(1), made(2)])
        with store.writing() as connection:
            for statement in (
                "DROP INDEX ix_replywright_messages_revision",
                "ALTER TABLE replywright_messages DROP COLUMN revision",
                "DROP TABLE replywright_clock",
                "UPDATE replywright_schema SET version = 4",
            ):
                connection.exec_driver_sql(statement)
    with Store.open(place, read_only=True) as old:
        assert [one.id for one in old.messages()] == ["m1", "m2"]
    with Store.open(place) as store:
        first = store.changes()
        assert (set(first.ids), first.many) == ({"m1", "m2"}, 2)
        store.save_proposal("m2", proposal(number=2))
        assert store.changes(first.now).ids == ("m2",)
