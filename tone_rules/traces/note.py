"""Notes in words: a status, a reason, a remark. A phrase of theirs tells them, and so do most of their words."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pydantic import RootModel

from tone_rules.formats.atoms import Atom
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import stem
from tone_rules.located import read
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span, read_once

_PHRASE = 3
"""Content words in a row that tell a note: two in a row are chance ("next week", "main street")."""
_SHARE = 0.6
"""Share of a clause's content words, at least three, that tell it in any order."""
_LONG = 3
"""Letters of the stem of each of two words in a row that tell an internal note."""
_WHOLE = 8
"""The most words of a note of several clauses of which most tell it all."""
_PAIR = 2
_NEAR = 3
"""Content words between a number of a note and its own word."""
_ROUNDED = 20
"""The least number that a round one may tell."""
_ABOUT = Lazy(r"\b(?:about|around|some|roughly|nearly|almost|over|under|approximately|close to)\W{1,2}$", re.IGNORECASE)
_TOUCHING = 2
"""Characters between two words that stand together."""
_APART = 10
"""Characters between two words of a longer internal note, such as `on the`."""
_SPANS = frozenset(map(stem, ("hour", "day", "week", "month", "year", "time")))
_WITH_VERBS = frozenset(("out", "up", "off", "away", "again", "down", "back", "over", "abroad"))
_CLAUSES = Lazy(r"[.;,:\n]|\s[-–—]\s")


class _Synonyms(RootModel[Mapping[str, tuple[str, ...]]]):
    """Words that mean the same in a note, by one of them."""


class _Clause(NamedTuple):
    """One clause of a note by its stems."""

    content: tuple[str, ...]
    size: int
    """Content words in a row that tell it."""
    phrases: frozenset[tuple[str, ...]]
    proper: bool
    """The clause begins with a capital, so it may be a name, and shows as one only with a capital."""
    words: frozenset[str]
    """Its words without numbers, each as the one that stands for its synonyms."""
    verbatim: str = ""
    """Two words of which only one carries content, as in `moving out`: they show only just so."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a phrase or most words of a note show, unless they are public or all of them are the customer's own."""
    internal = fact.visibility == "internal"
    for clause in _clauses(fact.value, internal=internal):
        for phrase in clause.phrases:
            if f" {' '.join(phrase)} " in reply.meaning_line and not _is_known(phrase, known):
                yield from _in_row(phrase, clause, reply)
        if clause.verbatim:
            yield from _verbatim(clause.verbatim, reply, known)
        if internal:
            yield from _numbered(clause.content, known, reply)
        shared = clause.words & reply.meanings_set
        if len(shared) >= _PHRASE and len(shared) >= _SHARE * len(clause.words):
            yield from _most(clause.words, known, reply)


@lru_cache(maxsize=1024)
def _clauses(value: str, *, internal: bool) -> tuple[_Clause, ...]:
    parts = _CLAUSES.split(value)
    clauses = [one for part in parts if (one := _clause(part, internal=internal))]
    whole = frozenset(meaning(one) for one in read_once(value).stems if not one.isdigit())
    if len(parts) > 1 and _PHRASE <= len(whole) <= _WHOLE:
        clauses.append(_Clause((), _PHRASE, frozenset(), proper=False, words=whole))
    return tuple(clauses)


def _clause(text: str, *, internal: bool) -> _Clause | None:
    content = read_once(text).stems
    words = frozenset(meaning(one) for one in content if not one.isdigit())
    row = [one.text for one in read_once(text).atoms]
    if len(content) == 1 and len(row) == _PAIR and row[1] in _WITH_VERBS and len(row[0]) > _LONG:
        return _Clause(content, _PAIR, frozenset(), proper=False, words=words, verbatim=" ".join(row))
    if len(set(content)) < _PAIR or not words:
        return None
    proper = text.strip()[:1].isupper()
    size = 2 if text.istitle() or len(content) < _PHRASE else _PHRASE
    meanings = tuple(map(meaning, content))
    phrases = {meanings[at : at + size] for at in range(len(content) - size + 1)}
    if internal and size > _PAIR:
        phrases |= {pair for pair in pairwise(meanings) if all(len(one) >= _LONG and not one.isdigit() for one in pair)}
    return _Clause(content, size, frozenset(phrases), proper, words)


def _is_known(phrase: tuple[str, ...], known: Known) -> bool:
    return set(phrase) <= known.said.meanings_set or any(
        f" {' '.join(phrase)} " in one.meaning_line for one in known.public
    )


