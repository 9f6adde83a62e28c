"""`measure`: a reply whose tone or helpfulness, or one measure of them, is too low."""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from tone_rules.rule import Blockwise, Hit
from tone_rules.situation import Situation

_SUMS = ("tone", "helpfulness")


class MeasureRule(Blockwise):
    """Flags a reply of which a measure lies below a bound. The message's arguments are the value and the reason.

    What was not measured, such as help where there is no message, is not flagged.
    """

    extends: Literal["measure"]
    measure: str
    """`tone`, `helpfulness`, or the name of one measure."""
    below: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _known(self) -> Self:
        from tone_rules.located import nearest
        from tone_rules.measures import SCALES

        names = [*_SUMS, *(one.name for one in SCALES)]
        if self.measure not in names:
            raise ValueError(f"there is no measure '{self.measure}'; {nearest(self.measure, names)}")
        return self

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit of the whole text, where the measure lies below the bound."""
        from tone_rules.measures import measure

        scores = measure(text, situation)
        if self.measure in _SUMS:
            value, reason = getattr(scores, self.measure), scores.advice
        else:
            value, reason = scores.measures[self.measure].value, scores.measures[self.measure].reason
        if value is not None and value < self.below:
            yield Hit(0, 0, (f"{value:.2f}", reason or ""), whole=True)
