"""What a message is: intents, mood, dangers, whether to answer it, each with the words that led to it."""

from assistant.triage.answers import ESCALATIONS, INTENTS, Escalation, Evidence, Intent, Sentiment, Triage, Urgency
from assistant.triage.reading import triage

__all__ = [
    "ESCALATIONS",
    "INTENTS",
    "Escalation",
    "Evidence",
    "Intent",
    "Sentiment",
    "Triage",
    "Urgency",
    "triage",
]
