"""Words that carry content, and their stems."""

import re
from functools import lru_cache


def listed(words: str) -> list[str]:
    """The words of a text between spaces."""
    return words.split()


STOP = frozenset(
    listed(
        """a about above after again all also am an and any are as at be because been before being below between both
    but by can can't could did do does doing don down during each few for from further get got had has have
    having he her here hers him his how i if in into is it its itself just let ll me more most my no nor not now
    of off on once only or other our ours out over own re s same she should so some such t than that the their
    theirs them then there these they this those through to too under until up us ve very was we were what when
    where which while who whom why will with would you your yours d m isn wasn didn doesn won hi hello hey
    please sorry thanks thank"""
    )
)

SPOKEN_SIGNS = frozenset(
    listed("at dot point full stop period underscore dash hyphen minus plus slash stroke space sign symbol capital")
)
"""Words for what stands between the letters of an address or a number that is read out."""
CALL_SIGNS = {
    word: word[0]
    for word in listed(
        """alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar
        papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu"""
    )
}
"""The spelling alphabet of ICAO, Annex 10, volume II."""


@lru_cache(maxsize=1024)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in code, in small letters: of `lastLogin_at`, `last`, `login` and `at`."""
    return tuple(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).casefold()))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the commonest English endings; the same for what is close enough to be the same word."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and (ending != "s" or word[-2] != "s"):
            word = word[: -len(ending)] + put
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2:-1] and word[-1] not in "sl" else word.removesuffix("e")
