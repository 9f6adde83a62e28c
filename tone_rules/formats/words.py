"""Words that carry content, and their stems."""

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


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the commonest English endings; the same for what is close enough to be the same word."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and (ending != "s" or word[-2] != "s"):
            word = word[: -len(ending)] + put
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2:-1] and word[-1] not in "sl" else word.removesuffix("e")
