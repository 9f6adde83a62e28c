from datetime import date

from assistant.context import CustomerContext, PublicView
from assistant.drafting.answer import Library, asks_of
from assistant.knowledge import Article, Knowledge
from assistant.passages import passages_of
from assistant.retrieval import Index

DAY = date(2026, 11, 20)
RETURNS = Article(
    id="r1",
    title="Returns",
    url="https://help.shop.example/returns",
    text="## Back\n\n- You have 30 days from delivery to send a lamp back.\n- Return labels are free in the UK.\n",
)
HOURS = Article(id="h1", title="Opening hours", text="We're open Monday to Friday, 9 am to 5 pm.")
EXPIRED = Article(
    id="e1",
    title="Summer returns",
    valid_until=date(2025, 9, 1),
    text="Until September you have 90 days to send anything back.",
)
INTERNAL = Article(
    id="i1", title="Returns, internal", visibility="internal", text="Agents may accept a lamp after 45 days."
)
NOTICE = Article(
    id="n1",
    title="Card payments fail",
    kind="notice",
    valid_until=date(2027, 1, 1),
    text="Card payments fail at the moment. We post each step at https://status.shop.example.",
)
SHOP = Knowledge((RETURNS, HOURS, EXPIRED, INTERNAL, NOTICE))


def view(message: str) -> PublicView:
    return PublicView.of(CustomerContext(channel="facebook", message=message))


def test_markdown_becomes_passages_that_can_be_said() -> None:
    """Bullets, steps, table rows and paragraphs stand by themselves, without markup or an article's id."""
    markdown = (
        "# Returns\n\n## How\n\n1. Print **the label** (see k-12).\n2. Post it\n   at any [shop](https://a.example/s).\n\n"
        "| Option | Price |\n|---|---|\n| Locker | free |\n"
    )
    found = passages_of("r1", "Returns", markdown)
    assert [one.text for one in found] == [
        "Print the label.",
        "Post it at any shop (https://a.example/s).",
        "Locker: free.",
    ]
    assert [one.step for one in found] == [True, True, False]
    assert {one.heading for one in found} == {"How"}


def test_the_passage_that_answers_is_found_and_not_the_expired_or_internal_one() -> None:
    """A question finds its passage among usable articles only."""
    answers = Library(SHOP, DAY).answers(
        view("How long do I have to send my lamp back?"), "How long do I have to send my lamp back?"
    )
    assert [one.passage.text for one in answers] == ["You have 30 days from delivery to send a lamp back."]
    assert answers[0].url == "https://help.shop.example/returns"


def test_a_question_outside_the_knowledge_has_no_answer() -> None:
    """Nothing is answered with a passage that only shares a word."""
    message = "Is the piano at your Leeds branch free to play?"
    assert Library(SHOP, DAY).answers(view(message), message) == []


def test_one_word_that_every_passage_holds_is_no_question_yet() -> None:
    """A bare "where is my lamp?" gets no passage that merely speaks of lamps."""
    lines = "".join(f"- A lamp of series {number} comes in {number} colours.\n" for number in range(2, 9))
    library = Library(Knowledge((Article(id="l1", title="Lamps", text=lines),)), DAY)
    assert library.answers(view("where is my lamp?"), "where is my lamp?") == []


def test_an_incident_notice_comes_alone() -> None:
    """While a notice fits, it is the answer."""
    message = "my card payment fails every time, what now? and what are your opening hours?"
    answers = Library(SHOP, DAY).answers(view(message), message)
    assert [one.notice for one in answers] == [True]


def test_a_notice_comes_before_a_public_fact() -> None:
    """What somebody noted beside the message does not push an incident's cleared words away."""
    fact = {"name": "payment", "value": "card payment fails for some banks in the evening", "visibility": "public"}
    context = CustomerContext(channel="facebook", message="my card payment fails, what now?", facts=(fact,))  # type: ignore[arg-type]
    answers = Library(SHOP, DAY).answers(PublicView.of(context), context.message)
    assert [one.notice for one in answers] == [True]


def test_each_question_is_asked_by_itself() -> None:
    """Numbered items, 'also' and question sentences are separate asks; a message without any is one."""
    assert len(asks_of("1) Where is the lamp? 2) Can I cancel the rug? 3) Do you open Sundays?")) == 3
    assert len(asks_of("how much is the blue lamp, also do you sell spare bulbs")) == 2
    assert asks_of("The lamp came broken.") == ["The lamp came broken."]


def test_a_public_fact_answers_before_the_articles() -> None:
    """What somebody put beside this very message as public is said first."""
    context = CustomerContext(
        channel="x",
        message="Is the Harrow lamp coming back in brass?",
        facts=(
            {
                "name": "brass_lamp",
                "value": "the Harrow lamp in brass is back on 3 December, in all shops",
                "visibility": "public",
            },
        ),  # type: ignore[arg-type]
    )
    answers = Library(SHOP, DAY).answers(PublicView.of(context), context.message)
    assert answers[0].passage.article == "brass_lamp"


def test_search_survives_query_syntax() -> None:
    """FTS5's own operators and quotes in a customer's words are words."""
    index = Index(passages_of("r1", "Returns", RETURNS.text))
    for question in ('"lamp" OR NEAR(', "lamp* AND -back ^title:", "'; DROP TABLE passages; --", "NOT", '"'):
        index.search(question)
    assert index.search("lamp")
    index.close()
