"""Hostile shapes: what a secret may look like in a reply, and what looks like one and is none."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tone_rules import Fact, Situation, Source, Turn, check, load_pack
from tone_rules.situation import Visibility

PRIVACY = load_pack("privacy")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ON = datetime(2026, 11, 21, tzinfo=UTC)


def shown(text: str, *facts: Fact, **around: object) -> list[str]:
    """What the leak rule marks in a reply to a thread of 21 November 2026."""
    around.setdefault("thread", [Turn(role="customer", text="where is it?", at=ON)])
    report = check(text, PRIVACY, Situation(facts=facts, **around))
    return [text[one.start : one.end] for one in report.findings if one.rule == "privacy.Leak"]


def said(digits: str, between: str = " ") -> str:
    """Digits in words."""
    return between.join(WORDS[int(one)] for one in digits)


OF_THE_WHOLE = {
    "lower case": lambda n: n.lower(),
    "soft hyphens": lambda n: "\u00ad".join(n),
    "Cyrillic letters": lambda n: n.replace("H", "\u041d").replace("K", "\u041a"),
    "letters for digits": lambda n: n.replace("0", "O").replace("1", "l"),
    "cut off": lambda n: f"{n[:-1]}…",
    "in a link": lambda n: f"https://track.example/{n.lower()}",
    "as a tag": lambda n: "#" + n.replace("-", ""),
    "Base64": lambda n: base64.b64encode(n.encode()).decode(),
    "hexadecimal": lambda n: n.encode().hex(),
    "percent signs": lambda n: n.replace("-", "%2D"),
}
"""Shapes of a number with its letters."""
OF_THE_DIGITS = {
    "spaced": lambda d: " ".join(d),
    "in brackets": lambda d: "".join(f"({one})" for one in d),
    "on lines of their own": lambda d: "\n".join(d),
    "between emoji": lambda d: "\N{GRINNING FACE}".join(d),
    "spelled": lambda d: said(d),
    "spelled with hyphens": lambda d: said(d, "-"),
    "spelled in one word": lambda d: said(d, ""),
    "spelled with oh": lambda d: said(d).replace("zero", "oh"),
    "spelled with dashes read out": lambda d: said(d, " dash "),
    "keycaps": lambda d: "".join(f"{one}\ufe0f\u20e3" for one in d),
    "circles": lambda d: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(one)] for one in d),
    "superscript": lambda d: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(one)] for one in d),
    "other digits": lambda d: "".join(chr(0x660 + int(one)) for one in d),
    "backwards": lambda d: d[::-1],
    "two pieces": lambda d: f"{d[:3]} first, then {d[3:]}",
    "numbered pieces": lambda d: f"part one is {d[:2]}, part two is {d[2:]}",
    "digit by digit": lambda d: " and then ".join(d),
    "last four": lambda d: f"the one ending {d[-4:]}",
    "last three": lambda d: f"the one that ends in {said(d[-3:])}",
    "last three, cue behind": lambda d: f"the one with {d[-3:]} at the end",
    "last two": lambda d: f"the last two digits are {d[-2:]}",
    "first three": lambda d: f"the one starting {d[:3]}",
    "stars": lambda d: f"****{d[-3:]}",
    "a mask in the middle": lambda d: f"{d[:2]}***{d[-2:]}",
    "with a thousands comma": lambda d: f"{int(d):,}",
}
"""Shapes of its digits alone."""
SHAPES = (*OF_THE_WHOLE, *OF_THE_DIGITS)


def written(number: str, shape: str) -> str:
    """A number in one of the shapes."""
    if shape in OF_THE_WHOLE:
        return OF_THE_WHOLE[shape](number)
    return OF_THE_DIGITS[shape]("".join(filter(str.isdigit, number)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", ["HK-71063", "HK-481906", "HK-59317024"])
def test_a_number_is_found_in_a_hostile_shape(shape: str, number: str) -> None:
    """An order number is found in every shape that still tells it."""
    text = f"I looked it up: {written(number, shape)} is on its way."
    assert shown(text, Fact(name="order_number", value=number))


@pytest.mark.parametrize(
    "form",
    [
        "mira dot kestle at larkpost dot example",
        "MIRA [DOT] KESTLE [AT] LARKPOST [DOT] EXAMPLE",
        "mira(dot)kestle(at)larkpost(dot)example",
        "mira full stop kestle at sign larkpost",
        "m-i-r-a-k-e-s-t-l-e at larkpost",
        "m1ra.k3stle@larkpost.example",
        "elpmaxe.tsopkral@eltsek.arim",
        "mira&#46;kestle&#64;larkpost&#46;example",
        "m***@larkpost.example",
        "your larkpost.example inbox",
        "your Larkpost address",
        "mira.kestle",
        "mirakestle",
    ],
)
def test_an_address_is_found_in_a_hostile_shape(form: str) -> None:
    """An e-mail address is found however it is read out, masked or cut."""
    assert shown(f"It went to {form} today.", Fact(name="email", value="mira.kestle@larkpost.example"))


@pytest.mark.parametrize(
    "form",
    [
        "Kestrow", "Ms Kestrow", "orla kestrow", "the Kestrows", "Kestrow's", "K-e-s-t-r-o-w", "Kestr0w", "wortseK",
        "#OrlaKestrow", "Orla K.", "Késtrow", "\u041aestrow", "KESTROW",
    ],
)  # fmt: skip
def test_a_surname_is_found_in_a_hostile_shape(form: str) -> None:
    """A surname is found inflected, spelled out, in disguise, and by its initial after the first name."""
    assert shown(f"I have seen it for {form} now.", Fact(name="customer_name", value="Orla Kestrow"))


@pytest.mark.parametrize(
    "form",
    [
        "£427.60", "427,60 GBP", "£427", "£428", "four hundred and twenty-seven pounds", "427 quid and 60 pence",
        "42760 pence", "just over £400", "a little over four hundred pounds", "the best part of 450 quid",
        "around £430", "£430ish", "£430", "between £400 and £450", "a three-figure sum", "about 430 left",
        "a balance of 427", "four two seven point six oh", "half a grand, give or take", "~430 quid",
    ],
)  # fmt: skip
def test_an_amount_is_found_rounded(form: str) -> None:
    """An amount is found exact, in whole units, rounded with and without a word for it, and as a range."""
    assert shown(f"You have {form} open.", Fact(name="balance_due", value="£427.60"))


@pytest.mark.parametrize(
    "form",
    [
        "the 4th", "4 Nov", "November 4th", "the fourth of November", "04/11/2026", "11/4/26", "4.11.", "20261104",
        "041126", "early November", "the start of November", "in November", "two weeks ago", "a fortnight ago",
        "back since the start of the month",
    ],
)  # fmt: skip
def test_a_day_is_found_rough(form: str) -> None:
    """A day is found in any format, by its part of the month, and by how long ago it was."""
    assert shown(f"It has been so since {form}, I see.", Fact(name="due_since", value="2026-11-04"))


TOLD: list[tuple[str, str, str, Visibility]] = [
    ("client_since", "2014", "Twelve years in, you shouldn't have to chase.", "private"),
    ("client_since", "2014", "As one of our longest-standing readers you know that.", "private"),
    ("tier", "Gold", "As a Gold member you skip the queue.", "private"),
    ("complaints_this_year", "3", "That's your third complaint.", "private"),
    ("complaints_this_year", "3", "You have complained three times.", "private"),
    ("club_member", "no", "As a non-member you pay for it.", "private"),
    ("vip", "yes", "As a VIP you come first.", "internal"),
    ("fraud_score", "0.87", "You are at 87% with us.", "internal"),
    ("followers", "12400", "With over 12,000 followers you'll be heard.", "internal"),
    ("lifetime_value", "£4,200", "Someone worth four grand to us.", "internal"),
    ("internal_note", "regular moaner, 4 contacts this year", "You contacted us four times.", "internal"),
    ("internal_note", "rude on the line twice", "After the abuse on the line we stop here.", "internal"),
    ("internal_note", "lost at Brindle hub, carrier denies it", "It was mislaid at the Brindle depot.", "internal"),
    ("gps_check", "scan was 210 m from the door", "The scan was about 200 metres off.", "internal"),
    ("note", "widowed in spring", "So sorry for your loss.", "private"),
    ("note", "two months in arrears", "Since your payments are behind it is off.", "private"),
    ("note", "on chemotherapy", "While you're being treated for cancer we wait.", "private"),
    ("diagnosis", "eczema", "These creams help with eczema.", "private"),
    ("prescription", "collected 11 Feb", "Your prescription was bagged at noon.", "private"),
    ("item", "Harrow glazed planter 40 cm", "Your planter leaves today.", "private"),
    ("item", "Harrow glazed planter 40 cm", "The new Harrow leaves today.", "private"),
    ("bank", "Quillmont", "Ask at Quillmont about it.", "private"),
    ("slot", "Thursday 12:00-16:00", "See you on Thurs then.", "private"),
    ("slot", "Thursday 12:00-16:00", "Between noon and four it is.", "private"),
    ("slot", "Thursday 14:30-16:00", "Your afternoon slot stands.", "private"),
    ("last_scan", "depot, 04:12", "It was there just after four.", "private"),
    ("room", "305", "I'm sorry about room three-oh-five.", "private"),
    ("date_of_birth", "1984-05-12", "At 42 you may join the seniors.", "private"),
    ("date_of_birth", "1984-05-12", "Somebody born in the eighties knows it.", "private"),
    ("loyalty_points", "3,450", "You have about three and a half thousand points.", "private"),
    ("weight", "94 kg", "At 94 kilos the belt is safe.", "private"),
    ("restock", "mid-May at best", "It's back around the middle of May.", "internal"),
    ("cancel_reason", "moving out", "Moving out is hard enough.", "private"),
]


@pytest.mark.parametrize(("name", "value", "reply", "visibility"), TOLD)
def test_what_follows_from_a_fact_tells_it(name: str, value: str, reply: str, visibility: Visibility) -> None:
    """A count, a tenure, a rank, a note's words or its topic tell a fact without its value."""
    assert shown(reply, Fact(name=name, value=value, visibility=visibility))


