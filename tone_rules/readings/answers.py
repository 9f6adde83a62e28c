"""The names of what a message can show, and the words that show it."""

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

INTENTS: tuple[Intent, ...] = get_args(Intent)
ESCALATIONS: tuple[Escalation, ...] = get_args(Escalation)
SENTIMENTS: tuple[Sentiment, ...] = get_args(Sentiment)


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
