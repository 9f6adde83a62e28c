import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval import read_run

ROOT = Path(__file__).resolve().parents[2]
KETTLE = [{"any": ["kettle"], "why": "names the kettle"}]
BOT = """
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage

def answer(context):
    if "crash" in context.message:
        raise RuntimeError("the fuse blew")
    draft = Draft(text="About " + context.message, drafter="bot", verdict="pass")
    return Proposal(id=context.id, status="ready", triage=Triage(), drafts=(draft,))
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's project: a bot, a suite of three cases that pass, and one test of its own."""
    (tmp_path / "bot.py").write_text(BOT)
    (tmp_path / "test_own.py").write_text('def test_own():\n    """It holds."""\n')
    write(tmp_path, "my kettle", "a kettle", "the kettle")
    settings(tmp_path)
    return tmp_path


def write(folder: Path, *messages: str) -> None:
    """The suite, of cases that have to name the kettle."""
    lines = [
        {"id": f"c{number}", "tags": ["odd"] * (number % 2), "context": {"channel": "x", "message": message}}
        for number, message in enumerate(messages)
    ]
    lines = [{**one, "expect": {"must": KETTLE}} for one in lines]
    (folder / "ours.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))


def settings(folder: Path, more: str = "", suite: str = 'replywright_suite = ["ours.jsonl"]') -> None:
    """The project's pyproject.toml."""
    text = f'[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\n{suite}\n'
    (folder / "pyproject.toml").write_text(f'{text}[tool.replywright.eval]\nsystem = "bot:answer"\n{more}')


@pytest.fixture
def pytest_in() -> Run:
    """Run pytest in a folder, with the plugin."""

    def run(folder: Path, *arguments: str, plugin: bool = True, **more: str) -> Any:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "REPLYWR"))}
        command = [sys.executable, "-m", "pytest", *(["-p", "eval.pytest_plugin"] if plugin else [])]
        command += [*(["-p", "xdist"] if "-n" in arguments else []), "-p", "no:cacheprovider", *arguments]
        # others that happen to be installed are no part of it, and take their time
        environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **more}
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=180)

    return run


def test_cases_become_tests_with_a_gate_at_their_end(project: Path, pytest_in: Run) -> None:
    """One test a case beside the project's own, selectable by id, tag and mark; the verdict is printed."""
    done = pytest_in(project, "-v")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"(\S+) PASSED", done.stdout) == [
        *(f"ours.jsonl::c{number}" for number in range(3)),
        "test_own.py::test_own",
    ]
    assert "ours.jsonl: gate ok" in done.stdout
    some = pytest_in(project, "-m", "replywright", "-k", "odd")
    assert "1 passed, 3 deselected" in some.stdout
    assert "ours.jsonl: held to no gate: 1 of 3 cases were selected" in some.stdout
    assert "1 passed" in pytest_in(project, "ours.jsonl::c2").stdout
    assert "gate" not in pytest_in(project, "test_own.py::test_own").stdout


def test_a_failure_says_what_is_wrong(project: Path, pytest_in: Run) -> None:
    """The message, the draft and what is missing, without our traceback and what could move a cursor; errors too."""
    write(project, "my kettle", "my lamp \x1b[31m", "crash")
    done = pytest_in(project)
    assert done.returncode == 1
    assert "draft: About my lamp" in done.stdout
    assert "facts 0.00, needs 1: must: names the kettle (missing)" in done.stdout
    assert "error: RuntimeError: the fuse blew" in done.stdout
    assert "ours.jsonl: gate incomplete: cases that ended in an error: 1 (limit 0)" in done.stdout
    assert "\x1b" not in done.stdout
    assert "Traceback" not in done.stdout
    assert "items.py" not in done.stdout


def test_the_gate_alone_can_fail(project: Path, pytest_in: Run) -> None:
    """Left to the gate a failing case is shown and fails nothing by itself; below a floor the whole run fails."""
    write(project, "my kettle", "my lamp", "the kettle")
    settings(project, 'cases = "gate"\ngate.floors = {facts = 0.6}\n')
    done = pytest_in(project)
    assert (done.returncode, "1 xfailed" in done.stdout, "gate ok" in done.stdout) == (0, True, True)
    settings(project, 'cases = "gate"\ngate.floors = {facts = 0.7}\n')
    done = pytest_in(project)
    assert done.returncode == 1
    assert "gate failed: mean facts 0.666667 (floor 0.7)" in done.stdout


def test_unscored_is_no_pass(project: Path, pytest_in: Run) -> None:
    """A draft that was not checked fails its test, and left to the gate the gate: incomplete is not ok."""
    (project / "bot.py").write_text(BOT.replace('verdict="pass"', 'verdict="incomplete"'))
    done = pytest_in(project)
    assert done.returncode == 1
    assert "rules unscored: the draft was not checked" in done.stdout
    settings(project, 'cases = "gate"\n')
    done = pytest_in(project)
    assert (done.returncode, "gate incomplete" in done.stdout) == (1, True)


def test_several_processes_are_one_run(project: Path, pytest_in: Run) -> None:
    """Under xdist each case runs once, wherever; the one gate sees them all, and its log is that of one process."""
    write(project, *("my kettle", "my lamp") * 4)
    settings(project, 'cases = "gate"\nepochs = 2\ngate.floors = {facts = 0.6}\n')
    alone = pytest_in(project, "--replywright-log", "alone")
    spread = pytest_in(project, "--replywright-log", "spread", "-n", "2")
    assert alone.returncode == spread.returncode == 1
    for done in (alone, spread):
        assert "mean facts 0.5 (floor 0.6)" in done.stdout
        assert len(re.findall(r"gate failed", done.stdout)) == 1
    runs = [read_run(project / name / "ours.jsonl") for name in ("alone", "spread")]
    assert [one.key for one in runs[0].results] == [one.key for one in runs[1].results]
    assert len(runs[0].results) == 16
    assert runs[0].missing == 0


