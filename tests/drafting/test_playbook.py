from datetime import date
from pathlib import Path

import pytest
from rapidfuzz.fuzz import ratio

from assistant.brand import Brand, Contact
from assistant.context import Customer, CustomerContext, PublicView
from assistant.drafting.durations import span_in
from assistant.drafting.people import person_in
from assistant.drafting.playbook import PlaybookDrafter
from assistant.drafting.plays import load_playbook
from assistant.errors import ConfigurationError
from assistant.knowledge import Article, Knowledge
from assistant.triage import ESCALATIONS, INTENTS, Triage
from tone_rules.situation import Agent, Fact, Voice

SHOP = Brand(name="Tarn & Fell", signature="^{initials}", contact=Contact(dm="https://tarnfell.example/message"))
AGENT = Agent(name="Mira Holt")


def drafts(message: str, triage: Triage, brand: Brand = SHOP, **more: object) -> list[str]:
    context = CustomerContext(channel="x", message=message, agent=AGENT, **more)  # type: ignore[arg-type]
    return [draft.text for draft in PlaybookDrafter(brand).draft(PublicView.of(context), triage)]


def test_every_intent_and_escalation_has_its_play() -> None:
    """No intent falls through to another's play by accident, and none of the thirteen escalations has no words."""
    book = load_playbook()
    assert {book.play([intent]).id for intent in INTENTS} == set(INTENTS)
    assert {book.holding(one).id for one in ESCALATIONS} == set(ESCALATIONS)


@pytest.mark.parametrize("intent", [one for one in INTENTS if one != "praise"])
def test_variants_differ_in_more_than_a_word(intent: str) -> None:
    """Two drafts for one message are less than nine tenths alike."""
    found = drafts("my thing won't start and nobody answers", Triage(intents=(intent,), sentiment="negative"))  # type: ignore[arg-type]
    assert len(found) >= 2
    assert all(ratio(one, other) < 90 for one in found for other in found if one is not other)


def test_the_same_input_gives_the_same_drafts_and_another_message_other_words() -> None:
    """Phrasing follows a digest of the context: repeatable, and not the same for everybody."""
    seen = Triage(intents=("product_fault",), sentiment="negative")
    assert drafts("my lamp won't switch on", seen) == drafts("my lamp won't switch on", seen)
    openings = {
        drafts(f"my {noun} won't switch on", seen)[0].split(".")[0].replace(noun, "_")
        for noun in ("lamp", "fan", "clock", "radio", "heater")
    }
    assert len(openings) > 1


def test_an_opening_that_was_just_used_is_not_used_again() -> None:
    """Recent replies steer the choice away from their phrasing."""
    seen = Triage(intents=("delivery",), sentiment="negative")
    first = drafts("still nothing here!!", seen)[0]
    again = drafts("still nothing here!!", seen, recent_replies=(first,))[0]
    assert first.split(".")[0] != again.split(".")[0]


def test_only_what_is_missing_is_asked_for() -> None:
    """A detail that the message holds is not asked for."""
    seen = Triage(intents=("product_fault",), sentiment="negative")
    told = " ".join(drafts("on my iPad it says error E-4031 since the update, I tried restarting", seen))
    assert "Which device" not in told
    assert "What exactly does it say" not in told


def test_private_values_never_reach_the_drafter() -> None:
    """The view that a drafter gets holds names of private facts and none of their values."""
    secret = Fact(name="order_number", value="TF-99182-X")
    context = CustomerContext(
        channel="x", message="where is it?", facts=(secret,), customer=Customer(name="Ana Pinto", segment="churn risk")
    )
    view = PublicView.of(context)
    assert "99182" not in view.model_dump_json()
    assert "churn" not in view.model_dump_json()
    assert "Pinto" not in view.model_dump_json()
    assert view.withheld == ("order_number",)


def test_a_reply_is_signed_greets_by_name_and_fits() -> None:
    """The first name on show, the agent's initials, and the channel's limit hold."""
    found = drafts(
        "my lamp won't switch on",
        Triage(intents=("product_fault",), sentiment="negative"),
        customer=Customer(name="Ana Pinto"),
    )
    assert all("Ana" in one and "Pinto" not in one and one.endswith("^MH") for one in found)
    assert all(len(one) <= 280 for one in found)


def test_where_the_industry_forbids_it_only_the_topic_is_named() -> None:
    """A bank's reply neither turns the customer's clause nor says "your account"."""
    bank = SHOP.model_copy(update={"industry": "bank", "name": "Tarn Bank"})
    found = drafts(
        "I was charged twice on my account",
        Triage(intents=("billing",), sentiment="negative", topic="account"),
        brand=bank,
    )
    assert found
    assert all("charged twice" not in one and "your account" not in one for one in found)


