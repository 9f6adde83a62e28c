"""`repeat`: the same reply that somebody else has just got."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.rule import Blockwise, Hit
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

_SIGNATURE = Lazy(r"(?:\s|^)(?:\^\s?\w{1,4}|[-–—~]\s?\w+)\s*$")
_HANDLE = Lazy(r"[@#]\w+")
_LETTERS = Lazy(r"[^\W_]+")
_CLEARED = 95
"""How alike, in per cent, a sentence must be to cleared wording: it is to be used word for word."""


class Repeat(Blockwise):
    """Flags a reply that is nearly the same as one of the situation's recent replies.

    Cleared wording and notices are meant to be said again, so their sentences are left out on both sides, and so are
    handles and the signature. The message's arguments are the likeness in per cent and the recent reply.
    """

    extends: Literal["repeat"]
    similarity: float = Field(default=90, gt=0, le=100)
    """Per cent (the ratio of RapidFuzz, 100 is the same) from which a reply counts as a repeat."""
    min_words: int = Field(default=6, ge=1)
    """Shorter replies, such as "Thank you!", may be alike."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit, for the recent reply that is most like this one, over the whole text."""
        if not situation.recent_replies or not text.strip():
            return
        from rapidfuzz import fuzz, process

        cleared = tuple(one.text for one in situation.sources if one.kind in ("wording", "notice"))
        own = _bare(text, cleared)
        if len(own.split()) < self.min_words:
            return
        recent = [_bare(one, cleared) for one in situation.recent_replies]
        best = process.extractOne(own, recent, scorer=fuzz.ratio, score_cutoff=self.similarity)
        if best is not None and len(best[0].split()) >= self.min_words:
            start = len(text) - len(text.lstrip())
            arguments = (f"{best[1]:.0f}", situation.recent_replies[best[2]])
            yield Hit(start, len(text.rstrip()), arguments)


@lru_cache(maxsize=1024)
def _bare(text: str, cleared: tuple[str, ...]) -> str:
    """The words of a text that are the writer's own."""
    text = _SIGNATURE.sub("", _HANDLE.sub(" ", text))
    if not cleared:
        return _words(text)
    allowed = [sentence for one in cleared for sentence in _sentences(one)]
    return " ".join(one for one in _sentences(text) if not _stated(one, allowed))


def _stated(sentence: str, allowed: list[str]) -> bool:
    from rapidfuzz import fuzz, process

    return process.extractOne(sentence, allowed, scorer=fuzz.ratio, score_cutoff=_CLEARED) is not None


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        words = _words(text[start:end])
        if words:
            yield words


def _words(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))
