"""`leak`: what only the brand knows about this customer, or about itself, stands in the reply."""

from collections.abc import Iterable, Iterator
from typing import Literal

from typing_extensions import override

from tone_rules.rule import Blockwise, Hit
from tone_rules.situation import Fact, Situation


class Leak(Blockwise):
    """Flags private and internal facts of the situation, whole or by a part that tells them, in any form.

    The message's arguments are the fact's name and its visibility. What is public too is no leak; what the customer
    wrote may be echoed, but for numbers, addresses and the like, which stay private whoever posted them.
    """

    extends: Literal["leak"]
    visibility: Literal["private", "internal"] | None = None
    """Look at facts of this visibility alone; both where it is not given."""
    said: bool = False
    """Look also for addresses, e-mail addresses and numbers that the customer posted."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each place where a private or internal fact shows."""
        said = self.said and self.visibility is None and bool(situation.message or situation.thread)
        secrets = [one for one in situation.facts if one.visibility != "public"]
        if self.visibility:
            secrets = [one for one in secrets if one.visibility == self.visibility]
        if not secrets and not said:
            return
        from tone_rules.traces import known_in, traces_of
        from tone_rules.traces.reading import Reading

        if said:
            secrets += posted(
                situation.message or "", *(turn.text for turn in situation.thread if turn.role != "brand")
            )
        if not secrets:
            return
        reply, known = Reading(text), known_in(situation)
        found: set[tuple[int, int]] = set()
        for fact in secrets:
            for start, end in traces_of(fact, reply, known):
                if (start, end) not in found:
                    found.add((start, end))
                    yield Hit(start, end, (fact.name, fact.visibility))


def posted(*texts: str) -> Iterator[Fact]:
    """What a customer posted that must not be repeated, whoever posted it."""
    from tone_rules.traces.posted import posted_in

    for text in texts:
        yield from posted_in(text)
