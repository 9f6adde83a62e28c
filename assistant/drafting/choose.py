"""Which phrasing is said: by voice and slots, then by a digest of the context, never one just used."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Literal

from assistant.brand import Brand
from assistant.context import PublicView
from assistant.drafting.phrasing import Phrasing, slots_of

Mood = Literal["upset", "calm", "pleased"]
CASUAL, FORMAL, FUNNY = 0.6, 0.35, 0.4
"""From here on `formal_casual` (0 formal, 1 casual) a brand sounds casual, and down to here formal.

Up to the third `funny_serious` (0 funny) is funny.
"""


class Chooser:
    """Chooses phrasings for one context."""

    def __init__(self, view: PublicView, brand: Brand, seed: int, mood: Mood = "calm") -> None:
        """The same view, brand, seed and mood always choose the same."""
        self._key = f"{seed}\0{brand.name}\0{view.id}\0{view.message}".encode()
        self._recent = " ".join(view.recent_replies).lower()
        casual = brand.voice.formal_casual
        self._mood = mood
        self._voices = {"any"} | ({"casual"} if casual >= CASUAL else {"formal"} if casual <= FORMAL else set())
        if casual >= CASUAL and brand.voice.funny_serious <= FUNNY and mood != "upset":
            self._voices.add("cheeky")

    @property
    def formal(self) -> bool:
        """Whether the brand sounds formal."""
        return "formal" in self._voices

    def one(self, phrasings: Sequence[Phrasing], about: str, number: int, slots: Mapping[str, str]) -> str | None:
        """One phrasing with its slots filled; None where none fits the voice and has all its slots.

        Args:
            phrasings: what there is to choose from.
            about: what it is for; each has a draw of its own.
            number: the variant; consecutive ones get different phrasings.
            slots: what is known, by slot.
        """
        usable = [
            one
            for one in phrasings
            if one.voice in self._voices
            and one.mood in ("any", "upset" if self._mood == "upset" else "calm")
            and slots_of(one.say) <= {k for k, v in slots.items() if v}
        ]
        fresh = [one for one in usable if not self._said(one)] or usable
        if not fresh:
            return None
        # what names a detail of this message says more than what fits any, so it is taken two times in three
        telling = [one for one in fresh if slots_of(one.say)]
        if telling and (self.draw("telling" + about) + number) % 3:
            fresh = telling
        # where the voice has lines of its own they carry it: a formal one always, others two times in three
        own = [one for one in fresh if one.voice != "any"]
        if own and (self.formal or (self.draw("voice" + about) + number) % 3):
            fresh = own
        return fresh[(self.draw(about) + number) % len(fresh)].say.format_map(slots)

    def among(self, wordings: Sequence[str], number: int) -> str:
        """One of several wordings of the same thing."""
        return wordings[(self.draw(wordings[0]) + number) % len(wordings)]

    def greeting(self, name: str, number: int) -> str:
        """A greeting by name in the brand's register."""
        if self.formal:
            return f"Hello {name}."
        return ("Hi", "Hello")[(self.draw("greeting") + number) % 2] + f" {name}."

    def _said(self, phrasing: Phrasing) -> bool:
        """Whether its longest fixed run of words stands in a recent reply."""
        fixed = max((part.strip(" .,:;") for part in _fixed(phrasing.say)), key=len, default="")
        return len(fixed) > 12 and fixed.lower() in self._recent

    def draw(self, about: str) -> int:
        """A number for a purpose, the same for the same context."""
        return int.from_bytes(blake2b(self._key + about.encode(), digest_size=4).digest(), "big")


def _fixed(say: str) -> list[str]:
    parts = say.replace("}", "{").split("{")
    return parts[::2]
