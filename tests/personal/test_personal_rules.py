"""The kind `personal`: whose a piece of data is, what the brand has published, and what another rule finds already."""

from collections.abc import Sequence

import pytest
from pydantic import ValidationError

from tone_rules import Situation, check, load_pack
from tone_rules.engine import MASK
from tone_rules.kinds.personal import PersonalData
from tone_rules.pack import Pack
from tone_rules.situation import Fact, Source, Turn

NAMES = ("BankDetails", "PersonalContact", "PersonalNumber", "PersonalUnsure")


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack's rules of this kind alone."""
    whole = load_pack("privacy")
    return Pack("privacy", tuple(one for one in whole.rules if one.id.partition(".")[2] in NAMES), whole.required)


def fired(text: str, pack: Pack, situation: Situation | None = None) -> list[str]:
    """The rules that find something, once each."""
    return sorted({one.rule.partition(".")[2] for one in check(text, pack, situation).findings})


BLOCKED = [
    "We tried to ring you on 01632 960482.",
    "Is the mobile you gave, 07700 900214, the one?",
    "I've just emailed ana.teal@fennelworks.example.",
    "We sent the voucher to ana.teal@gmail.com.",
    "It was left with you're-away notes: your address, 12 Fennel Way, is hard to find.",
    "The parcel is going to 12 Fennel Way, Ashmere.",
    "Can I check that you're still at 12 Fennel Way?",
    "The driver left it at 12 Fennel Way.",
    "07700 900214 is on your account, is that right?",
    "Is ana.teal@gmail.com still your mailbox?",
    "We've texted 07700 900214 a code.",
    "The order is registered to ana.teal@gmail.com.",
    "Your new address is 8 Tern Street now.",
    "I rang her on 01632 960482.",
]
LET_THROUGH = [
    "Call us on 01632 960482 and we'll sort it.",
    "Our team is on 0161 496 0188 until eight.",
    "Ring the courier, their number is 01632 960482.",
    "The shop's address is 14 Alder Close, Ashmere.",
    "Please call the branch at 14 Alder Close first.",
    "Freephone 0808 157 0123, day and night.",
    "Dial 1-800-555-0199 from the US.",
    "You can write to care@plumbrook.example.",
    "Email press@plumbrook.example and quote case 4471.",
    "Post it back to our returns desk, 3 Mill Lane, Ashmere.",
    "Your number for all of it: 0345 496 0188.",
    "If you are in danger, call 999; Samaritans are on 116 123.",
    "Sorry about the lamp, Ana. It's 14 days now.",
]


@pytest.mark.parametrize("text", BLOCKED)
def test_what_the_words_call_somebodys_own_blocks(text: str, pack: Pack) -> None:
    """A number, mailbox or home that the reply ties to a person stops it."""
    assert check(text, pack).verdict == "block"


@pytest.mark.parametrize("text", LET_THROUGH)
def test_ways_to_the_brand_pass_where_no_source_is_known(text: str, pack: Pack) -> None:
    """Service lines, role mailboxes and shops neither block nor warn, though nothing is known about the brand."""
    assert fired(text, pack) == []


@pytest.mark.parametrize(
    "situation",
    [
        Situation(sources=[Source(id="K1", kind="help", text="Call +44 1632 960482 or write to ana.teal@gmail.com.")]),
        Situation(facts=[Fact(name="line", value="01632960482, ana.teal@gmail.com", visibility="public")]),
        Situation(thread=[Turn(role="brand", text="We're on 01632 960 482 and at ana.teal@gmail.com")]),
    ],
    ids=["a source", "a public fact", "the brand's own post"],
)
def test_what_the_brand_published_is_its_own(situation: Situation, pack: Pack) -> None:
    """In whatever spacing and with or without its country, and even where the words sound like a person's."""
    assert fired("Is your number 01632 960482? Else ana.teal@gmail.com it is.", pack, situation) == []


def test_a_mailbox_at_an_allowed_domain_is_the_brands(pack: Pack) -> None:
    """A person of the brand may be named by a mailbox at its own domain, not at one that only ends alike."""
    allowed = Situation(allowed_domains=["plumbrook.example"])

    assert fired("I emailed you from mira.reed@mail.plumbrook.example.", pack, allowed) == []
    assert fired("I emailed you from mira.reed@notplumbrook.example.", pack, allowed) == ["PersonalContact"]


def test_an_address_that_the_customer_posted_is_not_repeated(pack: Pack) -> None:
    """What a customer wrote themself stays theirs, though the words around it say nothing."""
    posted = Situation(message="still nothing at 12 fennel way, ashmere")

    assert fired("12 Fennel Way is on the van's list today.", pack, posted) == ["PersonalContact"]


@pytest.mark.parametrize(
    "situation",
    [
        Situation(message="ring me: 07700 900214"),
        Situation(facts=[Fact(name="phone", value="+44 7700 900214, evenings")]),
        Situation(facts=[Fact(name="phone", value="07700 900214")]),
    ],
    ids=["posted", "within a fact", "a fact"],
)
def test_one_thing_has_one_finding(situation: Situation) -> None:
    """Where the leak rule finds a number, this kind's rules leave it to that rule, and the reply is blocked once."""
    findings = check("We'll call you on 07700 900214.", load_pack("privacy"), situation).findings

    assert {one.rule for one in findings if one.blocking} == {"privacy.Leak"}


def test_a_finding_shows_no_secret(pack: Pack) -> None:
    """Neither match nor message tells what was found."""
    (found,) = check("So 219-09-9999 it is.", pack).findings

    assert found.match == MASK
    assert "219" not in found.message


def test_in_a_private_message_contacts_may_be_named_and_numbers_may_not(pack: Pack) -> None:
    """Confirming a number one to one is service; a social security number is never written."""
    private = Situation(audience="private")

    assert fired("We'll ring you on 01632 960482.", pack, private) == []
    assert fired("So 219-09-9999 it is.", pack, private) == ["PersonalNumber"]


@pytest.mark.parametrize("entities", [["TELEPHONE"], []])
def test_a_rule_names_entities_that_exist(entities: Sequence[str]) -> None:
    """A misspelt or missing entity is refused when the rule is loaded, not silently never found."""
    with pytest.raises(ValidationError, match="choose from"):
        PersonalData(extends="personal", message="m", entities=tuple(entities))


def test_without_a_choice_all_that_is_not_published_is_flagged() -> None:
    """A rule that asks for no owner flags what the words offer as the brand's, too."""
    rule = PersonalData(extends="personal", message="%s", entities=("PHONE_NUMBER",))

    assert [one.arguments for one in rule.find("Call us on 01632 960482.", Situation())] == [("a telephone number",)]
