"""One way to say a thing, and the slots that it may name."""

import string
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from tone_rules.value import Value

SLOTS = frozenset(
    {"issue", "Issue", "topic", "person", "span", "Span", "url", "way", "way_do", "way_short", "what", "questions"}
    | {"help", "safety", "press", "phone", "status", "device", "error", "about", "thing", "Thing"}
)
"""What a phrasing may name in braces; one whose slot can't be filled is not chosen."""

Tone = Literal["any", "casual", "formal", "cheeky"]


class Phrasing(Value):
    """One way to say a thing. `voice` keeps it for brands that sound like that, `mood` for customers who feel so."""

    say: str = Field(min_length=1)
    voice: Tone = "any"
    mood: Literal["any", "upset", "calm"] = "any"

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any) -> Any:
        return {"say": value} if isinstance(value, str) else value

    @field_validator("say")
    @classmethod
    def _known_slots(cls, say: str) -> str:
        unknown = sorted(slots_of(say) - SLOTS)
        if unknown:
            raise ValueError(f"unknown slot {{{unknown[0]}}}; known are: {', '.join(sorted(SLOTS))}")
        return say


def slots_of(say: str) -> set[str]:
    """The names in braces of a phrasing."""
    return {name for _, name, _, _ in string.Formatter().parse(say) if name is not None}
