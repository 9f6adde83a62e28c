"""The words of a message that led to an answer."""

from pydantic import Field

from tone_rules.value import Value


class Evidence(Value):
    """The words of the message that led to one answer."""

    label: str
    """Which answer: "intent:delivery", "escalation:safety", "sarcasm", "sentiment:negative" ..."""
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    """Characters of the message, end exclusive; both 0 where the evidence is not in its words."""
    match: str
    reason: str | None = None
    """Said where the words alone don't explain it ("an image that can't be seen")."""