@pytest.mark.parametrize(
    ("name", "value", "reply"),
    [
        ("client_since", "2014", "The guarantee runs for ten days, two at weekends."),
        ("plan", "Plus", "Plus, the lid is new."),
        ("plan", "free trial", "The trial is over and the lid is free."),
        ("complaints", "3", "It takes three days."),
        ("internal_note", "serial moaner, 4 contacts this year", "It reaches you this year."),
        ("internal_note", "slip week 7", "We're here 7 days a week."),
        ("cancel_reason", "moving out", "The old stock is moving, out by Friday."),
        ("vip", "no", "There's no queue today."),
        ("carrier_status", "held at Corley depot since 3 June", "Parcels are held at the depot for a week."),
        ("item", "Fell throw, rust", "We wouldn't throw it away."),
        ("date_of_birth", "1984-05-12", "Ring us at 9 and ask for Jo."),
        ("card", "Visa ending 0417", "The offer is ending 17 March."),
        ("balance", "£340", "It takes 340 minutes by train."),
        ("balance", "£34", "We have 34 shops."),
        ("due_since", "2026-05-07", "That's fixed since version 5.7."),
        ("due_since", "2026-11-03", "Refunds come by the start of the month."),
        ("order_number", "HL-59317", "Step 5, then 9 minutes, then 3 more."),
        ("order_number", "30517", "Open 30 May, 5 to 17."),
        ("seats", "F12-F15", "12 to 15 minutes are enough."),
        ("customer_name", "Mark Field", "Hello Mark, our field team comes."),
        ("address", "9 Mill Lane, Bath BA1 2QH", "Take a bath after the mill tour; number 4 is the one to press."),
        ("email", "mira@gmail.com", "Gmail or any other mail will do."),
        ("portfolio", "balanced", "A balanced diet helps."),
        ("fraud_score", "low", "Never share a code: fraud often starts that way."),
        ("internal_note", "abusive on phone", "I've flagged it internally with the phone team's lead."),
    ],
)
def test_look_alikes_are_no_leak(name: str, value: str, reply: str) -> None:
    """Ordinary sentences that share a number or a word with a secret are left alone."""
    visibility: Visibility = "internal" if "note" in name or "score" in name else "private"
    assert shown(reply, Fact(name=name, value=value, visibility=visibility)) == []


