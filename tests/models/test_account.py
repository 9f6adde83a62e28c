import json
from typing import Any

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Account
from assistant.models.answer import Usage
from assistant.pipeline import Assistant
from assistant.store import Store, export, verify
from eval import evaluate
from eval.case import Case
from eval.suite import Suite

BRAND = Brand(name="Brindle")
CONTEXT = CustomerContext(id="1", channel="x", message="Where is my parcel? It is nine days late.")
REPLY = "Nine days is a long wait. Send us its number in a direct message and we can look for the parcel."


def answer(_: Any) -> str:
    """A model that writes one good reply."""
    return json.dumps({"replies": [{"text": REPLY, "why": "", "sources": []}], "unknown": [], "abstained": ""})


def test_accounts_add_up():
    """Calls, tokens and rewrites add; the first reason for going offline stays, each problem is told once."""
    one = Account(name="m", prompts={"reply.v1": "a"}, usage=Usage(calls=1, cost=0.5), cached=1, problems=("cut",))
    other = Account(name="m", prompts={"repair.v1": "b"}, usage=Usage(calls=2, cost=1.0), rewrites=2, offline="cut")
    both = one + other.model_copy(update={"problems": ("cut", "late")})
    assert both.prompts == {"reply.v1": "a", "repair.v1": "b"}
    assert (both.usage.calls, both.usage.cost, both.cached, both.rewrites) == (3, 1.5, 1, 2)
    assert (both.offline, both.problems) == ("cut", ("cut", "late"))


def test_a_record_says_what_the_model_did(model, stub, tmp_path):
    """The log keeps model, prompts, tokens, cost and seconds of what was approved, no customer's words."""
    stub.reply = answer
    proposal = Assistant(BRAND, model=model("gpt-4o-mini")).draft(CONTEXT)
    with Store.open(str(tmp_path / "store.db")) as store:
        approve(store, BRAND, proposal, CONTEXT, decision="approve", reviewer="Ola", text=proposal.drafts[0].text)
        with (tmp_path / "log.jsonl").open("w") as out:
            export(store, out)
        assert verify(store).ok
    line = (tmp_path / "log.jsonl").read_text()
    told = next(one["payload"]["model"] for one in map(json.loads, line.splitlines()) if one.get("kind") == "approval")
    assert told["name"] == "gpt-4o-mini"
    assert len(told["prompts"]["reply.v1"]) == 64
    usage = told["usage"]
    assert (usage["calls"], usage["input_tokens"], usage["output_tokens"]) == (1, 100, 20)
    assert usage["cost"] > 0
    assert "parcel" not in line


def test_a_cached_answer_takes_nothing(model, stub):
    """The same message again is answered from memory, said so, and gives the same drafts."""
    stub.reply = answer
    assistant = Assistant(BRAND, model=model("gpt-4o-mini"))
    first, again = assistant.draft(CONTEXT), assistant.draft(CONTEXT)
    assert first.drafts == again.drafts
    assert again.provenance["model"]["cached"] == 1
    assert again.provenance["usage"]["calls"] == 0
    assert len(stub.asked) == 1


def test_a_run_counts_what_its_cases_took(model, stub):
    """The harness reads each proposal's usage: calls, tokens and cost."""
    stub.reply = answer
    suite = Suite(name="one", cases=(Case(id="1", context=CONTEXT),))
    run = evaluate(Assistant(BRAND, model=model("gpt-4o-mini")).draft, suite, scorers=[])
    assert run.results[0].usage is not None
    assert run.results[0].usage.calls == 1
