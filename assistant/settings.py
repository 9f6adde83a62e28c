"""Settings of a chat model: one frozen value from a TOML file and the environment; keys only from the environment."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator

from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest
from tone_rules.value import Value

FILE = "replywright.toml"
OPENAI = "https://api.openai.com/v1"
_ENVIRONMENT = {
    "provider": "REPLYWRIGHT_MODEL_PROVIDER",
    "model": "REPLYWRIGHT_MODEL",
    "base_url": "REPLYWRIGHT_MODEL_URL",
    "api_version": "REPLYWRIGHT_MODEL_API_VERSION",
}
KEY = "REPLYWRIGHT_MODEL_KEY"
_AT_HOME = {"openai": "OPENAI_API_KEY", "azure": "AZURE_OPENAI_API_KEY"}
"""Keys that other programs use too: for their own makers' servers alone, so that nobody else is ever sent one."""
NO_KEY = "none"
"""Sent to servers that ask for no key: the client insists on one."""


class ModelSettings(Value):
    """How to reach a chat model, and what a call may take."""

    model: str = Field(min_length=1)
    """The model's name at the server; with `azure` the deployment's."""
    provider: Literal["openai", "azure"] = "openai"
    """`openai` is OpenAI or any server that speaks its protocol: vLLM, Ollama, llama.cpp."""
    base_url: str = OPENAI
    """Always sent explicitly, so that no variable of a library can reroute what customers wrote."""
    api_version: str | None = None
    """Azure's."""
    key: SecretStr = SecretStr(NO_KEY)
    """From the environment alone; a key in a file is refused."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int = Field(default=1200, gt=0)
    """Of one answer."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds for one answer, retries apart."""
    retries: int = Field(default=2, ge=0, le=10)
    """After the first try; on 408, 409, 429 and 5xx and on a lost connection, by the server's retry-after."""
    rewrites: int = Field(default=2, ge=0, le=5)
    """How often a draft that breaks rules is sent back with its findings."""
    seconds: float = Field(default=60.0, gt=0)
    """For one message, all calls together; then the embedded drafter takes over."""
    tokens_per_message: int | None = Field(default=30_000, gt=0)
    """For one message, all calls together; a draft that needs another rewrite then stays as it is."""
    concurrency: int = Field(default=8, gt=0)
    per_minute: int | None = Field(default=None, gt=0)
    """Requests."""
    tokens_per_day: int | None = Field(default=None, gt=0)
    money_per_day: float | None = Field(default=None, gt=0)
    """In the currency of the price table."""
    triage: bool = True
    """Whether the model is asked what a message is where the rules are unsure."""
    judge: bool = False
    """Whether drafts are held to the brand's rules in plain words too: a call for each rule and draft."""
    private_values: bool = False
    """Whether private facts may enter a prompt. The check of what comes back stands either way."""
    cache: bool = True

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.base_url.startswith(("http://", "https://")):
            raise ValueError(f"base_url '{self.base_url}' should begin with https:// (or http:// on your own machine)")
        if self.provider == "azure" and not self.api_version:
            raise ValueError("azure needs an api_version, such as 2026-06-01")
        return self


def load_settings(path: Path | None = None, environment: Mapping[str, str] | None = None) -> ModelSettings | None:
    """The settings of `[model]` in a TOML file, with those of the environment over them; None where no model is named.

    Args:
        path: the file; `replywright.toml` of the working directory where there is one, unless given.
        environment: the process's own by default.

    Raises:
        ConfigurationError: the file is missing, no TOML, holds a key, or a setting is wrong.
    """
    given = os.environ if environment is None else environment
    read = _read(path)
    where = path or Path(FILE)
    if "key" in read:
        raise ConfigurationError.at(where, f"model: a key does not belong in a file; set {KEY} instead")
    unknown = next((name for name in read if name not in ModelSettings.model_fields), None)
    if unknown:
        known = [name for name in ModelSettings.model_fields if name != "key"]
        raise ConfigurationError.at(where, f"model: unknown setting '{unknown}'; {nearest(unknown, known)}")
    read |= {name: given[variable] for name, variable in _ENVIRONMENT.items() if given.get(variable)}
    if not read.get("model"):
        return None
    try:
        found = ModelSettings(**read)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "model"
        raise ConfigurationError.at(where, f"model: {name}: {first['msg'].removeprefix('Value error, ')}") from None
    key = given.get(KEY) or given.get(_AT_HOME[found.provider] if _at_home(found) else "") or NO_KEY
    return found.model_copy(update={"key": SecretStr(key)})


def _at_home(settings: ModelSettings) -> bool:
    """Whether a server is its maker's own."""
    host = urlsplit(settings.base_url).hostname or ""
    if settings.provider == "azure":
        return host.endswith((".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"))
    return host == urlsplit(OPENAI).hostname


def _read(path: Path | None) -> dict[str, Any]:
    if path is None:
        path = Path(FILE)
        if not path.is_file():
            return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("model", {})
    except FileNotFoundError:
        raise ConfigurationError.at(path, "there is no such file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError.at(path, f"this is not TOML: {error}") from None
    if not isinstance(found, dict):
        raise ConfigurationError.at(path, "model: this should be a table, [model]")
    return dict(found)
