"""Runs pytest many times in forks of one process that has read what is needed once.

`python tests/eval/forks.py` is that process: it has one thread, so that no fork finds a lock held that
nobody gives back. It reads a JSON line for each run and answers with one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

import pytest


class Forks:
    """The process, from outside."""

    def __init__(self, root: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "REPLYWR"))}
        # a library of linear algebra starts threads of its own when it is imported, unless it is told not to
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(root)}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env=kept | one_thread,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, arguments: list[str], folder: Path, environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run `python -m pytest` with these arguments in a folder; nothing of it is left for the next run."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"arguments": arguments, "folder": str(folder), "environment": environment}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        got = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(arguments, got["code"], got["out"], got["error"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def _read() -> None:
    import eval.testing.items
    import eval.testing.told  # noqa: F401
    from tone_rules.measures import measure
    from tone_rules.situation import Situation

    measure("Thanks for writing about the kettle.", Situation(message="Where is my kettle?"))


def _forked(asked: dict[str, Any]) -> dict[str, Any]:
    with TemporaryFile("w+b") as out, TemporaryFile("w+b") as error:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # what is asked for next is not the run's to read
                os.dup2(out.fileno(), 1)
                os.dup2(error.fileno(), 2)
                os.chdir(asked["folder"])
                os.environ.clear()
                os.environ.update(asked["environment"])
                sys.path.insert(0, asked["folder"])
                code = pytest.main(asked["arguments"])
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for file in (out, error):
            file.seek(0)
            said.append(file.read().decode())
    return {"code": code, "out": said[0], "error": said[1]}


if __name__ == "__main__":
    sys.path.pop(0)  # this file's folder is on nobody else's path
    _read()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_forked(json.loads(line))) + "\n")
        sys.stdout.flush()
