"""The chat model that a command was set up with."""

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.errors import ConfigurationError
from assistant.settings import FILE, ModelSettings, load_settings

if TYPE_CHECKING:
    from assistant.models import ChatModel
    from assistant.models.answer import Usage


def model_settings(url: str | None = None, name: str | None = None) -> ModelSettings | None:
    """The settings of `replywright.toml` and the environment, with what a command's options say over them.

    Raises:
        ConfigurationError: a setting is wrong.
    """
    over = {"REPLYWRIGHT_MODEL_URL": url, "REPLYWRIGHT_MODEL": name}
    return load_settings(environment={**os.environ, **{one: value for one, value in over.items() if value}})


def load_model() -> "ChatModel":
    """The model that is set up, ready to be asked; nothing is sent yet.

    Raises:
        ConfigurationError: none is set up, a setting is wrong, or the extra that talks to models is not installed.
    """
    settings = model_settings()
    if settings is None:
        raise ConfigurationError.at(FILE, "no model is set up; name one in [model] here, or set REPLYWRIGHT_MODEL")
    if not all(find_spec(one) for one in ("openai", "langchain_openai")):
        raise ConfigurationError.at(FILE, "a model needs more than is installed: pip install 'replywright[model]'")
    from assistant.models import ChatModel

    return ChatModel(settings)


def taken(usage: "Usage") -> str:
    """What calls took, in words: `25 calls, 1,240 tokens, 0.0012 USD`."""
    from assistant.models.prices import load_prices

    tokens = usage.input_tokens + usage.output_tokens
    cost = "cost not known" if usage.cost is None else f"{usage.cost:.4f} {load_prices().currency}"
    calls = f"{usage.calls:,} call{'' if usage.calls == 1 else 's'} of the model"
    return f"{calls}, {tokens:,} tokens" + (f", {cost}" if usage.calls else "")
