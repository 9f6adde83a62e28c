import json
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.triage import Triage, triage
from assistant.triage_model import triage_with, unsure

BRAND = Brand(name="Brindle")
READ = {
    "quote": "",
    "reason": "",
    "escalation": None,
    "review": None,
    "intents": ["other"],
    "sentiment": "neutral",
    "sarcasm": False,
    "reply": False,
    "language": "en",
}


def answering(**changes: Any) -> Any:
    """A model that reads every message so."""
    return lambda _: json.dumps({**READ, **changes})


def context(message: str, **more: Any) -> CustomerContext:
    return CustomerContext(channel="x", message=message, **more)


def test_a_sure_triage_is_not_asked_about(model, stub):
    """Where the rules are sure nothing is sent, and the triage is the same."""
    asked = context("Where is my parcel? It was due on Monday.")
    seen = triage(asked, BRAND)
    assert not unsure(seen, BRAND)
    assert triage_with(model("good"), asked, BRAND, seen) is seen
    assert stub.asked == []


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        (Triage(intents=("delivery",)), False),
        (Triage(intents=("other",)), True),
        (Triage(intents=("delivery",), review="safety"), True),
        (Triage(intents=("delivery",), language="de"), True),
        (Triage(intents=("delivery",), language="und"), False),
    ],
)
def test_when_rules_are_unsure(seen, wanted):
    """A possible danger, no intent, a language that is not spoken: these are asked about, and nothing else."""
    assert unsure(seen, BRAND) is wanted


def test_spam_costs_nothing():
    """What the rules take for spam or a machine is not sent to a model."""
    seen = triage(context("🔥 EARN $5000 A WEEK FROM HOME 🔥 DM me now!! bit.ly/xyz"), BRAND)
    assert not seen.reply
    assert not unsure(seen, BRAND)


def test_a_danger_is_added_with_its_words(model, stub):
    """An escalation whose words stand in the message holds; the evidence has their place and names the model."""
    stub.reply = answering(quote="tingles when I touch it", reason="a shock", escalation="safety", intents=["other"])
    asked = context("that toaster of yours tingles when I touch it lol")
    seen = Triage()
    found = triage_with(model("gpt-test"), asked, BRAND, seen)
    assert (found.escalation, found.review, found.reply) == ("safety", None, True)
    assert found.urgency == "critical"
    (shown,) = [one for one in found.evidence if one.label == "escalation:safety"]
    assert asked.message[shown.start : shown.end] == shown.match == "tingles when I touch it"
    assert shown.reason == "by the model gpt-test: a shock"


def test_a_danger_without_words_is_a_review(model, stub):
    """What the message does not say word for word is only possible: a person looks first."""
    stub.reply = answering(quote="I will sue", escalation="legal_threat")
    found = triage_with(model("good"), context("hm, fine."), BRAND, Triage())
    assert (found.escalation, found.review, found.urgency) == (None, "legal_threat", "high")


@pytest.mark.parametrize("given", [None, "press", "outage"])
def test_no_danger_is_ever_taken_away(model, stub, given):
    """Escalations and reviews of the rules stay, whatever the model says; another danger is a review at most."""
    stub.reply = answering(quote="fine", escalation=given, review=None)
    asked = context("fine.")
    sure = triage_with(model("good"), asked, BRAND, Triage(escalation="safety", urgency="critical"))
    assert (sure.escalation, sure.review, sure.urgency) == ("safety", given, "critical")
    possible = triage_with(model("good"), asked, BRAND, Triage(review="self_harm", reply=False))
    assert possible.review == "self_harm"
    assert possible.escalation == given


def test_a_possible_danger_is_confirmed(model, stub):
    """What the rules thought possible and the model finds sure is an escalation, and no review any more."""
    stub.reply = answering(quote="my lawyer", escalation="legal_threat")
    seen = Triage(intents=("billing",), review="legal_threat", sentiment="negative")
    found = triage_with(model("good"), context("my lawyer says hi, fix the bill"), BRAND, seen)
    assert (found.escalation, found.review) == ("legal_threat", None)
    assert (found.intents, found.sentiment) == (("billing",), "negative")


def test_intents_are_found_in_another_language(model, stub):
    """Where the rules could not read the language the model's intents and mood hold; its language does not."""
    stub.reply = answering(intents=["delivery", "delivery", "billing"], sentiment="negative", reply=True, language="nl")
    seen = Triage(language="de", reply=False)
    found = triage_with(model("good"), context("Wo bleibt mein Paket? Und die Rechnung stimmt nicht."), BRAND, seen)
    assert (found.intents, found.sentiment, found.reply) == (("delivery", "billing"), "negative", True)
    assert found.language == "de"
    assert {one.label for one in found.evidence} == {"intents:delivery, billing", "sentiment:negative", "reply"}


@pytest.mark.parametrize("mood", ["failing", "refuses", "wrong-shape", "empty", "hang-up"])
def test_a_failure_leaves_the_rules_answer(model, stub, mood):
    """Every answer of the rules stands, and the evidence says that the model was asked and why it gave nothing."""
    stub.reply = answering(escalation="safety")
    seen = Triage(review="fraud", urgency="high")
    found = triage_with(model(mood, retries=0), context("Hm."), BRAND, seen)
    assert found.model_copy(update={"evidence": ()}) == seen
    (said,) = found.evidence
    assert said.label == "model"
    assert f"{mood} was asked and gave no answer: the " in (said.reason or "")


def test_what_it_took_is_told_and_kept(model, stub):
    """The same message is asked about once; who pays is told once."""
    stub.reply = answering()
    took = []
    asked = model("good")
    for _ in range(2):
        found = triage_with(asked, context("Hm."), BRAND, Triage(), on_usage=took.append)
    assert len(stub.asked) == len(took) == 1
    assert took[0].output_tokens == 20
    assert found.evidence[0].reason == "good was asked and adds nothing"


def test_private_values_stay_here(model, stub):
    """What is known of the customer is no part of what is asked."""
    stub.reply = answering()
    asked = context("Hm.", facts=[{"name": "order", "value": "NW-48213"}], customer={"name": "Ana Okoro-Lind"})
    triage_with(model("good"), asked, BRAND, Triage())
    sent = json.dumps(stub.asked)
    assert "NW-48213" not in sent
    assert "Okoro-Lind" not in sent
