"""`measure`: all measures of one reply."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features import features
from tone_rules.measures.scale import Scale
from tone_rules.measures.scales import SCALES
from tone_rules.measures.score import Measure, Scores
from tone_rules.measures.weights import Linear, Weights, load_weights
from tone_rules.situation import Situation

_SLIGHT = 0.04
"""A shortfall below this share of a scale is not worth a sentence."""

_NO_MESSAGE = "not measured: there is no message that it could answer"


def measure(text: str, situation: Situation | None = None) -> Scores:
    """Measure a reply by itself and, where the situation has a message, as the answer to it.

    Args:
        text: the reply.
        situation: what is known around it.
    """
    about = About(text, situation or Situation())
    return _shipped().scores(features(about), answering=bool(about.message and about.message.strip()))


def scored(found: Mapping[str, Feature], weights: Weights, *, answering: bool) -> Scores:
    """The scores that features get by weights.

    Args:
        found: every feature of the reply, by name.
        weights: fitted.
        answering: whether there is a message.
    """
    return _Scoring(weights).scores(found, answering=answering)


class _Advised(NamedTuple):
    """One part of a scale that something can be said about."""

    name: str
    weight: float
    usual: float | None
    """What good replies have of it; None where it counts against the reply."""
    advice: str


class _Summed(NamedTuple):
    """One scale with its weights."""

    scale: Scale
    bias: float
    weights: tuple[tuple[str, float], ...]
    """Without those of 0."""
    shown: tuple[str, ...]
    """The features whose places are shown."""
    advised: tuple[_Advised, ...]

    def value(self, values: Mapping[str, float]) -> float:
        """The weighted sum, cut to 0 to 1."""
        total = 0.0
        for name, weight in self.weights:
            total += weight * values.get(name, 0.0)
        return _cut(self.bias + total)

    def lack(self, values: Mapping[str, float]) -> tuple[float, str | None]:
        """How much the worst part costs, and what to do about it."""
        most, said = 0.0, None
        for name, weight, usual, advice in self.advised:
            value = values.get(name, 0.0)
            cost = -weight * value if usual is None else weight * (usual - value)
            if cost > most:
                most, said = cost, advice
        return (most, said) if most >= _SLIGHT else (0.0, None)

    def spans(self, found: Mapping[str, Feature]) -> tuple[tuple[int, int], ...]:
        """Where its features stand."""
        every: set[tuple[int, int]] = set()
        for name in self.shown:
            if name in found:
                every.update(found[name].spans)
        return tuple(sorted(every))


class _Scoring:
    """Every scale with its weights, ready to be summed."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._scales = tuple(_summed(one, linear_of(one, weights)) for one in SCALES)

    def scores(self, found: Mapping[str, Feature], *, answering: bool) -> Scores:
        """The scores of one reply."""
        weights = self._weights
        values = {name: one.value for name, one in found.items()}
        measures: dict[str, Measure] = {}
        short: dict[str, tuple[float, str]] = {}
        for one in self._scales:
            scale = one.scale
            if not answering and (scale.needs_message or scale.group == "helpfulness"):
                measures[scale.name] = Measure(reason=_NO_MESSAGE)
                continue
            if scale.needs and not values.get(scale.needs):
                measures[scale.name] = Measure(reason=scale.lacking)
                continue
            lack, advice = one.lack(values)
            if scale.counts and advice:
                short[scale.name] = (lack, advice)
            measures[scale.name] = Measure(
                value=round(one.value(values), 3), spans=one.spans(found), reason=advice or scale.good
            )
        got = {name: one.value for name, one in measures.items() if one.value is not None}
        tone, helpfulness = weights.tone.of(got), weights.helpfulness.of(got)
        where = values.get("length", 0.0) - weights.length.get("mean", 0.0)
        return Scores(
            tone=round(tone, 3),
            helpfulness=round(helpfulness, 3) if answering else None,
            tone_for_length=round(_cut(tone - weights.length.get("tone", 0.0) * where), 3),
            helpfulness_for_length=(
                round(_cut(helpfulness - weights.length.get("helpfulness", 0.0) * where), 3) if answering else None
            ),
            measures=measures,
            advice=max(short.values(), default=(0.0, None), key=lambda one: one[0])[1],
        )


@cache
def _shipped() -> _Scoring:
    return _Scoring(load_weights())


def _summed(scale: Scale, linear: Linear) -> _Summed:
    weights = {name: weight for name, weight in linear.weights.items() if weight}
    advised = tuple(
        _Advised(name, weights[name], linear.usual.get(name, 1.0) if part.sign > 0 else None, part.advice)
        for name, part in scale.parts.items()
        if part.advice and name in weights
    )
    shown = tuple(name for name in scale.parts if name in weights)
    return _Summed(scale, linear.bias, tuple(weights.items()), shown, advised)


def linear_of(scale: Scale, weights: Weights) -> Linear:
    """A scale's weighted sum: set by hand, or fitted."""
    if scale.fixed is None:
        return weights.scales.get(scale.name, Linear())
    given = dict(scale.fixed)
    return Linear(bias=given.pop("bias", 0.0), weights=given, usual=dict.fromkeys(given, 1.0))


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))
