"""`quotation`: the customer's own words stand in the reply, many in a row."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.rule import Blockwise, Hit
from tone_rules.situation import Situation

_WORD = re.compile(r"[^\W_]+(?:[’'.,:-][^\W_]+)*")
_APOSTROPHE = str.maketrans("’ʼ", "''")


class Quotation(Blockwise):
    """Flags each run of words that the customer's message has in the same order without a gap.

    Letter case, punctuation and quotation marks make no difference. The message's argument is the run.
    """

    extends: Literal["quotation"]
    min_words: int = Field(default=8, ge=2)
    """From how many words on it is a quotation and not a mention."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each run, as long as it is."""
        if not situation.message:
            return
        said = _shingles(situation.message, self.min_words)
        words = list(_WORD.finditer(text)) if said else []
        plain = [_plain(one[0]) for one in words]
        at = 0
        while at + self.min_words <= len(words):
            last = at
            while tuple(plain[last : last + self.min_words]) in said:
                last += 1
            if last > at:
                start, end = words[at].start(), words[last + self.min_words - 2].end()
                yield Hit(start, end, (text[start:end],))
                at = last + self.min_words - 1
            else:
                at += 1


@lru_cache(maxsize=64)
def _shingles(message: str, size: int) -> frozenset[tuple[str, ...]]:
    words = [_plain(one) for one in _WORD.findall(message)]
    return frozenset(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _plain(word: str) -> str:
    return word.translate(_APOSTROPHE).casefold()
