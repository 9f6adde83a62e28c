"""Which words of a text say something: the rest is grammar."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(
    _WORD.findall(
        """a about above after again all also am an and any are aren't as at be because been before being below between
        both but by can can't could couldn't did didn't do does doesn't doing don't down during each few for from
        further get gets getting go goes going got had hadn't has hasn't have haven't having he he'd he'll he's her here
        here's hers him his how i i'd i'll i'm i've if in into is isn't it it'd it'll it's its just let's like lot made
        make makes many me more most much must my no nor not now of off oh ok okay on once one only or other our ours
        out over own please really same she she'd she'll she's should shouldn't so some such sure than that that's the
        their them then there there's these they they'd they'll they're they've this those though through to too under
        until up us very was wasn't way we we'd we'll we're we've well were weren't what what's when where which while
        who who's whom why will with won't would wouldn't yes yet you you'd you'll you're you've your yours"""
    )
)
_ENDINGS = re.compile(r"(?:ies|ied|ing|edly|ed|ers?|ly|es|s|e|y)$")
_LEAST = 3
"""Letters that a stem keeps."""


def spoken(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, with a straight apostrophe."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple(one.casefold().replace("’", "'") for one in _WORD.findall(text))


def says_something(word: str) -> bool:
    """Whether a word of `spoken` is more than grammar."""
    return word not in _SMALL


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, so that "parcels" is "parcel" and "delivered" is "delivery"; never for display."""
    short = _ENDINGS.sub("", word.removesuffix("'s"))
    if len(short) < _LEAST:
        return word
    return short[:-1] if len(short) > _LEAST and short[-1] == short[-2] and short[-1] not in "ls" else short


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say something."""
    return frozenset(stem(one) for one in spoken(text) if says_something(one))
