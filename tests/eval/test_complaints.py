"""The twelve things that users of evaluation harnesses complain of, each as it would go wrong elsewhere."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval import evaluate, judge_run, read_run
from eval import runner as running
from eval.comparison import compare
from eval.gate import EXIT_CODES, Gate
from eval.judge import Judge, Subject, chosen
from eval.reports import render
from eval.score import Score
from eval.scorers import JudgeScorer
from eval.suite import Suite
from eval.summary import summarise

ROOT = Path(__file__).resolve().parents[2]


def test_1_a_score_that_wanders_is_no_verdict(drawn_run: Any) -> None:
    """Deepeval #1265, #3110, ragas #240: the wandering is shown by case, and a change within it is none."""
    first, second = drawn_run([0.4, 0.6, 0.4, 0.6], [0.9] * 4), drawn_run([0.6, 0.6, 0.4, 0.6], [0.9] * 4)
    (wavers,) = summarise(first).unstable
    assert (wavers.id, round(wavers.flip_rate, 2)) == ("c0", 0.67)
    assert compare(first, second).state == "cannot tell at this n"
    assert judge_run(first, Gate(floors={"d": 0.6}, min_pass=4)).state == "failed"


def test_1_a_judge_that_wanders_has_one_verdict(model: Any, stub: Any, verdict: Any) -> None:
    """Around the mark that decides, three votes give one median, the same again, and say that it was contested."""
    marks = iter([2, 4, 3, 1, 1, 1])
    stub.reply = lambda _: verdict(next(marks), "kettle")
    judge = Judge(model(concurrency=1), votes=3)
    subject = Subject(message="Where is it?")
    first, again = (judge.rate(subject, "Your kettle is here.", chosen(["tone"]))[0] for _ in range(2))
    assert (first.mark, first.spread, first.contested) == (3, 2, True)
    assert again == first.model_copy(update={"usage": again.usage})


def test_2_a_case_that_always_fails_is_not_averaged_away(drawn_run: Any) -> None:
    """Promptfoo #5847, #1441: a mean of .98 passes its floor, and the one case still fails the gate and is named."""
    run = drawn_run(*[[1.0] * 3] * 49, [0.0] * 3)
    verdict = judge_run(run, Gate(floors={"d": 0.95}, min_pass=1))
    assert (verdict.exit_code, "c49 0/3" in verdict.headline) == (1, True)
    assert summarise(run).never == ("c49",)


def test_3_a_repeat_is_not_one_answer_told_again(suite: Suite, echo: Any) -> None:
    """Promptfoo #360, #1431: a system that keeps answers is told the epoch, and is asked for every one."""
    asked: list[int] = []

    class Keeps:
        def for_epoch(self, epoch: int) -> Any:
            def system(context: Any) -> Any:
                asked.append(epoch)
                return echo(context)

            return system

    evaluate(Keeps(), Suite(name="two", cases=suite.cases[:2]), epochs=3)
    assert asked == [1, 1, 2, 2, 3, 3]


def test_3_a_judge_is_no_kept_answer_either(model: Any, stub: Any, verdict: Any, suite: Suite, echo: Any) -> None:
    """A judge that is asked by a client that keeps answers is asked anew for every epoch and every vote."""
    stub.reply = lambda _: verdict(4, "Thanks")
    one = Suite(name="one", cases=suite.cases[:1])
    evaluate(echo, one, [JudgeScorer(Judge(model(cache=True), votes=2), chosen(["tone"]))], epochs=3)
    assert len(stub.asked) == 6


def test_4_a_missing_verdict_is_no_pass(suite: Suite, echo: Any) -> None:
    """Promptfoo PR 10611, 8130: with every other score at 1, a scorer that broke makes the run incomplete."""

    class Broken:
        name, version, kind, dimensions = "broken", "1", "rule", ("safe",)

        def __call__(self, case: Any, proposal: Any) -> Any:
            del case, proposal
            raise ConnectionError("no answer")

    run = evaluate(echo, Suite(name="one", cases=suite.cases[:1]), [Broken()])
    assert (run.results[0].outcome, run.results[0].scores[0].passed) == ("incomplete", None)
    assert summarise(run).dimensions[0].mean is None
    assert judge_run(run, Gate()).exit_code == 3


