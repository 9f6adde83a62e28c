import re
from typing import Any

from eval import read_run


def test_cases_become_tests_with_a_gate_at_their_end(project: Any) -> None:
    """One test a case beside the project's own, selectable by id, tag and mark; the verdict is printed."""
    done = project.fresh("-v")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"(\S+) PASSED", done.stdout) == [
        *(f"ours.jsonl::c{number}" for number in range(3)),
        "test_own.py::test_own",
    ]
    assert "ours.jsonl: gate ok" in done.stdout
    some = project.pytest("-m", "replywright", "-k", "odd")
    assert "1 passed, 3 deselected" in some.stdout
    assert "ours.jsonl: held to no gate: 1 of 3 cases were selected" in some.stdout
    assert "1 passed" in project.pytest("ours.jsonl::c2").stdout
    assert "gate" not in project.pytest("test_own.py::test_own").stdout


def test_a_failure_says_what_is_wrong(project: Any) -> None:
    """The message, the draft and what is missing, without our traceback and what could move a cursor; errors too."""
    project.write("my kettle", "my lamp \x1b[31m", "crash")
    done = project.pytest()
    assert done.returncode == 1
    assert "draft: About my lamp" in done.stdout
    assert "facts 0.00, needs 1: must: names the kettle (missing)" in done.stdout
    assert "error: RuntimeError: the fuse blew" in done.stdout
    assert "ours.jsonl: gate incomplete: cases that ended in an error: 1 (limit 0)" in done.stdout
    assert "\x1b" not in done.stdout
    assert "Traceback" not in done.stdout
    assert "items.py" not in done.stdout


def test_the_gate_alone_can_fail(project: Any) -> None:
    """Left to the gate a failing case is shown and fails nothing by itself; below a floor the whole run fails."""
    project.write("my kettle", "my lamp", "the kettle")
    project.settings('cases = "gate"\ngate.floors = {facts = 0.6}\n')
    done = project.pytest()
    assert (done.returncode, "1 xfailed" in done.stdout, "gate ok" in done.stdout) == (0, True, True)
    project.settings('cases = "gate"\ngate.floors = {facts = 0.7}\n')
    done = project.pytest()
    assert done.returncode == 1
    assert "gate failed: mean facts 0.666667 (floor 0.7)" in done.stdout


def test_unscored_is_no_pass(project: Any) -> None:
    """A draft that was not checked fails its test, and left to the gate the gate: incomplete is not ok."""
    (project.folder / "bot.py").write_text(project.bot.replace('verdict="pass"', 'verdict="incomplete"'))
    done = project.pytest()
    assert done.returncode == 1
    assert "rules unscored: the draft was not checked" in done.stdout
    project.settings('cases = "gate"\n')
    done = project.pytest()
    assert (done.returncode, "gate incomplete" in done.stdout) == (1, True)


def test_several_processes_are_one_run(project: Any) -> None:
    """Under xdist each case runs once, wherever; the one gate sees them all, and its log is that of one process."""
    project.write(*("my kettle", "my lamp") * 4)
    project.settings('cases = "gate"\nepochs = 2\ngate.floors = {facts = 0.6}\n')
    alone = project.pytest("--replywright-log", "alone")
    spread = project.fresh("--replywright-log", "spread", "-n", "2")
    assert alone.returncode == spread.returncode == 1
    for done in (alone, spread):
        assert "mean facts 0.5 (floor 0.6)" in done.stdout
        assert len(re.findall(r"gate failed", done.stdout)) == 1
    runs = [read_run(project.folder / name / "ours.jsonl") for name in ("alone", "spread")]
    assert [one.key for one in runs[0].results] == [one.key for one in runs[1].results]
    assert len(runs[0].results) == 16
    assert runs[0].missing == 0
