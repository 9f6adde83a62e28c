"""How a text sounds: the weights of its words, -1 to 1 in sum.

The lexicon is that of `tone_rules.readings.mood`; `valence.yaml` has what differs where a text may be a reply. Rules of
thumb are those of Hutto and Gilbert (2014), VADER: negation turns, intensifiers and capitals strengthen, what stands
behind `but` counts more than what stands before; the sum is brought into -1 to 1 by s / sqrt(s^2 + a).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from math import sqrt

from tone_rules.readings.mood import heat
from tone_rules.readings.rules import mood_lexicon
from tone_rules.readings.text.covered import Covered
from tone_rules.readings.text.families import data
from tone_rules.readings.text.found import Valence
from tone_rules.readings.text.layout import Layout

_WORD = re.compile(r"[a-z][a-z'-]{0,40}")
_CLAUSE = re.compile(r"[.!?;:\n,]|\b(?:but|however|though|although|except|yet)\b")
_BUT = re.compile(r"\b(?:but|however|except|yet)\b")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_ALPHA = 8.0
"""VADER's is 15, for words of up to 4; ours weigh up to 2."""
_NEGATED_WITHIN = 4
_NEGATED_PRAISE, _NEGATED_BLAME = -0.8, -0.4
_INTENSIFIED, _SHOUTED, _LONG = 1.4, 1.3, 1.2
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.3
_EMOJI = 0.8


@cache
def _weights() -> dict[str, float]:
    lexicon = mood_lexicon()
    return {
        **dict.fromkeys(lexicon.positive, 1.0),
        **dict.fromkeys(lexicon.very_positive, 2.0),
        **dict.fromkeys(lexicon.negative, -1.0),
        **dict.fromkeys(lexicon.very_negative, -2.0),
        **{word: float(weight) for weight, words in data("words")["weights"].items() for word in words.split()},
    }


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = mood_lexicon()
    unhappy = frozenset(lexicon.unhappy_emoji + lexicon.angry_emoji)
    return (
        frozenset(lexicon.negations),
        frozenset(lexicon.intensifiers) | frozenset(data("words")["strengthens"].split()),
        frozenset(lexicon.happy_emoji),
        unhappy,
        frozenset(lexicon.acronyms),
    )


def valences(layout: Layout) -> Iterator[Valence]:
    """Every word with a mood, in order, with its weight as it stands there."""
    yield from sorted((*_words(layout), *_emoji(layout.text)))


def sentiment(layout: Layout, found: tuple[Valence, ...]) -> float:
    """The sum of the weights, -1 to 1; a word that is said again adds half."""
    total = 0.0
    seen: set[tuple[str, bool]] = set()
    turns = [one.start() for one in _BUT.finditer(layout.folded)]
    for one in found:
        key = (one.text.lower(), one.weight > 0)
        weight = one.weight * (0.5 if key in seen else 1.0)
        seen.add(key)
        total += weight * _turned(layout, one.start, turns)
    return round(total / sqrt(total * total + _ALPHA), 3)


def arousal(layout: Layout, found: tuple[Valence, ...]) -> float:
    """How agitated a text is, 0 to 1."""
    joy = 0.1 * sum(one in _sets()[2] for one in layout.text[:2000])
    bad = -sum(one.weight for one in found if one.weight < 0)
    return round(min(1.0, heat(layout.shown, layout.folded, mood_lexicon(), bad) + joy), 2)


def _turned(layout: Layout, place: int, turns: list[int]) -> float:
    """What a turn in the same sentence makes of a word's weight."""
    if not turns:
        return 1.0
    start, end = layout.sentences[layout.sentence_at(place)]
    after = bisect_left(turns, place)
    if after < len(turns) and turns[after] < end:
        return _BEFORE_BUT
    return _AFTER_BUT if after and turns[after - 1] > start else 1.0


def _words(layout: Layout) -> Iterator[Valence]:
    weights = _weights()
    negations, intensifiers, _, _, acronyms = _sets()
    text, folded = layout.text, layout.folded
    plain = Covered(layout.hits["phrases.no_mood"])
    long = _STRETCHED.search(folded) is not None
    begin = 0
    for cut in [*(one.start() for one in _CLAUSE.finditer(folded)), len(folded)]:
        negated = strong = -10
        for number, found in enumerate(_WORD.finditer(folded, begin, cut)):
            word = found.group().strip("'-")
            if word in negations or word.endswith("n't"):
                negated = number
                continue
            stretched = long and _STRETCHED.search(word) is not None
            weight = weights.get(word) or (weights.get(_STRETCHED.sub(r"\1", word), 0.0) if stretched else 0.0)
            if not weight:
                strong = number if word in intensifiers else strong
                continue
            start, end = found.span()
            if plain.touches(start, start + 1):
                continue
            said = text[start:end]
            weight *= _INTENSIFIED if number - strong == 1 else 1.0
            weight *= _SHOUTED if said.isupper() and end - start > 2 and said not in acronyms else 1.0
            weight *= _LONG if stretched else 1.0
            if number - negated <= _NEGATED_WITHIN:
                weight *= _NEGATED_PRAISE if weight > 0 else _NEGATED_BLAME
            strong = number if word in intensifiers else strong
            yield Valence(start, end, said, round(weight, 3))
        begin = cut


def _emoji(text: str) -> Iterator[Valence]:
    if text.isascii():
        return
    _, _, happy, unhappy, _ = _sets()
    for place, one in enumerate(text):
        if one in happy:
            yield Valence(place, place + 1, one, _EMOJI)
        elif one in unhappy:
            yield Valence(place, place + 1, one, -_EMOJI)
