"""What one message may take: a time by which all is done, tokens, and how often a draft is sent back."""

import time
from typing import NamedTuple, Self

from assistant.models.answer import Usage
from assistant.settings import ModelSettings


class Budget(NamedTuple):
    """What the calls for one message may take together."""

    until: float
    """By `time.monotonic`."""
    tokens: int | None
    """Read and written; None is as many as it takes."""
    rewrites: int

    @classmethod
    def of(cls, settings: ModelSettings) -> Self:
        """The budget of a message that begins now."""
        return cls(time.monotonic() + settings.seconds, settings.tokens_per_message, settings.rewrites)

    @property
    def seconds(self) -> float:
        """What is left of the time; 0 where it is over."""
        return max(0.0, self.until - time.monotonic())

    def allows(self, spent: Usage) -> bool:
        """Whether another call may be made after what was spent."""
        tokens = spent.input_tokens + spent.output_tokens
        return self.seconds > 0 and (self.tokens is None or tokens < self.tokens)
