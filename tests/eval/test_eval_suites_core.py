import pytest

from eval import Run, evaluate, judge_run, load_suite
from eval.answering import Answers
from eval.reports import render


@pytest.fixture(scope="module")
def run() -> Run:
    """The core suite through the embedded assistant, each case in the name of its own brand."""
    suite = load_suite("core")
    return evaluate(Answers(suite), suite)


def test_core_holds_its_gate(run: Run) -> None:
    """All 150 cases are run and wholly scored, and no mean is below its floor."""
    verdict = judge_run(run, load_suite("core").gate)
    assert verdict.exit_code == 0, render("text", run, verdict)


def test_each_case_is_answered_by_its_brand(run: Run) -> None:
    """Eight brands answer, the demo brand where a case names none."""
    brands = {}
    for result in run.results:
        assert result.proposal is not None
        brands.setdefault(result.case.brand, set()).add(str(result.proposal.provenance["brand"]))
    assert len(brands) == 8
    assert all(len(found) == 1 for found in brands.values())
    assert len(set.union(*brands.values())) == 8
