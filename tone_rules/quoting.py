"""What a reply quotes of the customer: their words, not the brand's."""

import re
from functools import lru_cache

from tone_rules.formats.lazy import Lazy
from tone_rules.situation import Situation

_QUOTE = Lazy(r"“([^“”\n]{2,400})”|«([^«»\n]{2,400})»|\"([^\"\n]{2,400})\"|(?<!\w)[‘']([^‘\n]{2,400}?)[’'](?!\w)")
_MAY_QUOTE = Lazy("[“«\"‘'>]")
_BLOCK = Lazy(r"^ {0,3}> ?(.+)$", re.MULTILINE)
_MARKS = str.maketrans("‘’“”", "''\"\"")


def quoted(text: str, situation: Situation) -> tuple[tuple[int, int], ...]:
    """The spans of a text between quotation marks, or behind `>`, whose words the customer or the thread wrote.

    Spaces, letter case and the shape of quotation marks make no difference.
    """
    if (situation.message is None and not situation.thread) or _MAY_QUOTE.search(text) is None:
        return ()
    return _spans(text, (situation.message or "", *(turn.text for turn in situation.thread)))


@lru_cache(maxsize=16)
def _spans(text: str, said: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found = [one.span(one.lastindex or 0) for pattern in (_QUOTE, _BLOCK) for one in pattern.finditer(text)]
    known = [_plain(one) for one in said] if found else []
    return tuple(
        (start, end)
        for start, end in found
        if (words := _plain(text[start:end]).strip(" .,!?…")) and any(_within(words, one) for one in known)
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).casefold().split())


def _within(words: str, said: str) -> bool:
    """Whether whole words of a text are these."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) is not None
