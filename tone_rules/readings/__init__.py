"""What a customer's message shows by its words: its mood, intents, dangers, each with the words that led to it."""

from typing import TYPE_CHECKING, Any

from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS, Escalation, Evidence, Intent, Sentiment

if TYPE_CHECKING:
    from tone_rules.readings.reading import MessageReading, read_message

__all__ = [
    "ESCALATIONS",
    "INTENTS",
    "SENTIMENTS",
    "Escalation",
    "Evidence",
    "Intent",
    "MessageReading",
    "Sentiment",
    "read_message",
]


def __getattr__(name: str) -> Any:
    """Import the reading at its first use: most checks need only the names of its answers, and start sooner."""
    if name not in ("MessageReading", "read_message"):
        raise AttributeError(f"module 'tone_rules.readings' has no attribute '{name}'")
    from tone_rules.readings import reading

    return getattr(reading, name)
