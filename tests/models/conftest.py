import sys
from collections.abc import Callable, Iterator
from pathlib import Path
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
