import json
import time
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from assistant.approval import approve
from assistant.approved import approved_replies
from assistant.brand import Brand
from assistant.cli.draft import watched
from assistant.cli.lines import Outcome, each_line
from assistant.context import CustomerContext
from assistant.pipeline import Assistant
from assistant.store import Store

BRAND = "name: Brindle\nsignature: ^{initials}\n"
REPLY = "Nine days is a long wait. Send us its number in a direct message and we can look for the parcel."


def answer(_: Any) -> str:
    """A model that writes one good reply."""
    return json.dumps({"replies": [{"text": REPLY, "why": "", "sources": []}], "unknown": [], "abstained": ""})


@pytest.fixture
def run(tmp_path: Path, stub: Any, replywright: Any) -> Any:
    """The command with an inbox and a brand, and the stub as its model."""
    stub.reply = answer
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "brand.yaml").write_text(BRAND)

    def run(*options: str, lines: list[Any], verb: str = "draft", **more: str) -> "CompletedProcess[str]":
        (tmp_path / "inbox.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
        done: CompletedProcess[str] = replywright(verb, "inbox.jsonl", "--brand", "brand", *options, **more)
        return done

    return run


def lines(count: int) -> list[Any]:
    """So many messages, each another."""
    return [
        {"id": str(number), "channel": "x", "message": f"Where is parcel number {number}? It is nine days late."}
        for number in range(count)
    ]


def test_many_messages_at_once_in_their_order(run, stub):
    """Messages are drafted as many at a time as the settings say; their order stays, a bad line is told by its number.

    The calls, tokens and cost are told at the end.
    """
    stub.latency = 0.5
    given = [*lines(12), {"channel": "x"}]
    done = run(
        "--format", "json", "--drafter", "model", lines=given[6:] + given[:6],
        REPLYWRIGHT_MODEL="gpt-4o-mini", REPLYWRIGHT_MODEL_URL=stub.url,
    )  # fmt: skip
    proposals = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in proposals] == [str(number % 12) for number in range(6, 18)]
    assert {one["drafts"][0]["drafter"] for one in proposals} == {"gpt-4o-mini"}
    assert "inbox.jsonl:7: 'message' is missing" in done.stderr
    assert "12 calls of the model, 1,440 tokens, 0.0003 USD" in done.stderr
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("options", "model", "drafter"),
    [((), True, "gpt-test"), ((), False, "playbook"), (("--drafter", "playbook"), True, "playbook")],
    ids=["a model is set up", "none is", "the playbook is asked for"],
)
def test_auto_takes_the_model_where_one_is_set_up(run, stub, options, model, drafter):
    """Without a word the model writes where settings name one; the playbook sends nothing."""
    settings = {"REPLYWRIGHT_MODEL": "gpt-test", "REPLYWRIGHT_MODEL_URL": stub.url} if model else {}
    done = run("--format", "json", *options, lines=lines(1), **settings)
    assert done.stdout, done.stderr
    assert json.loads(done.stdout)["drafts"][0]["drafter"] == drafter, done.stderr
    assert bool(stub.asked) == (drafter == "gpt-test")


def test_triage_by_model_is_asked_for(run, stub):
    """With --model what the rules can't place is read by the model and says so; without it nothing is sent."""
    read = {"quote": "", "reason": "it is about a colour", "escalation": None, "review": None, "sarcasm": False}
    read |= {"intents": ["availability"], "sentiment": "neutral", "reply": True, "language": "en"}
    stub.reply = lambda _: json.dumps(read)
    given = [{"id": "1", "channel": "x", "message": "hm the teal one though, you know?"}]
    settings = {"REPLYWRIGHT_MODEL": "gpt-4o-mini", "REPLYWRIGHT_MODEL_URL": stub.url}
    done = run("--format", "json", lines=given, verb="triage", **settings)
    assert (json.loads(done.stdout)["intents"], stub.asked) == (["other"], []), done.stderr
    done = run("--format", "json", "--model", lines=given, verb="triage", **settings)
    told = json.loads(done.stdout)
    assert told["intents"] == ["availability"], done.stderr
    assert any("gpt-4o-mini" in (one["reason"] or "") for one in told["evidence"])
    assert "1 call of the model" in done.stderr


def test_a_watched_draft_ends_in_its_proposal(model, stub):
    """What `--stream` shows ends in the same proposal that `draft` gives."""
    stub.reply = answer
    assistant = Assistant(Brand(name="Brindle"), model=model("good", triage=False))
    context = CustomerContext.model_validate(lines(1)[0])
    assert watched(assistant, context, 1).drafts == assistant.draft(context, 1).drafts


def test_a_model_that_is_wanted_and_not_set_up_is_an_error(run):
    """It is told how to name one; nothing is drafted."""
    done = run("--drafter", "model", lines=lines(1))
    assert (done.returncode, done.stdout) == (2, "")
    assert "REPLYWRIGHT_MODEL" in done.stderr


def test_what_one_line_raises_costs_that_line(tmp_path, capsys):
    """Lines that are worked on at once: one that fails is told by its number, the rest come in their order."""
    path = tmp_path / "inbox.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines(20)))
    shown: list[str] = []

    def work(context: CustomerContext) -> str:
        time.sleep(0.05 if int(context.id) % 3 else 0.2)
        if context.id == "7":
            raise ValueError("broken")
        return context.id

    def show(_: CustomerContext, result: str) -> Outcome:
        shown.append(result)
        return Outcome.fine

    began = time.monotonic()
    tally = each_line(str(path), CustomerContext, work, show, done="done", at_once=10)
    assert time.monotonic() - began < 1.5
    assert shown == [str(number) for number in range(20) if number != 7]
    assert (tally.done, tally.bad) == (19, 1)
    assert "inbox.jsonl:8: this could not be done (ValueError: broken)" in capsys.readouterr().err


def test_approved_replies_are_examples(tmp_path):
    """A store's approved public replies of a brand are its examples; others' and rejected ones aren't."""
    brand, other = Brand(name="Brindle"), Brand(name="Other")
    with Store.open(str(tmp_path / "store.db")) as store:
        for number, (of, decision, audience) in enumerate(
            [
                (brand, "approve", "public"),
                (brand, "reject", "public"),
                (other, "approve", "public"),
                (brand, "approve", "private"),
                (brand, "approve", "public"),
            ]
        ):
            context = CustomerContext(
                id=str(number), channel="x", audience=audience, message=f"Where is my parcel, the {number}th?"
            )
            proposal = Assistant(of).draft(context)
            given = {"reason": "no"} if decision == "reject" else {"text": f"We look for the {number}th parcel now."}
            approve(store, of, proposal, context, decision=decision, reviewer="Ola", **given)
        found = approved_replies(store, brand)
    replies = {one.reply for one in found.nearest("Where is my parcel?", "x", 5)}
    assert replies == {"We look for the 0th parcel now.", "We look for the 4th parcel now."}
