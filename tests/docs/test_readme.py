import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if "replywright" in line
]


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_examples_run(code: str) -> None:
    """Each Python block of the README runs as it stands, from the checkout."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_first_example_drafts_and_catches_the_order_number() -> None:
    """What the first example prints is a passing draft within the limit, and a finding that masks the number."""
    done = subprocess.run([sys.executable, "-c", PYTHON[0]], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("pass ")
    assert "318" not in done.stdout.splitlines()[-1]


ELSEWHERE = ("web", "my-brand", "styles/House", "replies.jsonl", "team.yaml", "doctor")
"""What marks a command that serves for ever, or needs files which another test makes."""


@pytest.mark.parametrize("command", [line for line in COMMANDS if not any(one in line for one in ELSEWHERE)])
def test_the_commands_run(command: str, tmp_path: Path) -> None:
    """Each command of the README works as a user would type it; none fails as wrong use."""
    done = _shell(command, ROOT, tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


def test_a_brand_begins_from_what_a_team_has(tmp_path: Path) -> None:
    """The import and check commands of the README work on a CSV of saved replies and a folder of articles."""
    (tmp_path / "saved-replies.csv").write_text("title,text,tags\nLate,Sorry it's late {{name}},delivery\n")
    (tmp_path / "help-centre").mkdir()
    (tmp_path / "help-centre" / "returns.md").write_text("# Returns\n\nYou have 30 days to send it back.\n")
    commands = [line for line in COMMANDS if "my-brand" in line and "web" not in line]
    assert len(commands) == 2
    for command in commands:
        done = _shell(command, tmp_path, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_style_is_brought_along_and_tried_on_past_replies(tmp_path: Path) -> None:
    """The style and backtest commands of the README work on a style of one rule and a file of past replies."""
    (tmp_path / "styles" / "House").mkdir(parents=True)
    (tmp_path / "styles" / "House" / "Tea.yml").write_text("extends: existence\nmessage: \"'%s'\"\ntokens: [coffee]\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "menu.md").write_text("We have coffee.\n")
    (tmp_path / "replies.jsonl").write_text('{"channel": "x", "reply": "Rest assured, we value your business."}\n')
    check, backtest = (line for line in COMMANDS if "styles/House" in line or "rules backtest" in line)
    assert "menu.md:1:9:House.Tea:'coffee'" in _shell(check, tmp_path, tmp_path).stdout
    assert "1 of 1" in _shell(backtest, tmp_path, tmp_path).stdout


def test_past_replies_are_audited(tmp_path: Path) -> None:
    """The audit command of the README makes its page of a file of past replies."""
    (tmp_path / "replies.jsonl").write_text('{"channel": "x", "reply": "Rest assured, we value your business."}\n')
    (command,) = (line for line in COMMANDS if "audit" in line)
    done = _shell(command, tmp_path, tmp_path)
    assert done.returncode in (0, 1, 3), done.stderr
    assert (tmp_path / "audit" / "report.html").exists()


def test_the_links_lead_somewhere() -> None:
    """Every relative link and picture of the README and the docs is there."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def _shell(command: str, where: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    assert shutil.which("replywright", path=path), "the command is not installed beside this Python"
    environment = {**os.environ, "PATH": path, "HOME": str(home)}
    return subprocess.run(
        ["sh", "-c", command], cwd=where, env=environment, capture_output=True, text=True, timeout=120
    )