def test_formal_and_casual_brands_sound_different() -> None:
    """The voice decides between phrasings."""
    seen = Triage(intents=("product_fault",), sentiment="negative")
    formal = SHOP.model_copy(update={"voice": Voice(formal_casual=0.1)})
    casual = SHOP.model_copy(update={"voice": Voice(formal_casual=0.9)})
    message = "my lamp won't switch on"
    named = {"customer": Customer(name="Ana")}
    assert all(one.startswith("Hello Ana") for one in drafts(message, seen, brand=formal, **named))
    assert drafts(message, seen, brand=formal, **named) != drafts(message, seen, brand=casual, **named)


def test_no_draft_where_none_is_due_or_possible() -> None:
    """No reply, or a language that the playbook doesn't speak: no draft rather than a wrong one."""
    assert drafts("first", Triage(reply=False)) == []
    assert drafts("Wo ist mein Paket?", Triage(language="de")) == []


@pytest.mark.parametrize("escalation", ESCALATIONS)
def test_holding_replies_promise_and_admit_nothing(escalation: str) -> None:
    """A holding reply gives care and the next step; no cause, no money, no fault."""
    found = drafts("something grave happened", Triage(escalation=escalation, sentiment="negative"))  # type: ignore[arg-type]
    assert found
    for text in found:
        assert not any(
            word in text.lower() for word in ("refund", "compensat", "our fault", "isolated", "unfortunately", "{")
        )


@pytest.mark.parametrize("escalation", ESCALATIONS)
def test_a_holding_reply_is_whole_on_the_shortest_channel(escalation: str) -> None:
    """Where 150 characters must do, the short words are said whole: a crisis line is never what is cut away."""
    seen = Triage(escalation=escalation, sentiment="negative")  # type: ignore[arg-type]
    context = CustomerContext(channel="tiktok", message="something grave happened", agent=AGENT)
    found = [draft.text for draft in PlaybookDrafter(SHOP).draft(PublicView.of(context), seen)]
    assert found
    assert all(len(text) <= 150 and text.endswith("^MH") for text in found)
    if escalation == "self_harm":
        assert all("116 123" in text and "988" in text for text in found)


def test_cleared_wording_is_said_whole_or_not_at_all() -> None:
    """A notice that does not fit the channel gives no draft rather than half a notice."""
    said = "Card payments fail at the moment. " + "We are on it with our bank and say here what comes of it. " * 5
    notice = Article(id="n", title="Card payments fail", kind="notice", valid_until=date(2030, 1, 1), text=said.strip())
    brand = SHOP.model_copy(update={"knowledge": Knowledge((notice,)), "sha256": "notice"})
    seen = Triage(intents=("billing",), sentiment="negative")
    assert drafts("my card payment fails, what now?", seen, brand=brand) == []
    context = CustomerContext(channel="facebook", message="my card payment fails, what now?", agent=AGENT)
    roomy = [draft.text for draft in PlaybookDrafter(brand).draft(PublicView.of(context), seen)]
    assert roomy
    assert all(said.strip() in text for text in roomy)


def test_a_brand_overrides_one_play_and_keeps_the_rest(tmp_path: Path) -> None:
    """A play of the same id in the brand's folder takes the shipped one's place."""
    (tmp_path / "delivery.yaml").write_text(
        "id: delivery\nintents: [delivery]\nlead:\n  calm: [Parcel hunters at work.]\n"
    )
    book = load_playbook(tmp_path)
    assert book.play(["delivery"]).lead["calm"][0].say == "Parcel hunters at work."
    assert book.play(["billing"]).id == "billing"
    assert book.sha256 != load_playbook().sha256


def test_a_wrong_play_says_where_and_what(tmp_path: Path) -> None:
    """An unknown slot is refused at its line with the known ones."""
    (tmp_path / "odd.yaml").write_text("id: odd\nintents: [other]\nlead:\n  calm:\n    - Hi {nmae}\n")
    with pytest.raises(ConfigurationError, match=r"odd\.yaml:5:7: .*\{nmae\}.*known are"):
        load_playbook(tmp_path)


def test_spans_and_people_are_told_from_look_alikes() -> None:
    """Only time that passed counts, and only a person who is praised."""
    assert span_in("ordered 9 days ago, been 12 days on hold") == "twelve days"
    assert span_in("a 7 day trial, delivery within 3 days") is None
    assert person_in("Shout out to Bev on the counter!", "Tarn & Fell") == "Bev"
    assert person_in("The app is great. Everything works.", "Tarn & Fell") is None
