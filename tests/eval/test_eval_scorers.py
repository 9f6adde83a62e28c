from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from eval.case import Case
from eval.score import Score
from eval.scorers import Facts, Rules, TriageScorer
from tone_rules.finding import Finding, NotRun


def finding(level: str, blocking: bool = False) -> Finding:
    """A finding on the first four characters."""
    return Finding.model_validate(
        {"rule": "A.B", "level": level, "blocking": blocking, "start": 0, "end": 4, "match": "x", "message": "say less"}
    )


def only(scores: Any) -> Score:
    """The one score that there is."""
    (score,) = scores
    return score  # type: ignore[no-any-return]


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_score_lies_between_0_and_1(value: float) -> None:
    """A number outside of 0 to 1, or none at all, is refused."""
    with pytest.raises(ValidationError):
        Score(dimension="d", value=value)


def test_unscored_is_neither_0_nor_a_pass() -> None:
    """Whether an unscored score passed is not known, and it keeps no number."""
    score = Score.unscored("d", "nobody looked")
    assert score.value is None
    assert score.passed is None


def test_an_autofail_has_no_other_number() -> None:
    """A score that fails its case can't stand at 0.75 or be unscored."""
    for value in (0.75, None):
        with pytest.raises(ValidationError, match="fails its case by itself"):
            Score(dimension="d", value=value, autofail=True)


def test_a_blocking_finding_fails_the_case(make_case: Any, make_proposal: Any) -> None:
    """It scores 0, fails the case, names the rule and points at the place."""
    proposal = make_proposal("Your card 4111", verdict="block", findings=(finding("error", True),))
    score = only(Rules()(make_case(), proposal))
    assert (score.value, score.autofail, score.spans) == (0, True, ((0, 4),))
    assert "A.B" in score.reason


def test_a_block_without_a_finding_still_fails(make_case: Any, make_proposal: Any) -> None:
    """A verdict of 'block' is taken at its word."""
    assert only(Rules()(make_case(), make_proposal("x", verdict="block"))).autofail


@pytest.mark.parametrize(
    "draft",
    [
        {"verdict": "incomplete"},
        {"verdict": "pass", "not_run": (NotRun(rule="A.C", reason="timed out"),)},
        {"verdict": "incomplete", "not_run": (NotRun(rule="A.C", reason="timed out"),)},
    ],
)
def test_a_draft_not_wholly_checked_is_unscored(draft: Any, make_case: Any, make_proposal: Any) -> None:
    """Unchecked, or with a required rule that did not run, it has no rules score whatever its verdict says."""
    assert only(Rules()(make_case(), make_proposal("x", **draft))).value is None


def test_a_recommended_rule_may_be_missing(make_case: Any, make_proposal: Any) -> None:
    """Only required rules leave the rules score open."""
    proposal = make_proposal("x", not_run=(NotRun(rule="Tone.A", reason="no model", required=False),))
    assert only(Rules()(make_case(), proposal)).value == 1


@pytest.mark.parametrize(("level", "value"), [("suggestion", 1), ("warning", 0.5), ("error", 0.5)])
def test_guidance_lowers_and_passes(level: str, value: float, make_case: Any, make_proposal: Any) -> None:
    """A tone finding guides: it shows in the number and stays a pass."""
    score = only(Rules()(make_case(), make_proposal("x", findings=(finding(level),))))
    assert (score.value, score.passed) == (value, True)


@pytest.mark.parametrize(
    ("status", "values"), [("ready", [None]), ("needs_edit", []), ("no_reply", []), ("escalate", [])]
)
def test_no_draft_is_unscored_unless_none_is_due(status: str, values: Any, make_case: Any, make_proposal: Any) -> None:
    """A ready proposal without a draft has not passed the rules; one that answers nobody isn't asked."""
    assert [score.value for score in Rules()(make_case(), make_proposal(status=status))] == values


MUST = {"must": [{"any": ["five days", "5 days"], "why": "how long"}, {"any": ["I'm sorry"], "why": "says sorry"}]}


def test_each_missing_fact_is_named(make_case: Any, make_proposal: Any) -> None:
    """The value is the share that stands; the reason names the rest in the words of the case."""
    score = only(Facts()(make_case(**MUST), make_proposal("It takes 5 DAYS.")))
    assert (score.value, score.passed) == (0.5, False)
    assert score.reason == "must: says sorry (missing)"


def test_curly_quotes_count_as_straight(make_case: Any, make_proposal: Any) -> None:
    """A pattern with a straight quote finds the curly one that replies are made of."""
    assert only(Facts()(make_case(**MUST), make_proposal("I’m sorry, five days."))).value == 1


