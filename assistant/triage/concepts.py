"""What a message speaks of, in plain words: the features by which the model learns from few messages."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tone_rules.readings.search import Span

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:st|nd|rd|th)?|[^\w\s.,;:!?\"()'/-]")
_MOST = 600
"""Words of a message that are read: what matters stands before."""
_SHORTEST_STEM = 2
_UNSPOKEN = re.compile("['’]")
_AGES = re.compile(
    r"\b(?:i'?m|i am|im|aged?|is|turn(?:s|ed|ing)?|she'?s|he'?s|my|son of|daughter of)"
    r" (?:only |just |nearly |almost |about to turn )?(?:[5-9]|1[0-7]|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! ?(?:%|min|hour|hr|day|week|month|am|pm|time|mile|stone|lb|kg"
    r"|foot|ft|inch|out of|days|in the|on the waiting|percent|into|weeks))"
    r"|\b(?:[5-9]|1[0-7])(?: |-)?(?:yrs?|years?|y/?o)[ -]?(?:old)?\b|\b1[0-7][mf]\b"
    r"|\b(?:year|class|yr|grade) ?\d{1,2}[a-d]?\b"
)
_CROWDS = re.compile(
    r"\b\d[\d.,]*\s?(?:k|m|mil|mill|million|thousand|lakh)\b|\b\d{1,3},\d{3}\b|\b\d{5,}\b|\bmillions?\b|\bthousands\b"
)
_MONEY = re.compile(r"[£$€₹]\s?\d|\b\d[\d,.]* ?(?:quid|pounds|euros?|dollars|bucks|rupees|grand)\b")
_SEVERAL = re.compile(
    r"\b(?:[2-9]|[1-9]\d+|two|three|four|five|six|seven|eight|nine|ten|both|all|several|multiple|every|other)"
    r" (?:of )?(?:our |my |the )?"
    r"(?:\w+ )?(?:sites|shops|stores|branches|offices|countries|clients|users|customers|schools|stalls|engineers|people"
    r"|machines|screens|tills|floors|phones|houses|flats|neighbours|regions|servers|families|drivers)\b"
)
_DIED = (
    r"(?:'s| has| had| have| is| was)? (?:just |sadly |suddenly |recently |already |then )?"
    r"(?:died|dead|passed(?! (?:me|my|it|the|a|his|her|your|their|by|out|round|around|through|to)\b)|deceased)\b"
)
_DEATHS = re.compile(
    r"\b(?:s?he|m[uao]m|mother|dad|father|nana?|gran|granny|grand(?:ma|mother|ad|pa|father)|husband|wife|partner|fiancee?"
    r"|brother|sister|son|daughter|baby|uncle|aunt(?:ie)?|cousin|friend|neighbour|twin|who|customer|holder|owner)"
    + _DIED
)
_ENDS = re.compile(
    r"\b(?:i|it|this|that|they|battery|phone|laptop|screen|plants?|car|console|router|app|engine|link|speaker|server)"
    + _DIED
)
SHAPES: Mapping[str, re.Pattern[str]] = {
    "an age": _AGES,
    "a crowd": _CROWDS,
    "money": _MONEY,
    "several": _SEVERAL,
    "a death": _DEATHS,
    "an end": _ENDS,
}
"""What no list of words can hold."""


class Phrase(NamedTuple):
    """Words in a row, the last of which may go on, and the numbers of the concepts that they stand for."""

    words: tuple[str, ...]
    open_end: bool
    concepts: tuple[int, ...]


class Concepts:
    """A matcher for lists of phrases: one walk over the words of a message."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """Take the phrases of each concept, in lower case and without accents; `*` at an end stands for any ending."""
        self.names = (*lists, *SHAPES)
        gathered: dict[tuple[tuple[str, ...], bool], list[int]] = {}
        for number, phrases in enumerate(lists.values()):
            for phrase in phrases:
                open_end = phrase.endswith("*")
                words = tuple(_words(phrase.rstrip("*")))
                if words:
                    gathered.setdefault((words, open_end), []).append(number)
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        for (words, open_end), numbers in gathered.items():
            table = self._stems if open_end and len(words) == 1 else self._exact
            table.setdefault(words[0], []).append(Phrase(words, open_end, tuple(dict.fromkeys(numbers))))

    def find(self, folded: str) -> list[tuple[int, Span]]:
        """Each concept that a folded text speaks of, with its place, in the order of the text."""
        tokens = []
        for one in _TOKEN.finditer(folded):
            tokens.append((_UNSPOKEN.sub("", one.group()), one.start(), one.end()))
            if len(tokens) >= _MOST:
                break
        found: list[tuple[int, Span]] = []
        for at, (word, start, end) in enumerate(tokens):
            for phrase in self._exact.get(word, ()):
                last = at + len(phrase.words) - 1
                if last < len(tokens) and _stands(phrase, [one[0] for one in tokens[at : last + 1]]):
                    found += [(number, Span(start, tokens[last][2])) for number in phrase.concepts]
            for length in range(_SHORTEST_STEM, len(word) + 1):
                for phrase in self._stems.get(word[:length], ()):
                    found += [(number, Span(start, end)) for number in phrase.concepts]
        first = len(self.names) - len(SHAPES)
        for number, shape in enumerate(SHAPES.values(), first):
            found += [(number, Span(*one.span())) for one in shape.finditer(folded[:6000])]
        return found


def _words(phrase: str) -> list[str]:
    return [_UNSPOKEN.sub("", one) for one in _TOKEN.findall(phrase)]


def _stands(phrase: Phrase, words: Sequence[str]) -> bool:
    *before, last = phrase.words
    return list(words[:-1]) == before and (words[-1].startswith(last) if phrase.open_end else words[-1] == last)
