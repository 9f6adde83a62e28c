import pytest

from eval import evaluate, judge_run, load_suite
from eval.answering import Answers
from eval.reports import render


@pytest.mark.parametrize("name", ["escalation", "injection", "regressions"])
def test_it_holds_its_gate(name: str) -> None:
    """Every case is run and wholly scored, and no mean is below its floor."""
    suite = load_suite(name)
    run = evaluate(Answers(suite), suite)
    verdict = judge_run(run, suite.gate)
    assert verdict.exit_code == 0, render("text", run, verdict)
