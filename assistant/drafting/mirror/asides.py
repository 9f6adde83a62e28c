"""A sentence less what is told beside its subject: "the bag (you sent me) is torn"."""

from collections.abc import Iterator

import regex

from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.reading import Sentence, Word

_ASIDE = regex.compile(r"N(?P<aside>[tW]?[IY]R?X?R?(?P<verb>[VLB])[^.,\"AqIYHwXVWTZ]{0,9}?)(?=R{0,2}n?[XV])")
"""A noun, somebody's doing with it, and the verb that it is the subject of."""
_WHERE = regex.compile(r"N(?P<aside>(?P<verb>P)[Dmy]?[JNC]{1,6})(?=R{0,2}n?[XV])")
"""A noun, where it is, and the verb that it is the subject of."""
_THOUGHT = frozenset(
    {"say", "tell", "think", "promise", "claim", "love", "like", "want", "hope", "hate", "believe", "know"}
)


def without_asides(sentence: Sentence, shape: str) -> Iterator[Sentence]:
    """The sentence without the first aside of each kind; nothing where it has none.

    Args:
        sentence: the words.
        shape: their letters.
    """
    for kind in (_ASIDE, _WHERE):
        found = kind.search(shape)
        if found is None:
            continue
        noun, verb = sentence[found.start()], sentence[found.start("verb")]
        empty = noun.lower in words("empty") | words("times") | words("vague")
        if verb.lemma not in _THOUGHT and verb.lower != "of" and not empty:
            yield _less(sentence, shape, found)


def _less(sentence: Sentence, shape: str, found: "regex.Match[str]") -> Sentence:
    first, end = found.span("aside")
    kept = [place for place in range(len(sentence)) if not first <= place < end]
    finite = next(place for place in range(end, len(sentence)) if shape[place] in "XV")
    main = _main(sentence, shape, finite)
    moved = {old: new for new, old in enumerate(kept)}

    def put(place: int) -> Word:
        one = sentence[place]
        if place == found.start():
            return one._replace(relation="nsubj", head=moved[main])
        if place == main:
            return one._replace(relation="ROOT", head=moved[main])
        return one._replace(head=moved.get(one.head, moved[main]))

    return tuple(put(place) for place in kept)


def _main(sentence: Sentence, shape: str, finite: int) -> int:
    """The place of the verb that a finite one helps, or its own."""
    at = main = finite
    while at + 1 < len(sentence) and shape[at + 1] in "RnXBLG":
        at += 1
        main = at if shape[at] in "XBLG" else main
    return main
