"""Sentences of the treebank as people would post them: training data for what the treebank has little of.

Lower case, all capitals, apostrophes curly or gone, short forms, stretched words, typing errors, no full stop; handles,
hashtags, links and emoji around and inside, tagged as the treebank tags the few that it has (ADD, NFP).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tone_rules.language.treebank import Word

Words = tuple[Word, ...]
_CONTRACTED = frozenset(("n't", "'s", "'m", "'re", "'ve", "'ll", "'d"))
_STRETCHED = frozenset(("JJ", "RB", "UH"))
_VOWELS = "aeiouy"


def posted(sentences: Sequence[Words], random: Random) -> list[Words]:
    """The sentences of a text in one of the ways that posts are written, drawn at random."""
    found = list(sentences)
    for likelihood, change in _CHANGES:
        if random.random() < likelihood:
            found = [change(one, random) for one in found]
    found[-1] = _ended(found[-1], random)
    case = random.random()
    if case < 0.30:
        found = [_each(one, _lower) for one in found]
    elif case < 0.36:
        found = [_each(one, str.upper) for one in found]
    elif case < 0.40:
        found = [(replace(one[0], text=_lower(one[0].text)), *one[1:]) for one in found]
    elif case < 0.42:
        found = [_each(one, str.title) for one in found]
    return _surrounded(found, random)


def as_post(words: Words) -> Words:
    """A sentence in lower case and without the apostrophes of contractions; nothing about it is drawn."""
    return _each(_without_apostrophes(words), _lower)


def _each(words: Words, change: Callable[[str], str]) -> Words:
    return tuple(word if word.tag == "ADD" else replace(word, text=change(word.text)) for word in words)


def _lower(text: str) -> str:
    return text.lower()


def _without_apostrophes(words: Words, _: Random | None = None) -> Words:
    found = list(words)
    for index, word in enumerate(words):
        plain = word.text.replace("’", "'").lower()
        joined = index and not words[index - 1].space
        if joined and plain in _CONTRACTED and plain not in ("'ll", "'d"):
            found[index] = replace(word, text=word.text.replace("'", "").replace("’", ""))
    return tuple(found)


def _curly(words: Words, _: Random) -> Words:
    return tuple(replace(one, text=one.text.replace("'", "’")) for one in words)


def _shortened(words: Words, random: Random) -> Words:
    short = _data()["short"]
    found = []
    for word in words:
        forms = short.get(word.text.lower())
        if forms and random.random() < 0.5:
            word = replace(word, text=random.choice(forms))
        found.append(word)
    return tuple(found)


def _stretched(words: Words, random: Random) -> Words:
    found = []
    for word in words:
        spots = [index for index, one in enumerate(word.text.lower()) if one in _VOWELS]
        if word.tag in _STRETCHED and word.text.isalpha() and spots and random.random() < 0.4:
            at = random.choice([spots[-1], random.choice(spots)])
            word = replace(word, text=word.text[:at] + word.text[at] * random.randint(2, 5) + word.text[at + 1 :])
        found.append(word)
    return tuple(found)


def _mistyped(words: Words, random: Random) -> Words:
    return tuple(
        replace(one, text=_typo(one.text, random))
        if len(one.text) > 3 and one.text.isalpha() and random.random() < 0.08
        else one
        for one in words
    )


def _typo(text: str, random: Random) -> str:
    at = random.randrange(1, len(text) - 1)
    kind = random.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + random.choice("aeioust") + text[at + 1 :]


def _hashed(words: Words, random: Random) -> Words:
    """A hashtag or a handle inside the sentence, in the place of a word."""
    names = [
        index
        for index, one in enumerate(words)
        if one.tag in ("NNP", "NN", "NNS") and one.text.isalpha() and one.relation not in ("compound", "flat")
    ]
    if not names:
        return words
    found, at = list(words), random.choice(names)
    if words[at].tag == "NNP" and random.random() < 0.6:
        text = "@" + random.choice([words[at].text, random.choice(_data()["names"])])
    else:
        text = "#" + words[at].text
    found[at] = replace(words[at], text=text, tag="ADD", pos="PROPN", lemma=text)
    return tuple(found)


def _ended(words: Words, random: Random) -> Words:
    """Without the full stop, or with more of what ends it."""
    last, drawn = words[-1], random.random()
    if last.tag != "." or len(words) < 3 or len(last.text) > 1 or last.relation == "ROOT":
        return words
    if any(one.head == len(words) - 1 for one in words[:-1]):
        return words
    if last.text == "." and drawn < 0.35:
        return (*words[:-2], replace(words[-2], space=last.space))
    if last.text in "!?" and drawn < 0.3:
        return (*words[:-1], replace(last, text=random.choice(["!!", "!!!", "?!", "??", "???", "!!!!", "!?"])))
    if last.text == "." and drawn < 0.45:
        return (*words[:-1], replace(last, text=random.choice(["!", "!!", "...", "…", ".."])))
    return words


def _surrounded(sentences: list[Words], random: Random) -> list[Words]:
    """Handles before, emoji, hashtags, links and a sign behind."""
    data = _data()
    first, last = list(sentences[0]), list(sentences[-1])
    if random.random() < 0.25:
        names = [random.choice(data["names"]) for _ in range(random.choice((1, 1, 1, 2, 3)))]
        count = len(names)
        first = [replace(one, head=one.head + count) for one in first]
        root = next(index for index, one in enumerate(first) if one.relation == "ROOT") + count
        first = [_added("@" + one, "ADD", "PROPN", "vocative", root) for one in names] + first
        if len(sentences) == 1:
            last = first
    sentences = [tuple(first), *sentences[1:-1], tuple(last)] if len(sentences) > 1 else [tuple(last)]
    index = random.randrange(len(sentences))
    if random.random() < 0.2:
        picture = random.choice(data["emoji"])
        sentences[index] = _behind(sentences[index], [picture] * random.choice((1, 1, 1, 2, 3)), "NFP", random)
    behind = len(sentences) - 1
    for name, mark, likelihood in (("names", "@", 0.06), ("tags", "#", 0.12), ("links", "", 0.1)):
        if random.random() < likelihood:
            texts = [mark + random.choice(data[name]) for _ in range(random.choice((1, 1, 2)) if mark else 1)]
            sentences[behind] = _behind(sentences[behind], texts, "ADD", random)
    if random.random() < 0.04:
        sentences[behind] = _behind(sentences[behind], [random.choice(data["signs"])], "NNP", random)
    return sentences


_POS = {"NFP": ("SYM", "discourse"), "ADD": ("PROPN", "parataxis"), "NNP": ("PROPN", "parataxis")}


def _behind(words: Words, texts: Sequence[str], tag: str, random: Random) -> Words:
    root = next(index for index, one in enumerate(words) if one.relation == "ROOT")
    pos, relation = _POS[tag]
    tight = tag == "NFP" and not texts[0].isascii() and random.random() < 0.5
    before = replace(words[-1], space=not tight)
    added = [_added(one, tag, pos, relation, root, space=not tight) for one in texts]
    return (*words[:-1], before, *added[:-1], replace(added[-1], space=True))


def _added(text: str, tag: str, pos: str, relation: str, head: int, *, space: bool = True) -> Word:
    return Word(text, space, tag, pos, text, head, relation)


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "posts.yaml").read_text(encoding="utf-8"))
    return found


_CHANGES = (
    (0.12, _shortened),
    (0.10, _stretched),
    (0.20, _mistyped),
    (0.12, _hashed),
    (0.20, _curly),
    (0.25, _without_apostrophes),
)
"""Each with the share of texts that it changes."""
