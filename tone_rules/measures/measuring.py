"""`measure`: all measures of one reply."""

from collections.abc import Mapping
from functools import cache

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


class _Scoring:
    """Every scale with its weights, ready to be summed."""

    def __init__(self, weights: Weights) -> None:
        import numpy as np

        sums = [linear_of(one, weights) for one in SCALES]
        self._weights = weights
        self._names = tuple(dict.fromkeys(name for one in sums for name in one.weights))
        place = {name: number for number, name in enumerate(self._names)}
        self._table = np.array([[one.weights.get(name, 0.0) for name in self._names] for one in sums])
        self._bias = np.array([one.bias for one in sums])
        self._shown = [[name for name in one.parts if sums[row].weights.get(name)] for row, one in enumerate(SCALES)]
        """Of each scale the features whose places are shown."""
        advised = [
            [(name, part) for name, part in one.parts.items() if part.advice and sums[row].weights.get(name)]
            for row, one in enumerate(SCALES)
        ]
        self._advice = [[part.advice for _, part in parts] for parts in advised]
        self._rows = np.array([row for row, parts in enumerate(advised) for _ in parts], int)
        self._columns = np.array([place[name] for parts in advised for name, _ in parts], int)
        self._usual = np.array(
            [
                sums[row].usual.get(name, 1.0) if part.sign > 0 else 0.0
                for row, parts in enumerate(advised)
                for name, part in parts
            ]
        )
        """What good replies have of each; nothing of what counts against a reply."""
        self._costly = self._table[self._rows, self._columns]

    def scores(self, found: Mapping[str, Feature], *, answering: bool) -> Scores:
        """The scores of one reply."""
        import numpy as np

        weights = self._weights
        values = np.array([found[name].value if name in found else 0.0 for name in self._names])
        sums = (self._bias + self._table @ values).tolist()
        costs = iter((self._costly * (self._usual - values[self._columns])).tolist())
        placed = {name: one.spans for name, one in found.items() if one.spans}
        measures: dict[str, Measure] = {}
        short: dict[str, tuple[float, str]] = {}
        # rounded twice: what lies between two thousandths goes the same way whatever the order of a sum
        for scale, total, shown, advices in zip(SCALES, sums, self._shown, self._advice, strict=True):
            # the texts first: where they end, no cost of the next scale is taken
            advice, lack = max(zip(advices, costs, strict=False), default=("", 0.0), key=_cost)
            if not answering and (scale.needs_message or scale.group == "helpfulness"):
                measures[scale.name] = Measure(reason=_NO_MESSAGE)
                continue
            if scale.needs and not (scale.needs in found and found[scale.needs].value):
                measures[scale.name] = Measure(reason=scale.lacking)
                continue
            lacking = lack >= _SLIGHT
            if scale.counts and lacking:
                short[scale.name] = (lack, advice)
            measures[scale.name] = Measure(
                value=round(round(_cut(total), 9), 3),
                spans=tuple(sorted({span for name in shown if name in placed for span in placed[name]})),
                reason=advice if lacking else scale.good,
            )
        got = {name: one.value for name, one in measures.items() if one.value is not None}
        tone, helpfulness = weights.tone.of(got), weights.helpfulness.of(got)
        where = (found["length"].value if "length" in found else 0.0) - weights.length.get("mean", 0.0)
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


def linear_of(scale: Scale, weights: Weights) -> Linear:
    """A scale's weighted sum: set by hand, or fitted."""
    if scale.fixed is None:
        return weights.scales.get(scale.name, Linear())
    given = dict(scale.fixed)
    return Linear(bias=given.pop("bias", 0.0), weights=given, usual=dict.fromkeys(given, 1.0))


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))


def _cost(one: tuple[str, float]) -> float:
    return one[1]
