from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.errors import InputError
from eval import evaluate
from eval.gate import Gate, judge_run
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.score import Score
from eval.stats import wilson
from eval.suite import Suite
from eval.summary import summarise


@pytest.fixture
def make_run(make_case: Any, make_proposal: Any) -> Any:
    """A run of one case a value: a number, None for unscored, "error", "autofail"; `cases` says how many were due."""

    def make(*values: Any, cases: int = 0) -> Run:
        results = []
        for number, value in enumerate(values):
            case = make_case(str(number), tags=("odd",) if number % 2 else ("even",))
            if value == "error":
                results.append(Result(case=case, error="it broke"))
                continue
            number_ = 0.0 if value == "autofail" else value
            score = Score(dimension="d", value=number_, autofail=value == "autofail", reason="r")
            results.append(Result(case=case, proposal=make_proposal("x"), scores=(score,)))
        header = RunHeader(
            suite="s",
            suite_sha256="0",
            cases=cases or len(values),
            scorers=(ScorerInfo(name="d", version="1", dimensions=("d", "e")),),
            started_at=datetime.now(UTC),
        )
        return Run(header=header, results=tuple(results))

    return make


OPEN = {"max_autofail": 9, "max_errors": 9, "max_unscored": 9}


@pytest.mark.parametrize(
    ("values", "gate", "code"),
    [
        ([1, 1], {}, 0),
        ([1, 0], {}, 0),  # no floor asked
        ([1, 0], {"floors": {"d": 0.5}}, 0),
        ([1, 0], {"floors": {"d": 0.51}}, 1),
        ([0.1, 0.1, 0.1], {"floors": {"d": 0.1}}, 0),
        ([1, "autofail"], {}, 1),
        ([1, "autofail"], {"max_autofail": 1}, 0),
        ([1, "autofail"], {"max_autofail": 1, "floors": {"d": 0.6}}, 1),
        ([1, "error"], {}, 3),
        ([1, "error"], {"max_errors": 1}, 0),
        ([1, None], {}, 3),
        ([1, None], {"max_unscored": 1}, 0),
        ([1, None, "autofail"], {}, 3),  # incomplete comes first
        ([0, "error"], {"floors": {"d": 0.9}}, 3),
        ([None, None], {**OPEN, "floors": {"d": 0}}, 3),  # a floor that nothing was held to
        ([1], {"floors": {"e": 0}}, 3),
        (["error"], {**OPEN, "floors": {"d": 0}}, 3),
        ([], {"cases": 1}, 3),
        ([1], {"cases": 2}, 3),  # a killed run is not whole
        ([1], {**OPEN, "cases": 2}, 3),
    ],
)
def test_the_gate(values: Any, gate: Any, code: int, make_run: Any) -> None:
    """0 ok, 1 failed, 3 incomplete; incomplete first, and nothing unknown passes a floor."""
    gate = dict(gate)
    run = make_run(*values, cases=gate.pop("cases", 0))
    verdict = judge_run(run, Gate(**gate))
    assert verdict.exit_code == code
    assert verdict.headline.startswith({0: "gate ok", 1: "gate failed: ", 3: "gate incomplete: "}[code])


def test_what_is_printed_names_why(make_run: Any) -> None:
    """The headline holds the number, the floor and the limit that decided it, and only those."""
    verdict = judge_run(make_run(1, 0, "autofail"), Gate(floors={"d": 0.8}))
    assert verdict.headline == "gate failed: cases failed by a single score: 1 (limit 0); mean d 0.333333 (floor 0.8)"


def test_a_floor_for_nothing_is_wrong_use() -> None:
    """A misspelt dimension is refused before the run, with the nearest name."""
    with pytest.raises(InputError, match="floor for 'fatcs', which no scorer gives; did you mean 'facts'"):
        Gate(floors={"fatcs": 0.8}).refuse_unknown(["rules", "facts"])


def test_floors_can_be_set_anew() -> None:
    """The rest of the gate stays; a floor above 1 is refused."""
    gate = Gate(floors={"a": 0.1, "b": 0.2}, max_errors=3).with_floors({"b": 0.9})
    assert gate == Gate(floors={"a": 0.1, "b": 0.9}, max_errors=3)
    with pytest.raises(ValidationError):
        gate.with_floors({"b": 1.1})


def test_unscored_moves_no_mean_and_passes_nothing(make_run: Any) -> None:
    """It is left out of the mean, counted by itself, and the case is not among those that passed."""
    summary = summarise(make_run(1, 0.5, None, "error", "autofail", cases=7))
    (dimension, other) = summary.dimensions
    assert (dimension.scored, dimension.unscored, dimension.passed, dimension.autofails) == (3, 1, 1, 1)
    assert dimension.mean == pytest.approx(0.5)
    assert (other.mean, other.interval) == (None, None)
    total = summary.total
    assert (total.cases, total.passed, total.failed, total.incomplete) == (7, 1, 2, 4)
    assert (summary.errors, summary.unscored, summary.missing, summary.autofails) == (1, 1, 2, 1)


def test_tags_show_what_the_total_hides(make_run: Any) -> None:
    """A tag whose every case fails stands out."""
    tags = {tag.name: (tag.passed, tag.cases) for tag in summarise(make_run(1, 0, 1, 0)).tags}
    assert tags == {"even": (2, 2), "odd": (0, 2)}


def test_worst_first(make_run: Any) -> None:
    """What fails by itself, then errors, the lowest scores, the unscored, and what passed last."""
    run = make_run(1, None, 0.5, "error", 0.2, "autofail")
    assert [one.case.id for one in run.worst_first] == ["5", "3", "4", "2", "1", "0"]


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(successes: int, trials: int, low: float, high: float) -> None:
    """Against worked figures: 81 of 263 is Newcombe's (Statistics in Medicine 17, 1998, table I, method 3)."""
    interval = wilson(successes, trials)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_of_nothing() -> None:
    """Without a trial there is no interval; more successes than trials is a mistake."""
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="2 successes in 1 trials"):
        wilson(2, 1)


def test_a_whole_run_is_judged_as_it_stands(suite: Suite, echo: Any) -> None:
    """From system to exit code: an error in one case makes the run incomplete, and without it the autofail fails it."""
    assert judge_run(evaluate(echo, suite), Gate()).exit_code == 3
    whole = Suite(name="four", cases=suite.cases[:4])
    assert judge_run(evaluate(echo, whole), Gate()).exit_code == 1
    good = Suite(name="two", cases=suite.cases[:2])
    assert judge_run(evaluate(echo, good), Gate(floors={"facts": 1, "rules": 1})).exit_code == 0
