import pytest
from hypothesis import given
from hypothesis import strategies as st

from tone_rules import Pack, Situation, Source, check

PACK = Pack.of("s", {"R": {"extends": "wording", "message": "%s", "level": "error"}}, required=True)
FIRST = "Please stop using the kettle, leave it unplugged and ring our safety team on 0808 157 0190."
CLEARED = f"{FIRST} It's open day and night."
VALUE = "The value of investments can go down as well as up."
RISK = f"Capital at risk. {VALUE}"


def found(text: str, *cleared: str) -> list[str]:
    """The cleared sentences that a reply uses in other words."""
    sources = [Source(id=f"K{n}", kind="wording", text=one) for n, one in enumerate(cleared)]
    return [one.message for one in check(text, PACK, Situation(sources=sources)).findings]


@pytest.mark.parametrize(
    "text",
    [
        CLEARED,
        f"Sorry about the burn, Ana. {CLEARED} Mina",
        CLEARED.replace("Please", "please").replace("It's", "it’s"),
        "Sorry, Ana.\n\n" + CLEARED.replace(" ", "\n", 3).replace(". ", ".\n"),
        CLEARED.replace(",", " -"),
        "It's open day and night.",
        "Please stop using the kettle. Leave it unplugged and ring our safety team on 0808 157 0190 when you can.",
        "Which kettle is it, and when did you buy it?",
        "Please ring me on 01632 960190, I'm here day and night.",
        "",
    ],
)
def test_word_for_word_or_not_at_all_passes(text: str) -> None:
    """Letter case, line breaks and the signs between words are the writer's; other sentences are free."""
    assert found(text, CLEARED) == []


@pytest.mark.parametrize(
    "text",
    [
        CLEARED.replace("unplugged", "switched off"),
        CLEARED.replace("0808 157 0190", "0808 157 0191"),
        CLEARED.replace("Please stop", "You may want to stop"),
        CLEARED.replace("and ring our safety team", "and, if you like, ring our safety team"),
        "Please stop using the kettle, leave it unplugged and ring our team.",
        "Ana, please stop using that kettle, leave it unplugged and give our safety team a ring on 0808 157 0190.",
    ],
)
def test_other_words_are_found(text: str) -> None:
    """A word changed, put in or left out, a part of it, or the order kept and the wording not."""
    assert found(text, CLEARED) == [FIRST]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Your capital may be at risk.", ["Capital at risk."]),
        ("CAPITAL AT RISK.", []),
        ("The value can go down as well as up.", [VALUE]),
        ("The value of your investments may go up as well as down.", [VALUE]),
        ("The lift can go down as well as up.", []),
        ("There's a risk of rain.", []),
    ],
)  # fmt: skip
def test_short_lines_need_all_their_words(text: str, sentences: list[str]) -> None:
    """A line of a few words counts as used where all of them are there in order."""
    assert found(text, RISK) == sentences


def test_a_finding_shows_the_cleared_text() -> None:
    """It stands where the other words stand, suggests the cleared sentence, and names its source."""
    text = "Sorry. Capital is at risk, Ana."
    (one,) = check(text, PACK, Situation(sources=[Source(id="K7", kind="wording", text="Capital at risk.")])).findings
    assert (text[one.start : one.end], one.suggestions, one.compared_with) == (
        "Capital is at risk",
        ("Capital at risk.",),
        "K7",
    )
    assert one.blocking


def test_only_cleared_texts_are_kept_to_the_word() -> None:
    """A policy, an article or a notice may be said in one's own words."""
    for kind in ("policy", "help", "notice", "fact"):
        sources = [Source(id="K1", kind=kind, text=CLEARED)]
        assert check(CLEARED.replace("Please", "Do"), PACK, Situation(sources=sources)).findings == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_text_that_holds_the_cleared_text_passes(around: str, cleared: str) -> None:
    """Whatever stands before and behind it, on lines of their own."""
    assert found(f"{around}\n\n{cleared}\n\n{around}", cleared) == [] or cleared.strip() == ""