def _verbatim(words: str, reply: Reading, known: Known) -> Iterator[Span]:
    found = [one.span() for one in re.finditer(rf"\b{re.escape(words)}\b", reply.text, re.IGNORECASE)]
    if found and not any(words in one.text.casefold() for one in known.all):
        yield from found


def _in_row(phrase: tuple[str, ...], clause: _Clause, reply: Reading) -> Iterator[Span]:
    row, size = reply.content, len(phrase)
    for at in range(len(row) - size + 1):
        if reply.meanings[at : at + size] != phrase:
            continue
        named = not (clause.proper and size == clause.size == 2) or reply.lower or reply.text[row[at].start].isupper()
        apart = _APART if clause.size > size else _TOUCHING
        if size > _PAIR or (_touch(reply, row[at], row[at + 1], apart) and named):
            yield row[at].start, row[at + size - 1].end


def _numbered(content: tuple[str, ...], known: Known, reply: Reading) -> Iterator[Span]:
    """Numbers of a note that tell it: long ones alone, short ones near their own word, as in `week 7`, `3 calls`.

    One that is said with "about" is also told by a round one near it, where the reply has another word of the note.
    """
    for at, number in enumerate(content):
        if not number.isdigit():
            continue
        if number not in reply.stem_set:
            if int(number[:9]) >= _ROUNDED and not reply.stem_set.isdisjoint(content):
                yield from _rounded(int(number[:9]), reply)
            continue
        if any(number in one.stem_set for one in known.all):
            continue
        beside = {*content[max(0, at - 1) : at], *content[at + 1 : at + 2]}
        for here, one in enumerate(reply.content):
            if one.text != number:
                continue
            near = range(max(0, here - _NEAR), min(len(reply.content), here + _NEAR + 1))
            places = [
                there
                for there in near
                if reply.stems[there] in beside
                and (abs(there - here) == 1 or (number not in ("0", "1") and reply.stems[there] not in _SPANS))
                and _one_clause(reply, here, there)
            ]
            if places:
                yield reply.content[min(here, *places)].start, reply.content[max(here, *places)].end
            elif len(number) >= _PHRASE:
                yield one.start, one.end


def _rounded(number: int, reply: Reading) -> Iterator[Span]:
    for one in reply.sums:
        about = _ABOUT.search(reply.text[max(0, one.start - 20) : one.start])
        if about and not one.marked and one.value != number and abs(one.value - number) * 10 <= number:
            yield one.start, one.end


def _one_clause(reply: Reading, here: int, there: int) -> bool:
    left, right = sorted((reply.content[here], reply.content[there]), key=lambda one: one.start)
    return not any(one in ".,;:!?\n" for one in reply.text[left.end : right.start])


def _most(words: frozenset[str], known: Known, reply: Reading) -> Iterator[Span]:
    """The shortest stretch of the reply that holds most of a clause's words, whatever stands between them."""
    secret = {one for one in words if not any(one in reading.meanings_set for reading in known.all)}
    at = [index for index, one in enumerate(reply.meanings) if one in secret]
    shared = {reply.meanings[index] for index in at}
    if len(shared) < _PHRASE or len(shared) < _SHARE * len(secret):
        return
    widest = 2 * len(secret) + _PHRASE
    stretches = (_stretch(first, at, shared, reply.meanings) for first in at)
    first, last = min((one for one in stretches if one), key=lambda one: one[1] - one[0], default=(0, widest + 1))
    if last - first <= widest:
        yield reply.content[first].start, reply.content[last].end


def _stretch(first: int, at: list[int], shared: set[str], stems: tuple[str, ...]) -> tuple[int, int] | None:
    missing = set(shared)
    for index in at:
        if index >= first:
            missing.discard(stems[index])
            if not missing:
                return first, index
    return None


def meaning(word: str) -> str:
    """The stem that stands for a stem and its synonyms in `synonyms.yaml`."""
    return _by_stem().get(word, word)


@cache
def _by_stem() -> dict[str, str]:
    rows = read(Path(__file__).with_name("synonyms.yaml"), _Synonyms, "the synonyms of notes").root
    return {stem(word): stem(first) for first, others in rows.items() for word in (first, *others)}


def _touch(reply: Reading, left: Atom, right: Atom, apart: int) -> bool:
    return right.start - left.end <= apart and not any(one in ".,;:!?\n" for one in reply.text[left.end : right.start])
