import hashlib
from pathlib import Path

import pytest

from assistant.approval import approve, decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import ApprovalError, Blocked, InputError, MovedOn, NotPermitted
from assistant.pipeline import Proposal
from assistant.store import Store, head, verify
from tone_rules.finding import Finding, Report
from tone_rules.situation import Turn


def clean(_text: str, _context: CustomerContext, _brand: Brand) -> Report:
    """A check that finds nothing."""
    return Report.of(())


def stops(_text: str, _context: CustomerContext, _brand: Brand) -> Report:
    """A check that finds what blocks."""
    finding = Finding(rule="House.NoLawsuit", level="error", blocking=True, start=0, end=2, match="We", message="No")
    return Report.of((finding,))


def test_an_unchanged_draft_is_approved_with_its_digest(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """The approval names the draft, the text's sha256 and the drafter as author, and the message leaves the inbox."""
    text = proposal.drafts[1].text
    made = approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text=text, check=clean)
    assert (made.decision, made.draft, made.edit_distance, made.author) == ("approve", 1, 0, "playbook")
    assert made.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert made.verdict == "pass"
    assert made.at.utcoffset() is not None
    assert store.message("m1").status == "approved"
    assert decisions(store, "m1") == (made,)


def test_a_changed_draft_is_an_edit_whatever_was_asked_for(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Three characters more are recorded as an edit by the reviewer, three characters from the draft."""
    text = proposal.drafts[0].text + " MR"
    made = approve(
        store, brand, proposal, context, decision="approve", reviewer="Mira", text=text, draft=0, check=clean
    )
    assert (made.decision, made.draft, made.edit_distance, made.author) == ("edit", 0, 3, "Mira")


def test_an_edit_that_changes_nothing_is_an_approval(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """What was approved is named for what it is."""
    text = proposal.drafts[0].text
    made = approve(store, brand, proposal, context, decision="edit", reviewer="Mira", text=text, check=clean)
    assert made.decision == "approve"


def test_a_text_of_ones_own_has_no_draft(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """A reply written anew has neither a draft nor a distance."""
    made = approve(store, brand, proposal, context, decision="edit", reviewer="Mira", text="Hello Ana!", check=clean)
    assert (made.decision, made.draft, made.edit_distance, made.author) == ("edit", None, None, "Mira")


def test_exactly_the_final_text_is_checked(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """The check sees the text that is recorded, to the last space, and not the draft's earlier verdict."""
    seen: list[str] = []

    def check(text: str, _context: CustomerContext, _brand: Brand) -> Report:
        seen.append(text)
        return Report.of(())

    made = approve(store, brand, proposal, context, decision="edit", reviewer="Mira", text=" Hi Ana \n", check=check)
    assert seen == [made.text] == [" Hi Ana \n"]


@pytest.mark.parametrize(("decision", "status"), [("reject", "rejected"), ("escalate", "escalated")])
def test_reject_and_escalate_need_a_reason_and_publish_nothing(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal, decision: str, status: str
) -> None:
    """Without a reason nothing happens; with one the status follows and no text is there to be checked."""
    for reason in (None, " "):
        with pytest.raises(InputError, match="say why"):
            approve(store, brand, proposal, context, decision=decision, reviewer="Mira", reason=reason)
    assert store.message("m1").status == "open"
    made = approve(store, brand, proposal, context, decision=decision, reviewer="Mira", reason="Not for us")
    assert (made.decision, made.text, made.verdict, made.author) == (decision, None, None, None)
    assert store.message("m1").status == status


def test_a_holding_reply_is_checked_too(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """An escalation with a text publishes that text, so a blocking finding refuses it."""
    with pytest.raises(Blocked):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="escalate",
            reviewer="Mira",
            reason="Injury",
            escalated_to="Safety desk",
            text="We will look into it.",
            check=stops,
        )
    made = approve(
        store,
        brand,
        proposal,
        context,
        decision="escalate",
        reviewer="Mira",
        reason="Injury",
        escalated_to="Safety desk",
        text="We will look into it.",
        check=clean,
    )
    assert (made.decision, made.verdict, made.escalated_to) == ("escalate", "pass", "Safety desk")


def test_what_was_decided_is_not_decided_again(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """The second decision is refused, says what was decided, and leaves the log as it is."""
    approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hello", check=clean)
    before = head(store)
    with pytest.raises(ApprovalError, match="already approved"):
        approve(store, brand, proposal, context, decision="reject", reviewer="Jo", reason="No", check=clean)
    assert head(store) == before


@pytest.mark.parametrize("role", ["customer", "brand", "other"])
def test_a_thread_that_moved_on_in_the_store_is_refused(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal, role: str
) -> None:
    """Whoever wrote since the draft, it must be read before a reply goes out; afterwards it can be approved."""
    after = store.add_turn("m1", Turn.model_validate({"role": role, "text": "It burnt my hand"})).context
    before = head(store)
    with pytest.raises(MovedOn):
        approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hello", check=clean)
    assert head(store) == before
    approve(store, brand, proposal, after, decision="approve", reviewer="Mira", text="Hello", check=clean)


def test_a_thread_that_moved_on_elsewhere_is_refused(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """A caller that has just read the thread on the platform can say so."""
    now = (*context.thread, Turn(role="other", text="Same here"))
    with pytest.raises(MovedOn):
        approve(
            store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hi", thread=now, check=clean
        )
    approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hi", thread=(), check=clean)


def test_a_new_post_reopens_what_was_approved(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """The next post of the thread gets a decision of its own, and the first one is kept."""
    approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hello", check=clean)
    after = store.add_turn("m1", Turn(role="customer", text="It still leaks")).context
    assert store.message("m1").status == "open"
    approve(store, brand, proposal, after, decision="approve", reviewer="Mira", text="Sorry again", check=clean)
    assert [one.text for one in decisions(store, "m1")] == ["Hello", "Sorry again"]


def test_a_message_that_the_inbox_does_not_hold_is_added(store: Store, brand: Brand, proposal: Proposal) -> None:
    """A library user can approve without an inbox, and still only once."""
    context = CustomerContext(id="m1", channel="forum", message="How do I descale it?")
    approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hello", check=clean)
    assert store.message("m1").status == "approved"
    with pytest.raises(ApprovalError):
        approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text="Hello", check=clean)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": None}, "empty"),
        ({"text": " \n"}, "empty"),
        ({"text": "a\x00b"}, "NUL"),
        ({"text": "a\ud800b"}, "surrogate"),
        ({"reviewer": " "}, "reviewer"),
        ({"draft": 2}, "no draft 2"),
        ({"draft": -1}, "no draft -1"),
        ({"decision": "publish"}, "no decision"),
    ],
)
def test_bad_input_is_refused_and_nothing_recorded(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal, change: dict[str, object], said: str
) -> None:
    """Each gets a message that names it."""
    before = head(store)
    given = {"decision": "approve", "reviewer": "Mira", "text": "Hello", **change}
    with pytest.raises(InputError, match=said):
        approve(store, brand, proposal, context, check=clean, **given)
    assert head(store) == before
    assert store.message("m1").status == "open"


def test_a_proposal_of_another_message_is_refused(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Nobody publishes Ana's reply under Ben's post; a context without any id is refused too."""
    other = proposal.model_copy(update={"id": "m2"})
    with pytest.raises(InputError, match="another message"):
        approve(store, brand, other, context, decision="approve", reviewer="Mira", text="Hello", check=clean)
    nameless, plain = context.model_copy(update={"id": "", "post_id": None}), proposal.model_copy(update={"id": ""})
    with pytest.raises(InputError, match="neither an id"):
        approve(store, brand, plain, nameless, decision="approve", reviewer="Mira", text="Hello", check=clean)


def test_the_record_tells_what_happened_without_the_words(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Reviewer, decision, brand and rules are in the log; words of post, reply and reason are only in the texts."""
    finding = Finding(rule="Tone.Canary", level="warning", start=0, end=6, match="canary", message="canary")

    def check(_text: str, _context: CustomerContext, _brand: Brand) -> Report:
        return Report.of((finding,))

    approve(
        store, brand, proposal, context, decision="edit", reviewer="Mira", text="canary", reason="canary", check=check
    )
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT kind, payload FROM replywright_records ORDER BY seq").all()
    kind, payload = rows[-1]
    assert kind == "approval"
    assert '"reviewer":"Mira"' in payload
    assert brand.sha256 in payload
    assert "canary" not in payload
    assert "leaks" not in payload
    assert "Tone.Canary" in payload
    assert verify(store).ok


def test_four_eyes_need_two_people(store: Store, brand: Brand, context: CustomerContext, proposal: Proposal) -> None:
    """The author must be named, be a person, and be another than the reviewer, however the name is spelled."""
    careful = brand.model_copy(update={"four_eyes": True})
    for author in (None, " ", "playbook", "Mira", " mira "):
        with pytest.raises(NotPermitted, match="four eyes"):
            approve(
                store,
                careful,
                proposal,
                context,
                decision="approve",
                reviewer="Mira",
                author=author,
                text=proposal.drafts[0].text,
                check=clean,
            )
    made = approve(
        store, careful, proposal, context, decision="approve", reviewer="Mira", author="Jo", text="Hello", check=clean
    )
    assert (made.author, made.reviewer) == ("Jo", "Mira")


def test_four_eyes_do_not_hinder_a_rejection(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """What publishes nothing needs no second person."""
    careful = brand.model_copy(update={"four_eyes": True})
    approve(store, careful, proposal, context, decision="reject", reviewer="Mira", reason="Spam", check=clean)
    assert store.message("m1").status == "rejected"


def test_a_store_that_fails_records_nothing(
    tmp_path: Path, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Status and records are one transaction: if the log can't be written, the message stays open."""
    with Store.open(tmp_path / "other.db") as other:
        other.put_messages([context])
        with other.writing() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER stop BEFORE INSERT ON replywright_texts BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        before = head(other)
        with pytest.raises(Exception, match="the store failed"):
            approve(other, brand, proposal, context, decision="edit", reviewer="Mira", text="Hello", check=clean)
        assert (other.message("m1").status, head(other)) == ("open", before)
        assert verify(other).ok
