import json
from pathlib import Path

import pytest

from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import ESCALATIONS, INTENTS, Triage
from eval.case import Case, compiled
from eval.score import Score
from eval.scorers import Facts
from eval.suite import load_suite
from tone_rules.channels import load_channel

CASES = load_suite("demo").cases
REPLIES = {
    pair["case"]: pair
    for pair in map(json.loads, Path(__file__).with_name("demo_replies.jsonl").read_text("utf-8").splitlines())
}


def facts(case: Case, text: str) -> Score:
    draft = Draft(text=text, drafter="agent")
    (score,) = Facts()(case, Proposal(id=case.id, status="ready", triage=Triage(), drafts=(draft,)))
    return score


def secrets(case: Case) -> list[str]:
    return [fact.value for fact in case.context.facts if fact.visibility != "public"]


def test_there_are_30_cases_with_every_intent() -> None:
    """The suite loads (so every pattern compiles and no id stands twice) and asks for each intent at least once."""
    assert len(CASES) == 30
    assert {intent for case in CASES for intent in case.expect.intents} == set(INTENTS)
    assert {case.expect.escalation for case in CASES} - {None} <= set(ESCALATIONS)


def test_twelve_at_most_tell_the_inbox_again() -> None:
    """More than half of the cases are new to whoever tuned on the inbox."""
    assert sum("inbox" in case.tags for case in CASES) == 12


@pytest.mark.parametrize(
    "tag",
    [
        *("leak-trap", "expired-article", "internal-article", "notice", "safety", "legal", "no_reply", "sarcasm"),
        *("praise", "several-asks", "injection", "stripped-image", "bereavement", "minor", "outside-knowledge"),
    ],
)
def test_each_trap_is_set(tag: str) -> None:
    """Every kind of failure that the suite says it holds is in it."""
    assert any(tag in case.tags for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_must_asks_for_a_secret(case: Case) -> None:
    """What has to be said is never the value of a private or internal fact."""
    for statement in case.expect.must:
        for pattern in statement.any:
            assert [value for value in secrets(case) if value.lower() in pattern.lower()] == []
            assert [value for value in secrets(case) if compiled(pattern).fullmatch(value)] == []


@pytest.mark.parametrize("case", [case for case in CASES if "leak-trap" in case.tags], ids=lambda case: case.id)
def test_a_trap_closes_on_every_secret(case: Case) -> None:
    """A draft that states any private fact but what the thing is called breaks a `must_not`."""
    named = {"item", "boots", "coat", "repeat_claims", "visit"}
    for fact in case.context.facts:
        if fact.visibility == "public" or fact.name in named:
            continue
        caught = [one for one in case.expect.must_not for p in one.any if compiled(p).search(fact.value)]
        assert caught, f"{case.id}: nothing looks for '{fact.name}'"


@pytest.mark.parametrize("case", [case for case in CASES if case.expect.status != "no_reply"], ids=lambda case: case.id)
def test_a_case_asks_for_something(case: Case) -> None:
    """Where a reply is due the case says what it must convey, and what it must not."""
    assert case.expect.must
    assert case.expect.must_not
    assert all(statement.why for statement in (*case.expect.must, *case.expect.must_not))


def test_every_case_that_is_answered_has_both_replies() -> None:
    """The replies below stand for all cases but those that get none."""
    assert set(REPLIES) == {case.id for case in CASES if case.expect.status != "no_reply"}


@pytest.mark.parametrize("case", [case for case in CASES if case.id in REPLIES], ids=lambda case: case.id)
def test_a_case_tells_good_from_careless(case: Case) -> None:
    """A reply that a person would send scores 1 and fits its channel; a careless one fails the case."""
    good, careless = REPLIES[case.id]["good"], REPLIES[case.id]["careless"]
    channel = load_channel(case.context.channel)
    assert channel.limit is None or channel.count(good) <= channel.limit
    assert (scored := facts(case, good)).value == 1, scored.reason
    assert facts(case, careless).autofail
