import json
from pathlib import Path

import pytest
import re2

from tone_rules.claims import SORTS, claims_of
from tone_rules.claims.claim import module
from tone_rules.claims.clauses import Page

REPLIES = [
    json.loads(line) for line in Path(__file__).with_name("replies.jsonl").read_text("utf-8").splitlines() if line
]


def values(text: str, sort: str) -> list[object]:
    """What a text claims of one sort, normalised."""
    return [one.value for one in claims_of(text, [sort])]


@pytest.mark.parametrize(
    ("sort", "one", "other"),
    [
        ("amount", "It is £65.", "It is 65 pounds."),
        ("amount", "Bags are £0.30.", "Bags are 30p."),
        ("amount", "It costs €1,200.50.", "It costs 1200.50 euros."),
        ("rate", "It pays 4.05%.", "It pays 4.05 per cent."),
        ("rate", "You get half the fare.", "You get 50%."),
        ("span", "It comes within 48 hours.", "It comes in two days."),
        ("span", "It comes within a week.", "It comes within 7 days."),
        ("span", "It takes 3-5 working days.", "It takes three to five business days."),
        ("span", "It leaves today.", "It leaves this afternoon."),
        ("day", "Shut on 26 December.", "Shut on Boxing Day."),
        ("day", "It closes on Friday.", "It closes on Fri."),
        ("clock", "We open at noon.", "We open at 12:00."),
        ("clock", "We shut at 16:00.", "We shut at 4 pm."),
        ("contact", "Ring 01632 960 181.", "Ring +44 (0)1632 960181."),
        ("link", "See https://www.tarn.example/fees/.", "See tarn.example/fees."),
    ],
)
def test_equal_values_are_the_same_in_other_shapes(sort: str, one: str, other: str) -> None:
    """However it is written, a value is normalised to one."""
    assert values(one, sort)
    assert values(one, sort) == values(other, sort)


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("span", "Hold the button for 10 seconds."),
        ("span", "Then wait 2 minutes and switch it on."),
        ("span", "We are here 24 hours a day."),
        ("number", "There are two things, and 3 screws."),
        ("number", "1. Open the lid. 2. Close it."),
        ("number", "In an emergency call 999."),
        ("rate", "I agree 100%."),
        ("day", "The sun sat low."),
        ("day", "The sixth is yours."),
        ("clock", "It takes up to 9 of them."),
        ("commitment", "We can help with the refund form."),
        ("commitment", "Would you like a refund?"),
        ("commitment", "We don't give anything for reviews."),
        ("commitment", "Cancel under Account, then order again."),
        ("commitment", "Please feel free to write."),
        ("cause", "I don't know the cause yet."),
        ("cause", "I've asked for it to go, because it belongs to a person."),
        ("statistic", "Most people would be cross."),
        ("link", "Set engine.node in tally.config.json, on Node.js 18."),
        ("link", "Sorry.That was quick"),
        ("goodwill", "The decision is on us."),
    ],
)
def test_look_alikes_claim_nothing(sort: str, text: str) -> None:
    """Steps, counts, questions, denials and file names are no claims of that sort."""
    assert values(text, sort) == []


def test_a_claim_knows_its_clause() -> None:
    """Who acts, what it is about, and whether it denies or sets a condition."""
    (claim,) = claims_of("If it is lost, we'll refund you within 5 working days.", ["span"])
    assert (claim.text, claim.who, claim.negated, claim.conditional) == ("5 working days", "brand", False, False)
    assert "@refund" in claim.about


@pytest.mark.parametrize("sort", SORTS)
def test_no_claim_escapes_its_cue(sort: str) -> None:
    """Whatever a sort reads in a reply, the screen lets it through to be read."""
    from tone_rules.sieve import widened

    cue = re2.compile(widened(module(sort).CUE) or "")
    for row in REPLIES:
        if list(module(sort).claims(Page(row["reply"]))):
            assert cue.search(row["reply"]), row["reply"]


def test_a_hostile_text_is_read_in_time() -> None:
    """Nothing that a customer or a model can write keeps a reader busy."""
    for text in ("a" * 20_000, "we will " * 3_000, "1 " * 5_000, "a.b." * 4_000, "the day the " * 2_000, "£" * 9_000):
        assert len(list(claims_of(text, SORTS))) < 40_000
