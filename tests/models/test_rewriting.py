import json
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.knowledge import Article, Knowledge
from assistant.rewriting import NotRewritten, in_words, rewrite
from tone_rules.situation import Agent, Fact, Voice

CLEARED = "Stop using the kettle and unplug it."
BRAND = Brand(
    name="Brindle",
    signature="^{initials}",
    allowed_domains=("brindle.example",),
    knowledge=Knowledge(
        (
            Article(id="K1", title="Refunds", kind="policy", text="Refunds arrive within 5 days at the latest."),
            Article(id="K2", title="Recall", kind="wording", text=f"{CLEARED} We will collect it."),
        )
    ),
)
CONTEXT = CustomerContext(
    channel="x",
    message="My kettle sparks! And when do I get my refund, I paid £40?",
    agent=Agent(name="Mira Roth", initials="MR"),
)
DRAFT = Draft(
    text=f"A kettle that sparks is frightening. {CLEARED} See https://brindle.example/recall for more. ^MR",
    drafter="playbook",
    sources=("K2",),
)


def writing(text: str, left_out: str = "", sources: tuple[str, ...] = ()) -> Any:
    """A model that always writes this."""
    return lambda _: json.dumps({"text": text, "sources": list(sources), "left_out": left_out})


def test_a_reply_is_rewritten_as_asked(model, stub):
    """The new draft has the model's words, says what was asked and left out, and waits to be checked."""
    text = f"Sparks are frightening! {CLEARED} More: https://brindle.example/recall ^MR"
    stub.reply = writing(text, "no date is known", ("K1", "K9"))
    took = []
    found = rewrite(model("gpt-test"), DRAFT, CONTEXT, BRAND, "shorter,\nwarmer", on_usage=took.append)
    assert (found.text, found.drafter, found.verdict) == (text, "gpt-test", "incomplete")
    assert found.why == "as asked: shorter, warmer; left out: no date is known"
    assert found.sources == ("K2", "K1")
    assert len(took) == 1


def test_a_fact_of_a_source_may_come_in(model, stub):
    """The second question is answered with what a policy says, and with what the customer wrote."""
    text = f"{CLEARED} Your £40? Refunds arrive within 5 days at the latest. ^MR"
    stub.reply = writing(text)
    found = rewrite(model("good"), DRAFT, CONTEXT, BRAND, "answer the second question")
    assert found.text == text
    assert "within 5 days" in stub.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("invented", "named"),
    [
        ("Your refund arrives within 2 days.", "2 days"),
        ("Here is £25 for the trouble.", "£25"),
        ("See https://brindle.example/refund-now for more.", "https://brindle.example/refund-now"),
        ("See https://elsewhere.example for more.", "https://elsewhere.example"),
        ("Call us on 01632 960123.", "01632 960123"),
        ("It is case 48213.", "48213"),
    ],
)
def test_nothing_is_invented(model, stub, invented, named):
    """A text with an amount, a time, a link or a number from nowhere is sent back, and then the reply stays."""
    stub.reply = writing(f"{CLEARED} {invented} ^MR")
    with pytest.raises(NotRewritten, match=r"not rewritten: .* stands neither in the reply nor in a source") as told:
        rewrite(model("good"), DRAFT, CONTEXT, BRAND, "warmer")
    assert named in str(told.value)
    assert len(stub.asked) == 2


def test_cleared_wording_stays(model, stub):
    """A cleared sentence that was in the reply must be there word for word, or the text is sent back."""
    good = f"{CLEARED} ^MR"
    stub.reply = lambda body: writing(
        good if "can't be used" in body["messages"][1]["content"] else "Please stop using it and pull the plug. ^MR"
    )(body)
    assert rewrite(model("good"), DRAFT, CONTEXT, BRAND, "shorter").text == good
    assert f"the cleared text “{CLEARED}”" in stub.asked[1]["messages"][1]["content"]


def test_the_signature_stays(model, stub):
    """A reply that was signed is signed, also where the model forgot."""
    stub.reply = writing(CLEARED)
    assert rewrite(model("good"), DRAFT, CONTEXT, BRAND, "shorter").text == f"{CLEARED} ^MR"


@pytest.mark.parametrize("mood", ["refuses", "length", "empty", "failing", "hang-up", "wrong-shape"])
def test_a_failure_is_told(model, mood):
    """The reply is not touched, and the agent reads why."""
    with pytest.raises(NotRewritten, match="the reply was not rewritten: the "):
        rewrite(model(mood, retries=0), DRAFT, CONTEXT, BRAND, "shorter")


def test_an_empty_wish_sends_nothing(model, stub):
    """Nothing to do is told without a call."""
    with pytest.raises(NotRewritten, match="nothing was asked for"):
        rewrite(model("good"), DRAFT, CONTEXT, BRAND, " \u200b\n")
    assert stub.asked == []


def test_a_wish_is_no_instruction_and_no_secret_leaves(model, stub):
    """The wish stands in a fence, held to a length; private values are not in what is sent."""
    stub.reply = writing(f"{CLEARED} ^MR")
    context = CONTEXT.model_copy(update={"facts": (Fact(name="order", value="NW-48213"),)})
    rewrite(model("good"), DRAFT, context, BRAND, "shorter " + "x" * 5_000)
    sent = stub.asked[0]["messages"][1]["content"]
    assert "NW-48213" not in sent
    assert "<<wish " in sent
    assert "x" * 501 not in sent


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (Voice(respectful_irreverent=0.5), "plain and friendly"),
        (Voice(respectful_irreverent=0.5, funny_serious=1.0, formal_casual=0.3), "serious, rather formal"),
        (Voice(notes="We say kit, not gear."), "respectful; We say kit, not gear."),
    ],
)
def test_a_voice_in_words(voice, words):
    """A writer is told the sides that a voice leans to, and the brand's own notes."""
    assert in_words(voice) == words
