"""The model of triage: what was learned from messages, beside the rules and never without them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.triage.features import clauses, features, weighed
from assistant.triage.weights import NONE, weights
from tone_rules.readings.answers import Escalation
from tone_rules.readings.search import Cue, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.triage.features import Features
    from tone_rules.readings import MessageReading

DANGER, FIRST, INTENT = "danger:", "first:", "intent:"
_SHOWN = 2
_KEPT = 256


class Scores(NamedTuple):
    """What the model makes of one message."""

    dangers: Mapping[Escalation, float]
    """For each escalation by how much it outweighs that there is none: a difference of logits."""
    others: Mapping[str, float]
    """The logits of the other answers."""


@lru_cache(maxsize=_KEPT)
def scores(reading: "MessageReading") -> Scores:
    """What the model makes of a message."""
    return _scores(features(reading.folded, reading, weights().concepts))


def telling(reading: "MessageReading", name: Escalation) -> tuple[tuple[Cue, Span], ...]:
    """The clauses that speak most for an escalation, the most telling first."""
    text = reading.folded
    spans = clauses(text)
    marks = [_scores(features(text[slice(*span)], None, weights().concepts)).dangers[name] for span in spans]
    order = sorted(range(len(spans)), key=lambda one: -marks[one])
    chosen = [at for place, at in enumerate(order[:_SHOWN]) if place == 0 or marks[at] > 0]
    return tuple((Cue("", reason="what the model goes by"), spans[at]) for at in chosen)


def _scores(found: "Features") -> Scores:
    return told(logits(found), weights().answers)


def told(found: "NDArray[np.float32]", answers: Sequence[str]) -> Scores:
    """Logits by their names."""
    values = dict(zip(answers, map(float, found), strict=True))
    none = values[DANGER + NONE]
    dangers = {name.removeprefix(DANGER): value - none for name, value in values.items() if name.startswith(DANGER)}
    del dangers[NONE]
    others = {name: value for name, value in values.items() if not name.startswith(DANGER)}
    return Scores(dangers, others)  # type: ignore[arg-type]


def logits(found: "Features") -> "NDArray[np.float32]":
    """One number for each answer."""
    learned = weights()
    summed = found.dense @ learned.dense + learned.bias
    rows = learned.rows
    named = [(rows[name], value) for name, value in weighed(found, learned.rarity) if name in rows]
    if named:
        places, values = zip(*named, strict=True)
        import numpy as np

        summed = summed + np.array(values, np.float32) @ learned.named[list(places)]
    result: NDArray[np.float32] = summed
    return result
