"""Whether a reply tells that somebody is a patient or client: the kind `relationship` and the packs that use it."""

from time import perf_counter

import pytest

from tone_rules import Pack, Situation, check, load_pack

STATED = {
    "healthcare": [
        "Sorry that your appointment ran late.",
        "Thank you for being such a loyal patient.",
        "When you came in on Friday the till was down.",
        "Dr Ames remembers you well.",
        "You weren’t charged for that scan.",
        "The retainer we made for you is guaranteed.",
        "You missed two appointments before this one.",
        "We'd love to put it right at your next visit.",
        "You're not one of our patients.",
        "Your little one was such a star, and your daughter was seen first.",
        "It was a pleasure to look after you.",
    ],
    "finance": [
        "Your claim is with the assessor now.",
        "I can see both charges.",
        "After twelve years together this shouldn't happen.",
        "We’ve refunded you the fee.",
        "Sorry to hear your account is locked.",
        "You've trusted us with a pension for a decade.",
        "Our records show no policy in your name.",
        "As your broker I'd rather ring.",
        "Someone who's banked with us this long deserves better.",
        "The fee was taken twice.",
    ],
    "confidential": ["Thank you for instructing us.", "Your hearing was moved.", "We acted for you until May."],
}
SILENT = {
    "healthcare": [
        "A wait of two hours is too long for anybody.",
        "You can move your appointment online until the day before.",
        "If your prescription isn't ready, ask for the duty pharmacist.",
        "When your prescription is ready, a text goes out.",
        "Hand your prescription in before noon and it's ready by four.",
        "Please take it to your doctor or pharmacist.",
        "Your message reached us and the manager reads it today.",
        "We can't say whether anyone is a patient here.",
    ],
    "finance": [
        "You can see the fee, and the day it was taken, in your account.",
        "Please check that your card is supported abroad.",
        "For cards in your account, you can set limits yourself.",
        "Your deposit is protected up to £85,000.",
        "You wrote that you were charged twice: the card desk is on 0161 496 0150.",
        "Being charged twice is maddening. Duplicates usually drop off within three days.",
        "Once your application is in, an answer takes two days.",
        "Freeze the card, and send your question to the desk.",
    ],
    "confidential": ["Bring your documents to a first meeting.", "Anyone can ask for a copy of their file."],
}
SUPPOSED = {
    "healthcare": ["Was your appointment with the hygienist?", "We can't discuss your treatment here."],
    "finance": ["Send us a message so we can look at your account.", "I'd like to check your claim."],
}


def rows(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Each text with its pack."""
    return [(pack, text) for pack, several in texts.items() for text in several]


@pytest.mark.parametrize(("pack", "text"), rows(STATED))
def test_what_takes_the_relation_for_granted_blocks(pack: str, text: str) -> None:
    """A reply that states, recalls or denies that somebody is a patient or client is stopped."""
    report = check(text, load_pack(pack))
    assert report.verdict == "block"
    assert f"{pack}.Relationship" in [one.rule for one in report.findings]


@pytest.mark.parametrize(("pack", "text"), rows(SILENT))
def test_topics_instructions_and_conditions_pass(pack: str, text: str) -> None:
    """What holds for everybody, an instruction, a condition and a topic tell nothing about anybody."""
    assert check(text, load_pack(pack)).findings == ()


@pytest.mark.parametrize(("pack", "text"), rows(SUPPOSED))
def test_a_question_an_offer_or_a_refusal_is_warned_about(pack: str, text: str) -> None:
    """What supposes the relation in passing is a warning of the milder rule, and passes."""
    report = check(text, load_pack(pack))
    assert (report.verdict, [one.rule for one in report.findings]) == ("pass", [f"{pack}.RelationshipSupposed"])


def test_in_private_the_relation_may_be_named() -> None:
    """Among two people nobody else reads that there is an account."""
    assert check("Your account was locked.", load_pack("finance"), Situation(audience="private")).findings == ()


@pytest.mark.parametrize("text", ["🙏🙏 Désolée, you’re a client", "Été… “you're a client”"])
def test_offsets_count_characters(text: str) -> None:
    """A finding stands at its characters, whatever stands before it."""
    pack = Pack.of("s", {"R": {"extends": "relationship", "message": "m", "people": ["client"]}})
    (finding,) = check(text, pack).findings
    assert text[finding.start : finding.end] == finding.match
    assert finding.match.startswith("you")


def test_patterns_that_only_the_exact_engine_takes_work() -> None:
    """A noun written with a lookahead is found by the other engine, with the same reading of clauses."""
    rule = {"extends": "relationship", "message": "m", "things": ["locker(?! room)"]}
    pack = Pack.of("s", {"R": rule})
    assert [one.match for one in check("Your locker was opened.", pack).findings] == ["Your locker"]
    assert check("Your locker room was cleaned.", pack).findings == ()
    assert check("Open your locker.", pack).findings == ()


def test_another_noun_between_is_another_thing() -> None:
    """`your question about the account` is a question, not an account."""
    assert check("Your question about the account was a good one.", load_pack("finance")).findings == ()


@pytest.mark.parametrize("text", ["your " * 20_000, "you were " * 10_000, "your account, " * 5_000, "a" * 100_000])
def test_a_hostile_text_is_bounded_in_time(text: str) -> None:
    """A text made to be slow is read, or cut off, within the budget of a check and some room."""
    started = perf_counter()
    check(text, load_pack("finance"))
    assert perf_counter() - started < 20
