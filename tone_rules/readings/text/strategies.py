"""The politeness strategies of a text."""

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from tone_rules.readings.text.families import data
from tone_rules.readings.text.found import Strategy, Valence
from tone_rules.readings.text.layout import Layout

StrategyName = Literal[
    "gratitude",
    "deference",
    "greeting",
    "apology",
    "indirect",
    "please",
    "please_start",
    "positive",
    "negative",
    "direct_question",
    "direct_start",
    "counterfactual_modal",
    "indicative_modal",
    "hedges",
    "first_person_start",
    "first_person_plural",
    "first_person",
    "second_person",
    "second_person_start",
    "factuality",
]
STRATEGIES: tuple[StrategyName, ...] = get_args(StrategyName)
"""The twenty, `please` and the persons in mid-sentence; `indirect` is by the way."""


def strategies(layout: Layout, moods: Iterable[Valence]) -> Iterator[Strategy]:
    """Every strategy with the words that show it, in order; `moods` is read elsewhere."""
    found = [
        Strategy(*span, layout.text[slice(*span)], name)
        for name in data("strategies")
        for span in layout.hits[f"strategies.{name}"]
    ]
    found += [Strategy(one.start, one.end, one.text, "positive" if one.weight > 0 else "negative") for one in moods]
    yield from sorted(found)
