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
    ("order_number", "HL-59317", "I have HL-59317 here.", "HL-59317"),
    ("order_number", "HL-59317", "that is hl 59 317, yes", "hl 59 317"),
    ("order_number", "HL-59317", "order 59317 is on its way", "59317"),
    ("order_number", "HL-59317", "the one ending 9317", "9317"),
    ("order_number", "HL-59317", "number five nine three one seven", "five nine three one seven"),
    ("order_number", "HL-59317", "ＨＬ５９３１７", "ＨＬ５９３１７"),
    ("order_number", "HL-59317", "HL\u200b-59\u200b317", "HL\u200b-59\u200b317"),
    ("order_number", "QK80552964", "Q.K. 8055-2964", "Q.K. 8055-2964"),
    ("booking_reference", "VB-6", "I see VB-6 is open", "VB-6"),
    ("card", "5555 4444 3333 0926", "the card that ends in 0926", "0926"),
    ("card", "5555 4444 3333 0926", "double five double five 4444 33330926", "double five double five 4444 33330926"),
    ("phone", "07700 900573", "I'll ring +44 7700 900 573", "+44 7700 900 573"[1:]),
    ("phone", "07700 900573", "I'll ring 07700-900-573", "07700-900-573"),
    ("phone", "+44 7700 900573", "on 07700 900573 then", "07700 900573"),
    ("email", "t.quill@larkpost.example", "sent to T.Quill@Larkpost.example", "T.Quill@Larkpost.example"),
    (
        "email",
        "t.quill@larkpost.example",
        "to t dot quill at larkpost dot example",
        "t dot quill at larkpost dot example",
    ),
    ("email", "t.quill@larkpost.example", "sent to t.quill at her address", "t.quill"),
    ("email", "t.quill@larkpost.example", "sent to t***l@larkpost.example", "t***l@larkpost.example"),
    ("address", "23 Fennel Way, Ashmere AS4 8QD", "at 23 Fennel Way", "23 Fennel Way"),
    ("address", "23 Fennel Way, Ashmere AS4 8QD", "number twenty-three, Fennel Way", "twenty-three, Fennel Way"),
    ("address", "23 Fennel Way", "Fennel Way, at number twenty-three", "Fennel Way, at number twenty-three"),
    ("address", "23 Fennel Street, Ashmere", "round in Fennel St again", "Fennel St"),
    ("address", "23 Fennel Way, Ashmere AS4 8QD", "the AS4 round is late", "AS4"),
    ("address", "23 Fennel Way, Ashmere AS4 8QD", "to as48qd", "as48qd"),
    ("address", "23 Fennel Way, Ashmere AS4 8QD", "our van in Ashmere", "Ashmere"),
    ("customer_name", "Isla Thorne", "Thank you, Ms Thorne.", "Thorne"),
    ("customer_name", "Thorne, Isla", "Sorry, Isla Thorne.", "Thorne"),
    ("customer_surname", "Oliveira-Pinto", "Dear Mrs Pinto, sorry.", "Pinto"),
    ("driver_name", "L. Thorne", "I've asked Thorne about it.", "Thorne"),
    ("wife_name", "Safiya", "and sorry to Safiya too", "Safiya"),
    ("balance_due", "£127.60", "you owe 127.60 still", "127.60"),
    ("balance_due", "£127.60", "some £127 is open", "£127"),
    ("balance_due", "£127.60", "a hundred and twenty-seven pounds is open", "a hundred and twenty-seven pounds"),
    ("balance_due", "£127.60", "just over 100 quid is open", "100 quid"),
    ("spend", "1,250.00 EUR", "the 1.250,00 € you paid", "1.250,00 €"),
    ("fund_return", "5.8%", "it made 5.8 per cent", "5.8 per cent"),
    ("due_since", "2026-05-07", "open since May 7th", "May 7th"),
    ("due_since", "2026-05-07", "open since the seventh of May", "seventh of May"),
    ("due_since", "2026-05-07", "open since 07/05/26", "07/05/26"),
    ("last_scan", "Severn hub, 8th, 05:47", "scanned at 5.47 am there", "5.47 am"),
    ("due_since", "2026-06-16", "it came on the sixteenth", "sixteenth"),
    ("delivered_on", "the 19th, 11:31", "it was delivered on the 19th", "19th"),
    ("slot", "Tuesday 12:00-15:00", "at noon", "noon"),
    ("slot", "Tuesday 12:00-15:00", "between 12 and 3 on Tuesday", "Tuesday"),
    ("date_of_birth", "12 May 1984", "born in 1984", "1984"),
    ("iban", "GB29 NWBK 6016 1331 9268 19", "the account ending 6819", "6819"),
    ("username", "thornequill", "signed in as ThorneQuill", "ThorneQuill"),
    ("husband", "Pavel Dvorin, account holder", "Pavel rang us", "Pavel"),
    ("company", "Dvorin Joinery Ltd", "at Dvorin Joinery", "Dvorin Joinery"),
    ("room", "412", "the shower in room 412", "412"),
    ("visits", "7", "on visit seven", "seven"),
    ("tier", "Gold", "as a Gold tier member", "Gold"),
    (
        "carrier_status",
        "stuck at Brindle hub since 9 July",
        "it was stuck at the Brindle hub",
        "stuck at the Brindle hub",
    ),
    ("item", "copper plant mister", "your copper plant mister is here", "copper plant mister"),
    ("cancel_reason", "divorce, selling up", "during a separation", "separation"),
    ("client_since", "2011", "after over twelve years with us", "over twelve years with us"),
    ("client_since", "2011", "since 2011 you have been with us", "2011"),
]


