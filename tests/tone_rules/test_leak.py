import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tone_rules import Agent, Fact, Situation, Source, Turn, check, load_pack

PRIVACY = load_pack("privacy")


def shown(text: str, *facts: Fact, **around: object) -> list[str]:
    """What the leak rule marks in a reply."""
    report = check(text, PRIVACY, Situation(facts=facts, **around))
    return [text[one.start : one.end] for one in report.findings if one.rule == "privacy.Leak"]


FORMS = [
    ("order_number", "NW-48213", "I have NW-48213 here.", "NW-48213"),
    ("order_number", "NW-48213", "that is nw 48 213, yes", "nw 48 213"),
    ("order_number", "NW-48213", "order 48213 is on its way", "48213"),
    ("order_number", "NW-48213", "the one ending 8213", "8213"),
    ("order_number", "NW-48213", "number four eight two one three", "four eight two one three"),
    ("order_number", "NW-48213", "ＮＷ４８２１３", "ＮＷ４８２１３"),
    ("order_number", "NW-48213", "NW\u200b-48\u200b213", "NW\u200b-48\u200b213"),
    ("order_number", "TB90441873", "T.B. 9044-1873", "T.B. 9044-1873"),
    ("booking_reference", "RM-4", "I see RM-4 is open", "RM-4"),
    ("card", "5555 4444 3333 0417", "the card that ends in 0417", "0417"),
    ("card", "5555 4444 3333 0417", "double five double five 4444 33330417", "double five double five 4444 33330417"),
    ("phone", "07700 900461", "I'll ring +44 7700 900 461", "+44 7700 900 461"[1:]),
    ("phone", "07700 900461", "I'll ring 07700-900-461", "07700-900-461"),
    ("phone", "+44 7700 900461", "on 07700 900461 then", "07700 900461"),
    ("email", "d.farrow@postbox.example", "sent to D.Farrow@Postbox.example", "D.Farrow@Postbox.example"),
    (
        "email",
        "d.farrow@postbox.example",
        "to d dot farrow at postbox dot example",
        "d dot farrow at postbox dot example",
    ),
    ("email", "d.farrow@postbox.example", "sent to d.farrow at her address", "d.farrow"),
    ("email", "d.farrow@postbox.example", "sent to d***w@postbox.example", "d***w@postbox.example"),
    ("address", "14 Alder Close, Tarnford TF2 7PB", "at 14 Alder Close", "14 Alder Close"),
    ("address", "14 Alder Close, Tarnford TF2 7PB", "number fourteen, Alder Close", "fourteen, Alder Close"),
    ("address", "14 Alder Close", "Alder Close, at number fourteen", "Alder Close, at number fourteen"),
    ("address", "14 Alder Street, Tarnford", "round in Alder St again", "Alder St"),
    ("address", "14 Alder Close, Tarnford TF2 7PB", "the TF2 round is late", "TF2"),
    ("address", "14 Alder Close, Tarnford TF2 7PB", "to tf27pb", "tf27pb"),
    ("address", "14 Alder Close, Tarnford TF2 7PB", "our van in Tarnford", "Tarnford"),
    ("customer_name", "Ione Marsh", "Thank you, Ms Marsh.", "Marsh"),
    ("customer_name", "Marsh, Ione", "Sorry, Ione Marsh.", "Marsh"),
    ("customer_surname", "Oliveira-Pinto", "Dear Mrs Pinto, sorry.", "Pinto"),
    ("driver_name", "L. Marsh", "I've asked Marsh about it.", "Marsh"),
    ("wife_name", "Meera", "and sorry to Meera too", "Meera"),
    ("balance_due", "£118.40", "you owe 118.40 still", "118.40"),
    ("balance_due", "£118.40", "some £118 is open", "£118"),
    ("balance_due", "£118.40", "a hundred and eighteen pounds is open", "a hundred and eighteen pounds"),
    ("balance_due", "£118.40", "just over 100 quid is open", "100 quid"),
    ("spend", "1,250.00 EUR", "the 1.250,00 € you paid", "1.250,00 €"),
    ("median_return", "6.2%", "it made 6.2 per cent", "6.2 per cent"),
    ("due_since", "2026-04-01", "open since April 1st", "April 1st"),
    ("due_since", "2026-04-01", "open since the first of April", "first of April"),
    ("due_since", "2026-04-01", "open since 01/04/26", "01/04/26"),
    ("last_scan", "Avonmouth depot, 6th, 04:12", "scanned at 4.12 am there", "4.12 am"),
    ("due_since", "2026-06-16", "it came on the sixteenth", "sixteenth"),
    ("delivered_on", "the 17th, 10:26", "it was delivered on the 17th", "17th"),
    ("slot", "Thursday 12:00-16:00", "at noon", "noon"),
    ("slot", "Thursday 12:00-16:00", "between 12 and 4 on Thursday", "Thursday"),
    ("date_of_birth", "12 May 1984", "born in 1984", "1984"),
    ("iban", "GB29 NWBK 6016 1331 9268 19", "the account ending 6819", "6819"),
    ("username", "debfarrow", "signed in as DebFarrow", "DebFarrow"),
    ("husband", "Oleh Marchenko, account holder", "Oleh rang us", "Oleh"),
    ("company", "Marchenko Glazing Ltd", "at Marchenko Glazing", "Marchenko Glazing"),
    ("room", "305", "the shower in room 305", "305"),
    ("visits", "7", "for your seventh visit", "seventh"),
    ("tier", "Gold", "as a Gold tier member", "Gold"),
    (
        "carrier_status",
        "held at Corley depot since 3 June",
        "it was held at the Corley depot",
        "held at the Corley depot",
    ),
    ("item", "garden hose reel", "your garden hose reel is here", "garden hose reel"),
    ("cancel_reason", "divorce, moving out", "in the middle of a separation", "separation"),
    ("client_since", "2014", "after more than a decade together", "more than a decade together"),
    ("client_since", "2014", "since 2014 you have been with us", "2014"),
]


