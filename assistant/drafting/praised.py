"""What somebody who praises tells beside it: the line that shows it was read, and a few words for a flaw."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from assistant.drafting.pattern import Pattern, search
from assistant.drafting.phrasing import Phrasing
from tone_rules.value import Value

READ = 2_000
"""Characters of a message that are looked at."""


class Detail(Value):
    """A pattern on the message, and what is said where it is found; its named groups are slots."""

    where: Pattern
    say: tuple[Phrasing, ...] = Field(min_length=1)

    def slots(self, message: str) -> Mapping[str, str] | None:
        """The slots that a message fills; None where the pattern isn't found."""
        found = search(self.where, message[:READ])
        return None if found is None else {name: _small(value) for name, value in found.groupdict().items() if value}


def _small(value: str) -> str:
    return value.strip().lower() if value[1:].islower() else value.strip()


class Praised(Value):
    """The details of praise, and the flaws that are named beside it; of each the first that is found."""

    details: tuple[Detail, ...] = ()
    flaws: tuple[Detail, ...] = ()

    def told(self, message: str) -> Iterator[tuple[tuple[Phrasing, ...], Mapping[str, str]]]:
        """What may be said to a message, with its slots: one detail at most, and one flaw."""
        for kind in (self.details, self.flaws):
            found = ((one.say, slots) for one in kind if (slots := one.slots(message)) is not None)
            yield from list(found)[:1]