@pytest.mark.parametrize(("name", "value", "reply", "part"), FORMS)
def test_a_secret_is_found_in_any_form(name: str, value: str, reply: str, part: str) -> None:
    """A private fact is found whole, in other spacing, spelled out, or by the part that tells it, at its true place."""
    assert part in shown(reply, Fact(name=name, value=value))


@pytest.mark.parametrize(
    ("value", "reply"),
    [
        ("chronic complainer, never credit again", "marked as a chronic complainer here"),
        ("lot 6620 showed 15 cracks last month", "That lot showed fifteen cracks in one month."),
        ("swore at cashier over receipt", "you swore at the cashier over a receipt"),
        ("keep quiet about the audit", "because of the audit this week"),
        ("tracker shows courier skipped the lane", "the courier skipped your lane, the tracker shows"),
        ("factory hopes for week 9, could move", "back in week 9 with luck"),
        ("signal was 340 m off the drop point", "it was left 340 metres away"),
        ("box taped over expired customs slip", "An expired customs slip was taped over."),
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
        ("order_number", "HL-59317", "It has 59 keys and 317 parts, made in 2021."),
        ("order_number", "HL-2026", "The new hall opens in 2027."),
        ("order_number", "PH-12002019", "Our 2019 range is gone."),
        ("phone", "07700 900573", "Ring 01632 960188 from 9 to 4."),
        ("email", "ravi@larkpost.example", "Hello Ravi, it's on its way."),
        ("customer_name", "Isla Long", "Hello Isla. Long waits are no fun."),
        ("customer_name", "Ravi", "Sorry, Ravi, that wait is too long."),
        ("address", "23 Fennel Way, Ashmere", "Find the way in past the fennel at 23:00."),
        ("balance_due", "£127.60", "Delivery is £3.95 and takes 127 hours at most."),
        ("due_since", "2026-05-07", "Open 5 July to 6 May, 9 to 5."),
        ("due_since", "2026-05-07", "In the first place, the first week is free."),
        ("slot", "Tuesday 12:00-15:00", "It takes 12 to 16 hours."),
        ("status", "open", "The shop is open now."),
        ("stock_note", "delayed again", "It may be delayed by the weather."),
        ("plan", "yearly paper", "The yearly fair has a paper stall."),
        ("cancel_reason", "selling up", "Selling starts at nine, up the stairs."),
        ("fraud_score", "low", "The lamp hangs low over the table."),
    ],
)
def test_ordinary_words_are_no_leak(name: str, value: str, reply: str) -> None:
    """What can't be told apart from ordinary speech is not flagged."""
    assert shown(reply, Fact(name=name, value=value)) == []


