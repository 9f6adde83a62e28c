"""What a clause is about, whatever words say it: concepts by their words and phrases, from `concepts.yaml`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from tone_rules.claims.patterns import Pattern
from tone_rules.claims.tables import table
from tone_rules.formats.words import listed, stem

_BROUGHT = Pattern(r"\b(?:send|sends|sending|bring|bringing|take|ship|post)\s(?:it|that|this|them) back\b")
"""Here the goods come back, and not the money."""
_WORD = 10
"""Characters before `it back within 30 days` in which a verb tells what comes back."""


class Concepts(NamedTuple):
    """The concepts that are known, ready to be looked for."""

    acts: frozenset[str]
    """What a brand does for a customer; the others only tell what a figure belongs to."""
    by_stem: dict[str, tuple[str, ...]]
    """Concepts by the stem of one of their words."""
    phrases: tuple[tuple[str, Pattern], ...]
    screen: Any
    """All phrases as one RE2 set, which says quickly which of them are there."""


class Mention(NamedTuple):
    """A place where a concept is named, in characters of the text."""

    concept: str
    start: int
    end: int


@lru_cache(maxsize=1)
def known() -> Concepts:
    """The concepts of `concepts.yaml`, read at the first call."""
    import re2

    data = table("concepts")
    by_stem: dict[str, tuple[str, ...]] = {}
    phrases: list[tuple[str, Pattern]] = []
    options = re2.Options()
    options.case_sensitive = False
    screen = re2.Set.SearchSet(options)
    for concepts in data.values():
        for concept, said in concepts.items():
            for word in listed(said.get("words", "")):
                by_stem[stem(word)] = tuple(dict.fromkeys((*by_stem.get(stem(word), ()), concept)))
            one = [
                rf"\b{phrase}" if phrase[0].isalpha() or phrase[0] == "(" else phrase
                for phrase in said.get("phrases", ())
            ]
            if one:
                phrases.append((concept, Pattern("|".join(one))))
                screen.Add("|".join(one))
    screen.Compile()
    return Concepts(frozenset(data["acts"]), by_stem, tuple(phrases), screen)


def mentions(text: str, words: Iterator[tuple[str, int, int]]) -> Iterator[Mention]:
    """Every concept that a text names.

    Args:
        text: the text.
        words: its words in lower case with their places.
    """
    concepts = known()
    for word, start, end in words:
        for concept in concepts.by_stem.get(stem(word), ()):
            yield Mention(concept, start, end)
    for at in concepts.screen.Match(text) or ():
        concept, pattern = concepts.phrases[at]
        for found in pattern.finditer(text):
            if concept != "refund" or not _BROUGHT.search(text, max(0, found.start() - _WORD), found.end()):
                yield Mention(concept, *found.span())
