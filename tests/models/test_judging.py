import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.checking import check
from assistant.context import CustomerContext
from assistant.judging import ModelJudge, standing
from tone_rules.engine import check as check_text
from tone_rules.judging import Judge, NoAnswer
from tone_rules.pack import Pack, load_pack
from tone_rules.situation import Fact, Situation, Source, Turn

REPLY = "Oh, what a surprise, it’s late again. Your parcel is with the courier. ^MR"
MESSAGE = "Where is my parcel??"
RULE = "The reply does not make fun of the customer."
SITUATION = Situation(channel="x", message=MESSAGE)


def breaching(quote: str, about: str = "", reason: str = "it mocks them") -> Callable[[dict[str, Any]], str]:
    """A model that finds one breach, where the rule is the one asked about."""

    def reply(body: dict[str, Any]) -> str:
        hit = about in body["messages"][1]["content"]
        return json.dumps({"breaches": [{"reason": reason, "quote": quote}] if hit else []})

    return reply


def test_a_model_is_a_judge(model):
    """The model's judge is what the rules ask for."""
    assert isinstance(ModelJudge(model("good")), Judge)


def test_a_quote_is_what_stands_in_the_text(model, stub):
    """A breach has the words of the text themselves, though the model wrote another apostrophe; its cost is counted."""
    stub.reply = breaching('"what a surprise, it\'s late again"')
    judge = ModelJudge(model("gpt-4o-mini"))
    (found,) = judge.judge(RULE, REPLY, SITUATION)
    assert found.quote == "what a surprise, it’s late again"
    assert found.reason == "it mocks them"
    assert judge.usage.calls == 1
    assert judge.usage.cost is not None
    assert judge.usage.cost > 0


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("", "abc", ""),
        ("…it’s late…", "So it's late, Ana", "it's late"),
        ("IT'S LATE", "So it’s late", "it’s late"),
        ("“late again.”", "It is late again.", "late again."),
        ("…", "abc", None),
        ("never said", "abc", None),
    ],
)
def test_where_a_quote_stands(quote, text, found):
    """Marks around a quote, and how apostrophes and capitals are written, don't matter; made-up words do."""
    assert standing(quote, text) == found


def test_a_made_up_quote_is_asked_for_once_more(model, stub):
    """The second time the model is told what was wrong; words that stand there are then taken."""
    stub.reply = lambda body: breaching(
        "what a surprise" if "answered before" in body["messages"][1]["content"] else "haha"
    )(body)
    judge = ModelJudge(model("good"))
    assert judge.judge(RULE, REPLY, SITUATION)[0].quote == "what a surprise"
    assert len(stub.asked) == 2


def test_made_up_twice_is_not_run(model, stub):
    """A model that goes on making up quotes has not judged, and the rule says so."""
    stub.reply = breaching("haha")
    pack = Pack.of("Own", {"Mock": {"extends": "judge", "message": "'%s': %s", "rule": RULE}}, required=True)
    report = check_text(REPLY, pack, SITUATION, judge=ModelJudge(model("good")))
    assert report.verdict == "incomplete"
    (one,) = report.not_run
    assert one.reason == "the judge gave no answer: the model quoted words that are not in the text"
    assert len(stub.asked) == 2


@pytest.mark.parametrize("mood", ["refuses", "failing", "bad-json", "hang-up"])
def test_a_failing_model_is_not_a_pass(model, mood):
    """Whatever the server does, each rule of the pack counts as not run, and says why."""
    brand = Brand(name="Brindle", packs=("meaning",))
    context = CustomerContext(channel="x", message=MESSAGE)
    report = check(REPLY, context, brand, judge=ModelJudge(model(mood, retries=0)))
    judged = [one for one in report.not_run if one.rule.startswith("meaning.")]
    assert len(judged) == len(load_pack("meaning").rules)
    assert all("the judge gave no answer: the " in one.reason for one in judged)


