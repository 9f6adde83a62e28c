"""`measure`: all measures of one reply."""

from collections.abc import Mapping

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features import features
from tone_rules.measures.scale import Part, Scale
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
    return scored(features(about), load_weights(), answering=bool(about.message and about.message.strip()))


def scored(found: Mapping[str, Feature], weights: Weights, *, answering: bool) -> Scores:
    """The scores that features get by weights.

    Args:
        found: every feature of the reply, by name.
        weights: fitted.
        answering: whether there is a message.
    """
    values = {name: one.value for name, one in found.items()}
    measures: dict[str, Measure] = {}
    short: dict[str, tuple[float, str]] = {}
    for scale in SCALES:
        if not answering and (scale.needs_message or scale.group == "helpfulness"):
            measures[scale.name] = Measure(reason=_NO_MESSAGE)
            continue
        if scale.needs and not values.get(scale.needs):
            measures[scale.name] = Measure(reason=scale.lacking)
            continue
        linear = linear_of(scale, weights)
        lack, advice = _lack(scale, linear, values)
        if scale.counts and advice:
            short[scale.name] = (lack, advice)
        measures[scale.name] = Measure(
            value=round(linear.of(values), 3), spans=_spans(scale, linear, found), reason=advice or scale.good
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


def linear_of(scale: Scale, weights: Weights) -> Linear:
    """A scale's weighted sum: set by hand, or fitted."""
    if scale.fixed is None:
        return weights.scales.get(scale.name, Linear())
    given = dict(scale.fixed)
    return Linear(bias=given.pop("bias", 0.0), weights=given, usual=dict.fromkeys(given, 1.0))


def _lack(scale: Scale, linear: Linear, values: Mapping[str, float]) -> tuple[float, str | None]:
    """How much the worst part costs, and what to do about it."""
    costs = [
        (_cost(part, linear.weights.get(name, 0.0), values.get(name, 0.0), linear.usual.get(name, 1.0)), part.advice)
        for name, part in scale.parts.items()
        if part.advice
    ]
    worst = max(costs, default=(0.0, ""), key=lambda one: one[0])
    return (worst[0], worst[1]) if worst[0] >= _SLIGHT else (0.0, None)


def _cost(part: Part, weight: float, value: float, usual: float) -> float:
    return weight * max(0.0, usual - value) if part.sign > 0 else -weight * value


def _spans(scale: Scale, linear: Linear, found: Mapping[str, Feature]) -> tuple[tuple[int, int], ...]:
    counted = (found[name] for name in scale.parts if name in found and linear.weights.get(name))
    return tuple(sorted({span for one in counted for span in one.spans}))


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))
