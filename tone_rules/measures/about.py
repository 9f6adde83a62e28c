"""`About`: what the features of a reply look at, each reading made once."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.situation import Situation

if TYPE_CHECKING:
    from tone_rules.readings import MessageReading, TextReading


class Feature(NamedTuple):
    """One number about a reply."""

    name: str
    value: float
    """Usually 0 to 1, so that weights can be compared."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where in the reply it was seen."""


class About:
    """A reply and what it answers."""

    def __init__(self, reply: str, situation: Situation) -> None:
        self.reply = reply
        self.situation = situation

    @property
    def message(self) -> str | None:
        """What it answers."""
        return self.situation.message

    @cached_property
    def reading(self) -> "TextReading":
        """What the reply's words show."""
        from tone_rules.readings.text.reading import read_text

        return read_text(self.reply)

    @cached_property
    def asked(self) -> "TextReading":
        """What the message's words show; of an empty text where there is no message."""
        from tone_rules.readings.text.reading import read_text

        return read_text(self.message or "")

    @cached_property
    def customer(self) -> "MessageReading":
        """Mood, intents and dangers of the message; of an empty text where there is no message."""
        from tone_rules.readings.reading import read_message

        return read_message(self.message or "")
