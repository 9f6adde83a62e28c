"""The base of every contract type: frozen, and strict about its keys."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
