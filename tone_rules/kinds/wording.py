"""`wording`: a cleared text is used, and not word for word."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import Field
from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.rule import Blockwise, Hit
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

_WORD = Lazy(r"[^\W_]+(?:[’'.,:-][^\W_]+)*|[%£$€]")
_APOSTROPHE = str.maketrans("’ʼ", "''")
_DENSE = 0.5
"""Which part of the stretch's words, or of the cleared sentence's if there are more, must be shared."""
_COMMON = 4
"""Letters of a word that tells nothing by itself: *this*, *with*, *your*."""


class Word(NamedTuple):
    """A word in lower case, with its place."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of a cleared text."""

    text: str
    words: tuple[str, ...]


class Wording(Blockwise):
    """Flags a sentence that shares most words, in their order, with a sentence of a cleared text and isn't the same.

    Cleared texts are the situation's sources of kind `wording`. Letter case, line breaks and the signs between words
    are the writer's, the words are not. A cleared sentence that stands word for word anywhere in the reply is passed.
    The message's argument is the cleared sentence, and so is the suggestion.
    """

    extends: Literal["wording"]
    share: float = Field(default=0.6, gt=0, le=1)
    """Which part of a cleared sentence's words must be there for it to count as used."""
    min_words: int = Field(default=3, ge=2)
    """Shorter cleared sentences are not looked for; up to twice as long ones only where all their words are there."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit for each cleared sentence that is used in other words, where it is most like it."""
        cleared = [one for one in situation.sources if one.kind == "wording"]
        if not cleared:
            return
        own = [word.text for word in _words(text)]
        said = " ".join(own)
        for source in cleared:
            for sentence in _cleared(source.text):
                if len(sentence.words) < self.min_words or f" {' '.join(sentence.words)} " in f" {said} ":
                    continue
                span = self._nearest(text, frozenset(own), sentence)
                if span is not None:
                    yield Hit(*span, (sentence.text,), suggestions=(sentence.text,), compared_with=source.id)

    def _nearest(self, text: str, own: frozenset[str], sentence: Sentence) -> tuple[int, int] | None:
        """The stretch of the text that is the cleared sentence in other words, or None."""
        wanted = sentence.words
        share = 1.0 if len(wanted) < 2 * self.min_words else self.share
        needed = share * len(wanted)
        if sum(word in own for word in wanted) < needed:
            return None
        best: tuple[float, tuple[int, int]] | None = None
        for words in _stretches(text):
            places = _in_order(tuple(word.text for word in words), wanted)
            if len(places) < needed or not _telling([words[one].text for one in places], wanted):
                continue
            run = words[places[0] : places[-1] + 1]
            alike = len(places) / max(len(run), len(wanted))
            if alike >= _DENSE and (best is None or alike > best[0]):
                best = alike, (run[0].start, run[-1].end)
        return best and best[1]


def _telling(shared: list[str], wanted: tuple[str, ...]) -> bool:
    """Whether what is shared is more than small change: a third of the longer words and numbers of the sentence."""
    longer = [one for one in wanted if len(one) > _COMMON or not one.isalpha()]
    return 3 * sum(one in shared for one in longer) >= len(longer)


def _in_order(words: tuple[str, ...], wanted: tuple[str, ...]) -> list[int]:
    """The places of the longest row of words that both have in the same order."""
    from rapidfuzz.distance import LCSseq

    return [
        at
        for edit in LCSseq.opcodes(words, wanted)
        if edit.tag == "equal"
        for at in range(edit.src_start, edit.src_end)
    ]


@lru_cache(maxsize=64)
def _stretches(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words of each sentence, and of each two that follow one another."""
    single = [_words(text[start:end], start) for start, end in sentence_spans(text)]
    pairs = [first + second for first, second in pairwise(single)]
    return (*single, *pairs)


@lru_cache(maxsize=256)
def _cleared(text: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(" ".join(text[start:end].split()), tuple(one.text for one in _words(text[start:end])))
        for start, end in sentence_spans(text)
    )


def _words(text: str, offset: int = 0) -> tuple[Word, ...]:
    return tuple(_each(text, offset))


def _each(text: str, offset: int) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        yield Word(found[0].translate(_APOSTROPHE).casefold(), found.start() + offset, found.end() + offset)
