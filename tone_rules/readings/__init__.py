"""What words show: of a customer's message its mood, intents, dangers; of any text its sentences, asks and facts."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS, Escalation, Intent, Sentiment

if TYPE_CHECKING:
    from tone_rules.readings.evidence import Evidence
    from tone_rules.readings.reading import MessageReading, read_message
    from tone_rules.readings.text.reading import TextReading, read_text

__all__ = [
    "ESCALATIONS",
    "INTENTS",
    "SENTIMENTS",
    "Escalation",
    "Evidence",
    "Intent",
    "MessageReading",
    "Sentiment",
    "TextReading",
    "read_message",
    "read_text",
]


_HOMES = {
    "Evidence": "evidence",
    "MessageReading": "reading",
    "TextReading": "text.reading",
    "read_message": "reading",
    "read_text": "text.reading",
}


def __getattr__(name: str) -> Any:
    """Import the reading at its first use: most checks need only the names of its answers, and start sooner."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tone_rules.readings' has no attribute '{name}'")
    return getattr(import_module(f"tone_rules.readings.{_HOMES[name]}"), name)