@pytest.mark.parametrize(
    ("name", "value", "reply", "part"),
    [
        ("order_number", "HL-59317", "(ref:HL-59317!)", "HL-59317"),
        ("order_number", "HL-59317", "see HL59317abc", "HL59317"),
        ("email", "t.quill@larkpost.example", "sent (to:t***l@larkpost.example).", "t***l@larkpost.example"),
        ("customer_name", "Isla Thorne", "Thorne's parcel", "Thorne"),
        (
            "carrier_status",
            "parcel wedged behind the Brindle sorting belt",
            "I asked. The sorting belt at Brindle had it wedged, all day long, sorry.",
            "sorting belt at Brindle had it wedged",
        ),
    ],
)
def test_a_span_is_exact(name: str, value: str, reply: str, part: str) -> None:
    """What is marked is what tells, and not the words around it."""
    assert shown(reply, Fact(name=name, value=value)) == [part]


def test_a_posted_number_may_be_repeated_where_a_policy_lets_it() -> None:
    """A ticket number that the customer posted passes where a policy says so; an order number never by that policy."""
    policy = Source(id="P1", kind="policy", text="Ticket numbers may be repeated if posted. Order numbers may not.")
    around = {"message": "ticket 55-20176 and order TB-90441, nobody answers"}
    reply = "Silence on 55-20176 isn't good enough, nor on TB-90441."
    assert shown(reply, **around) == ["55-20176", "TB-90441"]
    assert shown(reply, sources=[policy], **around) == ["TB-90441"]


