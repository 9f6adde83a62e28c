"""A run that somebody orders: which suite, and who answers its cases."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from tone_rules.value import Value

By = Literal["own", "brand", "past"]
"""Each case's own brand, this page's brand as it drafts here, or the past replies that the cases hold."""

SUITES = "suites"
"""The folder beside the runs whose files of cases can be run, too."""


class Order(Value):
    """What to run. It is kept beside the log, so that a run that was stopped can go on."""

    suite: str = Field(min_length=1, max_length=120, pattern=r"^[\w.-]+$")
    """The name of one that ships, or of a file in the folder of suites."""
    by: By = "own"
    epochs: int = Field(default=1, ge=1, le=5)
    votes: int = Field(default=0, ge=0, le=5)
    """How often the model that is set up rates each reply by the rubrics, beside the scorers; 0 if it is not asked."""
    person: str = ""
    """Who ordered it."""
    brand: str = ""
    """The name of the brand that answered, with `by` brand."""

    def kept_at(self, log: Path) -> Path:
        """Where the order of a log is kept."""
        return log.with_suffix(".order.json")


def ordered(log: Path) -> Order | None:
    """What was ordered for a log; None of one that was made elsewhere."""
    path = log.with_suffix(".order.json")
    try:
        return Order.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
