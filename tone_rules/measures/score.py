"""What measuring a reply gives: `Measure` and `Scores`."""

from collections.abc import Mapping

from pydantic import Field

from tone_rules.value import Value


class Measure(Value):
    """One number about a reply, with the places that led to it and what a person could do about it."""

    value: float | None = Field(default=None, ge=0, le=1)
    """0 to 1, larger is better; None where it does not apply: never 0, never counted."""
    spans: tuple[tuple[int, int], ...] = ()
    """Places in the reply that speak for or against it, in characters."""
    reason: str | None = None
    """What would help most, or why it was not measured."""


class Scores(Value):
    """All measures of one reply. Tone and helpfulness are separate sums; neither knows of blocking findings."""

    tone: float = Field(ge=0, le=1)
    helpfulness: float | None = Field(default=None, ge=0, le=1)
    """None without a message: nothing can be helpful to nobody."""
    tone_for_length: float | None = Field(default=None, ge=0, le=1)
    """Tone less what a reply of its length has on average, so that words alone earn nothing."""
    helpfulness_for_length: float | None = Field(default=None, ge=0, le=1)
    """The same of helpfulness."""
    measures: Mapping[str, Measure] = {}
    advice: str | None = None
    """The one thing that would help most, in words."""