OWN = '''
import pytest
from assistant import CustomerContext
from eval import Case

@pytest.mark.replywright("ours.jsonl")
def test_short(case, proposal, assert_passes):
    """It is short, and passes."""
    assert len(proposal.drafts[0].text) < 60
    assert_passes(proposal)

def test_the_assistant(assistant, assert_passes):
    """The demo brand answers."""
    context = CustomerContext(channel="x", message="Where is my parka?")
    case = Case(id="one", context=context, expect={"must": [{"any": ["parka|parcel|order"], "why": "names it"}]})
    assert_passes(assistant.draft(context), case)

def test_unmarked(proposal):
    """It can't know which case."""
'''


def test_fixtures_for_tests_of_ones_own(project: Path, pytest_in: Run) -> None:
    """A marked test runs for each case; `assert_passes` fails with the draft; an unmarked one is told the mark."""
    (project / "test_own.py").write_text(OWN)
    write(project, "my kettle", "my lamp")
    settings(project, suite="")
    done = pytest_in(project, "-v")
    assert re.findall(r"test_own.py::(\S+) (\w+)", done.stdout)[:4] == [
        ("test_short[c0]", "PASSED"),
        ("test_short[c1]", "FAILED"),
        ("test_the_assistant", "PASSED"),
        ("test_unmarked", "ERROR"),
    ]
    assert "draft: About my lamp" in done.stdout
    assert "mark the test with @pytest.mark.replywright(SUITE)" in done.stdout


@pytest.mark.parametrize(
    ("more", "suite", "said"),
    [
        ("gate.flors = {}\n", "", "[tool.replywright.eval] gate.flors: unknown key; did you mean 'floors'?"),
        ("epochs = 0\n", "", "[tool.replywright.eval] epochs: Input should be greater than 0"),
        ("", 'replywright_suite = ["none.jsonl"]', "there is no such file; a suite belongs here"),
        ("", 'replywright_suite = ["cor"]', "no suite of this name ships"),
    ],
)
def test_wrong_settings_stop_before_anything_runs(
    more: str, suite: str, said: str, project: Path, pytest_in: Run
) -> None:
    """With the place and the mend, as wrong use (4), and no traceback."""
    settings(project, more, suite)
    done = pytest_in(project)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (4, True, False), done.stderr


def test_a_repository_with_an_eval_of_its_own_is_left_alone(project: Path, pytest_in: Run) -> None:
    """Where nobody asks for the plugin, pytest runs as if replywright were not installed; asked for, it says so."""
    (project / "eval").mkdir()
    (project / "eval" / "__init__.py").write_text("")
    assert "1 passed" in pytest_in(project, "test_own.py", "-o", "replywright_suite=", plugin=False).stdout
    asked = pytest_in(project)
    assert asked.returncode != 0
    assert "No module named 'eval.pytest_plugin'" in asked.stdout + asked.stderr


def test_an_entry_point_would_break_it(project: Path, pytest_in: Run) -> None:
    """The same repository, with the plugin named as an entry point: every pytest of it crashes. Ours names none."""
    import tomllib

    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "pytest11" not in ours["project"].get("entry-points", {})
    (project / "eval").mkdir()
    (project / "eval" / "__init__.py").write_text("")
    named = project / "site" / "named-1.dist-info"
    named.mkdir(parents=True)
    (named / "METADATA").write_text("Metadata-Version: 2.1\nName: named\nVersion: 1\n")
    (named / "entry_points.txt").write_text("[pytest11]\nreplywright = eval.pytest_plugin\n")
    done = pytest_in(project, "test_own.py", plugin=False, PYTHONPATH=f"{named.parent}{os.pathsep}{ROOT}",
                     PYTEST_DISABLE_PLUGIN_AUTOLOAD="")  # fmt: skip
    assert done.returncode != 0
    assert "No module named 'eval.pytest_plugin'" in done.stderr


def test_a_judge_replays_in_ci(project: Path, pytest_in: Run, stub: Any, verdict: Any) -> None:
    """Recorded by one process, replayed without a model set up, also by several; a stale cassette fails its tests."""
    stub.reply = lambda _: verdict(4, "kettle")
    settings(project, 'judge = ["next_step"]\nvotes = 2\ncassette = "judge.jsonl"\n')
    model = {"REPLYWRIGHT_MODEL": "good", "REPLYWRIGHT_MODEL_URL": stub.url}
    assert "one process" in pytest_in(project, "--replywright-record", "-n", "2", **model).stderr
    recorded = pytest_in(project, "--replywright-record", **model)
    assert recorded.returncode == 0, recorded.stdout + recorded.stderr
    assert len(stub.asked) == 6
    for arguments in ((), ("-n", "2")):
        done = pytest_in(project, *arguments)
        assert (done.returncode, "gate ok" in done.stdout) == (0, True), done.stdout
    write(project, "my kettle", "another kettle")
    stale = pytest_in(project)
    assert stale.returncode == 1
    assert "case 'c1': next_step: " in stale.stdout
    assert "what is asked about has changed" in stale.stdout
    assert "gate incomplete" in stale.stdout
    assert len(stub.asked) == 6
