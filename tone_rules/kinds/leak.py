"""`leak`: what only the brand knows about this customer, or about itself, stands in the reply."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from typing_extensions import override

from tone_rules.rule import Definition, Hit
from tone_rules.situation import Fact, Situation

_POSTED = {
    "e-mail address from the customer's post": re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    "postcode from the customer's post": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "number from the customer's post": re.compile(r"(?<![\w/=.-])\+?\d(?:[ ().-]{0,2}\d){8,18}(?!\w)"),
}


class Leak(Definition):
    """Flags private and internal facts of the situation, whole or by a part that tells them, in any form.

    The message's arguments are the fact's name and its visibility. What is public too is no leak; what the customer
    wrote may be echoed, but for numbers, addresses and the like, which stay private whoever posted them.
    """

    extends: Literal["leak"]
    visibility: Literal["private", "internal"] | None = None
    """Look at facts of this visibility alone; both where it is not given."""
    said: bool = False
    """Look also for e-mail addresses, telephone and card numbers and postcodes that the customer posted."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each place where a private or internal fact shows."""
        secrets = [one for one in situation.facts if one.visibility != "public"]
        if self.visibility:
            secrets = [one for one in secrets if one.visibility == self.visibility]
        if self.said and self.visibility is None:
            secrets += posted(
                situation.message or "", *(turn.text for turn in situation.thread if turn.role != "brand")
            )
        if not secrets:
            return
        from tone_rules.traces import known_in, traces_of
        from tone_rules.traces.reading import Reading

        reply, known = Reading(text), known_in(situation)
        found: set[tuple[int, int]] = set()
        for fact in secrets:
            for start, end in traces_of(fact, reply, known):
                if (start, end) not in found:
                    found.add((start, end))
                    yield Hit(start, end, (fact.name, fact.visibility))


def posted(*texts: str) -> Iterator[Fact]:
    """What a customer posted that must not be repeated, whoever posted it."""
    for name, pattern in _POSTED.items():
        yield from (Fact(name=name, value=found) for text in texts for found in pattern.findall(text))
