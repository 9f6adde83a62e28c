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
    total = dict.fromkeys(Counts._fields, 0)
    for paragraph in text.split("\n\n"):
        spans = [paragraph[start:end] for start, end in sentence_spans(paragraph)]
        total["paragraphs"] += bool(spans)
        for sentence in spans:
            total["sentences"] += 1
            for word in _WORD.findall(sentence):
                heard = syllables(word)
                total["words"] += 1
                total["characters"] += sum(one.isalnum() for one in word)
                total["syllables"] += heard
                total["polysyllabic_words"] += heard > 2
                total["complex_words"] += heard - word.endswith(("es", "ed", "ing")) > 2
                total["long_words"] += len(word) > LONG
    return Counts(**{name: float(one) for name, one in total.items()})


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
