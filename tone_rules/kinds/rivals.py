"""`rivals`: a slight on somebody who sells the same."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matched, matches, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

_NAME = Lazy(r"(?<![\w@#.])[A-Z][a-zA-Z]{2,}(?:[ -][A-Z][a-z]+)*")
_OPENS = Lazy(r"(?:^|[.!?…\n]\s*|[\"“‘(]\s*)$")
_ACTS = Lazy(r"\s+(?:has|have|had|does|do|did|is|are|was|offers?|gives?|sells?|lets?|can|charges?|never)\b")
_COMPARES = Lazy(
    r"\b(?:switch\w*|mov(?:e|ed|ing)|leav\w+|go(?:ing)?|went|cheaper|better|faster|instead|than|elsewhere|rivals?|versus|vs|"
    r"compet\w+|unlike|other|join\w*|tr(?:y|ied|ying)|prefer)\b",
    re.IGNORECASE,
)
_BACK = Lazy(r"\b(?:they|them|their|theirs|there|that lot|those)\b", re.IGNORECASE)


class Rivals(Blockwise):
    """Flags a slight in a sentence that speaks of a rival, or that says "they" or "there" after one was spoken of.

    One was spoken of in the sentence before, or in a message of the customer that compares or says that they leave.
    A rival is one of the situation's competitors, a name in the customer's message that is neither the agent's nor a
    fact's, or one of `unnamed`. The arguments are the match and the rival.
    """

    pattern_lists = ("tokens", "unnamed", "unless")

    extends: Literal["rivals"]
    tokens: Strings = Field(min_length=1)
    """What is a slight where a rival is spoken of."""
    unnamed: Strings = ()
    """Words for rivals without a name, such as "the competition"."""
    unless: Strings = ()
    """A sentence with one of these is fine."""
    ignorecase: bool = False

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each slight in a sentence about a rival."""
        slights = list(matches(self.pattern, text))
        if not slights:
            return
        before: str | None = None
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            rival = self._rival(sentence, situation)
            about = rival or ((before or self._asked_about(situation)) if _BACK.search(sentence) else None)
            if about and not (self.unless and self._holds(self._fine, sentence)):
                for one in slights:
                    if start <= one.start() < end:
                        yield Hit(one.start(), one.end(), (one[0], about))
            before = rival

    @property
    @override
    def pattern(self) -> str:
        """A slight."""
        return words(list(self.tokens), ignorecase=self.ignorecase)

    def _rival(self, sentence: str, situation: Situation) -> str | None:
        for name in (*situation.competitors, *_named(situation)):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE):
                return name
        found = next(matches(self._unnamed, sentence), None) if self.unnamed else None
        return None if found is None else found[0]

    def _asked_about(self, situation: Situation) -> str | None:
        """The rival that the customer's message compares with, or leaves for."""
        message = situation.message
        return self._rival(message, situation) if message and _COMPARES.search(message) else None

    @staticmethod
    def _holds(source: str, text: str) -> bool:
        return matched(source, text)

    @cached_property
    def _unnamed(self) -> str:
        return words(list(self.unnamed), ignorecase=True)

    @cached_property
    def _fine(self) -> str:
        return words(list(self.unless), ignorecase=True)


def _named(situation: Situation) -> tuple[str, ...]:
    """Names in the message that could be a rival's."""
    if not situation.message:
        return ()
    known = " ".join(
        (situation.agent.name if situation.agent else "", *(one.value for one in situation.facts))
    ).casefold()
    return tuple(one for one in _capitalised(situation.message) if one.casefold() not in known)


@lru_cache(maxsize=256)
def _capitalised(message: str) -> tuple[str, ...]:
    """Words with a capital that grammar does not ask for."""
    found = []
    for one in _NAME.finditer(message):
        opens = _OPENS.search(message, 0, one.start()) is not None
        if not one[0].isupper() and (not opens or _ACTS.match(message, one.end())):
            found.append(one[0])
    return tuple(dict.fromkeys(found))
