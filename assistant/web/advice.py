"""The one thing that would help a reply most, in words, and the numbers behind it for who asks for them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from assistant import checking
from assistant.brand import Brand
from assistant.checking import Length, length_of, situation_of
from assistant.context import CustomerContext
from tone_rules.finding import Report
from tone_rules.measures import Scores, measure
from tone_rules.value import Value

Group = Literal["tone", "helpfulness"]


class Bar(Value):
    """One measure as it is shown."""

    name: str
    """In words: "Says what happens next"."""
    group: Group
    value: float | None = None
    """0 to 1; None where it was not measured."""
    reason: str = ""
    """What would help, or why it was not measured."""


class Advice(Value):
    """What to do about a reply, most useful first."""

    first: str | None = None
    """The one thing that would help most, as a sentence; None where nothing is left to say."""
    tone: float
    helpfulness: float | None = None
    bars: tuple[Bar, ...] = ()


def advised(brand: Brand, text: str, context: CustomerContext) -> Advice:
    """Advice on an exact text as the reply to a message."""
    report = checking.check(text, context, brand)
    scores = measure(text, situation_of(context, brand))
    return Advice(
        first=_first(report, length_of(text, context, brand), scores),
        tone=scores.tone,
        helpfulness=scores.helpfulness,
        bars=tuple(_bars(scores)),
    )


def _first(report: Report, length: Length, scores: Scores) -> str | None:
    """What stops a reply comes first, then what does not fit the channel, then what would make it better."""
    if length.limit is not None and length.counted > length.limit:
        over = length.counted - length.limit
        return f"Shorten it by {over:,} {'character' if over == 1 else 'characters'}."
    stops = next((one.message for one in report.findings if one.blocking), None)
    if stops is not None:
        return f"Mend what blocks it: {stops[:1].lower() + stops[1:] if stops[1:2].islower() else stops}"
    error = next((one.message for one in report.findings if one.level == "error"), None)
    return error or scores.advice


def _bars(scores: Scores) -> list[Bar]:
    found = []
    for group, names in _names().items():
        for key, name in names.items():
            one = scores.measures.get(key)
            if one is not None:
                found.append(Bar(name=name, group=group, value=one.value, reason=one.reason or ""))
    return found


@cache
def _names() -> Mapping[Group, Mapping[str, str]]:
    """What each measure is called, by the sum that it belongs to."""
    text = files("assistant.web").joinpath("advice.yaml").read_text(encoding="utf-8")
    names: Mapping[Group, Mapping[str, str]] = yaml.safe_load(text)
    return names
