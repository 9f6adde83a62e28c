import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.brand import Brand, Policy, WordToAvoid
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Account, Draft, Request, Written
from assistant.drafting.chat_model import ChatModelDrafter
from assistant.models.answer import Usage
from assistant.models.budget import Budget
from assistant.pipeline import Assistant
from assistant.repair import mend, merit, repair
from assistant.triage import Triage

BRAND = Brand(
    name="Brindle",
    signature="^{initials}",
    allowed_domains=("brindle.example",),
    words_to_avoid=(WordToAvoid(word="shipment", replace="parcel"),),
    policies=(Policy(id="returns", text="Anything unused can come back within 30 days; we pay the postage."),),
)
CONTEXT = CustomerContext.model_validate(
    {
        "id": "1",
        "channel": "x",
        "message": "Can the pan I never used still come back?",
        "facts": [{"name": "order_number", "value": "BR-48213-K"}],
        "agent": {"name": "Mira Roth", "initials": "MR"},
    }
)
GOOD = "Yes: a pan you never used can come back within 30 days, and we pay the postage."
WORSE = "We'll refund you £500 today. Your order BR-48213-K is at https://evil.example now."
BAD = "A pan you never used can come back within 30 days, and we'll refund you £500 today."


def answering(first: Sequence[str], *mended: str) -> Callable[[dict[str, Any]], str]:
    """A model that writes some replies, and mends them in turn as given; the last one again and again."""
    left = list(mended)

    def reply(body: dict[str, Any]) -> str:
        if "Give the mended reply" in body["messages"][1]["content"]:
            return json.dumps({"text": left.pop(0) if len(left) > 1 else left[0], "sources": ["returns"]})
        replies = [{"text": one, "why": "", "sources": ["returns"]} for one in first]
        return json.dumps({"replies": replies, "unknown": [], "abstained": ""})

    return reply


def mending(stub: Any) -> list[str]:
    """What was said to the model each time that it was to mend something."""
    users = [one["messages"][1]["content"] for one in stub.asked]
    return [one for one in users if "Give the mended reply" in one]


def test_a_draft_that_breaks_rules_is_sent_back_with_its_findings(model, stub):
    """The model is told the words and what is wrong with them; what it mends is what comes back, checked and ready."""
    stub.reply = answering([BAD], GOOD)
    proposal = Assistant(BRAND, model=model("good", triage=False)).draft(CONTEXT)
    assert (proposal.status, proposal.drafts[0].text) == ("ready", f"{GOOD} ^MR")
    (told,) = mending(stub)
    assert "£500" in told.split("What is wrong with it:")[1]
    assert "^MR" not in told.split("The reply:")[1].split("What is wrong")[0]
    account = proposal.provenance["model"]
    assert (account["rewrites"], account["usage"]["calls"], account["offline"]) == (1, 2, None)
    assert set(account["prompts"]) == {"reply.v1", "repair.v1"}
    assert proposal.provenance["usage"] == account["usage"]


def test_a_draft_without_findings_is_not_sent_back(model, stub):
    """A reply that keeps the rules costs one call."""
    stub.reply = answering([GOOD], WORSE)
    Assistant(BRAND, model=model("good", triage=False)).draft(CONTEXT)
    assert len(stub.asked) == 1


def test_safe_fixes_go_before_a_rewrite(model, stub):
    """What a fix mends is not sent back."""
    stub.reply = answering([GOOD.replace("pan", "shipment")], WORSE)
    proposal = Assistant(BRAND, model=model("good", triage=False)).draft(CONTEXT)
    assert proposal.drafts[0].text == f"{GOOD.replace('pan', 'parcel')} ^MR"
    assert mending(stub) == []


def test_rewrites_are_bounded_and_the_best_comes_back(model, stub):
    """A draft is sent back as often as the setting says, as it was last; none comes back worse than it was."""
    stub.reply = answering([BAD], WORSE, f"{BAD} Promise!", WORSE)
    drafter = ChatModelDrafter(BRAND, model("good", rewrites=3, cache=False))
    request = Request(PublicView.of(CONTEXT), Triage(), 1, drafter.budget())
    written = drafter.write(request)
    found = mend(written, drafter, request, CONTEXT, BRAND)
    assert len(mending(stub)) == 3
    assert WORSE in mending(stub)[1]
    assert merit(found.drafts[0]) >= merit(repair(written.drafts[0], CONTEXT, BRAND))
    assert found.account.rewrites == 3
    assert found.account.usage.calls == 4


def test_all_that_break_rules_are_sent_back_at_once(model, stub):
    """Three drafts with findings are three calls in the time of one, and none loses its place."""
    texts = [BAD, "Tell me by direct message, and we'll refund you £400 today.", "We owe you £90 and pay it at once."]
    stub.reply = answering(texts, GOOD)
    stub.latency = 0.4
    drafter = ChatModelDrafter(BRAND, model("good", rewrites=1, seconds=30))
    request = Request(PublicView.of(CONTEXT), Triage(), 3, drafter.budget())
    found = mend(drafter.write(request), drafter, request, CONTEXT, BRAND)
    assert found.account.rewrites == 3
    assert found.account.usage.seconds > 1.5
    assert [one.text for one in found.drafts] == [f"{GOOD} ^MR"] * 3


