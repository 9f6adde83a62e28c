"""What the words of any text show: its sentences, what it asks, when, how much, who, and how it sounds."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tone_rules.readings.text.reading import TextReading, read_text

__all__ = ["TextReading", "read_text"]


def __getattr__(name: str) -> Any:
    """Import the reading at its first use."""
    if name not in __all__:
        raise AttributeError(f"module 'tone_rules.readings.text' has no attribute '{name}'")
    return getattr(import_module("tone_rules.readings.text.reading"), name)