@pytest.mark.parametrize(("name", "value", "reply", "part"), FORMS)
def test_a_secret_is_found_in_any_form(name: str, value: str, reply: str, part: str) -> None:
    """A private fact is found whole, in other spacing, spelled out, or by the part that tells it, at its true place."""
    assert part in shown(reply, Fact(name=name, value=value))


@pytest.mark.parametrize(
    ("value", "reply"),
    [
        ("serial complainer, 4 contacts this year, do not refund", "marked as a serial complainer here"),
        ("batch 7714 had 12 breakages this week", "That batch had twelve breakages in a week."),
        ("abusive on phone twice", "you were abusive on the phone, twice"),
        ("do not mention audit", "because of the audit this week"),
        ("GPS says van did not stop on the street", "the van never did stop on your street, says GPS"),
        ("supplier says week 7, may slip again", "back in week 7 with luck"),
        ("scan was 210 m from the address", "it was scanned 210 metres away"),
        ("label printed with wrong route code CA", "It had the wrong route code printed on it."),
    ],
)
def test_an_internal_note_is_found_by_its_words(value: str, reply: str) -> None:
    """An internal note shows by a phrase, by most of its words, or by what it is about."""
    assert shown(reply, Fact(name="internal_note", value=value, visibility="internal"))


@pytest.mark.parametrize(
    ("name", "value", "reply"),
    [
        ("claims", "2", "That took 2 days, and two calls."),
        ("club_member", "no", "There is no charge for it."),
        ("tier", "Gold", "The Gold frame is back in stock."),
        ("plan", "Solo", "Solo travellers get the window."),
        ("order_number", "NW-48213", "It has 48 keys and 213 parts, made in 2021."),
        ("order_number", "NW-2026", "The new hall opens in 2027."),
        ("order_number", "PH-12002019", "Our 2019 range is gone."),
        ("phone", "07700 900461", "Ring 0161 496 0188 from 9 to 4."),
        ("email", "gina@postbox.example", "Hello Gina, it's on its way."),
        ("customer_name", "Ione Long", "Hello Ione. Long waits are no fun."),
        ("customer_name", "Gina", "Sorry, Gina, nine days is too long."),
        ("address", "14 Alder Close, Tarnford", "We close at 14:00, near the alder trees."),
        ("balance_due", "£118.40", "Delivery is £3.95 and takes 118 hours at most."),
        ("due_since", "2026-04-01", "Open 1 May to 4 April, 9 to 5."),
        ("due_since", "2026-04-01", "In the first place, the first week is free."),
        ("slot", "Thursday 12:00-16:00", "It takes 12 to 16 hours."),
        ("status", "open", "The shop is open now."),
        ("stock_note", "delayed again", "It may be delayed by the weather."),
        ("plan", "annual print", "The annual fair is on Friday, and we print there."),
        ("cancel_reason", "moving out", "Moving the date is free."),
        ("fraud_score", "low", "The lamp hangs low over the table."),
    ],
)
def test_ordinary_words_are_no_leak(name: str, value: str, reply: str) -> None:
    """What can't be told apart from ordinary speech is not flagged."""
    assert shown(reply, Fact(name=name, value=value)) == []


