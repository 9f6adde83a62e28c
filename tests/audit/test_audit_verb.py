import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.audit import app
from assistant.errors import InputError

Call = Callable[..., Any]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Call the verb in an empty folder, with one job."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: Any) -> Any:
        result = CliRunner().invoke(app, [*map(str, arguments), "--jobs", "1"])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_the_verb_writes_and_says(call: Call, make_rows: Any, write_csv: Any, tmp_path: Path) -> None:
    """A report in the folder `audit`, its totals on the terminal, 3 where a rule had nothing to compare with."""
    done = call(write_csv(tmp_path / "a.csv", make_rows(24)), "--sample", 6)
    assert done.exit_code in (1, 3)
    assert "24 replies, 2026-01 to 2026-03" in done.output
    assert "tone.AnyInconvenience" in done.output
    assert "Mira Holt" not in done.output
    assert {one.name for one in (tmp_path / "audit").iterdir()} == {"report.html", "report.json", "report.md"}


def test_exit_codes(call: Call, write_jsonl: Any, tmp_path: Path) -> None:
    """0 where nothing blocks, 1 where something does, 3 with a bad row; each said by number."""
    good = {"channel": "x", "message": "Is the shop open?", "reply": "Yes, the door is open."}
    blocked = good | {"reply": "Reply here with your card number please."}
    assert call(write_jsonl(tmp_path / "a.jsonl", [good]), "--no-measures", "--out", "a").exit_code == 0
    assert call(write_jsonl(tmp_path / "b.jsonl", [good, blocked]), "--no-measures", "--out", "b").exit_code == 1
    done = call(write_jsonl(tmp_path / "c.jsonl", [good, 7]), "--no-measures", "--out", "c")
    assert done.exit_code == 3
    assert "c.jsonl:2: this should be a JSON object" in done.output


def test_json_is_the_report(call: Call, write_jsonl: Any, tmp_path: Path) -> None:
    """One line on standard output, with columns named by hand."""
    path = write_jsonl(tmp_path / "a.jsonl", [{"said": "It left today.", "asked": "Where is it?"}])
    done = call(path, "--columns", "reply=said,message=asked", "--no-measures", "--format", "json")
    assert json.loads(done.stdout)["files"][0]["columns"] == {"reply": "said", "message": "asked"}
    with pytest.raises(InputError, match=r"did you mean 'said'\?"):
        call(path, "--columns", "reply=siad", "--out", "other")


def test_the_help_imports_no_heavy_library() -> None:
    """The verb's own file loads neither pyarrow, Ray, NumPy nor the engine's language."""
    code = (
        "import sys, assistant.cli.audit; "
        "sys.exit([one for one in ('pyarrow', 'ray', 'numpy', 'scipy', 'spacy', 'jinja2') if one in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
