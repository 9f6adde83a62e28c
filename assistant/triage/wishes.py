"""Intents and mood: what the rules find and the model together make of a message."""

from collections.abc import Mapping

from assistant.triage.answers import Intent, Sentiment
from assistant.triage.model import FIRST, INTENT, scores
from assistant.triage.weights import weights
from tone_rules.readings import MessageReading
from tone_rules.readings.answers import INTENTS, SENTIMENTS
from tone_rules.readings.evidence import Evidence

_MOST = 4
_MOCKING = 1.5
"""Logit from which a message is sarcastic though no rule says so; chosen by folds, about as precise as the rules."""


def intents(reading: MessageReading, *, sarcasm: bool) -> tuple[Intent, ...]:
    """What a message is about, most prominent first; never empty. Courtesy and sarcasm are no praise.

    What the rules find is among what the model sees; a say of their own beside it made the first intent right less
    often, by folds and on an author that the weights had not seen.
    """
    edges = weights().thresholds
    return wished(reading, scores(reading).others, sarcasm=sarcasm, edge=edges.intent, denied=edges.denied)


def wished(
    reading: MessageReading, others: Mapping[str, float], *, sarcasm: bool, edge: float, denied: float
) -> tuple[Intent, ...]:
    """The same by given logits: above `edge` an intent counts, below `denied` it doesn't though a rule finds it."""
    found = reading.intents
    marks = {name: others[FIRST + name] for name in INTENTS}
    also = {name: others[INTENT + name] for name in INTENTS}
    if sarcasm or ("praise" not in found and reading.mood.sentiment == "negative"):
        del marks["praise"]
    ruled = [name for name in found if name != "other" and also[name] > denied]
    first = max(marks, key=lambda name: marks[name])
    more = sorted((name for name in marks if name not in (first, "other")), key=lambda name: -also[name])
    return (first, *(name for name in more if also[name] > edge or name in ruled))[:_MOST]


def mockery(reading: MessageReading) -> tuple[Evidence, ...]:
    """The words that make a message sarcastic; the whole of it where only the model hears it."""
    if reading.mockery or scores(reading).others["sarcasm"] < _MOCKING:
        return reading.mockery
    text = reading.text
    return (Evidence(label="sarcasm", start=0, end=len(text), match=text, reason="what the model goes by"),)


def sentiment(reading: MessageReading, *, sarcasm: bool) -> Sentiment:
    """How a message sounds; sarcasm is negative. By folds right for 81% (by the rules alone: 53%)."""
    if sarcasm:
        return "negative"
    others = scores(reading).others
    return max(SENTIMENTS, key=lambda name: others[f"sentiment:{name}"])