def test_what_is_public_too_is_no_leak() -> None:
    """A value that a public fact or source states may be said, whatever private fact holds it too."""
    reply = "31 Mill Street closes at 12. Ring 0161 496 0188. Delivery is £45 from 3 June."
    secrets = [
        Fact(name="address", value="31 Mill Street, Corley"),
        Fact(name="phone", value="0161 496 0188"),
        Fact(name="last_spend", value="£45"),
        Fact(name="due", value="3 June"),
    ]
    assert len(shown(reply, *secrets)) == 4
    public = Fact(name="shop", value="31 Mill Street, Corley, 0161 496 0188", visibility="public")
    source = Source(id="P1", kind="policy", text="Delivery is £45 from 3 June.")
    assert shown(reply, *secrets, public, sources=[source]) == []


def test_days_and_hours_that_are_public_are_no_leak() -> None:
    """A weekday, a day or an hour of public opening times may be said, whatever private slot holds it."""
    slot = Fact(name="slot", value="Thursday 12:00-16:00, the 20th")
    public = Fact(name="hours", value="Mon-Thursday 9-16, shut on 20 December", visibility="public")
    reply = "We're open till 4pm on Thursday, and shut on the 20th."
    assert len(shown(reply, slot)) == 3
    assert shown(reply, slot, public) == []


def test_the_goodwill_line_is_not_public() -> None:
    """What an agent may grant is not thereby public."""
    secret = Fact(name="goodwill_limit", value="£25", visibility="internal")
    line = Source(id="G", kind="goodwill", text="Up to £25 in private.")
    assert shown("Here are £25 for you", secret, sources=[line]) == ["£25"]


def test_what_the_customer_said_may_be_echoed_but_numbers_may_not() -> None:
    """A town, a product, an amount and a day of their own words pass; numbers, addresses and e-mail never do."""
    message = (
        "NW-48213 to 14 Alder Close, Tarnford, a garden hose reel for £54 on 3 June, mail d.farrow@postbox.example"
    )
    secrets = [
        Fact(name="order_number", value="NW-48213"),
        Fact(name="address", value="14 Alder Close, Tarnford"),
        Fact(name="item", value="garden hose reel"),
        Fact(name="paid", value="£54.00"),
        Fact(name="delivered", value="2026-06-03"),
        Fact(name="email", value="d.farrow@postbox.example"),
    ]
    fine = "A garden hose reel for £54 that should be in Tarnford since 3 June, sorry."
    assert shown(fine, *secrets, message=message) == []
    assert len(shown(fine, *secrets)) == 4
    for part in ("NW-48213", "14 Alder Close", "d.farrow@postbox.example"):
        assert part in shown(f"I have {part} here", *secrets, message=message)


