"""A case: one customer's context, and what a good proposal for it must and must not hold."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Self

import regex
from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from assistant.context import CustomerContext
from assistant.pipeline import Status
from assistant.triage import Escalation, Intent
from tone_rules.finding import Verdict
from tone_rules.value import Value

PATTERN_SECONDS = 0.25
"""How long one pattern may search one draft; a reply of 280 characters needs far less than a millisecond."""


@cache
def compiled(pattern: str) -> Any:
    """The pattern as `regex` reads it, blind to case, where `.` does not cross lines."""
    return regex.compile(pattern, regex.IGNORECASE)


def _compiles(pattern: str) -> str:
    try:
        compiled(pattern)
    except (regex.error, RecursionError) as error:
        raise ValueError(f"'{pattern}' is not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(_compiles)]


class Must(Value):
    """One statement, as the patterns that recognise it. Case does not matter; curly quotes count as straight."""

    any: tuple[Pattern, ...]
    """It stands in a text where at least one of these is found."""
    why: str = Field(min_length=1)
    """What it is in words, for the report: "says that standard delivery takes up to five working days"."""

    @field_validator("any", mode="before")
    @classmethod
    def _some(cls, value: object) -> object:
        if value in ([], ()):
            raise ValueError("no pattern could recognise the statement; give at least one")
        return value


class Worse(Value):
    """Another reply to the same message, which is to come out lower than the case's own."""

    text: str = Field(min_length=1)
    on: Literal["tone", "helpfulness"]


class Expect(Value):
    """What is expected of a proposal. What is left out is not asked, and not scored."""

    status: Status | None = None
    escalation: Escalation | None = None
    """None where nothing may be escalated, if the key is there at all: see `asks_escalation`."""
    intents: tuple[Intent, ...] = ()
    must: tuple[Must, ...] = ()
    """Each has to stand in the best draft."""
    must_not: tuple[Must, ...] = ()
    """None may stand in any draft: an agent may pick any of them."""
    verdict: Verdict | None = None
    """What the check says of the case's `reply`."""
    blocked_by: tuple[str, ...] = ()
    """Rules one of which is to block the `reply`: a block for another reason is luck."""
    better_than: tuple[Worse, ...] = ()
    """What the measures are to rank below the `reply`."""

    @property
    def of_reply(self) -> bool:
        """Whether it says something of the case's `reply`, which is then scored in place of a draft."""
        return self.verdict is not None or bool(self.better_than)

    @model_validator(mode="after")
    def _blocks(self) -> Self:
        if self.blocked_by and self.verdict != "block":
            raise ValueError("`blocked_by` names what blocks: give the verdict 'block' beside it")
        return self

    @property
    def asks_escalation(self) -> bool:
        """Whether the case has a say on escalation; `"escalation": null` says that there is none to make."""
        return "escalation" in self.model_fields_set


class Label(Value):
    """What one rater says about a reply."""

    rater: str = Field(min_length=1)
    by: Literal["person", "model"] = "person"
    ratings: Mapping[str, Annotated[float, Field(ge=1, le=5)]] = Field(min_length=1)
    """By dimension, 1 to 5."""

    def marks(self) -> Mapping[str, float]:
        """By dimension, 0 to 1."""
        return {name: (rating - 1) / 4 for name, rating in self.ratings.items()}


class Case(Value):
    """One line of a suite."""

    id: str = Field(min_length=1)
    context: CustomerContext
    """Takes the case's id where it has none of its own."""
    expect: Expect = Expect()
    tags: tuple[str, ...] = ()
    cluster: str | None = None
    """Cases of one cluster are alike (one thread, one story retold): statistics count clusters, not cases."""
    brand: str | None = None
    """Who answers: a folder of `brands` beside the suite; None is the brand that the run is asked for, or the demo."""
    reply: str | None = Field(default=None, min_length=1)
    """What was answered in the past: it is scored without a system."""
    labels: tuple[Label, ...] = ()
    """What raters say about `reply`."""

    @property
    def group(self) -> str:
        """The cluster, or the case itself."""
        return self.id if self.cluster is None else self.cluster

    @model_validator(mode="after")
    def _labelled(self) -> Self:
        if self.labels and self.reply is None:
            raise ValueError("labels are about a reply; give the `reply` that was rated")
        if self.expect.of_reply and self.reply is None:
            raise ValueError("a verdict and a comparison are about a reply; give the `reply`")
        return self

    @field_validator("id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(context := value.get("context"), dict) and not context.get("id"):
            return {**value, "context": {**context, "id": value.get("id", "")}}
        return value