def test_what_must_not_be_said_fails_the_case(make_case: Any, make_proposal: Any) -> None:
    """However much else is right; the words are quoted, with their place in the best draft."""
    case = make_case(**MUST, must_not=[{"any": ["refund"], "why": "promises no refund"}])
    score = only(Facts()(case, make_proposal("I'm sorry: five days or a refund.")))
    assert (score.value, score.autofail, score.spans) == (0, True, ((26, 32),))
    assert 'must not: promises no refund (draft 1 says "refund")' in score.reason


def test_must_not_holds_for_every_draft(make_case: Any, make_proposal: Any) -> None:
    """An agent may pick the second draft, so it is looked at as well."""
    case = make_case(must_not=[{"any": ["refund"], "why": "promises no refund"}])
    score = only(Facts()(case, make_proposal("Hello", "A refund!")))
    assert score.autofail
    assert "draft 2" in score.reason


def test_a_slow_pattern_is_unscored(make_case: Any, make_proposal: Any) -> None:
    """A pattern that runs out of time found nothing out; it does not pass as 'not said'."""
    case = make_case(must_not=[{"any": ["(?:a|aa)+(?:b|a)*c(?<=x)"], "why": "whatever"}])
    score = only(Facts()(case, make_proposal("a" * 5_000)))
    assert score.value is None
    assert "took longer" in score.reason


@pytest.mark.parametrize(
    ("expect", "values"),
    [
        ({**MUST}, [0]),
        ({"status": "ready", "must_not": [{"any": ["x"], "why": "w"}]}, [0]),
        ({"must_not": [{"any": ["x"], "why": "w"}]}, [None]),
        ({"status": "no_reply", "must_not": [{"any": ["x"], "why": "w"}]}, []),
        ({"status": "ready"}, []),
    ],
)
def test_facts_without_a_draft(expect: Any, values: Any, make_case: Any, make_proposal: Any) -> None:
    """No draft says nothing that it must, and 'it said nothing wrong' is no pass where a reply was due."""
    assert [score.value for score in Facts()(make_case(**expect), make_proposal(status="no_reply"))] == values


def triage(make_case: Any, make_proposal: Any, expect: Any, found: Any, status: str = "ready") -> dict[str, Score]:
    """Triage scores by dimension."""
    scores = TriageScorer()(make_case(**expect), make_proposal("x", status=status, triage=found))
    return {score.dimension: score for score in scores}


@pytest.mark.parametrize(
    ("expected", "found", "status", "value", "autofail"),
    [
        ("safety", {"escalation": "safety"}, "escalate", 1, False),
        ("safety", {"escalation": "press"}, "escalate", 0, False),
        ("safety", {"review": "safety"}, "ready", 0.5, False),
        ("safety", {"review": "press"}, "ready", 0, False),
        ("safety", {}, "ready", 0, True),
        (None, {}, "ready", 1, False),
        (None, {"escalation": "safety"}, "escalate", 0, False),
    ],
)
def test_escalation(
    expected: Any, found: Any, status: str, value: float, autofail: bool, make_case: Any, make_proposal: Any
) -> None:
    """A missed escalation fails the case by itself; one up for review is half way."""
    score = triage(make_case, make_proposal, {"escalation": expected}, found, status)["escalation"]
    assert (score.value, score.autofail, score.passed) == (value, autofail, value == 1)


def test_only_what_is_asked_is_scored(make_case: Any, make_proposal: Any) -> None:
    """A case that is silent on triage gets no triage score, which is not the same as a full one."""
    assert triage(make_case, make_proposal, {}, {}) == {}


@pytest.mark.parametrize(
    ("expected", "found", "value", "passed"),
    [
        (["delivery"], ["delivery"], 1, True),
        (["delivery", "billing"], ["billing", "delivery"], 1, True),
        (["delivery", "billing"], ["delivery"], 2 / 3, True),
        (["delivery"], ["delivery", "billing", "praise"], 0.5, False),
        (["delivery"], ["billing"], 0, False),
    ],
)
def test_intents_by_f1(
    expected: Any, found: Any, value: float, passed: bool, make_case: Callable[..., Case], make_proposal: Any
) -> None:
    """Intents missed and intents too many both count; one slip in a pair still passes."""
    score = triage(make_case, make_proposal, {"intents": expected}, {"intents": found})["intents"]
    assert (score.value, score.passed) == (pytest.approx(value), passed)


def test_status(make_case: Any, make_proposal: Any) -> None:
    """A wrong status names both."""
    score = triage(make_case, make_proposal, {"status": "ready"}, {}, "no_reply")["status"]
    assert (score.value, score.reason) == (0, "expected 'ready', got 'no_reply'")
