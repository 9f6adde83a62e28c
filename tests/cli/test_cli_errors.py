import subprocess
import sys

import pytest

from assistant.cli import VERBS


def test_a_misspelt_verb_gets_the_nearest(replywright):
    """A verb that isn't there is wrong use, and the one that was meant is named."""
    done = replywright("chek")
    assert done.returncode == 2
    assert "'check'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "-", "--format", "yaml"],
        ["check", "no-such-file.jsonl"],
        ["check", "."],
        ["check", "-", "--brand", "no-such-brand"],
        ["draft", "-", "--brand", "no-such-brand"],
        ["draft", "-", "--brand", "demo", "--variants", "0"],
        ["schema", "contxt"],
        ["rules", "explain", "privacy.Leek"],
        ["rules", "list", "no-such-pack"],
        ["eval", "run", "no-such-suite"],
        ["eval", "run", "demo", "--floor", "facts"],
        ["eval", "run", "demo", "--floor", "nothing=0.5"],
        ["eval", "run", "demo", "--resume"],
        ["brand", "import", "no-such-file.csv", "--into", "new", "--name", "New"],
        ["records", "verify", "--store", "no-such-store.db"],
        ["records", "erase", "--store", "no-such-store.db", "--by", "Mira"],
        ["web", "--brand", "no-such-brand"],
        ["web", "--host", "192.0.2.1"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_a_clear_line(replywright, tmp_path, arguments):
    """Exit code 2, something to mend on standard error, no traceback, nothing on standard output or on disk."""
    done = replywright(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_brand_is_told_with_its_place(replywright, tmp_path):
    """A key that isn't known is named at its line and column, with the one that was meant."""
    (tmp_path / "brand.yaml").write_text("name: Brindle & Co\nsignatur: ^{initials}\n")
    done = replywright("check", "-", "--brand", tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path}/brand.yaml:2:1: unknown key 'signatur'; did you mean 'signature'?\n"


def test_debug_shows_the_traceback(replywright):
    """--debug, wherever it stands, shows where an error came from; without it nobody sees a traceback."""
    plain = replywright("check", "-", "--brand", "no-such-brand")
    for arguments in (["--debug", "check", "-"], ["check", "-", "--debug"]):
        told = replywright(*arguments, "--brand", "no-such-brand")
        assert told.returncode == plain.returncode == 2
        assert "Traceback" in told.stderr
        assert told.stderr.endswith(plain.stderr)


def test_a_fault_of_ours_is_one_clear_line_too(tmp_path):
    """What nobody foresaw ends in a line that says so and how to see more, with exit code 3."""
    (tmp_path / "sitecustomize.py").write_text(
        "import assistant.schemas\nassistant.schemas.schema = lambda name: 1 / 0\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import sitecustomize; from assistant.cli import main; main()", "schema", "context"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
    )
    assert done.returncode == 3
    assert (
        done.stderr
        == "this is a fault of replywright (ZeroDivisionError: division by zero); add --debug to see where\n"
    )


@pytest.mark.parametrize("verb", VERBS)
def test_help_teaches(replywright, verb):
    """Each verb says what it does, shows an example and lists the exit codes."""
    done = replywright(verb, "--help")
    assert done.returncode == 0
    assert "Exit codes" in done.stdout
    if "Commands" not in done.stdout:
        assert "Example: " in done.stdout


@pytest.mark.parametrize(
    "verb",
    [
        "brand check",
        "brand import",
        "rules list",
        "rules explain",
        "rules test",
        "eval run",
        "records verify",
        "records export",
        "records erase",
    ],
)
def test_help_of_a_verb_under_a_name_teaches(replywright, verb):
    """So does each verb under a name."""
    done = replywright(*verb.split(), "--help")
    assert done.returncode == 0
    assert "Example: replywright " + verb in " ".join(done.stdout.split())
    assert "Exit codes" in done.stdout


def test_the_first_help_lists_every_verb(replywright):
    """`--help` lists all verbs; no arguments at all are answered with the same."""
    done = replywright("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert f"│ {verb} " in done.stdout
    assert replywright().stdout.strip() == done.stdout.strip() or replywright().stderr.strip() == done.stdout.strip()