def test_a_posted_card_is_found_by_its_end() -> None:
    """Of a card number that the customer posted not even the last digits come back where a word says that they are."""
    around = {"message": "it refuses 4012 8888 8888 1881, why??"}
    assert shown("Is it the card ending 1881?", **around) == ["1881"]
    assert shown("Is it the card ending in eight eight one?", **around) == ["eight eight one"]
    assert shown("Type 4012-8888-8888-1881 in one go.", **around) == ["4012-8888-8888-1881"]


def test_an_address_that_the_customer_lives_at_is_not_repeated_and_a_shop_is() -> None:
    """Where somebody lives stays private though they posted it; where they went may be named."""
    reply = "The van was at 14 Alder Close."
    assert shown(reply, message="I live at 14 Alder Close and no van came") == ["14 Alder Close"]
    assert shown(reply, message="your shop, 14 Alder Close, was shut") == []


def test_the_years_are_counted_from_the_thread() -> None:
    """How long ago something was is counted from the thread's last post, so that a check says the same every year."""
    thread = [Turn(role="customer", text="hello?", at=datetime(2021, 3, 20, tzinfo=UTC))]
    fact = Fact(name="last_login", value="2021-03-06")
    assert shown("You were last in two weeks ago.", fact, thread=thread) == ["two weeks ago"]
    assert shown("You were last in six months ago.", fact, thread=thread) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789", min_size=6, max_size=12), st.sampled_from(SHAPES))
def test_any_number_is_found_in_any_shape(digits: str, shape: str) -> None:
    """No digits escape by being these digits: noughts in front, doubles, years."""
    number = f"HK-{digits}"
    if shape == "with a thousands comma" and digits.startswith("0"):
        return
    if shape == "letters for digits" and sum(one in "01" for one in digits) > len(digits) / 2:
        return
    text = f"I looked it up: {written(number, shape)} is on its way."
    assert shown(text, Fact(name="order_number", value=number))
