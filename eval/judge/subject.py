"""What a judge is shown around a reply: the customer's public words and the brand's, and no private value."""

import re
from collections.abc import Iterable
from typing import Any, Self

from assistant.brand import Brand
from assistant.checking import situation_of
from assistant.context import CustomerContext
from assistant.rewriting import in_words
from assistant.sources import sources_for
from eval.judge.rubric import Need
from tone_rules.situation import Source, Turn
from tone_rules.value import Value

MASK = "•"
"""Stands for each character of a private value, so that places in a text stay where they are."""
_SHORTEST = 3
"""Characters of a private value that is masked: shorter ones are parts of other words."""


class Subject(Value):
    """A message and what is known around it. Private and internal values are masked in all of it."""

    message: str | None = None
    channel: str = "x"
    thread: tuple[Turn, ...] = ()
    sources: tuple[Source, ...] = ()
    """What a reply may state; none where no brand is known."""
    voice: str | None = None
    """How the brand sounds, in words; None where no brand is known."""
    secrets: tuple[str, ...] = ()

    @classmethod
    def of(cls, context: CustomerContext, reply: str, brand: Brand | None = None) -> Self:
        """A case's context as a judge may see it, with the sources nearest to message and reply."""
        secrets = tuple(
            sorted(
                {one.value.strip() for one in context.facts if one.visibility != "public"}, key=lambda one: -len(one)
            )
        )
        made = cls(message=context.message, channel=context.channel, thread=context.thread, secrets=secrets)
        sources: tuple[Source, ...] = ()
        if brand is not None:
            sources = sources_for(f"{context.message}\n{reply}", situation_of(context, brand))
        return cls(
            message=made.masked(context.message),
            channel=context.channel,
            thread=tuple(turn.model_copy(update={"text": made.masked(turn.text)}) for turn in context.thread),
            sources=tuple(one.model_copy(update={"text": made.masked(one.text)}) for one in sources),
            voice=None if brand is None else in_words(brand.voice),
            secrets=secrets,
        )

    def masked(self, text: str) -> str:
        """A text without the private values, each character of them replaced by one."""
        for secret in self.secrets:
            if len(secret) >= _SHORTEST:
                text = re.sub(re.escape(secret), lambda found: MASK * len(found[0]), text, flags=re.IGNORECASE)
        return text

    def lacks(self, needs: Iterable[Need]) -> bool:
        """Whether something that a rubric needs is not known."""
        return any(not getattr(self, one) for one in needs)

    def values(self, needs: Iterable[Need]) -> dict[str, Any]:
        """What a prompt is given: voice and sources only where the rubric asks for them."""
        needed = set(needs)
        return {
            "channel": self.channel,
            "message": self.message,
            "thread": self.thread,
            "voice": self.voice if "voice" in needed else None,
            "sources": self.sources if "sources" in needed else (),
        }
