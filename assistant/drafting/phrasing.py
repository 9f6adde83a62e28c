"""One way to say a thing, and the slots that it may name."""

import string
from typing import Any, Literal

import regex
from pydantic import Field, field_validator, model_validator

from tone_rules.value import Value

SLOTS = frozenset(
    {"issue", "Issue", "topic", "person", "span", "Span", "url", "way", "way_do", "way_short", "what", "questions"}
    | {"help", "safety", "press", "phone", "status", "device", "error", "about", "thing", "Thing"}
    | {"when", "then", "early", "good", "to", "kin", "years", "score", "how"}
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


_STEPS = """ask add back cancel change charge check choose clear close compare delete disconnect enter find give hand
    have hold keep leave list look make mark note open pause pick play quit remove report request restart search send
    set show sign start stop switch take tell test try turn unplug update use wait watch
    """.split()  # noqa: SIM905  # a list of fifty quoted words reads worse
_PLEASE = regex.compile(rf"(?:^|(?<=[.!?] ))({'|'.join(_STEPS)})\b(?![^.!?]{{0,200}}\?)", regex.I)
_APOLOGY = regex.compile(r"(?:^|(?<=[.!?] ))Sorry( to | for | about |, |[.!]| )")
_HAPPY = regex.compile(r"(?:^|(?<=[.!?] ))(?:Happy|Glad) to ")


def in_full(text: str) -> str:
    """A text as a formal brand says it: "I am sorry that ...", "Please check ...", "Thank you"."""
    text = _APOLOGY.sub(lambda found: "I am sorry" + (found[1] if found[1] != " " else " that "), text)
    text = _HAPPY.sub("I am happy to ", text)
    text = _PLEASE.sub(lambda found: f"Please {found[1].lower()}", text)
    return text.replace("Thanks for", "Thank you for").replace("!", ".")
