"""What a message is: intents, mood, dangers, whether to answer it, each with the words that led to it."""

from typing import TYPE_CHECKING, Any

from assistant.triage.answers import ESCALATIONS, INTENTS, Escalation, Evidence, Intent, Sentiment, Triage, Urgency

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    """Import the reading at its first use: a check needs only the answers, and starts sooner."""
    if name != "triage":
        raise AttributeError(f"module 'assistant.triage' has no attribute '{name}'")
    from assistant.triage.reading import triage

    return triage
