import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from eval import RunLogError, evaluate, read_run
from eval.score import Score
from eval.scorers import Measures
from eval.suite import Suite


def told(run: Any) -> list[Any]:
    """What a run found, without its times."""
    return [one.model_dump(exclude={"seconds"}) for one in run.results]


class Custom:
    """A scorer that does as it is told."""

    name = "custom"
    version = "1"
    kind = "rule"
    dimensions = ("one", "two")

    def __init__(self, scores: Any) -> None:
        self.scores = scores

    def __call__(self, case: Any, proposal: Any) -> Any:
        """Hand out the scores, or raise them."""
        del case, proposal
        if isinstance(self.scores, Exception):
            raise self.scores
        return self.scores


def test_one_that_breaks_stops_nobody(suite: Suite, echo: Any) -> None:
    """An exception becomes the result of its case, without scores, and the rest is scored."""
    run = evaluate(echo, suite)
    assert [one.outcome for one in run.results] == ["passed", "passed", "failed", "failed", "incomplete"]
    broken = run.results[-1]
    assert (broken.error, broken.proposal, broken.scores) == ("RuntimeError: the fuse blew", None, ())


def test_what_is_no_proposal_is_an_error(suite: Suite) -> None:
    """A system that returns None did not answer."""
    run = evaluate(lambda _: None, suite)  # type: ignore[arg-type, return-value]
    assert {one.error for one in run.results} == {"TypeError: the system returned NoneType, not a Proposal"}


@pytest.mark.parametrize(
    "scores",
    [
        ValueError("no"),
        (Score(dimension="three", value=1),),
        (Score(dimension="one", value=1), Score(dimension="one", value=1)),
        None,
    ],
)
def test_a_broken_scorer_leaves_its_dimensions_unscored(scores: Any, suite: Suite, echo: Any) -> None:
    """One that raises, scores twice or outside of what it declares scores nothing; it is never taken for a pass."""
    result = evaluate(echo, suite, [Custom(scores)]).results[0]
    assert [(one.dimension, one.value) for one in result.scores] == [("one", None), ("two", None)]
    assert result.outcome == "incomplete"


def test_no_score_at_all_is_no_pass(suite: Suite, echo: Any) -> None:
    """Where no scorer had anything to say the case is incomplete."""
    for scorers in ([], [Custom(())]):
        assert {one.outcome for one in evaluate(echo, suite, scorers).results} == {"incomplete"}


def test_scorers_may_not_share_a_dimension(suite: Suite, echo: Any) -> None:
    """Two numbers under one name could not be told apart."""
    with pytest.raises(ValueError, match="share the name 'custom'"):
        evaluate(echo, suite, [Custom(()), Custom(())])


def test_progress_counts_to_the_end(suite: Suite, echo: Any) -> None:
    """It is told after each case."""
    seen: list[tuple[int, int]] = []
    evaluate(echo, suite, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number, 5) for number in range(1, 6)]


def test_the_header_says_what_was_run(suite: Suite, echo: Any) -> None:
    """Suite and its digest, scorers and their versions, the git revision, our version."""
    header = evaluate(echo, suite).header
    assert (header.suite, header.suite_sha256, header.cases) == ("five", suite.sha256, 5)
    scored = [(one.name, one.version) for one in header.scorers]
    assert scored == [("triage", "1"), ("rules", "1"), ("facts", "1"), ("measures", Measures().version)]
    assert header.versions.keys() == {"python", "replywright"}


