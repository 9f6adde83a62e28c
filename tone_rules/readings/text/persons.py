"""Of whom a text speaks, and when."""

from functools import cache

from tone_rules.formats.lazy import Lazy
from tone_rules.readings.text.families import data
from tone_rules.readings.text.found import Persons, Tenses
from tone_rules.readings.text.layout import Layout

_WORD = Lazy(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS = ("'m", "'ve", "'re", "'ll", "'d", "'s")
_GROUPS = ("i", "we", "you", "third")


@cache
def _who() -> dict[str, int]:
    said = data("words")["persons"]
    return {word: number for number, group in enumerate(_GROUPS) for word in said[group].split()}


@cache
def _when() -> dict[str, int]:
    said = data("words")["tenses"]
    return {word: number for number, name in enumerate(Tenses._fields) for word in said[name].split()}


def persons(layout: Layout) -> Persons:
    """How often it speaks of whom."""
    counts = [0, 0, 0, 0]
    for word in _WORD.findall(layout.folded):
        number = _who().get(word)
        if number is None and "'" in word:
            number = _who().get(word.partition("'")[0])
        if number is not None:
            counts[number] += 1
    return Persons(*counts)


def tenses(layout: Layout) -> Tenses:
    """How many verbs stand in which tense, by auxiliaries, contractions, endings and common irregular forms."""
    counts = [0, 0, 0]
    when = _when()
    before = ""
    for word in _WORD.findall(layout.folded):
        stem, _, ending = word.partition("'")
        number = when.get(word)
        if ending == "ll":
            number = 2
        elif ending in ("m", "re") or (ending == "ve") or (ending == "s" and stem in _SUBJECTS):
            number = 1
        elif number is None and word.endswith("ed") and len(word) > 4 and before not in _NO_PAST:
            number = 0
        if number is not None:
            counts[number] += 1
        before = word
    return Tenses(*counts)


_SUBJECTS = frozenset(("it", "that", "he", "she", "there", "this", "what", "where", "who", "here", "how"))
_NO_PAST = frozenset(
    ("be", "is", "are", "being", "to", "the", "a", "an", "your", "my", "our", "get", "can", "will", "so", "very", "am")
)
"""Words before which an ending in -ed makes an adjective or a passive and no past."""
