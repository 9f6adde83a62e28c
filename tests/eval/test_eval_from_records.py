from typing import Any

import pytest

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from eval import evaluate
from eval.past import PastReplies, past_scorers
from eval.records import from_records
from eval.scorers import scorers_of
from eval.suite import Suite
from tone_rules.finding import Report

SECRETS = ("Wilhelmina", "Okonkwo", "@billie_ok", "HY-288310", "01632 960417", "billie@post.example", "bunion")
CONTEXT = {
    "channel": "x",
    "message": "@halyard it's Wilhelmina, order HY-288310. Call 01632 960417 or billie@post.example. My BUNION hurts",
    "thread": [{"role": "customer", "author": "@billie_ok", "text": "@halyard hello? Wilhelmina Okonkwo here"}],
    "customer": {"name": "Wilhelmina Okonkwo", "handle": "@billie_ok", "followers": 9},
    "facts": [
        {"name": "order_number", "value": "HY-288310", "source": "crm"},
        {"name": "fitting_note", "value": "bunion", "visibility": "internal"},
        {"name": "colour", "value": "moss", "visibility": "public"},
    ],
    "agent": {"name": "Mirabel", "initials": "MR"},
}
DRAFT = "Sorry, Wilhelmina. Your boots in moss are being looked at."


@pytest.fixture
def store(tmp_path: Any) -> Any:
    """A store with one message approved, one edited, one rejected, one escalated, one sent with a rule set aside."""
    kept = Store.open(tmp_path / "s.db")
    brand = Brand(name="Halyard")
    missed = {"rule": "finance.Claims", "reason": "the pack is missing", "required": True}
    fine, unsure = Report(verdict="pass"), Report.model_validate({"verdict": "incomplete", "not_run": [missed]})
    for name, decision, text, more in (
        ("m1", "approve", DRAFT, {}),
        ("m2", "edit", DRAFT.replace("being looked at", "with Mirabel, ref HY-288310"), {}),
        ("m3", "reject", None, {"reason": "too thin"}),
        ("m4", "escalate", None, {"reason": "hurt"}),
        ("m5", "approve", DRAFT, {"override": {"finance.Claims": "cleared"}, "may_override": True}),
    ):
        context = CustomerContext.model_validate({"id": name, **CONTEXT})
        draft = Draft(text=DRAFT, drafter="playbook", verdict="pass")
        proposal = Proposal(id=name, status="ready", triage=Triage(), drafts=(draft,))
        report = unsure if name == "m5" else fine
        approve(
            kept, brand, proposal, context, decision=decision, reviewer="Ottoline", text=text,
            check=lambda *_, report=report: report, **more,
        )  # fmt: skip
    return kept


def test_decisions_become_cases(store: Store) -> None:
    """What was sent, the draft before it was changed, what was handed on, which rules were set aside."""
    cases = {one.id: one for one in from_records(store)}
    marks = {name: one.labels[0].ratings["sendable"] for name, one in cases.items() if one.labels}
    tags = [one.tags for one in cases.values()]
    assert [one[0] for one in tags] == ["approve", "edit", "edit", "reject", "escalate", "approve"]
    assert tags[-1] == ("approve", "override:finance.Claims")
    values = list(marks.values())
    assert (values[0], values[1], values[3]) == (5, 5, 1)
    assert 1 < values[2] < 5
    edited = [one for one in cases.values() if one.tags == ("edit",)]
    assert edited[0].cluster == edited[1].cluster
    assert edited[0].reply != edited[1].reply
    escalated = next(one for one in cases.values() if one.tags == ("escalate",))
    assert (escalated.expect.status, escalated.reply) == ("escalate", None)


def test_no_private_value_is_left(store: Store) -> None:
    """No name, handle, number, address or private fact, in capitals or not; nor who reviewed, or the message's id."""
    text = "\n".join(one.model_dump_json() for one in from_records(store))
    for secret in (*SECRETS, "Ottoline", "Mirabel", "@halyard_", "crm", '"m1"'):
        assert secret.casefold() not in text.casefold(), secret
    assert "moss" in text
    assert "HY-000000" in text


def test_the_same_value_has_the_same_replacement(store: Store) -> None:
    """The name in the message is the name in the reply."""
    case = from_records(store, ["m1"])[0]
    name = case.context.customer.name.split()[0]
    assert f"it's {name}," in case.context.message
    assert f"Sorry, {name}." in case.reply


def test_cases_from_records_are_a_suite(store: Store) -> None:
    """They can be run as past replies, and people's marks stand beside the measures'."""
    cases = tuple(one for one in from_records(store) if one.reply)
    suite = Suite(name="ours", cases=cases)
    run = evaluate(PastReplies(suite), suite, past_scorers(scorers_of(suite)))
    scores = [{score.dimension: score.value for score in one.scores} for one in run.results]
    assert all({"tone", "label:sendable"} <= set(one) for one in scores)


def test_only_the_messages_that_are_named(store: Store) -> None:
    """One message, its cases."""
    assert len(from_records(store, ["m2"])) == 2