def test_all_rules_of_a_check_are_asked_at_once(model, stub):
    """The rules of a pack are asked side by side, each once; the findings are those that one by one would give."""
    lock, now, most = threading.Lock(), [0], [0]
    plain = breaching("what a surprise", about="make fun of the customer")

    def reply(body: dict[str, Any]) -> str:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return plain(body)

    stub.reply = reply
    brand = Brand(name="Brindle", packs=("meaning",))
    context = CustomerContext(channel="x", message=MESSAGE)
    report = check(REPLY, context, brand, judge=ModelJudge(model("good", concurrency=8)))
    rules = len(load_pack("meaning").rules)
    assert len(stub.asked) == rules
    assert 4 <= most[0] <= 8
    assert not [one for one in report.not_run if one.rule.startswith("meaning.")]
    (found,) = [one for one in report.findings if one.rule.startswith("meaning.")]
    assert (found.rule, REPLY[found.start : found.end]) == ("meaning.Mockery", "what a surprise")
    one_by_one = check_text(REPLY, load_pack("meaning"), SITUATION, judge=ModelJudge(model("good")))
    assert one_by_one.findings == (found,)


def test_the_same_question_is_asked_once_and_another_anew(model, stub):
    """Rule, text, message and what stands around them make the question."""
    stub.reply = breaching("what a surprise")
    judge = ModelJudge(model("good"))
    for _ in range(2):
        judge.judge(RULE, REPLY, SITUATION)
    assert len(stub.asked) == 1
    others = [
        (f"{RULE} Never.", REPLY, SITUATION),
        (RULE, f"{REPLY}!", SITUATION),
        (RULE, REPLY, SITUATION.model_copy(update={"message": "Hi"})),
        (RULE, REPLY, SITUATION.model_copy(update={"thread": (Turn(role="brand", text="Hello"),)})),
        (RULE, REPLY, SITUATION.model_copy(update={"message": f"-{MESSAGE}"})),
    ]
    for number, one in enumerate(others, 2):
        judge.judge(*one)
        assert len(stub.asked) == number


def test_what_a_judge_is_told(model, stub):
    """Public facts and the sources that have to do with the reply stand in the prompt, private values nowhere."""
    stub.reply = breaching("what a surprise")
    situation = SITUATION.model_copy(
        update={
            "facts": (Fact(name="order_number", value="NW-48213"), Fact(name="score", value="churn-9")),
            "sources": (
                Source(id="K1", kind="help", text="Parcels go out by courier within two days."),
                Source(id="K2", kind="help", text="Kettles need descaling."),
                Source(id="goodwill", kind="goodwill", text="A courier voucher of £5 may be given."),
                Source(id="depot", kind="fact", text="Leeds"),
            ),
        }
    )
    ModelJudge(model("good")).judge(RULE, REPLY, situation)
    sent = json.dumps(stub.asked)
    assert all(one in sent for one in ("within two days", "Leeds", "order_number", "score"))
    assert not any(one in sent for one in ("NW-48213", "churn-9", "descaling", "voucher"))


def test_private_values_only_where_allowed_and_never_in_reasons(model, stub):
    """With the setting the judge is told the values; a reason that says one shows a mask."""
    stub.reply = breaching("what a surprise", reason="it hints at nw-48213\nand more")
    situation = SITUATION.model_copy(update={"facts": (Fact(name="order_number", value="NW-48213"),)})
    judge = ModelJudge(model("good", private_values=True))
    (found,) = judge.judge(RULE, REPLY, situation)
    assert "NW-48213" in json.dumps(stub.asked)
    assert found.reason == "it hints at ••• and more"


def test_no_answer_says_why(model):
    """The error of a judge is words that may be shown."""
    with pytest.raises(NoAnswer, match="the server did not accept the key"):
        ModelJudge(model("key")).judge(RULE, REPLY, SITUATION)
