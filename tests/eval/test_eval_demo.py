from pathlib import Path

import pytest

import assistant.demo
from assistant.pipeline import Assistant
from eval import Run, evaluate, judge_run, load_suite, read_run
from eval.reports import render


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run is logged."""
    return tmp_path_factory.mktemp("demo") / "run.jsonl"


@pytest.fixture(scope="module")
def run(log: Path) -> Run:
    """The demo suite through the real assistant on the demo brand, offline."""
    return evaluate(Assistant(assistant.demo.brand()).draft, load_suite("demo"), log=log)


def test_the_demo_suite_passes_its_gate(run: Run) -> None:
    """All 30 cases are run and wholly scored, none fails by itself, and no mean is below its floor."""
    verdict = judge_run(run, load_suite("demo").gate)
    assert verdict.exit_code == 0, render("text", run, verdict)


def test_the_demo_suite_is_whole_and_keeps_its_floors(run: Run) -> None:
    """Every case is run and wholly scored, and no dimension's mean falls below what it reached before."""
    gate = load_suite("demo").gate.model_copy(update={"max_autofail": len(run.results)})
    verdict = judge_run(run, gate)
    assert verdict.exit_code == 0, render("text", run, verdict)


def test_the_gate_of_the_demo_suite_means_something(run: Run) -> None:
    """It has a floor for every dimension that may gate, and lets no case fail by itself, break or go unscored."""
    gate = load_suite("demo").gate
    assert set(gate.floors) >= set(run.header.dimensions) - run.header.advisory
    assert min(gate.floors.values()) > 0
    assert (gate.max_autofail, gate.max_errors, gate.max_unscored) == (0, 0, 0)


def test_the_run_says_what_it_was_made_of(run: Run) -> None:
    """Thirty cases; the digests of brand and packs stand with the proposals."""
    assert (run.header.cases, run.missing) == (30, 0)
    assert {"brand", "packs", "drafter"} <= set(run.provenance)


def test_two_runs_are_alike(run: Run) -> None:
    """The embedded drafter is pure: whatever it drafted before, a case gets the same scores."""
    suite = load_suite("demo")
    backwards = suite.model_copy(update={"cases": suite.cases[::-3]})
    again = evaluate(Assistant(assistant.demo.brand()).draft, backwards)
    assert [one.scores for one in again.results] == [one.scores for one in run.results[::-3]]


def test_the_log_reads_back(run: Run, log: Path) -> None:
    """Real proposals survive the log: provenance, findings and all."""
    assert read_run(log).model_dump_json() == run.model_dump_json()
    assert len(run.results) == 30
