from collections.abc import Callable
from typing import Any

import pytest

from tone_rules.claims import commitments
from tone_rules.situation import Situation

Made = Callable[..., Situation]


@pytest.mark.parametrize(
    ("reply", "text", "who", "due"),
    [
        ("Sorry. I'll ring you by Tuesday.", "I'll ring you by Tuesday", "person", "by Tuesday"),
        ("I'm chasing the carrier this morning.", "I'm chasing the carrier this morning", "person", "this morning"),
        ("You'll have a message from me today.", "You'll have a message from me today", "person", "today"),
        ("Thanks, I'll read it out to them.", "I'll read it out to them", "person", None),
        ("Send a photo and a fresh one will leave tomorrow.", "a fresh one will leave tomorrow", "brand", "tomorrow"),
        ("It goes to maintenance today.", "It goes to maintenance today", "brand", "today"),
    ],
)
def test_what_must_be_kept_is_listed(situation: Made, reply: str, text: str, who: str, due: str | None) -> None:
    """Each with its place, who keeps it, and by when in the reply's own words."""
    (one,) = commitments(reply, situation("Breakages are replaced within 3 working days."))
    assert (one.text, one.who, one.due, one.done) == (text, who, due, False)
    assert reply[one.start : one.end] == text


def test_what_is_said_as_done_is_listed_as_done(situation: Made) -> None:
    """Whoever approves must have done it."""
    (one,) = commitments("I've reported the account.", situation())
    assert one.done


def test_a_promise_names_the_source_that_grants_it(situation: Made) -> None:
    """A refund that a policy grants carries the policy's id."""
    (one,) = commitments("We'll refund you in full.", situation("Late parcels are refunded."))
    assert (one.who, one.source) == ("brand", "P1")


@pytest.mark.parametrize(
    "reply",
    [
        "Refunds are made within 5 working days.",
        "Would you like me to ring you?",
        "I can't promise a date, and I won't guess.",
        "I see why it looked gone.",
        "I work at Lumen and I hope it holds.",
        "You can cancel under Account.",
        "Ring 01632 960181 and ask for me.",
        "Sorry about the lid, Ana.",
    ],
)
def test_what_binds_nobody_is_not_listed(situation: Made, reply: str) -> None:
    """General terms, questions, denials, insight and what the customer does are nobody's task."""
    assert commitments(reply, situation("Refunds are made within 5 working days.")) == ()


def test_an_approval_holds_them(tmp_path: Any) -> None:
    """They are read from the exact final text, recorded with it, and read back."""
    from assistant.approval import approve, decisions
    from assistant.brand import Brand
    from assistant.context import CustomerContext
    from assistant.pipeline import Proposal
    from assistant.store import Store
    from assistant.triage import Triage
    from tone_rules.finding import Report

    context = CustomerContext(id="m1", channel="x", post_id="p1", message="My kettle leaks!")
    proposal = Proposal(id="m1", status="ready", triage=Triage(), drafts=())
    with Store.open(tmp_path / "store.db") as store:
        store.put_messages([context])
        made = approve(
            store,
            Brand(name="Fernhill Kettles"),
            proposal,
            context,
            decision="approve",
            reviewer="Mira",
            text="Sorry about the leak. I'll message you by Friday.",
            check=lambda *_: Report.of(()),
        )
        assert [(one.text, one.due) for one in made.commitments] == [("I'll message you by Friday", "by Friday")]
        assert decisions(store, "m1") == (made,)


def test_a_rejection_binds_nobody(tmp_path: Any) -> None:
    """Where nothing is published there is nothing to keep."""
    from assistant.approval import approve
    from assistant.brand import Brand
    from assistant.context import CustomerContext
    from assistant.pipeline import Proposal
    from assistant.store import Store
    from assistant.triage import Triage

    context = CustomerContext(id="m1", channel="x", post_id="p1", message="My kettle leaks!")
    proposal = Proposal(id="m1", status="ready", triage=Triage(), drafts=())
    with Store.open(tmp_path / "store.db") as store:
        store.put_messages([context])
        made = approve(store, Brand(name="F"), proposal, context, decision="reject", reviewer="Mira", reason="spam")
        assert made.commitments == ()
