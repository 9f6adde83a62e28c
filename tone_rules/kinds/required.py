"""`required`: something must be there and is not."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.patterns import matched, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation


class Required(Blockwise):
    """Flags a text without its tokens, at its end. The message's argument is what is missing."""

    pattern_lists = ("tokens", "given")

    extends: Literal["required"]
    tokens: Strings = Field(min_length=1)
    need: Literal["any", "all"] = "any"
    """Whether one of the tokens is enough."""
    given: Strings = ()
    """Only a text with a match of one of these needs anything."""
    nonword: bool = False
    ignorecase: bool = False

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit for all tokens, or with `need: all` one for each, that is missing."""
        if self.given and not self._holds(text, self._given):
            return
        missing = [one for one, source in zip(self.tokens, self._sources, strict=True) if not self._holds(text, source)]
        if self.need == "any":
            missing = [" or ".join(self.tokens)] if len(missing) == len(self.tokens) else []
        for one in missing:
            yield Hit(len(text), len(text), (one,))

    def _holds(self, text: str, source: str) -> bool:
        return matched(source, text)

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        return tuple(words([one], nonword=self.nonword, ignorecase=self.ignorecase) for one in self.tokens)

    @cached_property
    def _given(self) -> str:
        return words(list(self.given), nonword=self.nonword, ignorecase=self.ignorecase)
