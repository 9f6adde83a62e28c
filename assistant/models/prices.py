"""What tokens cost, by a table that a user can replace."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from assistant.models.answer import Usage
from tone_rules.errors import ConfigurationError
from tone_rules.value import Value

FILE = Path(__file__).with_name("prices.yaml")
VARIABLE = "REPLYWRIGHT_PRICES"
_MILLION = 1_000_000


class Price(Value):
    """Of a million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Prices(Value):
    """A price table."""

    currency: str
    status: str | None = None
    prices: Mapping[str, Price]

    def named(self, model: str) -> str | None:
        """The name in the table that holds for a model: the longest that begins the model's."""
        return max((one for one in self.prices if model.startswith(one)), key=len, default=None)

    def cost(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        """What a call cost, in the table's currency; None where no name in the table begins the model's."""
        name = self.named(model)
        if name is None:
            return None
        price = self.prices[name]
        return (input_tokens * price.input + output_tokens * price.output) / _MILLION


def load_prices() -> Prices:
    """The table that REPLYWRIGHT_PRICES names, or the one that ships.

    Raises:
        ConfigurationError: the file is missing, or no price table.
    """
    return _load(Path(os.environ.get(VARIABLE) or FILE))


def taken(usage: Usage) -> str:
    """What calls took, in words: `25 calls of the model, 1,240 tokens, 0.0012 USD`."""
    tokens = usage.input_tokens + usage.output_tokens
    cost = "cost not known" if usage.cost is None else f"{usage.cost:.4f} {load_prices().currency}"
    calls = f"{usage.calls:,} call{'' if usage.calls == 1 else 's'} of the model"
    return f"{calls}, {tokens:,} tokens" + (f", {cost}" if usage.calls else "")


@lru_cache(maxsize=4)
def _load(path: Path) -> Prices:
    try:
        return Prices.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationError.at(path, f"the price table can't be read: {error.strerror}") from None
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError.at(path, f"this is no price table: {str(error).splitlines()[0]}") from None