def test_what_is_public_too_is_no_leak() -> None:
    """A value that a public fact or source states may be said, whatever private fact holds it too."""
    reply = "27 Harbour Row shuts at one. Ring 01632 960188. Boats cost £37 from 9 July."
    secrets = [
        Fact(name="address", value="27 Harbour Row, Ashmere"),
        Fact(name="phone", value="01632 960188"),
        Fact(name="last_spend", value="£37"),
        Fact(name="due", value="9 July"),
    ]
    assert len(shown(reply, *secrets)) == 4
    public = Fact(name="shop", value="27 Harbour Row, Ashmere, 01632 960188", visibility="public")
    source = Source(id="P1", kind="policy", text="Boats cost £37 from 9 July.")
    assert shown(reply, *secrets, public, sources=[source]) == []


def test_days_and_hours_that_are_public_are_no_leak() -> None:
    """A weekday, a day or an hour of public opening times may be said, whatever private slot holds it."""
    slot = Fact(name="slot", value="Tuesday 12:00-15:00, the 24th")
    public = Fact(name="hours", value="Mon-Tuesday 9-15, shut on 24 December", visibility="public")
    reply = "We're open till 3pm on Tuesday, and shut on the 24th."
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
        "HL-59317 to 23 Fennel Way, Ashmere, a copper plant mister for £61 on 9 July, mail t.quill@larkpost.example"
    )
    secrets = [
        Fact(name="order_number", value="HL-59317"),
        Fact(name="address", value="23 Fennel Way, Ashmere"),
        Fact(name="item", value="copper plant mister"),
        Fact(name="paid", value="£61.00"),
        Fact(name="delivered", value="2026-07-09"),
        Fact(name="email", value="t.quill@larkpost.example"),
    ]
    fine = "A copper plant mister for £61 that should be in Ashmere since 9 July, sorry."
    assert shown(fine, *secrets, message=message) == []
    assert len(shown(fine, *secrets)) == 4
    for part in ("HL-59317", "23 Fennel Way", "t.quill@larkpost.example"):
        assert part in shown(f"I have {part} here", *secrets, message=message)


def test_numbers_from_the_thread_stay_private_without_any_fact() -> None:
    """A telephone number or e-mail address that a customer posted is not repeated, unless it is the brand's own."""
    thread = [Turn(role="customer", text="ring me on 07700 900586")]
    assert shown("I'll ring 07700 900586", thread=thread) == ["07700 900586"]
    assert shown("write to a.b@c.example", message="mine is a.b@c.example") == ["a.b@c.example"]
    line = Fact(name="safety_line", value="0808 157 0166", visibility="public")
    assert shown("It is 0808 157 0166.", line, message="is 0808 157 0166 right?") == []


def test_the_agent_may_sign() -> None:
    """The name that signs is no leak, though a private fact holds it."""
    secret = Fact(name="agent_of_claim", value="Jonas Weir")
    assert shown("I'll see to it. Jonas", secret, agent=Agent(name="Jonas")) == []
    assert shown("I'll see to it, and so will Weir.", secret, agent=Agent(name="Jonas")) == ["Weir"]


def test_a_finding_never_holds_the_secret() -> None:
    """What is found is masked everywhere in the finding, names the fact, blocks and can't be overridden."""
    fact = Fact(name="order_number", value="HL-59317")
    (finding,) = check("It is HL 59317.", PRIVACY, Situation(facts=[fact])).findings
    assert "59317" not in finding.model_dump_json()
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
