"""The treebank: sentences of a CoNLL-U file, as words with their tags, lemmas and heads."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word."""

    text: str
    space: bool
    """Whether white space follows."""
    tag: str
    pos: str
    lemma: str
    head: int
    """Its head's place in the sentence, from 0; its own at the root."""
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the document that it stands in."""

    document: str
    words: tuple[Word, ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file, gzipped or not.

    Raises:
        OSError: it can't be read.
    """
    document, lines = "", list[list[str]]()
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc id"):
                document = line.partition("=")[2].strip()
            elif line.strip() and not line.startswith("#"):
                lines.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and lines:
                yield Sentence(document, tuple(_words(lines)))
                lines = []
    if lines:
        yield Sentence(document, tuple(_words(lines)))


def documents(found: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Neighbouring sentences of one document together."""
    begun: list[Sentence] = []
    for one in found:
        if begun and begun[-1].document != one.document:
            yield begun
            begun = []
        begun.append(one)
    if begun:
        yield begun


def gold(vocab: Vocab, found: Sequence[Sequence[Word]]) -> Doc:
    """A Doc of sentences as they were annotated."""
    words = [word for sentence in found for word in sentence]
    starts = [sum(map(len, found[:index])) for index in range(len(found))]
    return Doc(
        vocab,
        words=[one.text for one in words],
        spaces=[one.space for one in words],
        tags=[one.tag for one in words],
        pos=[one.pos for one in words],
        lemmas=[one.lemma for one in words],
        heads=[start + word.head for start, sentence in zip(starts, found, strict=True) for word in sentence],
        deps=[one.relation for one in words],
        sent_starts=[index == 0 for sentence in found for index in range(len(sentence))],
    )


def _words(lines: list[list[str]]) -> Iterator[Word]:
    last, spaced = 0, True
    joined: dict[int, bool] = {}
    numbers = [int(one[0]) for one in lines if one[0].isdigit()]
    place = {number: index for index, number in enumerate(numbers)}
    for line in lines:
        first, _, end = line[0].partition("-")
        if end:
            last, spaced = int(end), "SpaceAfter=No" not in line[9]
            joined |= dict.fromkeys(range(int(first), last), False) | {last: spaced}
        elif first.isdigit():
            number, head = int(first), int(line[6])
            yield Word(
                text=line[1],
                space=joined.get(number, "SpaceAfter=No" not in line[9]),
                tag=line[4],
                pos=line[3],
                lemma=line[2] if line[2] != "_" else line[1],
                head=place[head] if head else place[number],
                relation=line[7] if head else "ROOT",
            )


def spaced_at_end(sentence: Sequence[Word]) -> tuple[Word, ...]:
    """The sentence with white space behind it, so that another can follow."""
    return (*sentence[:-1], replace(sentence[-1], space=True))
