"""The real command, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "assistant.cli"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def command() -> list[str]:
    """The words that start `replywright`."""
    return COMMAND


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """A plain terminal of 100 columns, and no settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPLYWRIGHT_", "FORCE_"))}
    return kept | {"COLUMNS": "100", "TERM": "dumb", "PYTHONWARNINGS": "error", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def replywright(environment: dict[str, str]) -> Run:
    """Run the command with arguments and, as `stdin`, text, bytes, or a list of values that become JSON Lines."""

    def run(
        *arguments: str | Path, stdin: str | bytes | list[object] = b"", cwd: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        if isinstance(stdin, list):
            stdin = "".join(json.dumps(value) + "\n" for value in stdin)
        given = stdin.encode() if isinstance(stdin, str) else stdin
        called = [*COMMAND, *map(str, arguments)]
        done = subprocess.run(called, input=given, capture_output=True, cwd=cwd, env=environment, timeout=120)
        return subprocess.CompletedProcess(called, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
