import json
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.eval import app
from assistant.errors import InputError
from eval import answering, evaluate, read_run
from eval.scorers import Facts
from eval.suite import Suite


@pytest.fixture
def call() -> Any:
    """Call a verb and get its exit code and output."""

    def run(*arguments: Any) -> Any:
        result = CliRunner().invoke(app, [str(one) for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def logs(make_case: Any, make_proposal: Any, tmp_path: Path) -> tuple[Path, Path]:
    """Two runs of fourteen cases: the second forgets the kettle in nine of them."""
    kettle = {"any": ["kettle"], "why": "names the kettle"}
    suite = Suite(name="kettles", cases=tuple(make_case(f"c{number}", must=[kettle]) for number in range(14)))
    paths = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    evaluate(lambda _: make_proposal("Your kettle is on its way."), suite, [Facts()], log=paths[0])
    few = {f"c{number}" for number in range(9)}
    system = {True: make_proposal("It is on its way."), False: make_proposal("Your kettle is on its way.")}
    evaluate(lambda context: system[context.id in few], suite, [Facts()], log=paths[1])
    return paths


def test_diff_prints_what_its_exit_code_says(call: Any, logs: Any) -> None:
    """Regressed and 1, both ways round improved and 0, the same in JSON; the lost cases side by side, worst first."""
    worse = call("diff", *logs, "--cases", 2)
    assert worse.exit_code == 1
    assert worse.output.splitlines()[-1].startswith("regressed: passed -0.643")
    assert "9 lost, 0 won" in worse.output
    assert "passed -> failed" in worse.output
    assert "7 more cases changed" in worse.output
    assert worse.output.index("Your kettle is on its way.") < worse.output.index("It is on its way.")
    assert call("diff", *reversed(logs)).exit_code == 0
    told = json.loads(call("diff", *logs, "--format", "json").output)
    assert (told["exit_code"], told["state"], len(told["pairs"])) == (1, "regressed", 14)


def test_show_a_run_and_a_case(call: Any, logs: Any) -> None:
    """The worst first; one case with every reason; a misspelt one with its nearest name."""
    lines = call("show", logs[1]).output.splitlines()
    assert [line.split()[0] for line in lines[:14]] == ["failed"] * 9 + ["passed"] * 5
    case = call("show", logs[1], "c0").output
    assert "It is on its way." in case
    assert "must: names the kettle (missing)" in case
    with pytest.raises(InputError, match=r"no case 'c99'.*c9"):
        call("show", logs[1], "c99")
    assert json.loads(call("show", logs[1], "c0", "--format", "json").output)["case"]["id"] == "c0"


def test_gate_holds_an_old_run(call: Any, logs: Any, tmp_path: Path) -> None:
    """Without running it again, against a baseline; the printed line and the exit code agree."""
    gate = tmp_path / "g.yaml"
    gate.write_text("floors: {facts: 0.3}\nmargins: {facts: 0.1}\n")
    fine = call("gate", logs[0], "--gate", gate, "--against", logs[0])
    assert (fine.exit_code, fine.output.splitlines()[-1]) == (0, "gate ok")
    worse = call("gate", logs[1], "--gate", gate, "--against", logs[0])
    assert worse.exit_code == 1
    assert worse.output.splitlines()[-1].startswith("gate failed: facts -0.643 (")
    assert call("gate", logs[1], "--gate", gate).exit_code == 3


def test_probe_a_run(call: Any, logs: Any) -> None:
    """The replies of a run are probed; rates have intervals; the exit code is that of the last line."""
    found = call("probe", logs[0])
    assert found.exit_code == 0
    assert "blame      0 of 14 (0.0%; 0.00 to 0.22)" in found.output
    assert found.output.splitlines()[-1] == "probes ok: no limit was set"


def test_agree_says_when_it_is_in_sample(call: Any, tmp_path: Path) -> None:
    """Labels of two people give a table and a licence; a set that was fitted to gives a warning."""
    rows = [
        {"id": str(n), "message": f"where is parcel {n}?", "reply": reply, "ratings": [{"tone": mark}, {"tone": mark}]}
        for n, (reply, mark) in enumerate(
            [("No.", 1), ("It is what it is.", 2), ("Sorry, a week is long. I'll ring the depot now.", 5)] * 4
        )
    ]
    for name in ("ratings", "ours"):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    seen = call("agree", tmp_path / "ratings.jsonl", "--raters", "people", "--times", 100)
    assert "in-sample" in seen.output
    path = tmp_path / "l.json"
    ours = call("agree", tmp_path / "ours.jsonl", "--raters", "people", "--times", 100, "--license", path)
    assert "in-sample" not in ours.output
    assert "2 raters (people); as it ships, never seen before" in ours.output
    licence = json.loads(path.read_text())
    assert (licence["scorer"], licence["evidence"][0]["by"]) == ("measures", "people")


def test_run_past_replies_from_the_command(call: Any, tmp_path: Path) -> None:
    """A suite of past replies is scored without drafting, in epochs and side by side, and its log reads back."""
    case = {
        "id": "a",
        "context": {"channel": "x", "message": "Is it waterproof?"},
        "reply": "Glad you asked. It is a fair question.",
        "labels": [{"rater": "ana", "ratings": {"tone": 4}}],
    }
    suite, log = tmp_path / "past.jsonl", tmp_path / "run.jsonl"
    suite.write_text(json.dumps(case) + "\n")
    done = call("run", suite, "--past", "--log", log, "--epochs", 2, "--workers", 2)
    assert done.exit_code == 0, done.output
    run = read_run(log)
    assert [one.reply for one in run.results] == [case["reply"]] * 2
    assert "label:tone" in done.output


@pytest.mark.shared
@pytest.mark.parametrize(("name", "tone", "helpfulness"), [("ratings", 0.84, 0.87), ("ratings_written", 0.93, 0.92)])
def test_the_raters_own_agreement_is_theirs(
    name: str, tone: float, helpfulness: float, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What raters reach with each other on the shared sets, to the second decimal."""
    from eval import evidence as module
    from eval.ratings import read_ratings

    rated = read_ratings(shared_data / f"{name}.jsonl")
    monkeypatch.setattr(
        module, "as_it_stands", lambda part: {one: [0.5] * len(part.rows) for one in ("tone", "helpfulness")}
    )
    (found,) = module.evidence(rated, raters="models", times=100)
    own = {one.dimension: one.raters_spearman.value for one in found.agreements if one.raters_spearman}
    assert (round(own["tone"], 2), round(own["helpfulness"], 2)) == (tone, helpfulness)
    assert all(one.spearman is None for one in found.agreements)


def test_many_cases_are_answered_by_processes(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From `WORTH` results on, several workers are processes that are given what makes the system; never for few."""
    made: list[int] = []

    @contextmanager
    def spread(make: Any, count: int) -> Iterator[Any]:
        made.append(count)
        yield pickle.loads(pickle.dumps(make))()  # noqa: S301 - our own

    monkeypatch.setattr(answering, "spread", spread)
    monkeypatch.setattr(answering, "WORTH", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    suite = tmp_path / "past.jsonl"
    given = {"id": "c", "context": {"channel": "x", "message": "Where is it?"}, "reply": "By DM, please."}
    suite.write_text(json.dumps(given) + "\n")
    for epochs, workers in ((2, 3), (3, 1), (3, 3)):
        call("run", suite, "--past", "--epochs", epochs, "--workers", workers)
    assert made == [2]
