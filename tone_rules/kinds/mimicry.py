"""`mimicry`: how the customer wrote is held up between quotation marks, or put right with a star."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from typing_extensions import override

from tone_rules.content import says_something, spoken
from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matched, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation

_QUOTE = Lazy(r"[\"“]([^\"“”\n]{1,40})[\"”]|(?<!\w)[‘']([^‘\n]{1,40}?)[’'](?!\w)")
_STAR = Lazy(r"(?<![\w*])\*\s?([^\W\d_]+(?:[’'][^\W\d_]+)?)\*?(?![\w*])|\A\s*([^\W\d_]+(?:[’'][^\W\d_]+)?)\*(?![\w*])")
_WORD = Lazy(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_THEIRS = Lazy(r"\b(?:your|so[- ]called|this|that|such an?)\s*$", re.IGNORECASE)
_LEAST = 4
"""Letters from which a word that is nearly another one counts as its misspelling."""
_NEAR = 2
"""Letters that differ at most."""


class Mimicry(Blockwise):
    """Flags words of the customer's message between quotation marks where that can only point at how they wrote.

    That is a word spelt in one of the ways of `misspelt`, a word that the reply itself spells otherwise, or a word
    behind "your" that the message used in earnest. What the message has in quotation marks or capitals itself, such as
    the name of a button, is fine. So is emphasis: a word between or beside stars counts where the message lacks it and
    has one that is nearly it. The argument is the quoted words.
    """

    pattern_lists = ("misspelt",)

    extends: Literal["mimicry"]
    misspelt: Strings = ()
    """Patterns of words that are spelt wrong, letter case aside."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each quotation that holds up the customer's writing."""
        message = situation.message
        if not message:
            return
        for found in _QUOTE.finditer(text):
            inner = found[1] or found[2]
            if _used(inner, message) and self._mocks(text, found, inner):
                yield Hit(found.start(), found.end(), (inner,), compared_with="message")
        for found in _STAR.finditer(text):
            right = (found[1] or found[2]).replace("’", "'")
            initials = right.isupper() and len(right) < _LEAST
            if not initials and _corrects(right.casefold(), message):
                yield Hit(found.start(), found.end(), (right,), compared_with="message")

    @property
    @override
    def pattern(self) -> str:
        """Something in quotation marks, or a star."""
        return '["“‘\'][^"“”\\n]{1,40}["”’\']|\\*'

    def _mocks(self, text: str, found: re.Match[str], inner: str) -> bool:
        if self.misspelt and matched(self._wrong, inner):
            return True
        if (
            inner == inner.lower()
            and any(map(says_something, spoken(inner)))
            and _THEIRS.search(text, 0, found.start())
        ):
            return True
        said = [one.casefold() for one in _WORD.findall(inner)]
        return len(said) == 1 and _spelt_otherwise(said[0], text[: found.start()] + text[found.end() :])

    @cached_property
    def _wrong(self) -> str:
        return words(list(self.misspelt), ignorecase=True)


def _used(inner: str, message: str) -> bool:
    """Whether the message has these words, in lower case and without quotation marks of its own."""
    for found in re.finditer(rf"(?<!\w){re.escape(inner)}(?!\w)", message, re.IGNORECASE):
        before, after = message[: found.start()][-1:], message[found.end() :][:1]
        if found[0] != found[0].upper() and not (before in set("\"“‘'") and after in set("\"”’'.,!")):
            return True
    return False


def _spelt_otherwise(word: str, rest: str) -> bool:
    """Whether a text has the word with a letter or two that differ, and not only with another ending."""
    if len(word) < _LEAST:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    for other in {one.casefold() for one in _WORD.findall(rest)}:
        endings = word.startswith(other) or other.startswith(word)
        if len(other) >= _LEAST and not endings and other[0] == word[0] and other != word:
            allowed = 1 if min(len(word), len(other)) < 2 * _LEAST - 1 else _NEAR
            if DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed:
                return True
    return False


def _corrects(right: str, message: str) -> bool:
    """Whether a word is one of the message's with a letter or two put right."""
    from rapidfuzz.distance import DamerauLevenshtein

    wrote = {one.casefold().replace("’", "'") for one in _WORD.findall(message)}
    if right in wrote or right.rstrip("s") in wrote or f"{right}s" in wrote:
        return False
    allowed = 1 if len(right) <= _LEAST + 1 else _NEAR
    near = (one for one in wrote if one[0] == right[0] and ("'" in right or not right.startswith(one)))
    return any(
        DamerauLevenshtein.distance(right.replace("'", ""), one, score_cutoff=allowed) <= allowed for one in near
    )
