"""Praise: what is picked up of it, a flaw beside it, and what only sounds like it."""

import pytest

from assistant import Assistant, Brand, CustomerContext

BRAND = Brand(name="Tarn & Fell")


def first(message: str, brand: Brand = BRAND) -> str:
    """The first draft for a message."""
    return Assistant(brand).draft(CustomerContext(id="1", channel="x", message=message)).drafts[0].text


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("My gran absolutely loves the lamp, thank you", "your gran"),
        ("these boots are ten years old and still going strong, love them", "Ten years"),
        ("your staff were so patient with my dad today, thank you", "your dad"),
        ("An engineer called Rhona. Wiped her feet, found the fault in a minute. Give that woman a raise.", "Rhona"),
    ],
)
def test_thanks_pick_up_what_was_told(message: str, word: str) -> None:
    """Who was happy, how long it lasted, who did well: a detail of theirs is in the reply, and no apology."""
    said = first(message)
    assert word in said
    assert "sorry" not in said.lower()


def test_a_flaw_beside_praise_is_acknowledged_in_a_few_words() -> None:
    """Thanks come first, then the flaw by its name."""
    said = first("The bag itself is gorgeous, shame about the zip. Love it anyway")
    assert 0 <= said.lower().find("bag") < said.find("zip")


@pytest.mark.parametrize(
    "message",
    [
        "wow 3 weeks to answer an email, amazing service guys",
        "the woman on the phone was so rude to me",
        "Root canal last week and I'm STILL in agony. Butchers.",
        "beautiful sofa, five stars, but the delivery men could not have cared less",
        "Swapped my gluten free bread for normal bread AGAIN. What part of coeliac don't you people get",
        "The new menu is a horrible cluttered mess, so awful. The old one was clean and worked great.",
    ],
)
def test_what_only_sounds_like_praise_is_not_thanked_for_it(message: str) -> None:
    """Mock praise and complaints with a glad word in them get no "lovely to hear"."""
    said = first(message).lower()
    assert not any(word in said for word in ("lovely", "so glad", "kind words", "means a lot", "made our day"))
