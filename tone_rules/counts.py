"""What a text counts: words, sentences, characters, syllables, and the grades that are made of them."""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tone_rules.sentences import sentence_spans

_WORD = re.compile(r"(?:[A-Z]\.){2,}|(?:[^\W_]|')+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouycsxzg]es)$")
LONG = 6
"""Letters beyond which a word is long, by Björnsson's LIX."""


class Counts(NamedTuple):
    """The counts of a text that formulas use, by the names that Vale gives them."""

    words: float = 0
    sentences: float = 0
    paragraphs: float = 0
    characters: float = 0
    """Letters and digits."""
    syllables: float = 0
    polysyllabic_words: float = 0
    """Of three syllables or more."""
    complex_words: float = 0
    """The same, but for those that only an ending (-es, -ed, -ing) makes so long: Gunning's."""
    long_words: float = 0


def counts(text: str) -> Counts:
    """Count a text."""
    paragraphs = sentences = 0
    words: list[_Word] = []
    for paragraph in text.split("\n\n"):
        spans = [paragraph[start:end] for start, end in sentence_spans(paragraph)]
        paragraphs += bool(spans)
        sentences += len(spans)
        for sentence in spans:
            words += map(_word, _WORD.findall(sentence))
    sums = [float(sum(column)) for column in zip(*words, strict=True)] or [0.0] * len(_Word._fields)
    return Counts(float(len(words)), float(sentences), float(paragraphs), *sums)


class _Word(NamedTuple):
    """What one word adds, in the order of `Counts`."""

    characters: int
    syllables: int
    polysyllabic: bool
    complex: bool
    long: bool


@lru_cache(maxsize=8192)
def _word(word: str) -> _Word:
    heard = syllables(word)
    hard = heard - word.endswith(("es", "ed", "ing")) > 2
    return _Word(sum(one.isalnum() for one in word), heard, heard > 2, hard, len(word) > LONG)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """The syllables of an English word: its groups of vowels, less an ending that is not spoken; at least one."""
    bare = word.lower().removesuffix("'s")
    heard = len(_VOWELS.findall(bare))
    return max(1, heard - (1 if heard > 1 and _SILENT.search(bare) else 0))


GRADES: dict[str, Callable[[Counts], float]] = {
    "Gunning Fog": lambda one: 0.4 * (one.words / one.sentences + 100 * one.complex_words / one.words),
    "Coleman-Liau": lambda one: 5.88 * one.characters / one.words - 29.6 * one.sentences / one.words - 15.8,
    "Flesch-Kincaid": lambda one: 0.39 * one.words / one.sentences + 11.8 * one.syllables / one.words - 15.59,
    "SMOG": lambda one: 1.043 * math.sqrt(one.polysyllabic_words * 30 / one.sentences) + 3.1291,
    "Automated Readability": lambda one: 4.71 * one.characters / one.words + 0.5 * one.words / one.sentences - 21.43,
}
"""School grades by their published formulas, for a text that has words."""
