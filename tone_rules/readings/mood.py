"""Sentiment and arousal, from words, phrases, marks, capitals, emoji and what went wrong."""

import re
from dataclasses import dataclass, field
from functools import cache

from tone_rules.readings.answers import Sentiment
from tone_rules.readings.evidence import Evidence
from tone_rules.readings.rules import Lexicon, mood_lexicon
from tone_rules.readings.search import Hits, Span

_WORD = re.compile(r"[a-z][a-z'-]{0,40}")
_CLAUSE = re.compile(r"[.!?;:\n,]|\b(?:but|however|though|although|except|otherwise|yet)\b")
_SHOUTED = re.compile(r"\b[A-Z][A-Z']{1,40}\b")
_MARKS = re.compile(r"[!?]{2,}")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_NEGATED_WITHIN = 4
"""Words: "not very happy at all" negates happy."""

_NEGATED_PRAISE = 0.9
_NEGATED_BLAME = 0.35
"""Shares of a word's weight that count for the other side: "not good" is bad, "not bad" hardly good."""

_PROBLEM = 1.2
"""What a thing gone wrong weighs: a little more than a plain negative word."""

_MIXED = 4.0
"""Times that one side may outweigh the other while both still count."""

_ASIDE = 1.0
"""One plain word of blame is said in passing: "the handle that I'd been ignoring" in a word of thanks."""

_FLOOR = 0.9
"""Below this on both sides a message is neutral."""


@dataclass(frozen=True)
class Mood:
    """How a message sounds."""

    good: float
    bad: float
    arousal: float
    heat: float
    """Arousal without the emoji of joy: how angry an unhappy message would be."""
    evidence: tuple[Evidence, ...]
    praise: tuple[Span, ...] = field(default=())
    """Where praise stands."""

    @property
    def sentiment(self) -> Sentiment:
        """The side that outweighs the other; mixed where neither does."""
        if self.good < _FLOOR and self.bad < _FLOOR:
            return "neutral"
        if self.good >= 1.0 and self.bad > _ASIDE and max(self.good, self.bad) <= _MIXED * min(self.good, self.bad):
            return "mixed"
        return "positive" if self.good > self.bad else "negative"


@cache
def _weights() -> dict[str, float]:
    lexicon = mood_lexicon()
    return {
        **dict.fromkeys(lexicon.positive, 1.0),
        **dict.fromkeys(lexicon.very_positive, 2.0),
        **dict.fromkeys(lexicon.negative, -1.0),
        **dict.fromkeys(lexicon.very_negative, -2.0),
    }


@cache
def _heated() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = mood_lexicon()
    return frozenset(lexicon.swearing), frozenset(lexicon.intensifiers), frozenset(lexicon.acronyms)


@cache
def _negations() -> frozenset[str]:
    return frozenset(mood_lexicon().negations)


def mood(message: str, folded: str, hits: Hits, problems: tuple[Span, ...]) -> Mood:
    """The mood of a message; `problems` is where its intents say that something went wrong."""
    lexicon = mood_lexicon()
    skipped = [span for _, span in hits.of(lexicon.plain_phrases)]
    good = bad = 0.0
    evidence: list[Evidence] = []
    praise: list[Span] = []

    def note(label: str, start: int, end: int) -> None:
        evidence.append(Evidence(label=f"sentiment:{label}", start=start, end=end, match=message[start:end]))

    for _, span in hits.of(lexicon.good_phrases):
        good += 1.5
        praise.append(span)
        skipped.append(span)
        note("positive", *span)
    for _, span in hits.of(lexicon.bad_phrases):
        bad += 1.5
        skipped.append(span)
        note("negative", *span)
    said: set[tuple[str, bool]] = set()
    for start, end, weight in _words(folded, skipped):
        if (folded[start:end], weight > 0) in said:
            continue
        said.add((folded[start:end], weight > 0))
        if weight > 0:
            good += weight
            praise.append(Span(start, end))
        else:
            bad -= weight
        note("positive" if weight > 0 else "negative", start, end)
    counted = {folded[span.start : span.end] for span in _distinct(problems)}
    bad += _PROBLEM * min(len(counted), 3)
    for span in _distinct(problems):
        note("negative", *span)
    for place, character in () if message.isascii() else enumerate(message):
        if character in lexicon.happy_emoji and good < 20:
            good += 0.8
            note("positive", place, place + 1)
        elif (character in lexicon.unhappy_emoji or character in lexicon.angry_emoji) and bad < 20:
            bad += 0.7
            note("negative", place, place + 1)
    found = heat(message, folded, lexicon, bad)
    joy = 0.1 * _count(lexicon.happy_emoji, message[:2000])
    return Mood(good, bad, round(min(1.0, found + joy), 2), found, tuple(evidence[:40]), tuple(praise))


def _words(folded: str, skipped: list[Span]) -> list[tuple[int, int, float]]:
    """Every word of the lexicon with its place and weight, turned round by a negation before it in its clause."""
    weights, negations, intensifiers = _weights(), _negations(), _heated()[1]
    found = []
    clause_start = 0
    for cut in [*(one.start() for one in _CLAUSE.finditer(folded)), len(folded)]:
        negated_at = strong_at = -10
        for number, word in enumerate(_WORD.finditer(folded, clause_start, cut)):
            text = word.group().strip("'-")
            if text in negations or text.endswith("n't"):
                negated_at = number
                continue
            if text in intensifiers:
                strong_at = number
            weight = weights.get(text, 0.0)
            if not weight or any(one.start <= word.start() < one.end for one in skipped):
                continue
            if number - strong_at == 1:
                weight *= 1.4
            if number - negated_at <= _NEGATED_WITHIN:
                weight *= -(_NEGATED_PRAISE if weight > 0 else _NEGATED_BLAME)
            found.append((word.start(), word.end(), weight))
        clause_start = cut
    return found


def _distinct(spans: tuple[Span, ...]) -> list[Span]:
    """Spans without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def heat(message: str, folded: str, lexicon: Lexicon, bad: float) -> float:
    """How agitated a text is, 0 to 1; `bad` is what weighs against its subject."""
    letters = sum(map(str.isalpha, message))
    swears, strong, acronyms = _heated()
    shouted = [word.group() for word in _SHOUTED.finditer(message) if word.group() not in acronyms]
    share = sum(map(len, shouted)) / letters if letters else 0.0
    words = _WORD.findall(folded)
    swearing = sum(word in swears for word in words)
    intense = sum(word in strong for word in words)
    found = 0.25 * min(len(shouted), 3) / 3 * (len(shouted) > 0) + 0.3 * min(1.0, share * 1.5)
    found += 0.12 * min(len(_MARKS.findall(message)), 3) + 0.05 * min(message.count("!"), 4)
    found += 0.08 * min(len(_STRETCHED.findall(folded)), 2) + 0.25 * min(swearing, 2) + 0.06 * min(intense, 3)
    found += 0.1 * min(_count(lexicon.angry_emoji, message[:5000]), 3)
    return min(1.0, found + 0.05 * min(bad, 6.0))


def _count(emoji: str, text: str) -> int:
    """How many characters of a text are among some emoji."""
    return 0 if text.isascii() else sum(map(emoji.__contains__, text))
