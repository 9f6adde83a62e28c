"""The customer's own noun for what a message is about."""

import re
from functools import cache

import re2

from assistant.brand import Brand
from assistant.triage.answers import Evidence
from assistant.triage.rules import rules

_NOUN = r"([a-z][a-z0-9'-]{1,30}(?: [a-z0-9][a-z0-9'-]{0,30}){0,2})"


def topic(message: str, folded: str, brand: Brand | None) -> Evidence | None:
    """The noun, as the customer wrote it, or None where it isn't sure."""
    known = [found.span() for found in _known().finditer(folded)]
    if known:
        counts: dict[str, int] = {}
        for start, end in known:
            word = folded[start:end].rstrip("s")
            counts[word] = counts.get(word, 0) + 1
        start, end = max(
            known,
            key=lambda span: (_specific(folded[slice(*span)]), counts[folded[slice(*span)].rstrip("s")], -span[0]),
        )
        return Evidence(label="topic", start=start, end=end, match=message[start:end])
    return None


def _specific(noun: str) -> int:
    """A thing says more than a service word ("kettle" beside "order")."""
    return 0 if noun in rules().topics.services or noun.rstrip("s") in rules().topics.services else 1


@cache
def _known() -> "re2._Regexp":
    nouns = sorted((*rules().topics.nouns, *rules().topics.services), key=len, reverse=True)
    return re2.compile(r"\b(?:" + "|".join(re.escape(noun) for noun in nouns) + r")s?\b")
