"""The answers of one triage: intents, mood, dangers, whether to answer, each with the words that led to it."""

from typing import Literal

from pydantic import Field

from tone_rules.readings.answers import ESCALATIONS, INTENTS, Escalation, Intent, Sentiment
from tone_rules.readings.evidence import Evidence
from tone_rules.value import Value

__all__ = ["ESCALATIONS", "INTENTS", "Escalation", "Evidence", "Intent", "Sentiment", "Triage", "Urgency"]

Urgency = Literal["low", "normal", "high", "critical"]


class Triage(Value):
    """The answers of one triage."""

    intents: tuple[Intent, ...] = ("other",)
    """Most prominent first; never empty."""
    sentiment: Sentiment = "neutral"
    arousal: float = Field(default=0.0, ge=0, le=1)
    sarcasm: bool = False
    urgency: Urgency = "normal"
    escalation: Escalation | None = None
    """A specialist must take over; only a holding reply is drafted."""
    review: Escalation | None = None
    """Possible but not sure: a person looks first."""
    reply: bool = True
    language: str = "en"
    """ISO 639-1 code, "und" where the text is too short to tell."""
    instructions: bool = False
    """The text holds instructions aimed at a model. They are never followed and never mentioned."""
    topic: str | None = None
    """The customer's own noun for what it is about ("kettle"), as they wrote it."""
    root_cause: str | None = None
    evidence: tuple[Evidence, ...] = ()
