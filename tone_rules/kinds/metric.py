"""`metric`: a number that a formula makes of a text's counts."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator
from typing_extensions import override

from tone_rules.blocks import Blocks
from tone_rules.counts import counts
from tone_rules.formula import Formula
from tone_rules.rule import Around, CouldNotRun, Definition, Hit

_ELEMENTS = ("list", "blockquote", "pre", "heading_h1", "heading_h2", "heading_h3", "heading_h4", "heading_h5")
_NONE = dict.fromkeys((*_ELEMENTS, "heading_h6"), 0.0)


class Metric(Definition):
    """Flags a text for which the condition holds of the formula's value, its message's argument.

    The formula knows words, sentences, paragraphs, characters, syllables, polysyllabic_words, complex_words and
    long_words of the summary, or of each block of another scope, and how many elements of markup there are.
    """

    extends: Literal["metric"]
    formula: str
    condition: str

    @model_validator(mode="after")
    def _parsed(self) -> Self:
        Formula(self.formula)
        Formula(f"0 {self.condition}")
        return self

    @property
    @override
    def scopes(self) -> tuple[str, ...]:
        return measured(self.scope)

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """One hit for each block of which the condition holds."""
        elements = {name: float(one) for name, one in blocks.counts().items()}
        for block in blocks.of(self.scopes):
            counted = counts(block.text)._asdict()
            if not counted["words"]:
                continue
            try:
                value = self._formula.value(_NONE | elements | counted)
                holds = Formula(f"{value:f} {self.condition}").value(_NONE | elements | counted)
            except ValueError as error:
                raise CouldNotRun(f"its formula has no value here: {error}") from None
            if holds:
                yield Hit(0, 0, (f"{value:.2f}",), whole=True)

    @cached_property
    def _formula(self) -> Formula:
        return Formula(self.formula)


def measured(scope: tuple[str, ...]) -> tuple[str, ...]:
    """The scope of a measure: all prose at once where none but `text` is named."""
    return ("summary",) if scope in ((), ("text",)) else scope
