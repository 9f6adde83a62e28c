"""The command as it is called, in this process: its own `main`, with the words and the input that a test gives."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

TEA = """\
extends: existence
message: "'%s': we serve tea"
level: error
ignorecase: true
tokens: [coffee]
tests:
  - {name: coffee, input: A coffee for you., want: "1:3:House.Tea:'coffee': we serve tea"}
  - {name: tea, input: A tea for you., want: ''}
"""


@pytest.fixture
def replywright(monkeypatch, capsys):
    """Run the command with arguments and, as `stdin`, text, bytes, or a list of values that become JSON Lines."""

    def run(*arguments, stdin=b"", cwd=None):
        from assistant.cli import main

        if isinstance(stdin, list):
            stdin = "".join(json.dumps(value) + "\n" for value in stdin)
        given = stdin.encode() if isinstance(stdin, str) else stdin
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["replywright", *map(str, arguments)])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
            patched.setenv("COLUMNS", "100")
            patched.setenv("NO_COLOR", "1")
            if cwd is not None:
                patched.chdir(cwd)
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = capsys.readouterr()
        return SimpleNamespace(returncode=ended.value.code or 0, stdout=out, stderr=err)

    return run


@pytest.fixture
def house(tmp_path) -> Path:
    """A folder with one rule, `House.Tea`, which holds to its examples."""
    folder = tmp_path / "House"
    folder.mkdir()
    (folder / "Tea.yml").write_text(TEA)
    return folder
