"""`read_text`: each reading, on invented posts and replies, and what must hold for any text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tone_rules.readings import TextReading, read_text
from tone_rules.readings.text.strategies import STRATEGIES

READINGS = (
    *("sentences", "asks", "spans_of_time", "amounts", "links", "contacts", "names", "strategies", "hedges"),
    *("intensifiers", "quotes", "valences", "empathy"),
)
VALUES = ("person", "tense", "sentiment", "arousal", "concreteness")


def _kinds(text: str) -> list[set[str]]:
    return [set(one.kinds) for one in read_text(text).sentences if one.kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My kettle leaks. How do I return it?", [{"statement"}, {"question"}]),
        ("how do i reset my password", [{"question"}]),
        ("Any idea when the app is back", [{"question"}]),
        ("Hi Ana!", [{"greeting"}]),
        ("Sorry about that.", [{"apology"}]),
        ("I'm not sorry.", [{"statement"}]),
        ("Thanks so much!", [{"thanks"}]),
        ("No thanks.", [{"statement"}]),
        ("Restart the router.", [{"instruction"}]),
        ("The restart of the router did nothing.", [{"statement"}]),
        ("Please try the other socket.", [{"instruction"}]),
        ("Please refund my order.", [{"request"}]),
        ("We'll send a new one tomorrow.", [{"promise"}]),
        ("I'll never shop here again.", [{"statement"}]),
        ("All is well here.", [{"statement"}]),
        ("Done for today. -Ken", [{"statement"}, {"signature"}]),
        ("All sorted now ^MR", [{"statement"}, {"signature"}]),
    ],
)
def test_kinds(text: str, expected: list[set[str]]) -> None:
    """A sentence has the kinds of what it does, and no other."""
    assert _kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke, e.g. the lid. Not good.", ["It broke, e.g. the lid.", "Not good."]),
        ("Well... it works now", ["Well... it works now"]),
        ("It broke 😡 The lid came off", ["It broke 😡", "The lid came off"]),
        ("I ❤️ London", ["I ❤️ London"]),
        ("help!!please answer", ["help!!", "please answer"]),
        (
            "See https://help.kettles.example/a.b?c=d If not, ask.",
            ["See https://help.kettles.example/a.b?c=d", "If not, ask."],
        ),
        ("@ana Hi there. Hold on 1/2", ["@ana", "Hi there.", "Hold on", "1/2"]),
        ("first line\nSecond line", ["first line", "Second line"]),
        ("one line that\nwraps here", ["one line that\nwraps here"]),
    ],
)
def test_splitting(text: str, expected: list[str]) -> None:
    """Posts are split where a reader would, and nowhere inside links, abbreviations and hearts."""
    assert [one.text for one in read_text(text).sentences] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where is my refund and when will it arrive?", [("question", "refund"), ("question", "arrive")]),
        ("any idea when my parcel comes", [("question", "parcel")]),
        ("need help with the oven, how do i set the clock", [("request", "oven"), ("question", "clock")]),
        ("pls fix the checkout", [("request", "checkout")]),
        (
            "Can you tell me how to cancel, and could you also confirm the fee?",
            [("question", "cancel"), ("request", "fee")],
        ),
        ("Could you DM us your order number?", [("request", "order")]),
        ("My oven is hot.", []),
        ("Let us know if you have any questions.", []),
        ("Are you kidding?", []),
        ("When I log in, it crashes.", []),
        ("That's how we do it.", []),
    ],
)
def test_asks(text: str, expected: list[tuple[str, str]]) -> None:
    """Each thing that is asked is one ask with what it is about; what asks nothing is none."""
    found = read_text(text).asks
    assert [one.kind for one in found] == [kind for kind, _ in expected]
    assert all(word in one.about for one, (_, word) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Waiting 9 days now", [("9 days", "span")]),
        ("Down since Monday", [("since Monday", "since")]),
        ("You'll hear by 5pm", [("by 5pm", "clock")]),
        ("We reply within 24 hours", [("within 24 hours", "span")]),
        ("We'll be in touch soon", [("soon", "vague")]),
        ("(1/2) Hello", []),
        ("I may pop in", []),
    ],
)
def test_times(text: str, expected: list[tuple[str, str]]) -> None:
    """When and how long is found with its sort; counters and modal verbs are no times."""
    assert [(one.text, one.kind) for one in read_text(text).spans_of_time] == expected


def test_facts() -> None:
    """Amounts, links and contacts are found where they stand; a full stop ends no host."""
    reading = read_text(
        "£12.50 back, see help.kettles.example/a or mail ana@kettles.example or 01632 960123, @kettles. Done.Next"
    )
    assert [one.text for one in reading.amounts] == ["£12.50"]
    assert [one.text for one in reading.links] == ["help.kettles.example/a"]
    assert [(one.text, one.kind) for one in reading.contacts] == [
        ("ana@kettles.example", "email"),
        ("01632 960123", "phone"),
        ("@kettles", "handle"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My iPhone 12 dropped", [("iPhone 12", "product")]),
        ("I play GTA5 all day", [("GTA5", "product")]),
        ("The Northwind Breeze is loud", [("Northwind Breeze", "proper")]),
        ("Northwind is loud. I like Northwind", [("Northwind", "proper"), ("Northwind", "proper")]),
        ("Kettles are loud", []),
        ("THIS IS A DISGRACE OF A COMPANY", []),
        ("Hi Ana, all good. ^MR", [("Ana", "person"), ("MR", "person")]),
        ("Thanks for waiting, Melody, it is on its way", [("Melody", "person")]),
        ("Hi there, good morning", []),
        ("#fail at 5pm, the 2nd", [("#fail", "hashtag")]),
    ],
)
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    """Names are told from sentence starts, shouting and measures, and people from products."""
    assert [(one.text, one.kind) for one in read_text(text).names] == expected


def test_persons_and_tenses() -> None:
    """Whom a text speaks of and when is counted; `well` is no `we'll`."""
    assert read_text("I told you we'd call. They didn't.").person == (1, 1, 1, 1)
    assert read_text("It works well").person == (0, 0, 0, 1)
    assert read_text("It was late and broke").tense.past == 2
    assert read_text("We'll send it").tense == (0, 0, 1)


@pytest.mark.parametrize(
    ("name", "shown", "other"),
    [
        ("gratitude", "Thanks for that", "No thanks"),
        ("deference", "Good point, that helps", "That is a point"),
        ("greeting", "Hello, a question", "I said hello"),
        ("apology", "Sorry, one more thing", "I want an apology"),
        ("indirect", "By the way, it rattles", "I went that way"),
        ("please", "Could you please look", "Look here"),
        ("please_start", "Please look", "Could you please look"),
        ("positive", "It is lovely", "It is a box"),
        ("negative", "It is awful", "It is a box"),
        ("direct_question", "What is this?", "Is this it?"),
        ("direct_start", "So it broke", "It broke so I left"),
        ("counterfactual_modal", "Could you look", "Can you look"),
        ("indicative_modal", "Can you look", "Could you look"),
        ("hedges", "Perhaps it broke", "It broke"),
        ("first_person_start", "I think so", "So I think"),
        ("first_person_plural", "Ask our team", "Ask the team"),
        ("first_person", "Look at my box", "Look at the box"),
        ("second_person", "Is this your box", "Is this a box"),
        ("second_person_start", "Your box broke", "The box broke"),
        ("factuality", "In fact it broke", "It broke"),
    ],
)
def test_strategies(name: str, shown: str, other: str) -> None:
    """Each of the twenty strategies shows in one text and not in the other."""
    assert name in STRATEGIES
    assert name in {one.name for one in read_text(shown).strategies}
    assert name not in {one.name for one in read_text(other).strategies}


def test_all_strategies_are_tested() -> None:
    """There are twenty."""
    assert len(STRATEGIES) == len(set(STRATEGIES)) == 20


def test_phrases() -> None:
    """Hedges, intensifiers and quotes are found, and not in words that look like them."""
    assert [one.text for one in read_text("Maybe that potentially helps").hedges] == ["Maybe", "potentially"]
    assert read_text("Kind regards, in May").hedges == ()
    assert [one.text for one in read_text("This is really very late").intensifiers] == ["really", "very"]
    assert read_text("I think so. Do so").intensifiers == ()
    assert [one.text for one in read_text("It says “card declined” again").quotes] == ["card declined"]
    assert read_text("Ana's box and Ken's lid").quotes == ()


def test_sentiment_orders() -> None:
    """Negation turns; intensifiers, capitals and emoji strengthen; what follows `but` outweighs what stands before."""
    value = {
        text: read_text(text).sentiment
        for text in ("It is great", "It is not great", "It is really great", "It is GREAT", "It is a box")
    }
    assert value["It is not great"] < 0 == value["It is a box"] < value["It is great"]
    assert min(value["It is really great"], value["It is GREAT"]) > value["It is great"]
    assert read_text("It is lovely but awful").sentiment < 0 < read_text("It is awful but lovely").sentiment
    assert read_text("ok 😍").sentiment > 0 > read_text("ok 😡").sentiment
    assert read_text("WHERE IS IT?!?! 😡").arousal > read_text("Where is it?").arousal


def test_empathy() -> None:
    """A feeling or an impact that is named counts; what fits any message is stock; plain facts are neither."""
    assert "feeling" in {one.kind for one in read_text("A week without a fridge, that's exhausting.").empathy}
    assert "stock" in {one.kind for one in read_text("Sorry for any inconvenience.").empathy}
    assert "understanding" in {one.kind for one in read_text("I completely understand.").empathy}
    assert read_text("The box is blue.").empathy == ()


def test_concreteness() -> None:
    """Numbers, times, links and things outweigh what only fills; nothing at all is in the middle."""
    concrete = read_text("Your blue kettle leaves our Leeds warehouse at 5pm, ticket 4417.").concreteness
    vague = read_text("We strive to provide an appropriate solution and value your satisfaction.").concreteness
    assert vague < 0.3 < 0.8 < concrete
    assert read_text("").concreteness == 0.5


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet="aI@#.!? \n'’/:-1£😡❤️ÄéßДwe", max_size=200)))
def test_any_text(text: str) -> None:
    """Any text is read without an error; spans lie in it and hold their words; the answer is the same again."""
    reading, again = TextReading(text), TextReading(text)
    for name in READINGS:
        found = getattr(reading, name)
        assert found == getattr(again, name)
        for one in found:
            assert 0 <= one.start < one.end <= len(text)
            assert one.text == text[one.start : one.end]
    for name in VALUES:
        assert getattr(reading, name) == getattr(again, name)
    assert -1 <= reading.sentiment <= 1
    assert 0 <= reading.arousal <= 1
    assert 0 <= reading.concreteness <= 1


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_parts_stand_apart(text: str) -> None:
    """Sentences, names and times are in order and none stands in another."""
    reading = TextReading(text)
    for found in (reading.sentences, reading.names, reading.spans_of_time):
        assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        ("", "a "),
        ("", "please can you "),
        ("", "how do i "),
        ("", "@a "),
        ("", "a.b "),
        ("", "Aa "),
        ("", "1/2 "),
        ("", "“x "),
        ("", "since i "),
        ("", "so so "),
        ("", "!?"),
        ("é", "!?"),
        ("", "\n"),
        ("", "😡 A"),
        ("", "😡"),
        ("", "x"),
        ("", "- A"),
        ("", "^"),
    ],
)
def test_linear(start: str, piece: str) -> None:
    """Four times the text takes about four times as long: no long text makes a reading hang."""

    def seconds(size: int) -> float:
        reading = TextReading(start + piece * (size // len(piece)))
        began = time.thread_time()
        for name in (*READINGS, *VALUES):
            getattr(reading, name)
        return time.thread_time() - began

    seconds(1000)
    short, long = seconds(20_000), seconds(80_000)
    assert long < max(10 * short, 1.0)


def test_kept() -> None:
    """The reading of the same text is the same object: measures share it."""
    assert read_text("It broke.") is read_text("It broke.")
