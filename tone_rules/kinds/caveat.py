"""`caveat`: a line that must go with a topic, such as a risk warning, is missing from the reply."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.patterns import matched, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation


class Caveat(Blockwise):
    """Flags a reply on a topic without the line that the brand's own sources have for it, at the reply's end.

    Public facts count as sources. Where no source has such a line, nothing is asked for, unless the reply invites to
    the thing itself: that is a promotion, whatever the sources hold. The message's argument is the line as the source
    has it, else what it must say, `otherwise`.
    """

    pattern_lists = ("tokens", "given", "asked", "inviting")

    extends: Literal["caveat"]
    tokens: Strings = Field(min_length=1)
    """What such a line says, in a source and in the reply: one is enough."""
    given: Strings = ()
    """The topic, in the reply."""
    asked: Strings = ()
    """The topic, in the customer's message."""
    inviting: Strings = ()
    """What invites to it, in the reply: that is a topic too, and needs the line though no source has one."""
    otherwise: str = ""
    """What the line must say, where no source has it."""
    ignorecase: bool = False

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit where the topic is there and the line isn't."""
        invites = _holds(text, self._invites)
        if not (invites or _holds(text, self._given) or _holds(situation.message or "", self._asked)):
            return
        if _holds(text, self._line):
            return
        for name, source in _public(situation):
            for start, end in sentence_spans(source):
                if _holds(source[start:end], self._line):
                    yield Hit(len(text), len(text), (source[start:end],), compared_with=name)
                    return
        if invites:
            yield Hit(len(text), len(text), (self.otherwise,))

    @property
    @override
    def pattern(self) -> str | None:
        """The topic's pattern, where the reply alone shows it."""
        return None if self.asked or self.inviting else self._given

    @cached_property
    def _line(self) -> str:
        return words(list(self.tokens), ignorecase=self.ignorecase)

    @cached_property
    def _given(self) -> str | None:
        return words(list(self.given), ignorecase=self.ignorecase) if self.given else None

    @cached_property
    def _invites(self) -> str | None:
        return words(list(self.inviting), ignorecase=self.ignorecase) if self.inviting else None

    @cached_property
    def _asked(self) -> str | None:
        return words(list(self.asked), ignorecase=True) if self.asked else None


def _public(situation: Situation) -> Iterator[tuple[str, str]]:
    yield from ((one.id, one.text) for one in situation.sources)
    yield from ((one.name, one.value) for one in situation.facts if one.visibility == "public")


def _holds(text: str, source: str | None) -> bool:
    return bool(text) and source is not None and matched(source, text)
