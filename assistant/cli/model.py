"""The chat model that a command was set up with."""

import os
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.errors import ConfigurationError
from assistant.settings import FILE, ModelSettings, load_settings

if TYPE_CHECKING:
    from assistant.brand import Brand
    from assistant.models import ChatModel
    from assistant.pipeline import Assistant


class DrafterName(StrEnum):
    """Who writes."""

    auto = "auto"
    playbook = "playbook"
    model = "model"


def model_settings(url: str | None = None, name: str | None = None) -> ModelSettings | None:
    """The settings of `replywright.toml` and the environment, with what a command's options say over them.

    Raises:
        ConfigurationError: a setting is wrong.
    """
    over = {"REPLYWRIGHT_MODEL_URL": url, "REPLYWRIGHT_MODEL": name}
    return load_settings(environment={**os.environ, **{one: value for one, value in over.items() if value}})


def load_model(name: str | None = None) -> "ChatModel":
    """The model that is set up, or another at the same server, ready to be asked; nothing is sent yet.

    Raises:
        ConfigurationError: none is set up, a setting is wrong, or the extra that talks to models is not installed.
    """
    settings = model_settings(name=name)
    if settings is None:
        raise ConfigurationError.at(FILE, "no model is set up; name one in [model] here, or set REPLYWRIGHT_MODEL")
    if not all(find_spec(one) for one in ("openai", "langchain_openai")):
        raise ConfigurationError.at(FILE, "a model needs more than is installed: pip install 'replywright[model]'")
    from assistant.models import ChatModel

    return ChatModel(settings)


def load_assistant(brand: "Brand", drafter: DrafterName = DrafterName.auto, store: str | None = None) -> "Assistant":
    """The assistant of a brand: with the chat model that is set up, if one is and it is wanted.

    Args:
        brand: whose assistant.
        drafter: `auto` takes the model where settings name one.
        store: a store whose approved replies show a model how the brand sounds.

    Raises:
        ConfigurationError: a model is wanted and none is set up, or a setting, rule or play is wrong.
        StoreError: the store can't be read.
    """
    from assistant.pipeline import Assistant

    wanted = drafter is DrafterName.model or (drafter is DrafterName.auto and model_settings() is not None)
    if not wanted:
        return Assistant(brand)
    model = load_model()
    if store is None:
        return Assistant(brand, model=model)
    from assistant.approved import approved_replies
    from assistant.store import Store

    with Store.open(store) as kept:
        return Assistant(brand, model=model, examples=approved_replies(kept, brand))
