"""The names of what a message can show."""

from typing import Literal, get_args

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
