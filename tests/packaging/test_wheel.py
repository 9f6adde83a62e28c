"""The wheel, as a user gets it.

It is built here without a network, and installed by pip into an environment of its own that has nothing else. The
dependencies are lent to it: a `.pth` file names the site-packages of the interpreter that runs these tests. Python
puts such a folder on the path but does not read the `.pth` files in it, and one of those is all that an editable
install consists of; so this checkout is out of reach, and a module or data file missing from the wheel is missed.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Installed = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Run a program of an environment in which the wheel is installed, from an empty folder."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    empty = tmp_path_factory.mktemp("empty")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REPLYWRIGHT"))}

    def run(program: str, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(folder / "bin" / program), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=empty,
            env=environment,
            timeout=120,
        )

    return run


def test_the_data_is_in_the_wheel(wheel: Path) -> None:
    """Everything that the code reads at run time is in it."""
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    packages = ("assistant/", "prompts/", "tone_rules/", "eval/")
    assert {name for name in tracked if name.startswith(packages) and (ROOT / name).exists()} <= names
    for one in (
        "tone_rules/packs/privacy/pack.yaml",
        "tone_rules/packs/privacy/Leak.yml",
        "tone_rules/channels/x.yaml",
        "tone_rules/readings/intents/delivery.yaml",
        "assistant/playbooks/delivery.yaml",
        "assistant/demo/brand/brand.yaml",
        "assistant/demo/inbox.jsonl",
        "eval/suites/demo.jsonl",
        "assistant/py.typed",
        "tone_rules/py.typed",
        "eval/py.typed",
        "prompts/py.typed",
    ):
        assert one in names


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    """Tests, tools and what a run leaves behind are not in it."""
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"assistant", "prompts", "tone_rules", "eval"}
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".pyc", ".db"))]


def test_the_installed_code_is_the_wheel(installed: Installed) -> None:
    """What these tests run is not this checkout."""
    said = installed("python", "-c", "import assistant, eval, tone_rules; print(assistant.__file__)")
    assert said.returncode == 0, said.stderr
    assert str(ROOT) not in said.stdout
    assert "installed" in said.stdout


def test_version(installed: Installed) -> None:
    """The command is there and knows its version."""
    said = installed("replywright", "--version")
    assert (said.returncode, said.stdout) == (0, "replywright 0.1.0\n")


def test_check(installed: Installed) -> None:
    """A reply is checked with the packs that ship."""
    line = {"channel": "x", "reply": "Call me on {phone}"}
    said = installed("replywright", "check", "-", "--format", "json", stdin=json.dumps(line))
    assert said.returncode == 1, said.stderr
    assert json.loads(said.stdout)["findings"][0]["rule"] == "general.Placeholder"


def test_draft(installed: Installed) -> None:
    """The demo brand answers a post with its own knowledge and plays."""
    line = {"channel": "x", "message": "My parcel is 9 days late. Where is it??", "customer": {"name": "Ana Bell"}}
    said = installed("replywright", "draft", "-", "--brand", "demo", "--format", "json", stdin=json.dumps(line))
    proposal = json.loads(said.stdout)
    assert said.returncode == 0, said.stderr
    assert proposal["status"] == "ready"
    assert proposal["drafts"][0]["text"]


def test_the_rest_of_the_command(installed: Installed) -> None:
    """Triage, schemas, rules and the demo brand's check work without this checkout too."""
    line = json.dumps({"channel": "x", "message": "My parcel is 9 days late. Where is it??"})
    assert installed("replywright", "triage", "-", stdin=line).returncode == 0
    assert json.loads(installed("replywright", "schema", "context").stdout)["$id"] == "replywright/context/1"
    assert "privacy.Leak" in installed("replywright", "rules", "list").stdout
    assert installed("replywright", "brand", "check", "demo").returncode == 0
