"""`handover`: the customer's message is a case for a specialist, and the reply does not hold what such a reply must."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.patterns import matched, words
from tone_rules.readings.answers import Escalation
from tone_rules.rule import Blockwise, Hit, Location, Strings
from tone_rules.situation import Situation
from tone_rules.value import Value


class Need(Value):
    """What the first reply to one kind of case must hold."""

    say: str
    """In words, for the finding: "tell them to stop using it"."""
    tokens: Strings = Field(min_length=1)
    """Patterns, letter case aside; one is enough."""


class Handover(Blockwise):
    """Flags a reply to a case for a specialist that holds nothing of what it must, at the reply's end.

    The message's arguments are what the case is, in words, and what the reply must hold.
    """

    extends: Literal["handover"]
    needs: Mapping[Escalation, Need] = Field(min_length=1)
    sure: bool = True
    """Whether it is about cases that are sure; else about those that are possible, where a person looks first."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit where the message shows such a case and the reply goes past it."""
        if not situation.message:
            return
        from tone_rules.readings import read_message

        reading = read_message(situation.message)
        case = reading.escalation if self.sure else reading.review
        need = self.needs.get(case) if case else None
        if case and need and not matched(self._sources[case], text):
            yield Hit(len(text), len(text), (case.replace("_", " "), need.say))

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """The tokens of every need."""
        yield from super().patterns()
        for case, need in self.needs.items():
            yield from ((("needs", case, "tokens", index), one) for index, one in enumerate(need.tokens))

    @cached_property
    def _sources(self) -> dict[Escalation, str]:
        return {case: words(list(need.tokens), ignorecase=True) for case, need in self.needs.items()}
