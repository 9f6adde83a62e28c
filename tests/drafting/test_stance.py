"""What is decided before a reply is written: its mood, its first aid, what the knowledge answers."""

from datetime import date

import pytest

from assistant import Brand, CustomerContext
from assistant.context import PublicView
from assistant.drafting.answer import Library
from assistant.drafting.playbook import PlaybookDrafter
from assistant.drafting.plays import load_playbook
from assistant.drafting.stance import Stance, stance_of
from assistant.knowledge import Article, Knowledge
from assistant.triage import triage

HOURS = Article(id="h1", title="Opening hours", text="Our showroom is open on Sundays from 10 am to 4 pm.")
SHOP = Brand(name="Tarn").model_copy(update={"knowledge": Knowledge((HOURS,))})
BARE = Brand(name="Tarn")
KIND_WORDS = "Absolutely love my new lamp, thank you. Is the showroom open on Sundays"


def stance(message: str, brand: Brand = BARE) -> Stance:
    """The stance of a reply to a message."""
    context = CustomerContext(id="1", channel="x", message=message)
    library = Library(brand.knowledge, date(2026, 11, 20))
    first_aid = load_playbook().first_aid
    return stance_of(PublicView.of(context), message, triage(context, brand), library, first_aid, brand.name)


@pytest.mark.parametrize(
    ("message", "mood"),
    [
        ("Love my new boots, thank you!", "pleased"),
        ("My parcel never came and nobody answers, I'm furious", "upset"),
        ("Do you ship to Jersey?", "calm"),
        ("wow 3 weeks to answer an email, amazing service guys", "upset"),
        ("Rhona in your Leeds branch was an absolute star", "pleased"),
    ],
)
def test_the_mood_is_that_of_the_message(message: str, mood: str) -> None:
    """Praise, trouble, a question, mock praise and praise of somebody by name each have their mood."""
    assert stance(message).mood == mood


def test_praise_alone_is_not_searched_for() -> None:
    """Nothing is asked of the knowledge for praise that asks nothing."""
    assert stance("Love my new boots, thank you!", SHOP).asked == ()


def test_kind_words_around_a_question_that_an_article_answers_are_a_question() -> None:
    """Mood, entry and play agree: none of them is praise's once an article answers."""
    assert stance(KIND_WORDS).mood == "pleased"
    found = stance(KIND_WORDS, SHOP)
    assert found.answered
    assert found.mood == "calm"
    assert found.aid is None or not found.aid.pleased
    context = CustomerContext(id="1", channel="x", message=KIND_WORDS)
    writing = PlaybookDrafter(SHOP).writing(PublicView.of(context), triage(context, SHOP))
    assert (writing.mood, writing.play.id == "praise") == ("calm", False)
    assert "Sundays" in writing.drafts(1)[0].text
