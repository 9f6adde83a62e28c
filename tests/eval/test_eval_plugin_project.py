import os
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
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


def test_fixtures_for_tests_of_ones_own(project: Any) -> None:
    """A marked test runs for each case; `assert_passes` fails with the draft; an unmarked one is told the mark."""
    (project.folder / "test_own.py").write_text(OWN)
    project.write("my kettle", "my lamp")
    project.settings(suite="")
    done = project.pytest("-v")
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
def test_wrong_settings_stop_before_anything_runs(more: str, suite: str, said: str, project: Any) -> None:
    """With the place and the mend, as wrong use (4), and no traceback."""
    project.settings(more, suite)
    done = project.pytest()
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (4, True, False), done.stderr


def test_a_repository_with_an_eval_of_its_own_is_left_alone(project: Any) -> None:
    """Where nobody asks for the plugin, pytest runs as if replywright were not installed; asked for, it says so."""
    (project.folder / "eval").mkdir()
    (project.folder / "eval" / "__init__.py").write_text("")
    assert "1 passed" in project.fresh("test_own.py", "-o", "replywright_suite=", plugin=False).stdout
    asked = project.fresh()
    assert asked.returncode != 0
    assert "No module named 'eval.pytest_plugin'" in asked.stdout + asked.stderr


def test_an_entry_point_would_break_it(project: Any) -> None:
    """The same repository, with the plugin named as an entry point: every pytest of it crashes. Ours names none."""
    import tomllib

    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "pytest11" not in ours["project"].get("entry-points", {})
    (project.folder / "eval").mkdir()
    (project.folder / "eval" / "__init__.py").write_text("")
    named = project.folder / "site" / "named-1.dist-info"
    named.mkdir(parents=True)
    (named / "METADATA").write_text("Metadata-Version: 2.1\nName: named\nVersion: 1\n")
    (named / "entry_points.txt").write_text("[pytest11]\nreplywright = eval.pytest_plugin\n")
    done = project.fresh("test_own.py", plugin=False, PYTHONPATH=f"{named.parent}{os.pathsep}{ROOT}",
                     PYTEST_DISABLE_PLUGIN_AUTOLOAD="")  # fmt: skip
    assert done.returncode != 0
    assert "No module named 'eval.pytest_plugin'" in done.stderr


def test_a_judge_replays_in_ci(project: Any, stub: Any, verdict: Any) -> None:
    """Recorded by one process, replayed without a model set up, also by several; a stale cassette fails its tests."""
    stub.reply = lambda _: verdict(4, "kettle")
    project.settings('judge = ["next_step"]\nvotes = 2\ncassette = "judge.jsonl"\n')
    model = {"REPLYWRIGHT_MODEL": "good", "REPLYWRIGHT_MODEL_URL": stub.url}
    assert "one process" in project.fresh("--replywright-record", "-n", "2", **model).stderr
    recorded = project.pytest("--replywright-record", **model)
    assert recorded.returncode == 0, recorded.stdout + recorded.stderr
    assert len(stub.asked) == 6
    for done in (project.pytest(), project.fresh("-n", "2")):
        assert (done.returncode, "gate ok" in done.stdout) == (0, True), done.stdout
    project.write("my kettle", "another kettle")
    stale = project.pytest()
    assert stale.returncode == 1
    assert "case 'c1': next_step: " in stale.stdout
    assert "what is asked about has changed" in stale.stdout
    assert "gate incomplete" in stale.stdout
    assert len(stub.asked) == 6