def test_a_log_holds_the_whole_run(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """What is read back is what was returned."""
    path = tmp_path / "deep" / "run.jsonl"
    assert evaluate(echo, suite, log=path) == read_run(path)


def test_each_result_is_on_disk_before_the_next_case(
    suite: Suite, echo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log is synced after the header and after each result, so that a dead machine loses one case."""
    synced: list[int] = []
    path, sync = tmp_path / "run.jsonl", os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (sync(number), synced.append(path.read_bytes().count(b"\n"))))
    seen: list[list[int]] = []
    evaluate(lambda context: seen.append(list(synced)) or echo(context), suite, log=path)
    assert seen == [list(range(1, number + 1)) for number in range(1, 6)]


def test_a_log_is_not_written_over(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """A second run asks for another name or for `resume`, and the log stays as it is."""
    path = tmp_path / "run.jsonl"
    evaluate(echo, suite, log=path)
    before = path.read_bytes()
    with pytest.raises(RunLogError, match="exists; resume it"):
        evaluate(echo, suite, log=path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", [1, 40, 400, 2_000, 4_000])
def test_a_log_cut_anywhere_is_gone_on_with(cut: int, suite: Suite, echo: Any, tmp_path: Path) -> None:
    """With any number of bytes lost at its end, resuming gives the unbroken run, and only what was lost is run."""
    whole = evaluate(echo, suite)
    path = tmp_path / "run.jsonl"
    evaluate(echo, suite, log=path)
    data = path.read_bytes()[:-cut]
    path.write_bytes(data)
    left = max(0, data.count(b"\n") - 1)
    asked: list[str] = []

    def system(context: Any) -> Any:
        asked.append(context.id)
        return echo(context)

    resumed = evaluate(system, suite, log=path, resume=True)
    assert told(resumed) == told(whole)
    assert asked == [case.id for case in suite.cases][left:]
    assert told(read_run(path)) == told(whole)


def test_errors_are_run_again(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """A case that broke is not finished: once the system is mended, resuming completes the run."""
    path = tmp_path / "run.jsonl"
    evaluate(echo, suite, log=path)
    mended = evaluate(
        lambda context: echo(context.model_copy(update={"message": "well"})), suite, log=path, resume=True
    )
    assert mended.results[-1].outcome == "passed"
    assert mended.results[:-1] == read_run(path).results[:-1]


def test_two_suites_do_not_mix(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """Resuming after a case was changed is refused, and the log stays as it is."""
    path = tmp_path / "run.jsonl"
    evaluate(echo, suite, log=path)
    before = path.read_bytes()
    other = Suite(name="five", cases=suite.cases[1:])
    with pytest.raises(RunLogError, match="another suite"):
        evaluate(echo, other, log=path, resume=True)
    with pytest.raises(RunLogError, match="another scorers"):
        evaluate(echo, suite, [Custom(())], log=path, resume=True)
    assert path.read_bytes() == before


def test_two_brands_do_not_mix(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """Resuming with a brand of another digest is refused."""

    def branded(digest: str) -> Any:
        return lambda context: echo(context).model_copy(update={"provenance": {"brand": digest, "drafter": {"n": 1}}})

    path = tmp_path / "run.jsonl"
    assert evaluate(branded("a"), suite, log=path).provenance["brand"] == "a"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(RunLogError, match="another brand"):
        evaluate(branded("b"), suite, log=path, resume=True)
    assert evaluate(branded("a"), suite, log=path, resume=True).results[0].outcome == "passed"


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "no whole line"), ("{}\n", ":1: this is not the header"), ("not json\n", ":1: this is not the header")],
)
def test_what_is_no_log_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """With the line and what is wrong with it."""
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunLogError, match=message):
        read_run(path)
    with pytest.raises(RunLogError, match="can't be read"):
        read_run(tmp_path)


def test_a_log_damaged_in_the_middle_is_refused(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """Only the end of a log may be missing."""
    path = tmp_path / "run.jsonl"
    evaluate(echo, suite, log=path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:2], lines[2][:50] + "\n", *lines[3:]]), encoding="utf-8")
    with pytest.raises(RunLogError, match=r":3: this is not a result"):
        evaluate(echo, suite, log=path, resume=True)


def test_there_must_be_a_log_to_resume(suite: Suite, echo: Any) -> None:
    """Resuming without one is a mistake and no fresh run."""
    with pytest.raises(ValueError, match="nothing to resume"):
        evaluate(echo, suite, resume=True)


PROGRAM = """
import sys, time, resource
from contextlib import nullcontext
from pathlib import Path
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval import Case, Suite, evaluate
from eval.answering import spread
from eval.scorers import Facts, Rules

def made():
    return system

def system(context):
    if "37" in context.message:
        raise LookupError("nobody knows")
    time.sleep(float(sys.argv[2]))
    draft = Draft(text="About " + context.message, drafter="slow", verdict="pass")
    return Proposal(id=context.id, status="ready", triage=Triage(), drafts=(draft,))

EVEN = {"any": ["[02468]"], "why": "even"}
cases = [
    {"id": str(n), "context": {"channel": "x", "message": f"parcel {n} é"}, "expect": {"must": [EVEN]}}
    for n in range(40)
]
suite = Suite.model_validate({"name": "forty", "cases": cases})
if len(sys.argv) > 4:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))

def main():
    workers = int(sys.argv[3])
    try:
        with spread(made, workers) if workers > 1 else nullcontext(system) as answers:
            run = evaluate(answers, suite, [Rules(), Facts()], log=Path(sys.argv[1]), resume=True, workers=workers)
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
    print([one.model_dump(mode="json", exclude={"seconds"}) for one in run.results])

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(("workers", "kills"), [("1", (5, 10)), ("2", (5,))])
def test_a_killed_run_goes_on_as_if_unbroken(workers: str, kills: tuple[int, ...], tmp_path: Path) -> None:
    """Killed in the middle: at most the cases in flight are lost, and the result is that of an unbroken run.

    With two workers the answers come from processes of their own. They end with the one that was killed: what they
    write to is closed. What one of them raises is the result of its case.
    """
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}

    def start(log: Path, pause: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(program), str(log), pause, workers],
            stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path, encoding="utf-8",
        )  # fmt: skip

    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    expected = start(whole, "0").communicate(timeout=60)[0]
    assert expected.count("'case'") == 40
    assert expected.count("'error': 'LookupError: nobody knows'") == 1
    lines = 0
    for more in kills:
        process = start(broken, "0.02")
        wanted, deadline = lines + more, time.monotonic() + 60
        while not (broken.exists() and broken.read_bytes().count(b"\n") >= wanted):
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline, "the log does not grow"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        lines = broken.read_bytes().count(b"\n")
        assert wanted <= lines < 41
    assert start(broken, "0").communicate(timeout=60)[0] == expected


def test_a_full_disk_loses_nothing_that_was_written(tmp_path: Path) -> None:
    """The run stops with the reason; resumed with room, it ends as an unbroken one."""
    program, log = tmp_path / "program.py", tmp_path / "run.jsonl"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}

    def run(*limit: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(program), str(log), "0", "1", *limit]
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)

    full = run("9000")
    assert full.returncode == 1
    assert full.stderr.startswith(f"RunLogError: {log} can't be written: ")
    kept = log.read_bytes()
    assert len(kept) == 9_000
    assert run().returncode == 0
    assert log.read_bytes().startswith(kept[: kept.rfind(b"\n") + 1])
    assert len(read_run(log).results) == 40
