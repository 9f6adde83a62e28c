"""`read_message`: what a customer's message shows by its words alone."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tone_rules.readings.answers import Escalation, Intent, Sentiment
from tone_rules.readings.dangers import Danger, dangers, gravest
from tone_rules.readings.folding import fold, masked
from tone_rules.readings.instructions import instructions
from tone_rules.readings.rules import escalation_search, intent_search, mood_search

if TYPE_CHECKING:
    from tone_rules.readings.evidence import Evidence
    from tone_rules.readings.mood import Mood
    from tone_rules.readings.search import Hits
    from tone_rules.readings.wishes import Wishes

_KEPT = 256
"""Messages whose readings are kept: a thread is checked again with every keystroke."""

_ASKED = 3.5
"""Points that praise loses beside a question: the question is what waits for an answer."""

_ESCALATED: dict[str, dict[Intent, float]] = {
    "safety": {"product_fault": 2.5},
    "adverse_event": {"product_fault": 2.5},
    "discrimination": {"staff_complaint": 9.0},
    "outage": {"service_outage": 3.0},
    "press": {"how_to": -9.0, "praise": -9.0, "staff_complaint": -9.0, "availability": -9.0},
    "minor": {"praise": -9.0},
    "data_breach": {"how_to": -9.0},
    "fraud": {"how_to": -9.0, "price_question": -9.0},
    "bereavement": {"how_to": -9.0},
    "self_harm": {"praise": -9.0, "feedback_suggestion": -9.0},
}
"""What an escalation says about the intents beneath it."""

_REPORTED: dict[Sentiment, Sentiment] = {"neutral": "negative", "positive": "neutral"}
"""How a message sounds, corrected by the escalation that it reports."""

_NOT_BAD_IN_THEMSELVES = frozenset({None, "press", "minor", "bereavement"})
"""Escalations that a customer can raise without any complaint; the others report something bad in plain words."""


class MessageReading:
    """What one message shows. Each answer is worked out when it is first asked for, and never changes.

    Instructions aimed at a model are found first and hidden from everything else, so that an order in a message never
    becomes an intent. Every piece of evidence has offsets into `text`.

    Raises:
        ConfigurationError: at the first question whose rule file, which ships with this package, is wrong.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def instructions(self) -> bool:
        """Whether it holds instructions aimed at a model. They are never followed and never mentioned."""
        return bool(self._orders[0])

    @cached_property
    def folded(self) -> str:
        """As the rules see it: folded, with instructions, handles and links blanked."""
        return masked(self._orders[1], self.text)

    @property
    def sentiment(self) -> Sentiment:
        """How it sounds; sarcasm is negative, and so is a report of something bad in plain words."""
        if self.sarcasm:
            return "negative"
        found = self.mood.sentiment
        return found if self.escalation in _NOT_BAD_IN_THEMSELVES else _REPORTED.get(found, found)

    @property
    def arousal(self) -> float:
        """How agitated it is, 0 to 1."""
        return self.mood.arousal

    @property
    def sarcasm(self) -> bool:
        """Whether it praises what went wrong."""
        return bool(self._mockery)

    @property
    def escalation(self) -> Escalation | None:
        """What a specialist must take over."""
        return self._gravest[0]

    @property
    def review(self) -> Escalation | None:
        """What is possible but not sure: a person looks first."""
        return self._gravest[1]

    @cached_property
    def intents(self) -> tuple[Intent, ...]:
        """What it is about, most prominent first; never empty."""
        return self._wishes.ranked(self.intent_points)

    @cached_property
    def intent_points(self) -> Mapping[Intent, float]:
        """How much speaks for each intent: 3 for what nearly always means it, 1.5 for a cue."""
        return self._wishes.settled(self._adjustments())

    @property
    def problems(self) -> bool:
        """Whether it tells of something that went wrong."""
        return bool(self._wishes.problems)

    @cached_property
    def mood(self) -> "Mood":
        """How it sounds, before sarcasm and escalations have their say."""
        from tone_rules.readings.mood import mood

        return mood(self.text, self.folded, self._mood_hits, self._wishes.problems)

    @cached_property
    def dangers(self) -> Mapping[Escalation, Danger]:
        """Every escalation that something speaks for, the gravest first."""
        return dangers(escalation_search().read(self.folded))

    @property
    def orders(self) -> "tuple[Evidence, ...]":
        """The instructions."""
        return self._orders[0]

    @property
    def mockery(self) -> "tuple[Evidence, ...]":
        """The words of sarcasm."""
        return self._mockery

    def wished(self, intents: tuple[Intent, ...]) -> "tuple[Evidence, ...]":
        """The words that led to some intents."""
        return self._wishes.evidence(intents)

    @cached_property
    def _orders(self) -> "tuple[tuple[Evidence, ...], str]":
        return instructions(self.text, fold(self.text))

    @cached_property
    def _mood_hits(self) -> "Hits":
        return mood_search().read(self.folded)

    @cached_property
    def _wishes(self) -> "Wishes":
        from tone_rules.readings.wishes import Wishes

        return Wishes(self.text, intent_search().read(self.folded))

    @cached_property
    def _mockery(self) -> "tuple[Evidence, ...]":
        from tone_rules.readings.sarcasm import sarcasm

        return sarcasm(self.text, self._mood_hits, self.mood, self._wishes.problems)

    @cached_property
    def _gravest(self) -> tuple[Escalation | None, Escalation | None]:
        return gravest(self.dangers)

    def _adjustments(self) -> dict[Intent, float]:
        """What the mood and an escalation say about the intents."""
        adjust = dict(self._praised())
        for name, more in _ESCALATED.get(self.escalation or "", {}).items():
            adjust[name] = adjust.get(name, 0.0) + more
        return adjust

    def _praised(self) -> dict[Intent, float]:
        """Praise is praise only where it is meant, and yields to a question."""
        if self.sarcasm or self.mood.sentiment == "negative":
            return {"praise": -20.0}
        if self.problems:
            return {"praise": -2.0}
        praise = min(3.0, self.mood.good) if self.mood.sentiment == "positive" else -0.5
        if "?" not in self.folded:
            return {"praise": praise}
        return {"praise": praise - _ASKED, "how_to": 1.0 if "how_to" in self._wishes.points else 0.0}


@lru_cache(maxsize=_KEPT)
def read_message(text: str) -> MessageReading:
    """What a customer's message shows by its words alone: the same message always gets the same answers."""
    return MessageReading(text)
