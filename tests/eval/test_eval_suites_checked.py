import pytest

from assistant.errors import InputError
from eval import Suite, evaluate, judge_run, load_suite
from eval.answering import Answers, brand_of
from eval.case import Case
from eval.reports import render
from eval.scorers import Ranking, VerdictScorer, scorers_of


@pytest.mark.parametrize("name", ["traps", "pairs"])
def test_it_holds_its_gate(name: str) -> None:
    """Every reply is checked and measured, and no mean is below its floor."""
    suite = load_suite(name)
    run = evaluate(Answers(suite), suite)
    verdict = judge_run(run, suite.gate)
    assert verdict.exit_code == 0, render("text", run, verdict)


def case(reply: str, **expect: object) -> Case:
    """A case about a past reply."""
    context = {"channel": "x", "message": "six days and no parcel, are you asleep"}
    return Case.model_validate({"id": "c", "context": context, "reply": reply, "expect": expect})


def scored(one: Case, dimension: str) -> tuple[float | None, bool]:
    """What a dimension says of a case, and whether it fails it by itself."""
    suite = Suite(name="s", cases=(one,))
    (result,) = evaluate(Answers(suite), suite).results
    found = next(score for score in result.scores if score.dimension == dimension)
    return found.value, found.autofail


def test_a_verdict_is_held_to_its_rule() -> None:
    """The expected block by the expected rule is 1; by another 0; a block that is missing fails the case by itself."""
    swearing = "This is shit, sorry. MR"
    assert scored(case(swearing, verdict="block", blocked_by=["general.Profanity"]), "verdict") == (1, False)
    assert scored(case(swearing, verdict="block", blocked_by=["channels.Length"]), "verdict") == (0, False)
    assert scored(case(swearing, verdict="pass"), "verdict") == (0, False)
    calm = "Six days is a long wait, sorry. Does the tracking show any scan?"
    assert scored(case(calm, verdict="pass"), "verdict") == (1, False)
    assert scored(case(calm, verdict="block"), "verdict") == (0, True)


def test_a_ranking_is_of_measures() -> None:
    """Better above worse is 1, worse above better 0, and one reply beside itself is no better."""
    good, bad = "Six days is far too long, and I'm sorry. What does the tracking say last?", "Not our problem. Wait."
    better = {"text": bad, "on": "tone"}
    assert scored(case(good, better_than=[better]), "ranking")[0] == 1
    assert scored(case(bad, better_than=[{"text": good, "on": "tone"}]), "ranking")[0] == 0
    assert scored(case(good, better_than=[{"text": good, "on": "tone"}]), "ranking")[0] == 0
    assert scored(case(good, better_than=[better, {"text": good, "on": "tone"}]), "ranking")[0] == 0.5


def test_scorers_come_where_they_are_asked() -> None:
    """A suite without verdicts and comparisons has no dimension for them."""
    plain = Suite(name="s", cases=(case("Sorry."),))
    assert not {Ranking, VerdictScorer} & {type(one) for one in scorers_of(plain)}
    asked = Suite(name="s", cases=(case("Sorry.", verdict="pass", better_than=[{"text": "No.", "on": "tone"}]),))
    assert {Ranking, VerdictScorer} <= {type(one) for one in scorers_of(asked)}


def test_a_verdict_needs_a_reply() -> None:
    """Without the reply there is nothing to check, and a rule can block nothing that should pass."""
    with pytest.raises(ValueError, match="give the `reply`"):
        Case.model_validate({"id": "c", "context": {"channel": "x", "message": "hi"}, "expect": {"verdict": "pass"}})
    with pytest.raises(ValueError, match="give the verdict 'block'"):
        case("Sorry.", verdict="pass", blocked_by=["general.Insult"])


def test_a_brand_without_a_folder_is_named() -> None:
    """The error says which brands there are."""
    with pytest.raises(InputError, match=r"'tollow'.*tallow"):
        brand_of(load_suite("core"), "tollow")
