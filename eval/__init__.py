"""The evaluation harness: cases, suites, scorers, runs, gates, comparisons, agreement with raters and probes.

from eval import evaluate, judge_run, load_suite
suite = load_suite("demo")
run = evaluate(assistant.draft, suite)
verdict = judge_run(run, suite.gate)
change = compare(read_run(Path("main.jsonl")), run)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.agreement import agree as agree
    from eval.case import Case as Case
    from eval.case import Expect as Expect
    from eval.case import Label as Label
    from eval.case import Must as Must
    from eval.comparison import Comparison as Comparison
    from eval.comparison import compare as compare
    from eval.errors import RunLogError as RunLogError
    from eval.errors import StaleCassette as StaleCassette
    from eval.gate import Gate as Gate
    from eval.gate import GateVerdict as GateVerdict
    from eval.gate import judge_run as judge_run
    from eval.judge import Cassette as Cassette
    from eval.judge import Judge as Judge
    from eval.judge import RecordedModel as RecordedModel
    from eval.licence import Agreement as Agreement
    from eval.licence import Licence as Licence
    from eval.past import PastReplies as PastReplies
    from eval.probes import probe as probe
    from eval.ratings import read_ratings as read_ratings
    from eval.records import from_records as from_records
    from eval.run import Result as Result
    from eval.run import Run as Run
    from eval.runlog import read_run as read_run
    from eval.runner import evaluate as evaluate
    from eval.score import Score as Score
    from eval.score import Scorer as Scorer
    from eval.scorers import JudgeScorer as JudgeScorer
    from eval.suite import Suite as Suite
    from eval.suite import load_suite as load_suite

_PLACES = {
    "Agreement": "licence",
    "Case": "case",
    "Cassette": "judge",
    "Comparison": "comparison",
    "Expect": "case",
    "Gate": "gate",
    "GateVerdict": "gate",
    "Judge": "judge",
    "JudgeScorer": "scorers",
    "Label": "case",
    "Licence": "licence",
    "Must": "case",
    "PastReplies": "past",
    "RecordedModel": "judge",
    "Result": "run",
    "Run": "run",
    "RunLogError": "errors",
    "Score": "score",
    "Scorer": "score",
    "StaleCassette": "errors",
    "Suite": "suite",
    "agree": "agreement",
    "compare": "comparison",
    "evaluate": "runner",
    "from_records": "records",
    "judge_run": "gate",
    "load_suite": "suite",
    "probe": "probes",
    "read_ratings": "ratings",
    "read_run": "runlog",
}
__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'eval' has no attribute '{name}'")
    return getattr(import_module(f"eval.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
