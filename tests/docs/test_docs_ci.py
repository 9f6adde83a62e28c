import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
WORKFLOW, GITLAB, HOOKS, GATE = (yaml.safe_load(text) for language, text in BLOCKS if language == "yaml")
(HOOK,) = (text for language, text in BLOCKS if language == "sh")
STEPS: dict[str, str] = {step["name"]: step["run"] for step in WORKFLOW["jobs"]["replies"]["steps"] if "run" in step}

After = tuple[Path, dict[str, "subprocess.CompletedProcess[str]"]]
"""A repository, and what came of each step by its name."""
CASE = {
    "context": {"channel": "x", "message": "Where is my parcel? It is 9 days now!!"},
    "expect": {"status": "ready", "must": [{"any": ["parcel", "wait", "tracking"], "why": "speaks to it"}]},
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of one test's own."""
    return repository_in(tmp_path)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> After:
    """A repository in which the workflow ran, and what came of each of its steps but the installation."""
    folder = repository_in(tmp_path_factory.mktemp("workflow"))
    return folder, {name: run(script, folder) for name, script in STEPS.items() if name != "Install"}


def repository_in(place: Path) -> Path:
    """A repository as the page expects it, with a base branch."""
    folder = place / "repository"
    shutil.copytree(ROOT / "assistant" / "demo" / "brand", folder / "brand")
    (folder / "replies").mkdir()
    line = {"channel": "x", "reply": "A refund is made within 3 working days of your return reaching our returns desk."}
    (folder / "replies" / "saved.jsonl").write_text(json.dumps(line) + "\n")
    (folder / "cases").mkdir()
    (folder / "cases" / "care.jsonl").write_text("".join(json.dumps({"id": name, **CASE}) + "\n" for name in "ab"))
    (folder / "cases" / "care.gate.yaml").write_text(yaml.safe_dump(GATE))
    for command in ("init -q", "add -A", "commit -q -m one", "update-ref refs/remotes/origin/main HEAD"):
        git(folder, command)
    return folder


def git(folder: Path, command: str) -> None:
    """A git command in a folder, by nobody."""
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.example"}
    who |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in who.items()}
    subprocess.run(["git", *command.split()], cwd=folder, env={**os.environ, **who}, check=True, capture_output=True)


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it: bash that stops at the first error, also within a pipe."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_the_workflow_runs_as_it_is_written(after: After) -> None:
    """Each step but the installation works, and what later steps upload is there."""
    folder, steps = after
    for name, done in steps.items():
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    summary = (folder / "summary.md").read_text()
    assert summary.startswith("# Suite care: gate ok")
    assert "cannot tell at this n: 2 cases" in summary
    assert (folder / "report" / "diff.html").is_file()
    assert (folder / "report" / "report.html").is_file()


def test_what_is_uploaded_is_sarif(after: After) -> None:
    """The files that the upload steps name are SARIF 2.1.0, with relative paths that a code host knows."""
    folder, _ = after
    uploads = [step["with"]["sarif_file"] for step in WORKFLOW["jobs"]["replies"]["steps"] if "sarif_file" in str(step)]
    assert len(uploads) == 2
    for name in uploads:
        log = json.loads((folder / name).read_text())
        assert log["version"] == "2.1.0"
        assert log["runs"][0]["tool"]["driver"]["name"] == "Replywright"
        uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]}
        assert uris <= {"replies/saved.jsonl", "cases/care.jsonl"}


def test_a_bad_reply_stops_the_workflow_and_the_commit(repository: Path) -> None:
    """A reply that blocks ends the step, the hook of pre-commit and the plain one; a good one ends none."""
    by_hook: dict[str, Any] = {one["id"]: one for one in HOOKS["repos"][0]["hooks"]}
    saved = "replies/saved.jsonl"
    assert re.search(by_hook["replies"]["files"], saved)
    assert run(f"{by_hook['replies']['entry']} {saved}", repository).returncode == 0
    assert run(by_hook["brand"]["entry"], repository).returncode == 0
    bad = {"channel": "x", "reply": "Hi [NAME], our lawyers will be in touch."}
    (repository / saved).write_text(json.dumps(bad) + "\n")
    git(repository, "add -A")
    done = run(f"{by_hook['replies']['entry']} {saved}", repository)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{saved}:1:")
    assert run(HOOK, repository).returncode != 0
    assert run(STEPS["Saved replies keep the rules"], repository).returncode == 1
    (repository / "brand" / "brand.yaml").write_text("nome: x\n")
    assert run(by_hook["brand"]["entry"], repository).returncode == 2


def test_a_plain_hook_lets_other_commits_through(repository: Path) -> None:
    """Where no reply is committed, nothing is checked."""
    assert run(HOOK, repository).returncode == 0


def test_gitlab_runs_the_same(repository: Path) -> None:
    """Its commands work, and the file of its test report is there."""
    for command in GITLAB["replies"]["script"][1:]:
        done = run(command, repository)
        assert done.returncode == 0, done.stderr
    assert (repository / GITLAB["replies"]["artifacts"]["reports"]["junit"]).is_file()


def test_every_report_is_described(after: After) -> None:
    """The table of files is what a run writes, and the words below it name what a comparison does."""
    folder, _ = after
    named = set(re.findall(r"^\| `(report\.\w+)` \|", PAGE, re.MULTILINE)) | set(
        re.findall(r"writes `(\w+\.html)`", PAGE)
    )
    assert named == {one.name for one in (folder / "report").iterdir()}
