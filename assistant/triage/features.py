"""What the model sees of a message: its meaning, what it speaks of, its words, and what the rules found."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.triage.concepts import Concepts
from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS
from tone_rules.readings.search import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tone_rules.readings import MessageReading

_TOKEN = re.compile(r"[a-z0-9']+|[^\w\s]")
_STEM = 5
"""Letters of a word that stand for all its endings."""

_MEANING, _SPOKEN_OF, _WORDS, _PARTS = 4.0, 0.8, 6.0, 3.0
"""How large the parts of the features are beside each other: a stronger one is shrunk less in training. Chosen on
messages of authors that the weights had not seen; concepts in pairs added nothing there."""

_MOST = 6000
"""Characters of a message that are read."""

_MOST_POINTS = 6.0
"""Points of rules that count: more of the same says no more."""

_CLAUSE = re.compile(r"[.!?;:\n()]+|,\s|\s-+\s|\b(?:but|and then|because|when|while|after|so)\b")
_CLAUSE_WORDS, _LAST_WORDS = 3, 2
_MOST_PARTS = 40

TOLD = 3 * 256
"""Numbers that are of a message's clauses; they stand first, and only escalations are learned from them: on an author
that the weights had not seen, intents and mood gain nothing."""


class Features(NamedTuple):
    """Of one message, or of one clause of it."""

    dense: "NDArray[np.float32]"
    """The vectors of its first and its last clause and the largest numbers of all of them (`TOLD` numbers in all), the
    vector of its meaning, how often each concept stands in it, and what the rules found."""
    words: Mapping[str, float]
    """Words, pairs of words and beginnings of words, each with how much it counts before it is weighed."""
    parts: "tuple[Features, ...]" = ()
    """Its clauses, in the order of `clauses`: one of them says what a long message would drown. A clause has none."""


def features(text: str, reading: "MessageReading | None", concepts: Concepts) -> Features:
    """Read a folded text.

    Args:
        text: folded, with handles, links and instructions blanked.
        reading: what the rules found in it; None where only its words should count.
        concepts: what it may speak of.
    """
    import numpy as np

    from tone_rules.vectors import vectors

    shown = text[:_MOST]
    inner = [shown[slice(*span)] for span in clauses(shown)[:_MOST_PARTS]]
    told = vectors(inner)
    whole = _features(
        shown,
        _PARTS * np.concatenate([told[0], told[-1], told.max(axis=0)]),
        concepts,
        np.zeros(ruled()) if reading is None else np.array(list(_ruled(reading))),
    )
    nothing, unruled = np.zeros(TOLD), np.zeros(ruled())
    return whole._replace(parts=tuple(_features(one, nothing, concepts, unruled) for one in inner))


def _features(
    text: str, told: "NDArray[np.floating[Any]]", concepts: Concepts, found: "NDArray[np.floating[Any]]"
) -> Features:
    """The features of one stretch of text, where `told` is of its clauses and `found` of the rules."""
    import numpy as np

    from tone_rules.vectors import vector

    counts = np.zeros(len(concepts.names), np.float32)
    for number, _ in concepts.find(text):
        counts[number] += 1
    dense = np.concatenate([told, _MEANING * vector(text.strip()), _SPOKEN_OF * np.sqrt(np.minimum(counts, 3)), found])
    return Features(dense.astype(np.float32), _counted(text))


def weighed(found: Features, rarity: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The words with their values, the rarer the more, so that a long text counts no more than a short one."""
    values = {one: count * rarity[one] for one, count in found.words.items() if one in rarity}
    length = math.sqrt(sum(value * value for value in values.values()))
    yield from ((one, _WORDS * value / length) for one, value in values.items())


def clauses(text: str) -> list[Span]:
    """Where the clauses of a folded text stand; the whole text where it has but one.

    A short one goes with what follows; at the end two words are a clause ("she died"), and one goes with the last.
    """
    spans, start = [], 0
    for cut in [one.span() for one in _CLAUSE.finditer(text)]:
        if len(text[start : cut[0]].split()) >= _CLAUSE_WORDS:
            spans.append(_trimmed(text, start, cut[0]))
            start = cut[1]
    left = len(text[start:].split())
    if left >= _LAST_WORDS or not spans:
        return [*spans, _trimmed(text, start, len(text))]
    return [*spans[:-1], _trimmed(text, spans[-1].start, len(text))] if left else spans


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return Span(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))


def ruled() -> int:
    """How many numbers say what the rules found."""
    return len(ESCALATIONS) + 3 * len(INTENTS) + len(SENTIMENTS) + 10


def _ruled(reading: "MessageReading") -> Iterator[float]:
    """What the rules found."""
    found, wishes, mood = reading.dangers, reading.intents, reading.mood
    yield from (min(found[one].points, 4) / 2 if one in found else 0.0 for one in ESCALATIONS)
    yield from (1.0 / (1 + wishes.index(one)) if one in wishes else 0.0 for one in INTENTS)
    points = reading.intent_points
    yield from (max(-1.0, min(points.get(one, 0.0), _MOST_POINTS)) / 3 for one in INTENTS)
    first, second, *_ = (*sorted(points.values(), reverse=True), 0.0, 0.0)
    yield from (min(max(first - second, 0.0), 4) / 2 * (one == wishes[0]) for one in INTENTS)
    yield from (float(one == reading.sentiment) for one in SENTIMENTS)
    yield from (min(mood.good, 4) / 4, min(mood.bad, 6) / 6, mood.heat, float(reading.sarcasm))
    yield from (math.log1p(mood.good), math.log1p(mood.bad))
    yield from (float(reading.problems), float("?" in reading.text), float("!" in reading.text))
    yield min(len(reading.folded), 400) / 400


def _counted(text: str) -> dict[str, float]:
    tokens = _TOKEN.findall(text)
    counts = Counter(tokens)
    counts.update(f"{one}_{other}" for one, other in pairwise(tokens))
    counts.update(f"{one[:_STEM]}~" for one in tokens if len(one) > _STEM)
    return {one: 1 + math.log(count) for one, count in counts.items()}
