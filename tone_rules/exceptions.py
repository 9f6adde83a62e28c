"""Exceptions of a rule, and the accepted words of a vocabulary: what they cover is no finding."""

import re
from functools import lru_cache

from tone_rules.patterns import matched, places, words

_PHRASE = re.compile(r"[ \t]|\\s")


@lru_cache(maxsize=1024)
def exceptions_pattern(exceptions: tuple[str, ...]) -> str | None:
    """Vale's form of exceptions: longest first, exact in case unless one says `(?i)` itself, whole words."""
    if not exceptions:
        return None
    ordered = sorted(exceptions, key=len, reverse=True)
    return words([f"(?i:{one[4:]})" if one.startswith("(?i)") else f"(?-i:{one})" for one in ordered])


def excepted(pattern: str | None, match: str) -> bool:
    """Whether a match holds an exception."""
    return pattern is not None and matched(pattern, match)


@lru_cache(maxsize=1024)
def _phrases(exceptions: tuple[str, ...]) -> str | None:
    phrases = [one.removeprefix("(?i)") for one in exceptions if _PHRASE.search(one)]
    return words(phrases, ignorecase=True) if phrases else None


def within_phrase(exceptions: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text is a part of an exception of several words."""
    pattern = _phrases(exceptions)
    return pattern is not None and any(first <= start and end <= last for first, last in places(pattern, text))