def test_numbers_from_the_thread_stay_private_without_any_fact() -> None:
    """A telephone number or e-mail address that a customer posted is not repeated, unless it is the brand's own."""
    thread = [Turn(role="customer", text="ring me on 07700 900128")]
    assert shown("I'll ring 07700 900128", thread=thread) == ["07700 900128"]
    assert shown("write to a.b@c.example", message="mine is a.b@c.example") == ["a.b@c.example"]
    line = Fact(name="safety_line", value="0808 157 0199", visibility="public")
    assert shown("It is 0808 157 0199.", line, message="is 0808 157 0199 right?") == []


def test_the_agent_may_sign() -> None:
    """The name that signs is no leak, though a private fact holds it."""
    secret = Fact(name="agent_of_claim", value="Callum Reid")
    assert shown("I'll see to it. Callum", secret, agent=Agent(name="Callum")) == []
    assert shown("I'll see to it, and so will Reid.", secret, agent=Agent(name="Callum")) == ["Reid"]


def test_a_finding_never_holds_the_secret() -> None:
    """What is found is masked everywhere in the finding, names the fact, blocks and can't be overridden."""
    fact = Fact(name="order_number", value="NW-48213")
    (finding,) = check("It is NW 48213.", PRIVACY, Situation(facts=[fact])).findings
    assert "48213" not in finding.model_dump_json()
    assert "order_number" in finding.message
    assert finding.match == "•••"
    assert finding.blocking
    assert PRIVACY.rule("Leak").definition.override == "never"


@given(
    st.text(alphabet="ABCDEFGHJKLMNPRSTUVWXYZ", min_size=2, max_size=3),
    st.text(alphabet="0123456789", min_size=5, max_size=12),
    st.lists(st.sampled_from(["", " ", "-", ".", " / ", "\u00a0", "\u2011", "–"]), min_size=20, max_size=20),
    st.booleans(),
)
def test_a_number_is_found_in_any_spacing(letters: str, digits: str, gaps: list[str], lower: bool) -> None:
    """However an order number is spaced and cased, its characters in a row are found."""
    number = letters + digits
    written = "".join(one + gap for one, gap in zip(number, gaps, strict=False)).strip(" -./\u00a0\u2011–")
    written = written.lower() if lower else written
    assert shown(f"I have it: {written} is yours", Fact(name="order_number", value=f"{letters}-{digits}"))


@given(
    st.text(max_size=200),
    st.text(min_size=1, max_size=60),
    st.sampled_from(["order_number", "address", "note", "name", "dob"]),
)
def test_any_text_and_any_fact_are_survived(reply: str, value: str, name: str) -> None:
    """No reply and no value breaks the check, and spans lie in the reply."""
    for one in check(reply, PRIVACY, Situation(facts=[Fact(name=name, value=value)])).findings:
        assert 0 <= one.start <= one.end <= len(reply)


@pytest.mark.shared
def test_real_replies_show_no_secret_of_strangers(shared_data) -> None:
    """Real replies beside the private facts of other people's cases raise next to no false alarm: 1 in 100 at most."""
    replies = [json.loads(one) for one in (shared_data / "care_tweets.jsonl").read_text("utf-8").splitlines()]
    cases = (shared_data / "suites" / "drafting_cases.jsonl").read_text("utf-8").splitlines()
    facts = [
        Fact(name=f["name"], value=f["value"], visibility=f["visibility"])
        for c in cases
        for f in json.loads(c)["facts"]
    ]
    secrets = [one for one in facts if one.visibility != "public"]
    assert len(secrets) > 100
    chosen = random.Random(7)  # noqa: S311 - a fixed sample, nothing secret
    alarms = 0
    for row in replies:
        alarms += bool(shown(row["reply"], *chosen.sample(secrets, 20), message=row["customer"]))
    assert alarms <= len(replies) / 100
