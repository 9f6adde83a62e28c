import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from stub import Server, serving

from assistant.models.client import ChatModel
from assistant.settings import ModelSettings


@pytest.fixture
def stub() -> Iterator[Server]:
    """A server on loopback that misbehaves by the model's name."""
    server = serving()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def model(stub: Server) -> Iterator[Callable[..., ChatModel]]:
    """A model at the stub, by its mood, with settings that keep tests short."""
    import langchain_openai  # noqa: F401  # takes seconds on a busy machine, which are no model's fault

    made: list[ChatModel] = []

    def make(mood: str, **settings: Any) -> ChatModel:
        given = {"timeout": 2.0, "seconds": 4.0, "retries": 1, **settings}
        made.append(ChatModel(ModelSettings(model=mood, base_url=stub.url, **given)))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def replywright(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., "CompletedProcess[str]"]]:
    """The command line as its `main` runs it, in this process: one of its own would load everything anew each time.

    The working directory is the test's own; of the environment nothing that sets up a model is left but what is given.
    """
    from assistant.cli import main

    def run(*arguments: str, stdin: str = "", **environment: str) -> "CompletedProcess[str]":
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with monkeypatch.context() as here:
            here.chdir(tmp_path)
            for name in os.environ:
                if name.startswith(("REPLYWRIGHT_", "OPENAI_", "AZURE_")):
                    here.delenv(name)
            for name, value in {"NO_COLOR": "1", **environment}.items():
                here.setenv(name, value)
            here.setattr(sys, "argv", ["replywright", *arguments])
            here.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
            here.setattr(sys, "stdout", out)
            here.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main()
        told = [one.buffer.getvalue().decode() for one in (out, err) if not one.flush()]  # type: ignore[attr-defined]
        return CompletedProcess(arguments, ended.value.code or 0, *told)

    yield run
    logging.getLogger("replywright").handlers.clear()