@pytest.mark.parametrize("answer", ['{"reason": "all good", "quote": "Thanks"}', '{"score": null}', "PASS", ""])
def test_4_a_judge_without_a_verdict_is_no_pass(
    answer: str, model: Any, stub: Any, suite: Suite, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer with everything but its mark passes nothing, even for a judge that may gate."""
    from eval import job, licence

    licensed = licence.Standing(licensed=True, reason="for once")
    for module in (job, running):
        monkeypatch.setattr(module, "standing", lambda *_: licensed)
    stub.reply = lambda _: answer
    run = evaluate(echo, Suite(name="one", cases=suite.cases[:1]), [JudgeScorer(Judge(model()), chosen(["tone"]))])
    assert (run.results[0].outcome, run.results[0].scores[0].passed) == ("incomplete", None)
    assert judge_run(run, Gate(floors={"judge:tone": 0.1})).exit_code == 3


@pytest.mark.parametrize("value", [0.0, 0.74, 0.75, 1.0])
def test_5_score_and_pass_can_not_disagree(value: float) -> None:
    """Promptfoo #2998: passing is read from the value and its mark, and nobody can set it."""
    score = Score(dimension="d", value=value, pass_mark=0.75)
    assert score.passed is (value >= 0.75)
    with pytest.raises(ValueError, match="passed"):
        Score.model_validate({"dimension": "d", "value": value, "passed": True})
    with pytest.raises(ValueError, match="fails its case by itself"):
        Score(dimension="d", value=0.75, autofail=True)


def test_5_a_judge_can_not_say_that_it_passed(model: Any, stub: Any) -> None:
    """What it says of passing is no part of the shape: the mark decides, however it is praised."""
    told = {"reason": "a clear pass", "quote": "Thanks", "score": 2, "pass": True, "passed": True}
    stub.reply = lambda _: json.dumps(told)
    (rating,) = Judge(model()).rate(Subject(message="m"), "Thanks, Ana", chosen(["tone"]))
    assert rating.value == 0.25
    assert Score(dimension="d", value=rating.value, pass_mark=rating.rubric.pass_mark).passed is False


def test_6_two_runs_are_compared_from_their_files(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """Promptfoo #1395, inspect #1327: two logs on a disk are all that it takes, case by case."""
    paths = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    four = Suite(name="four", cases=suite.cases[:4])
    for path in paths:
        evaluate(echo, four, log=path)
    found = compare(*map(read_run, paths))
    assert {pair.id for pair in found.pairs} == {case.id for case in four.cases}


def test_7_the_test_is_a_paired_one(drawn_run: Any) -> None:
    """Inspect #2176: cases differ far more than the systems do; unpaired that hides the loss, paired it does not."""
    from scipy.stats import ttest_ind

    before = [number / 20 for number in range(1, 20)]
    after = [value - 0.02 - 0.005 * (number % 2) for number, value in enumerate(before)]
    assert ttest_ind(before, after).pvalue > 0.5
    assert compare(drawn_run(*before), drawn_run(*after)).dimensions[0].word == "regressed"


def test_8_a_refused_row_does_not_skew_the_mean(
    suite: Suite, echo: Any, monkeypatch: pytest.MonkeyPatch, drawn_run: Any
) -> None:
    """Ragas #1519, #1228: a case refused for too many requests is tried again, and if it is lost nothing is ok."""
    monkeypatch.setattr(running, "PAUSE", 0.0)
    refusals = iter([True, True, False])

    def system(context: Any) -> Any:
        if next(refusals):
            raise ConnectionError("the server had too many requests, also after the retries")
        return echo(context)

    run = evaluate(system, Suite(name="one", cases=suite.cases[:1]))
    assert run.results[0].outcome == "passed"
    lost = drawn_run(0.9, 0.9, "error")
    assert judge_run(lost, Gate(floors={"d": 0.5})).exit_code == 3
    assert compare(drawn_run(0.9, 0.9, 0.9), lost).exit_code == 3


def test_8_a_refused_judge_does_not_skew_the_mean(
    model: Any, stub: Any, verdict: Any, suite: Suite, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five cases are judged, though the server refuses one of them at first; where it goes on, nothing is ok."""
    monkeypatch.setattr(running, "PAUSE", 0.0)
    stub.reply = lambda _: verdict(5, "Thanks")
    four = Suite(name="four", cases=suite.cases[:4])
    once = evaluate(echo, four, [JudgeScorer(Judge(model("busy-once")), chosen(["tone"]))])
    assert [one.scores[0].value for one in once.results] == [1.0] * 4
    ever = evaluate(echo, four, [JudgeScorer(Judge(model("busy")), chosen(["tone"]))])
    assert summarise(ever).dimensions[0].mean is None
    assert judge_run(ever, Gate()).exit_code == 3


def test_9_waiting_is_done_side_by_side(make_case: Any, make_proposal: Any) -> None:
    """Ragas #2473: twenty cases that wait for a server wait together: all twenty are in flight before one is done."""
    import threading

    together = threading.Barrier(20, timeout=30)

    def system(context: Any) -> Any:
        del context
        together.wait()
        return make_proposal("yes")

    suite = Suite(name="slow", cases=tuple(make_case(str(number)) for number in range(20)))
    assert [one.error for one in evaluate(system, suite, [], workers=20).results] == [None] * 20


BROKEN = [
    "",
    "no JSON",
    "{",
    "[]",
    '{"score": 7}',
    '{"reason": 1}',
    "null",
    "NaN",
    '{"score": NaN}',
    "```json\n{```",
    "{" * 5_000,
]


@pytest.mark.parametrize("answer", BROKEN)
def test_10_bad_json_of_a_judge_neither_aborts_nor_is_a_number(
    answer: str, model: Any, stub: Any, verdict: Any, suite: Suite, echo: Any
) -> None:
    """Deepeval #929, ragas #608: one repair, then the one score is unscored with its reason, and the rest is judged."""
    broken = suite.cases[0].context.message
    stub.reply = lambda body: answer if broken in body["messages"][1]["content"] else verdict(4, "Thanks")
    two = Suite(name="two", cases=suite.cases[:2])
    run = evaluate(echo, two, [JudgeScorer(Judge(model()), chosen(["tone"]))])
    assert [one.scores[0].value for one in run.results] == [None, 0.75]
    assert run.results[0].scores[0].reason.startswith("the judge gave no mark: the answer ")
    assert len(stub.asked) == 3
    assert summarise(run).dimensions[0].mean == 0.75
    assert judge_run(run, Gate()).exit_code == 3


def test_11_tokens_and_cost_are_told(make_case: Any, make_proposal: Any, tmp_path: Path) -> None:
    """Ragas #540: they stand in the log by case, and in the totals."""
    used = {"usage": {"calls": 1, "input_tokens": 700, "output_tokens": 90, "cost": 0.002}}
    proposal = make_proposal("yes").model_copy(update={"provenance": used})
    log = tmp_path / "run.jsonl"
    evaluate(lambda _: proposal, Suite(name="s", cases=(make_case("a"), make_case("b"))), [], log=log)
    assert json.loads(log.read_text().splitlines()[1])["usage"]["input_tokens"] == 700
    total = summarise(read_run(log)).usage
    assert total is not None
    assert (total.calls, total.output_tokens, total.cost) == (2, 180, 0.004)


def test_11_what_a_judge_took_is_told_too(model: Any, stub: Any, verdict: Any, suite: Suite, echo: Any) -> None:
    """Its tokens and cost stand beside each score, repairs and lost votes among them, and in the run's total."""
    answers = iter(["{", verdict(4, "Thanks")])
    stub.reply = lambda _: next(answers)
    scorer = JudgeScorer(Judge(model("gpt-4o-mini")), chosen(["tone"]))
    run = evaluate(echo, Suite(name="one", cases=suite.cases[:1]), [scorer])
    assert run.judging is not None
    assert (run.judging.calls, run.judging.input_tokens, run.results[0].scores[0].usage) == (2, 200, run.judging)
    assert run.judging.cost == pytest.approx(2 * (100 * 0.15 + 20 * 0.6) / 1e6)
    assert run.usage is None


def test_12_nothing_is_sent_anywhere(tmp_path: Path) -> None:
    """Deepeval #2092: a run, a comparison and a probe open no socket that leaves the machine."""
    program = tmp_path / "quiet.py"
    program.write_text(
        """
import socket, sys
def refused(*_, **__):
    raise SystemExit("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = refused
from pathlib import Path
from eval import Case, Suite, evaluate
from eval.comparison import compare
from eval.past import PastReplies
from eval.probes import Pair, probe
from eval.scorers.measures import rate
case = Case.model_validate({"id": "a", "context": {"channel": "x", "message": "Where?"}, "reply": "By DM, please."})
suite = Suite(name="one", cases=(case,))
run = evaluate(PastReplies(suite), suite)
compare(run, run)
probe([Pair("a", "where is it", case.reply)], rate)
print("quiet")
"""
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout == "quiet\n", done.stderr


def test_12_a_judge_reaches_its_own_server_alone(
    model: Any, stub: Any, verdict: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No tracing and no telemetry of a library beneath it, whatever the environment asks for."""
    import socket

    there: set[Any] = set()
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda own, place: (there.add(place), connect(own, place))[1])
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", "http://127.0.0.1:9")
    stub.reply = lambda _: verdict(4, "Thanks")
    Judge(model(), votes=3).rate(Subject(message="m"), "Thanks, Ana", chosen(["tone", "empathy"]))
    assert {place for place in there if isinstance(place, tuple)} == {stub.server_address}
    assert len(stub.asked) == 6


def test_all_twelve_are_here() -> None:
    """Each number has a test in this file."""
    numbers = {int(one) for one in re.findall(r"^def test_(\d+)_", Path(__file__).read_text(), re.MULTILINE)}
    assert numbers == set(range(1, 13))


def test_order_decides_no_preference(model: Any, stub: Any) -> None:
    """Phoenix #12834: a judge that always prefers what stands first prefers nothing."""
    said = {"reason": "r", "quote_first": "reply", "quote_second": "reply", "better": "first"}
    stub.reply = lambda _: json.dumps(said)
    found = Judge(model(), votes=3).prefer(Subject(message="m"), "reply one", "reply two", chosen(["tone"])[0])
    assert (found.winner, found.flips) == ("tie", 3)


@pytest.mark.parametrize("values", [[1.0, 1.0], [0.0, 0.0], [1.0, None], [1.0, "error"]])
def test_what_is_printed_and_the_exit_code_agree(values: Any, drawn_run: Any) -> None:
    """Agentv #882: each report's words and the exit code come from one verdict."""
    run = drawn_run(*values)
    verdict = judge_run(run, Gate(floors={"d": 0.5}))
    assert verdict.exit_code == EXIT_CODES[verdict.state]
    for format_ in ("text", "markdown"):
        flat = " ".join(render(format_, run, verdict).split())
        assert re.findall(r"gate (ok|failed|incomplete)", flat) == [verdict.state]
    told = json.loads(render("json", run, verdict))["verdict"]
    assert (told["state"], told["exit_code"]) == (verdict.state, verdict.exit_code)