@pytest.mark.parametrize(
    "budget", [Budget(0.0, None, 2), Budget(float("inf"), 100, 2), Budget(float("inf"), None, 0)], ids=str
)
def test_a_spent_budget_ends_the_loop(model, stub, budget):
    """Without time, tokens or tries left nothing is sent back, and the draft is there with its findings."""
    stub.reply = answering([BAD], GOOD)
    drafter = ChatModelDrafter(BRAND, model("good"))
    written = Written(
        drafts=(Draft(text=f"{BAD} ^MR", drafter="good"),),
        account=Account(name="good", usage=Usage(calls=1, input_tokens=90, output_tokens=10)),
    )
    request = Request(PublicView.of(CONTEXT), Triage(), 1, budget)
    found = mend(written, drafter, request, CONTEXT, BRAND)
    assert stub.asked == []
    assert found.drafts[0].verdict == "block"


def test_a_failing_rewrite_loses_nothing(model, stub):
    """A model that fails when it is to mend leaves the draft as it was, and the account says how it failed."""
    stub.reply = answering([BAD], GOOD)
    drafter = ChatModelDrafter(BRAND, model("failing", retries=0))
    written = Written(drafts=(Draft(text=f"{BAD} ^MR", drafter="failing"),), account=Account(name="failing"))
    request = Request(PublicView.of(CONTEXT), Triage(), 1, drafter.budget())
    found = mend(written, drafter, request, CONTEXT, BRAND)
    assert found.drafts[0].text == f"{BAD} ^MR"
    assert found.account.problems == ("the server failed",)


def test_the_playbook_stands_in_where_nothing_can_be_mended(model, stub):
    """Where all of a model's drafts still block, the embedded drafter's are offered; the best that passes is ready."""
    stub.reply = answering([WORSE], WORSE)
    proposal = Assistant(BRAND, model=model("good", triage=False)).draft(CONTEXT)
    assert {one.drafter for one in proposal.drafts} == {"playbook"}
    assert all(one.why.startswith("written offline: what the model wrote broke rules") for one in proposal.drafts)
    assert proposal.status == "ready"


def test_rules_in_plain_words_are_read_where_the_settings_say_so(model, stub):
    """With `judge` on, a breach that a model sees is a finding, is sent back, and its calls are counted."""
    brand = BRAND.model_copy(update={"packs": ("tone", "meaning")})
    first = answering([f"{GOOD} What a surprise."], GOOD)

    def reply(body: dict[str, Any]) -> str:
        user = body["messages"][1]["content"]
        if not user.startswith("The rule:"):
            return first(body)
        breach = {"reason": "it mocks them", "quote": "What a surprise."}
        mocking = "mock" in user.split("\n")[0] and "What a surprise." in user.split("The reply to check:")[1]
        return json.dumps({"breaches": [breach] if mocking else []})

    stub.reply = reply
    settings = {"triage": False, "seconds": 30}
    proposal = Assistant(brand, model=model("good", judge=True, **settings)).draft(CONTEXT)
    assert proposal.drafts[0].text == f"{GOOD} ^MR"
    assert proposal.drafts[0].not_run == ()
    assert proposal.provenance["usage"]["calls"] > 20
    proposal = Assistant(brand, model=model("good", **settings)).draft(CONTEXT)
    assert {one.rule.split(".")[0] for one in proposal.drafts[0].not_run} == {"meaning"}


def test_triage_asks_the_model_where_its_rules_are_unsure(model, stub):
    """A message that the rules can't place is read by the model, once, and its call is in the proposal's account."""
    read = {"quote": "", "reason": "it is about a colour", "escalation": None, "review": None, "sarcasm": False}
    read |= {"intents": ["availability"], "sentiment": "neutral", "reply": True, "language": "en"}
    drafting = answering([GOOD], GOOD)
    stub.reply = lambda body: (
        json.dumps(read) if "You read one public message" in body["messages"][0]["content"] else drafting(body)
    )
    context = CONTEXT.model_copy(update={"message": "hm the teal one though, you know?"})
    proposal = Assistant(BRAND, model=model("good")).draft(context)
    assert proposal.triage.intents == ("availability",)
    assert proposal.provenance["usage"]["calls"] >= 2
    stub.asked.clear()
    assert Assistant(BRAND, model=model("good", triage=False)).triage(context).intents == ("other",)
    assert stub.asked == []


def test_an_assistant_rewrites_and_checks(model, stub):
    """`rewrite` gives a checked, measured draft; without a model it says what is missing."""
    from assistant.rewriting import NotRewritten

    draft = repair(Draft(text=f"{GOOD} ^MR", drafter="playbook"), CONTEXT, BRAND)
    stub.reply = lambda _: json.dumps({"text": "It can come back within 30 days. ^MR", "sources": [], "left_out": ""})
    took: list[Usage] = []
    found = Assistant(BRAND, model=model("good")).rewrite(draft, CONTEXT, "shorter", on_usage=took.append)
    assert (found.text, found.verdict) == ("It can come back within 30 days. ^MR", "pass")
    assert found.tone is not None
    assert took[0].calls == 1
    with pytest.raises(NotRewritten, match="no model is set up"):
        Assistant(BRAND).rewrite(draft, CONTEXT, "shorter")
