"""The search for cues in a message: literals say which patterns can stand there, and only those are ever compiled."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tone_rules.automata import automaton

NEAR = 110
"""Characters between two things said of each other: about two short sentences."""

OR, AND = "\t", "\t\t"
"""What stands between literals of one set, and between sets."""

LONGEST = 20
"""Characters of a literal, its edges among them; of a longer one the beginning is as good."""

_LONG = 40
"""Characters of a word whose pieces are counted out."""

_WORDS = 4096
"""Words whose literals are kept."""

_NO_WORD = re.compile(r"[^\w ]", re.ASCII)

MAX_HITS = 20
"""Places reported of one pattern in one message: enough evidence for a person, and a bound for hostile text."""


class Span(NamedTuple):
    """Where a pattern was found; `end` exclusive."""

    start: int
    end: int


class Cue(NamedTuple):
    """One pattern, and what else must or must not stand in the message."""

    match: str
    near: str | None = None
    """Counts only where this stands within `NEAR` characters, before or after."""
    also: str | None = None
    """Counts only where this stands somewhere too."""
    unless: str | None = None
    """Doesn't count where this stands anywhere."""
    reason: str | None = None
    """Said in the evidence where the words alone don't explain it."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern of it."""
        return tuple(one for one in self[:4] if one is not None)


Cues = tuple[Cue, ...]


class Search:
    """Patterns, and the literals of which a text must hold some for each of them to stand there."""

    def __init__(
        self,
        patterns: Sequence[str],
        literals: Sequence[str],
        places: Sequence[str],
        further: Sequence[str],
        always: Sequence[int],
    ) -> None:
        """Take the patterns, as `preparing` writes them; what is a text here is only taken apart where it is needed.

        Args:
            patterns: what may be searched for.
            literals: what the patterns need: pieces of words, with a space where the word begins or ends.
            places: for each literal, the numbers of the patterns that may stand where it does.
            further: for each pattern, sets of literals, one of each of which must stand in the text as well.
            always: numbers of the patterns that no literal tells of.
        """
        self._patterns = patterns
        self._places: dict[str, str | tuple[int, ...]] = dict(zip(literals, places, strict=True))
        self._further = further
        self._always = always
        self._sets: dict[int, tuple[list[str], ...]] = {}
        self._literals_of = lru_cache(maxsize=_WORDS)(self._find_literals)

    def read(self, text: str) -> "Hits":
        """Search a folded text."""
        return Hits(text, frozenset(self._patterns[one] for one in self.possible(text)))

    def possible(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that may stand in a folded text."""
        shown, words = _read(text)
        if max(map(len, words), default=0) > _LONG:
            found = [one for one in self._places if one in shown]
        else:
            found = [literal for word in words for literal in self._literals_of(word)]
        numbers = set(self._always)
        for literal in found:
            numbers.update(self._numbers_of(literal))
        return frozenset(one for one in numbers if self._may_stand(one, shown))

    def _may_stand(self, number: int, shown: str) -> bool:
        sets = self._sets.get(number)
        if sets is None:
            said = self._further[number]
            sets = self._sets[number] = tuple(some.split(OR) for some in said.split(AND)) if said else ()
        held = shown.__contains__
        return all(any(map(held, some)) for some in sets) if sets else True

    def _numbers_of(self, literal: str) -> tuple[int, ...]:
        """The patterns that may stand where a literal does."""
        numbers = self._places[literal]
        if isinstance(numbers, str):
            numbers = self._places[literal] = tuple(map(int, numbers.split()))
        return numbers

    def _find_literals(self, word: str) -> tuple[str, ...]:
        """The literals that are pieces of a word, the spaces at its edges among them."""
        places = self._places
        return tuple([one for one in _pieces(word) if one in places])


def edged(text: str) -> str:
    """A text with a space for whatever is no character of a word to RE2, and one at each end."""
    return f" {_NO_WORD.sub(' ', text)} "


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[str, frozenset[str]]:
    """A text with its words' edges, and the words: one text is searched by several groups of rules."""
    shown = edged(text)
    return shown, frozenset(shown.split())


@lru_cache(maxsize=256)
def _pieces(word: str) -> frozenset[str]:
    """Every piece of a word that a literal can be: a few are kept, for the other groups of rules that search a text."""
    shown = f" {word} "
    last = len(shown) + 1
    return frozenset(
        [shown[start:end] for start in range(last) for end in range(start + 1, min(last, start + LONGEST + 1))]
    )


@cache
def compiled(pattern: str) -> Any:
    """A pattern of the rules as RE2 has it, compiled when it is first needed."""
    from tone_rules.readings.cues import expression
    from tone_rules.readings.rules import word_lists

    return automaton(expression(pattern, word_lists() if "<" in pattern else {}))


class Hits:
    """What a search found in one text."""

    def __init__(self, text: str, possible: frozenset[str]) -> None:
        self._text = text.encode() if text.isascii() else text
        """In bytes where they are characters too: RE2 then counts none."""
        self._possible = possible
        self._found: dict[str, tuple[Span, ...]] = {}

    def spans(self, pattern: str) -> tuple[Span, ...]:
        """Where a pattern stands, at most `MAX_HITS` places."""
        if pattern not in self._possible:
            return ()
        if pattern not in self._found:
            self._found[pattern] = tuple(self._places(pattern))
        return self._found[pattern]

    def of(self, cues: Sequence[Cue], idioms: Sequence[Cue] = ()) -> list[tuple[Cue, Span]]:
        """The cues that count, each with its places that no idiom covers."""
        possible = self._possible
        standing = [
            (cue, places)
            for cue in cues
            if cue.match in possible and (places := self.spans(cue.match)) and self._stands(cue)
        ]
        if not standing:
            return []
        covered = [
            span
            for idiom in idioms
            if idiom.match in possible and self._stands(idiom)
            for span in self.spans(idiom.match)
        ]
        found: list[tuple[Cue, Span]] = []
        for cue, places in standing:
            spans = [span for span in places if not _touched(span, covered)]
            if cue.near is not None:
                others = [span for span in self.spans(cue.near) if not _touched(span, covered)]
                spans = [joined for span in spans if (joined := _with_nearest(span, others))]
            found += [(cue, span) for span in spans]
        return found

    @property
    def possible(self) -> frozenset[str]:
        """The patterns that may stand in the text; no other does."""
        return self._possible

    def may_hold(self, cues: Sequence[Cue]) -> bool:
        """False where none of the cues can stand in the text, for certain."""
        return not self._possible.isdisjoint(cue.match for cue in cues)

    def any(self, cues: Sequence[Cue], idioms: Sequence[Cue] = ()) -> bool:
        """Whether one of the cues counts."""
        return bool(self.of(cues, idioms))

    def _stands(self, cue: Cue) -> bool:
        return (cue.also is None or bool(self.spans(cue.also))) and (cue.unless is None or not self.spans(cue.unless))

    def _places(self, pattern: str) -> Iterator[Span]:
        for count, found in enumerate(compiled(pattern).finditer(self._text)):
            if count >= MAX_HITS:
                return
            start, end = found.span()
            if end > start:
                yield Span(start, end)


def _touched(span: Span, covered: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in covered)


def _with_nearest(span: Span, others: Sequence[Span]) -> Span | None:
    """The stretch from a span to the nearest of the others beside it, None where all are too far."""
    distances = [(max(other.start - span.end, span.start - other.end), other) for other in others]
    distance, other = min(((far, one) for far, one in distances if far >= 0), default=(NEAR + 1, span))
    if distance > NEAR:
        return None
    return Span(min(span.start, other.start), max(span.end, other.end))
