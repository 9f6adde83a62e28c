import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from eval.audit import Options, Report, audit

Run = Callable[..., Report]
PROGRAM = """
import sys
from pathlib import Path
from eval.audit import Options, audit

if __name__ == "__main__":
    options = Options(rows=20, jobs=int(sys.argv[3]), sample=60, findings=True)
    audit(Path(sys.argv[1]), out=Path(sys.argv[2]), options=options)
"""


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def replies(make_rows: Any, write_csv: Any, tmp_path: Path) -> Path:
    """A file of 300 rows."""
    path: Path = write_csv(tmp_path / "replies.csv", make_rows(300))
    return path


def _stop_after(rows: int) -> Callable[..., None]:
    def told(what: str, done: int, _: int) -> None:
        if (what, done) == ("audited", rows):
            raise KeyboardInterrupt

    return told


@pytest.fixture(scope="module")
def unbroken(
    make_rows: Any, write_csv: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Report, dict[str, bytes]]:
    """The report of the same rows by an audit that was never stopped, and its files."""
    folder = tmp_path_factory.mktemp("unbroken")
    path = write_csv(folder / "replies.csv", make_rows(300))
    report = audit(path, out=folder / "out", options=Options(rows=20, sample=60, findings=True))
    return report, _files(folder / "out")


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_and_resumed_is_the_same_report(
    replies: Path, run: Run, unbroken: tuple[Report, dict[str, bytes]], tmp_path: Path, jobs: int
) -> None:
    """Kill -9 in the middle: what is done stays, no worker is left, the report is byte for byte the unbroken one."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    out = tmp_path / "killed"
    child = subprocess.Popen([sys.executable, program, replies, out, str(jobs)], start_new_session=True)
    parts, until = out / "parts", time.monotonic() + 60
    while len(list(parts.glob("0*.json"))) < 4:
        assert time.monotonic() < until
        assert child.poll() is None
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    _gone(child.pid)
    done = len(list(parts.glob("0*.json")))
    assert 4 <= done < 15
    assert not (out / "report.json").exists()
    resumed = run(replies, "killed", rows=20, sample=60, findings=True, resume=True)
    assert (resumed, _files(out)) == unbroken
    assert set(_files(out)) == {"findings.csv", "report.html", "report.json", "report.md"}


def _gone(group: int) -> None:
    """Wait until no process of the killed one's session is left."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker outlives the program that started it")


def test_what_was_begun_is_not_begun_again(replies: Path, run: Run, tmp_path: Path) -> None:
    """Without --resume an audit that was stopped is refused; with it, nothing that is done is done again."""
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        audit(replies, out=out, options=Options(rows=20, sample=0), told=_stop_after(40))
    with pytest.raises(InputError, match="--resume"):
        run(replies, rows=20)
    told: list[tuple[Any, ...]] = []
    audit(replies, out=out, options=Options(rows=20, sample=0, resume=True), told=lambda *args: told.append(args))
    assert next(one for one in told if one[0] == "audited") == ("audited", 40, 300)
    with pytest.raises(InputError, match="a report is here already"):
        run(replies, rows=20)


def test_nothing_done_is_nothing_begun(replies: Path, run: Run, tmp_path: Path) -> None:
    """An audit that was stopped before its first part was done is begun anew, also with other options."""
    with pytest.raises(KeyboardInterrupt):
        audit(replies, out=tmp_path / "out", options=Options(rows=20, sample=10), told=_stop_after(0))
    assert run(replies, rows=100).replies == 300


def test_two_audits_are_not_mixed(replies: Path, run: Run, tmp_path: Path) -> None:
    """Another file, sample or seed than it was begun with is refused by name."""
    with pytest.raises(KeyboardInterrupt):
        audit(replies, out=tmp_path / "out", options=Options(rows=20, sample=10), told=_stop_after(20))
    with pytest.raises(InputError, match="other seed"):
        run(replies, rows=20, sample=10, seed=1, resume=True)
    with pytest.raises(InputError, match="other by agent"):
        run(replies, rows=20, sample=10, by_agent=True, resume=True)
    with replies.open("a") as file:
        file.write("r9,x,2026-01-01,Hello?,Good morning.,Mira Holt\n")
    with pytest.raises(InputError, match="other files"):
        run(replies, rows=20, sample=10, resume=True)


def test_a_damaged_part_is_told(replies: Path, run: Run, tmp_path: Path) -> None:
    """A part whose file was damaged is named; without it the audit goes on."""
    with pytest.raises(KeyboardInterrupt):
        audit(replies, out=tmp_path / "out", options=Options(rows=100, sample=0), told=_stop_after(100))
    part = tmp_path / "out" / "parts" / "0000000.json"
    part.write_bytes(part.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"0000000\.json: this file is damaged"):
        run(replies, rows=100, resume=True)
    part.unlink()
    assert run(replies, rows=100, resume=True) == run(replies, "unbroken", rows=100)
