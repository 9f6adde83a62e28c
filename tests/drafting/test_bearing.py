from datetime import date

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting.answer import Library
from assistant.drafting.asking import is_question, only_asks
from assistant.drafting.playbook import PlaybookDrafter
from assistant.drafting.subjects import subject_of
from assistant.knowledge import Article, Knowledge
from assistant.triage import triage
from assistant.waits import fits, lasted, not_yet, run_out
from assistant.words import distinct

FERRY = """
- A bicycle costs £9, a kayak £14.
- A cabin with a window costs £62, one without £48.
- Dogs travel free on a lead.
- If a ferry is 2 hours late or more, a hot meal is on us.
- If it is 5 hours late or more, you can have your money back at https://skerryline.example/back.
"""
TRACKING = """
- A working day without a new scan is normal.
- If tracking hasn't moved for 2 working days, tell us at https://skerryline.example/missing.
"""
BRAND = Brand(
    name="Skerry Line",
    contact={"dm": "https://skerryline.example/write"},
    knowledge=Knowledge(
        (
            Article(id="fares", title="Fares and delays", url="https://skerryline.example/fares", text=FERRY),
            Article(id="freight", title="Freight: tracking", url="https://skerryline.example/freight", text=TRACKING),
        )
    ),
)


def draft(message: str) -> str:
    context = CustomerContext(channel="facebook", message=message)
    return PlaybookDrafter(BRAND).draft(PublicView.of(context), triage(context, BRAND))[0].text


def articles(message: str) -> list[str]:
    view = PublicView.of(CustomerContext(channel="facebook", message=message))
    return [one.passage.article for one in Library(BRAND.knowledge, date(2026, 11, 20)).answers(view, message)]


@pytest.mark.parametrize(
    ("message", "minutes"),
    [
        ("it has been SIX hours now", 360),
        ("driver was an hour and a half late", 90),
        ("half an hour on hold", 30),
        ("Day 8 without my case", 8 * 1_440),
        ("nothing since Tuesday and it is Friday", 3 * 1_440),
        ('they keep saying "it comes within nine days"', 0),
        ("can it come in 3 days?", 0),
        ("my son is 6 years old", 0),
    ],
)
def test_what_lasted_is_what_the_customer_went_through(message: str, minutes: int) -> None:
    """Hopes, offers, ages and what others said are no time that lasted."""
    assert lasted(message) == minutes


def test_a_limit_is_held_against_what_lasted() -> None:
    """A text holds from its time on, isn't for who waits less, and doesn't reassure who waited longer."""
    late = "If it is 5 hours late or more, you can have your money back."
    assert fits(late, "six hours now") > 0.5
    assert not fits(late, "two hours now")
    assert not_yet(late, "two hours now")
    assert not fits(late, "nine weeks now"), "eight times as long is another story"
    assert run_out("Most parcels arrive within 48 hours.", "it has been five days")
    assert not run_out("Most parcels arrive within 48 hours.", "it has been one day")
    assert not run_out("Tell us within 7 days with a photo.", "it has been ten days"), "a limit of the customer's"


def test_a_time_that_is_over_does_not_reassure() -> None:
    """Four days without a scan get the way to have it traced, and not that one day is normal."""
    text = draft("tracking has not moved for four days now, no new scan, what is going on")
    assert "/missing" in text
    assert "normal" not in text


def test_words_for_one_thing_count_once() -> None:
    """A wish for a price is one wish, however often it is worded."""
    assert distinct(["cost", "price", "bicycle", "how much"]) == ("cost", "bicycle")


@pytest.mark.parametrize(
    ("ask", "subject"),
    [
        ("how much is a kayak on the late ferry?", "kayak"),
        ("Do you ship to the Netherlands?", "netherlands"),
        ("can I bring my tortoise on board", "tortoise"),
        ("is there a student price for this?", "student"),
        ("will spiked boots fit under the seat", "boots"),
        ("do I have to pay?", None),
        ("it never came", None),
    ],
)
def test_the_subject_of_an_ask(ask: str, subject: str | None) -> None:
    """What is priced, sold, brought, delivered is named by the question itself."""
    assert subject_of(ask) == subject


def test_a_price_is_only_a_price_of_what_is_asked() -> None:
    """A thing that no article knows gets no other thing's price; one that it knows gets its own."""
    assert "£9" in draft("how much is a bicycle?")
    unknown = draft("how much is a skateboard?")
    assert "£" not in unknown
    assert "guess" in unknown


def test_what_no_article_speaks_of_gets_no_first_aid_of_another_field() -> None:
    """A ferry's plain question that nothing answers is not met with advice about apps, plans and countries."""
    text = draft("Do you sail to Iceland?")
    assert "guess" in text
    assert "https://skerryline.example/write" in text


def test_a_question_inside_kind_words_is_answered() -> None:
    """Praise that asks something is answered; praise that asks nothing is thanked for."""
    kind = "Lovely crew last night, they were so kind to my gran. Thank you!"
    assert "free" in draft(f"{kind} Do dogs travel free?")
    assert articles("Do dogs travel free?") == ["fares"]
    assert "fares" not in draft(kind)


def test_questions_are_known_without_their_mark() -> None:
    """A message that tells something beside its question is not only a question."""
    assert is_question("how much are bags")
    assert only_asks("Do you sail on Sundays? And is there parking?")
    assert not only_asks("1 hr 10 for the soup. Were you growing the leeks?")
    assert not is_question("thank you all so much")


def test_a_condition_told_in_other_words_is_met() -> None:
    """Six hours at the quay bring what holds from five hours on, the nearest limit first."""
    assert "money back" in draft("Sat at the quay for six hours waiting for the late ferry. Can I have a refund?")


def test_a_holding_reply_finds_the_help_page_that_is_for_it() -> None:
    """Words that mean one thing count once in a search, and each by itself where a holding reply looks for its page."""
    found = Library(demo.brand().knowledge, date(2026, 11, 20)).wording("died death bereavement passed away father")
    assert found is not None
    assert found.article == "after-a-death"
