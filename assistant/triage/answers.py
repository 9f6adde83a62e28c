"""The answers of one triage: intents, mood, dangers, whether to answer, each with the words that led to it."""

from typing import Literal, get_args

from pydantic import Field

from tone_rules.value import Value

Intent = Literal[
    "delivery",
    "product_fault",
    "billing",
    "refund_return",
    "account_access",
    "cancellation",
    "service_outage",
    "booking_change",
    "staff_complaint",
    "price_question",
    "how_to",
    "availability",
    "praise",
    "feedback_suggestion",
    "other",
]
Escalation = Literal[
    "legal_threat",
    "safety",
    "self_harm",
    "discrimination",
    "data_breach",
    "press",
    "regulator",
    "viral",
    "fraud",
    "minor",
    "adverse_event",
    "bereavement",
    "outage",
]
Sentiment = Literal["negative", "neutral", "positive", "mixed"]
Urgency = Literal["low", "normal", "high", "critical"]

INTENTS: tuple[Intent, ...] = get_args(Intent)
ESCALATIONS: tuple[Escalation, ...] = get_args(Escalation)


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
