"""One way to write a value as text, so that a digest of it means the same everywhere, and to read it back."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import StoreError

M = TypeVar("M", bound=BaseModel)

SALT_BYTES = 32
"""As long as the digest, so that a text can't be found by guessing once its salt is gone."""


def canonical(value: Any) -> str:
    """A JSON value or a pydantic model as JSON text: keys sorted, no spaces, ASCII only.

    Raises:
        ValueError: a number that JSON does not know (NaN, infinity).
    """
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def stored(model: type[M], text: str) -> M:
    """Read back what `canonical` wrote.

    Raises:
        StoreError: it is not such a value; the message does not repeat it.
    """
    try:
        return model.model_validate_json(text)
    except ValidationError:
        name = model.__name__
        raise StoreError(f"a stored {name} can't be read: it was altered, or made by another version") from None


def sha256(text: str, salt: bytes = b"") -> str:
    """The lower-case hex SHA-256 of the salt followed by the text in UTF-8."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def timestamp(at: datetime) -> str:
    """An aware time as text in UTC, always with microseconds, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
