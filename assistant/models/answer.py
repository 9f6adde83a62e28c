"""What a call of a model ends in: an `Answer`, with its value or its `Problem`."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel

from tone_rules.value import Value

T = TypeVar("T", bound=BaseModel)


class Problem(StrEnum):
    """Why a call gave no value, as a record says it."""

    refused = "the model refused to answer"
    cut = "the answer was cut off before its end"
    length = "the answer was longer than max_tokens"
    shape = "the answer had not the shape that was asked for"
    empty = "the answer was empty"
    too_big = "the answer was larger than any reply can be"
    unreadable = "the server's answer was not one of the protocol"
    unreachable = "the server could not be reached"
    timeout = "the answer took too long"
    busy = "the server had too many requests, also after the retries"
    key = "the server did not accept the key"
    server = "the server failed"
    request = "the server did not accept the request"
    budget = "the budget of the day, or of this message, is spent"
    orders = "the message may give orders to whoever writes the reply, so no model was asked"
    abstained = "the model found nothing that it could say safely"
    language = "the answer was in another language than was asked for"
    wording = "the answer changed a text that was cleared to be used word for word"
    broken = "what the model wrote broke rules, also after its rewrites"


class Usage(Value):
    """What calls took."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    """In the currency of the price table; None where the model is not in it."""
    seconds: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        known = [one for one in (self.cost, other.cost) if one is not None]
        unknown = (self.calls and self.cost is None) or (other.calls and other.cost is None)
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost=None if unknown else sum(known) if known else None,
            seconds=self.seconds + other.seconds,
        )


@dataclass(frozen=True)
class Answer(Generic[T]):
    """The end of one call."""

    value: T | None
    problem: Problem | None
    detail: str = ""
    """What the server or the parser said, in one line and without customers' words."""
    usage: Usage = field(default_factory=Usage)
    cached: bool = False
    way: str = ""
    """How the shape was asked for: `json_schema`, `json_object` or `text`."""
