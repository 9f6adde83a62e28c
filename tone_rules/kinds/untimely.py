"""`untimely`: what would be fine elsewhere, said to somebody for whom something is wrong."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator
from typing_extensions import override

from tone_rules.kinds.existence import Existence
from tone_rules.patterns import matched, words
from tone_rules.readings.answers import Sentiment
from tone_rules.rule import Hit, Strings
from tone_rules.situation import Situation

if TYPE_CHECKING:
    from tone_rules.readings import MessageReading

_HOT = 0.5
"""Arousal from which a message is grave without an escalation: capitals, swearing, rows of marks."""


class Untimely(Existence):
    """Flags each match of its tokens where the customer is unhappy. The message's argument is the match.

    That is so where the customer's message has one of the `moods`, or where it is neutral, or there is none, and the
    reply itself shows one of the `signs` that something went wrong: many a complaint is a bare statement of fact. So
    is a message that has one of the `troubles`, unless it is a glad one.
    """

    pattern_lists = (*Existence.pattern_lists, "signs", "scene", "troubles", "asked")

    extends: Literal["untimely"]  # type: ignore[assignment]
    moods: Annotated[tuple[Sentiment, ...], BeforeValidator(lambda one: [one] if isinstance(one, str) else one)] = (
        "negative",
    )
    grave: bool | None = None
    """Only where more than discontent shows: an escalation, sure or possible, an outage, fury. False: only if not."""
    signs: Strings = ()
    """Patterns of the reply, such as an apology, letter case aside."""
    scene: Strings = ()
    """Patterns of the reply that make it grave beside an unhappy message, letter case aside: what it jokes about."""
    troubles: Strings = ()
    """Patterns of the message, letter case aside: what is wrong, however calmly it is told."""
    asked: Strings = ()
    """Patterns of the message, letter case aside; who asks for it is told."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match, where the customer is unhappy and did not ask for it."""
        hits = list(super().find(text, situation))
        if not hits or not self._unhappy(text, situation.message):
            return ()
        return hits

    def _unhappy(self, text: str, message: str | None) -> bool:
        told = bool(self.signs) and matched(self._signs, text)
        if not message:
            return told
        if self.asked and matched(self._asked, message):
            return False
        from tone_rules.readings import read_message

        reading = read_message(message)
        if told and reading.sentiment == "neutral":
            return self.grave is not False
        if self.troubles and reading.sentiment != "positive" and matched(self._troubles, message):
            return self.grave is not False
        if reading.sentiment not in self.moods and not (reading.sentiment == "neutral" and reading.review):
            return False
        return self.grave is None or self.grave == (told or self._is_grave(text, reading))

    def _is_grave(self, text: str, reading: "MessageReading") -> bool:
        if reading.escalation or reading.review or "service_outage" in reading.intents or reading.arousal >= _HOT:
            return True
        unhappy = reading.sentiment in ("negative", "mixed")
        return unhappy and bool(self.scene) and matched(self._scene, text)

    @cached_property
    def _signs(self) -> str:
        return words(list(self.signs), ignorecase=True)

    @cached_property
    def _scene(self) -> str:
        return words(list(self.scene), ignorecase=True)

    @cached_property
    def _troubles(self) -> str:
        return words(list(self.troubles), ignorecase=True)

    @cached_property
    def _asked(self) -> str:
        return words(list(self.asked), ignorecase=True)
