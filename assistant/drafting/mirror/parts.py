"""What every clause is made of, and how its parts are found."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.drafting.mirror.reading import Sentence, Word

if TYPE_CHECKING:
    import regex

Kind = Literal["trouble", "question", "request", "event", "noun"]


class Candidate(NamedTuple):
    """A clause in our order and still in their person."""

    kind: Kind
    said: tuple[Word, ...]
    first: int
    last: int
    """The place of its first word in the sentence, and of the one behind its last."""
    subject: Word | None
    verb: Word | None
    points: float


def added(text: str, beside: Word, *, joined: bool = False) -> Word:
    """A word of ours between theirs."""
    return Word(text, "", text, "", 0, joined, beside.start, beside.start)


def one_phrase(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the parse has these words as one phrase: all but one of them hang on another of them."""
    first, end = span
    outward = [at for at in range(first, end) if not first <= sentence[at].head < end or sentence[at].head == at]
    return len(outward) == 1


def group_of(sentence: Sentence, found: "regex.Match[str]") -> Sentence:
    """The words of a verb group."""
    return sentence[found.start("v") : found.end("v")]


def main_verb(sentence: Sentence, shape: str, span: tuple[int, int]) -> Word | None:
    """The last verb of a group."""
    places = [place for place in range(*span) if shape[place] in "XVBLG"]
    return sentence[places[-1]] if places else None


def subject_head(sentence: Sentence, span: tuple[int, int]) -> Word | None:
    """The noun that a subject is about: the last one of its first phrase."""
    nouns = [one for one in sentence[slice(*span)] if one.tag.startswith(("N", "PRP", "DT", "EX"))]
    for place in range(*span):
        if not span[0] <= sentence[place].head < span[1] or sentence[place].head == place:
            return sentence[place]
    return nouns[-1] if nouns else None
