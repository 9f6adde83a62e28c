"""What a customer's message shows by its words: its mood, intents, dangers, each with the words that led to it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS, Escalation, Intent, Sentiment

if TYPE_CHECKING:
    from tone_rules.readings.evidence import Evidence
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


_HOMES = {"Evidence": "evidence", "MessageReading": "reading", "read_message": "reading"}


def __getattr__(name: str) -> Any:
    """Import the reading at its first use: most checks need only the names of its answers, and start sooner."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tone_rules.readings' has no attribute '{name}'")
    return getattr(import_module(f"tone_rules.readings.{_HOMES[name]}"), name)
