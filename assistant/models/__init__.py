"""Chat models: one call that ends in a value of a shape, or in a named problem; with its tokens, cost and time."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.models.answer import Answer, Problem, Usage
    from assistant.models.client import ChatModel

__all__ = ["Answer", "ChatModel", "Problem", "Usage"]

_HOMES = {"Answer": "answer", "Problem": "answer", "Usage": "answer", "ChatModel": "client"}


def __getattr__(name: str) -> Any:
    """Import at first use: LangChain and the OpenAI client take a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant.models' has no attribute '{name}'")
    return getattr(import_module(f"assistant.models.{_HOMES[name]}"), name)
