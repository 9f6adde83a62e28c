"""Small real systems, cases and proposals for the harness's tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval.case import Case
from eval.licence import Standing
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.score import Score
from eval.suite import Suite

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "models"))
from forks import Forks
from stub import Server, serving

from assistant.models.client import ChatModel
from assistant.settings import ModelSettings


@pytest.fixture
def make_case() -> Callable[..., Case]:
    """A case by id, message, tags and what it expects."""

    def make(id: str = "c1", message: str = "Where is my kettle?", tags: Any = (), **expect: Any) -> Case:  # noqa: A002
        return Case.model_validate(
            {"id": id, "tags": tags, "context": {"channel": "x", "message": message}, "expect": expect}
        )

    return make


@pytest.fixture
def make_proposal() -> Callable[..., Proposal]:
    """A proposal with drafts of these texts, all checked and passed unless told otherwise."""

    def make(*texts: str, status: str = "ready", triage: Any = None, **draft: Any) -> Proposal:
        return Proposal.model_validate(
            {
                "id": "c1",
                "status": status,
                "triage": triage or Triage(),
                "drafts": [Draft(**{"text": text, "drafter": "t", "verdict": "pass", **draft}) for text in texts],
            }
        )

    return make


@pytest.fixture
def echo() -> Callable[[CustomerContext], Proposal]:
    """A system that answers by the last word of the message, and breaks where the message says "crash"."""

    def system(context: CustomerContext) -> Proposal:
        if "crash" in context.message:
            raise RuntimeError("the fuse blew")
        text = f"Thanks for writing about {context.message.split()[-1]}"
        draft = Draft(text=text, drafter="echo", verdict="pass")
        return Proposal(id=context.id, status="ready", triage=Triage(intents=("delivery",)), drafts=(draft,))

    return system


@pytest.fixture
def suite(make_case: Callable[..., Case]) -> Suite:
    """Five cases: two pass, one fails, one fails by itself, one breaks the system."""
    kettle = {"any": ["kettle"], "why": "names the kettle"}
    return Suite(
        name="five",
        cases=(
            make_case("good", "where is my kettle", ["delivery"], status="ready", must=[kettle]),
            make_case("also-good", "about the kettle", ["delivery", "short"], intents=["delivery"]),
            make_case("lacks", "where is my lamp", ["delivery"], must=[kettle]),
            make_case("says", "my secret", ["privacy"], must_not=[{"any": ["secret"], "why": "keeps the secret"}]),
            make_case("breaks", "crash", ["privacy"], status="ready"),
        ),
    )


@pytest.fixture
def drawn_run() -> Callable[..., Run]:
    """A run by its scores: a list a case, its epochs in it; None is unscored, "error" an error.

    `dimensions` are scored alike; `clusters` names the cluster of each case; `model` gives scores of the kind model.
    """

    def make(*cases: Any, dimensions: Any = ("d",), clusters: Any = None, model: bool = False, **scorer: Any) -> Run:
        epochs = max(len(one) if isinstance(one, list) else 1 for one in cases)
        results = []
        for epoch in range(epochs):
            for number, values in enumerate(cases):
                value = values[epoch] if isinstance(values, list) else values
                given = {"channel": "x", "message": "Where is it?"}
                cluster = clusters[number] if clusters else None
                case = Case.model_validate({"id": f"c{number}", "context": given, "cluster": cluster})
                if value == "error":
                    results.append(Result(case=case, epoch=epoch + 1, error="it broke"))
                    continue
                kind = "model" if model else "rule"
                scores = tuple(
                    Score(dimension=name, value=value, pass_mark=0.5, kind=kind, advisory=model) for name in dimensions
                )
                results.append(Result(case=case, epoch=epoch + 1, scores=scores))
        standings = {name: Standing(licensed=False, reason="not shown") for name in dimensions} if model else {}
        info = {"name": "drawn", "version": "1", "dimensions": dimensions, "standings": standings, **scorer}
        header = RunHeader(
            suite="drawn",
            suite_sha256="0",
            cases=len(cases),
            epochs=epochs,
            scorers=(ScorerInfo(**info),),
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        return Run(header=header, results=tuple(results))

    return make


@pytest.fixture
def stub() -> Iterator[Server]:
    """A model's server on loopback that misbehaves by the model's name."""
    server = serving()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def model(stub: Server) -> Iterator[Callable[..., ChatModel]]:
    """A model at the stub, by its mood."""
    made: list[ChatModel] = []

    def make(mood: str = "good", **settings: Any) -> ChatModel:
        made.append(ChatModel(ModelSettings(model=mood, base_url=stub.url, **{"retries": 0, **settings})))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def verdict() -> Callable[..., str]:
    """A judge's answer as its model writes it."""

    def write(score: Any = 4, quote: str = "Thanks", reason: str = "it thanks them") -> str:
        return json.dumps({"reason": reason, "quote": quote, "score": score})

    return write


BOT = """
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage

def answer(context):
    if "crash" in context.message:
        raise RuntimeError("the fuse blew")
    draft = Draft(text="About " + context.message, drafter="bot", verdict="pass")
    return Proposal(id=context.id, status="ready", triage=Triage(), drafts=(draft,))
"""
ROOT = Path(__file__).resolve().parents[2]


class Project:
    """Somebody's project: a bot, a suite whose cases have to name the kettle, and one test of its own."""

    bot = BOT

    def __init__(self, folder: Path, forks: Forks) -> None:
        self.folder, self.forks = folder, forks
        (folder / "bot.py").write_text(BOT)
        (folder / "test_own.py").write_text('def test_own():\n    """It holds."""\n')
        self.write("my kettle", "a kettle", "the kettle")
        self.settings()

    def write(self, *messages: str) -> None:
        """The suite, a case a message."""
        kettle = [{"any": ["kettle"], "why": "names the kettle"}]
        lines = [
            {
                "id": f"c{number}",
                "tags": ["odd"] * (number % 2),
                "context": {"channel": "x", "message": message},
                "expect": {"must": kettle},
            }
            for number, message in enumerate(messages)
        ]
        (self.folder / "ours.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))

    def settings(self, more: str = "", suite: str = 'replywright_suite = ["ours.jsonl"]') -> None:
        """The project's pyproject.toml."""
        text = f'[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\n{suite}\n'
        (self.folder / "pyproject.toml").write_text(f'{text}[tool.replywright.eval]\nsystem = "bot:answer"\n{more}')

    def pytest(self, *arguments: str, plugin: bool = True, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run pytest in it with the plugin, in a process that begins with all that the plugin needs."""
        command = [*(["-p", "eval.pytest_plugin"] if plugin else []), "-p", "no:cacheprovider", *arguments]
        return self.forks.run(command, self.folder, self._environment(more))

    def fresh(self, *arguments: str, plugin: bool = True, **more: str) -> "subprocess.CompletedProcess[str]":
        """The same in a new interpreter, where what is imported, or which processes there are, is the point."""
        command = [sys.executable, "-m", "pytest", *(["-p", "eval.pytest_plugin"] if plugin else [])]
        command += [*(["-p", "xdist"] if "-n" in arguments else []), "-p", "no:cacheprovider", *arguments]
        environment = self._environment(more)
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, env=environment, timeout=180)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "REPLYWR"))}
        # plugins that happen to be installed are no part of the project, and take their time
        return kept | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **more}


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """A process that has read all that the plugin needs, and runs pytest in forks of itself."""
    with Forks(ROOT) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path, forks: Forks) -> Project:
    """Somebody's project, of three cases that pass."""
    return Project(tmp_path, forks)
