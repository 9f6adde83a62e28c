"""Notes in words: a status, a reason, a remark. A phrase of theirs tells them, and so do most of their words."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tone_rules.formats.atoms import Atom
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span, read_once

_PHRASE = 3
"""Content words in a row that tell a note: two in a row are chance ("next week", "main street")."""
_SHARE = 0.6
"""Share of a clause's content words, at least three, that tell it in any order."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a phrase or most words of a note show, unless they are public or all of them are the customer's own."""
    said, public = known.said.stem_set, known.public
    row, stems = reply.content, reply.stems
    for clause in re.split(r"[.;,\n]|\s-\s", fact.value):
        content = read_once(clause).stems
        wanted = [one for one in content if not one.isdigit()]
        if len(set(content)) < 2 or not wanted:
            continue
        size = _PHRASE if len(content) >= _PHRASE else 2
        proper = clause.strip()[:1].isupper()
        size = 2 if clause.istitle() else size
        if size == 2 and not (proper or fact.visibility == "internal"):
            continue
        for phrase in {content[at : at + size] for at in range(len(content) - size + 1)}:
            if set(phrase) <= said or any(_holds(one, phrase) for one in public):
                continue
            for at in range(len(stems) - size + 1):
                if stems[at : at + size] != phrase:
                    continue
                if size > 2 or (_touch(reply, row[at], row[at + 1]) and (not proper or _capital(reply, row[at]))):
                    yield row[at].start, row[at + size - 1].end
        if fact.visibility == "internal":
            yield from _numbered(content, known, reply)
        yield from _most(
            {one for one in wanted if not any(one in reading.stem_set for reading in known.all)}, row, stems
        )


def _numbered(content: tuple[str, ...], known: Known, reply: Reading) -> Iterator[Span]:
    """Numbers of a note that tell it: long ones alone, short ones after their own word, as in `week 7`."""
    for before, number in pairwise(("", *content)):
        if number.isdigit() and not any(number in one.stem_set for one in known.all):
            for at, one in enumerate(reply.content):
                beside = at > 0 and before and reply.stems[at - 1] == before
                if one.text == number and (len(number) >= 3 or beside):
                    yield reply.content[at - 1].start if beside else one.start, one.end


def _most(secret: set[str], row: tuple[Atom, ...], stems: tuple[str, ...]) -> Iterator[Span]:
    at = [index for index, one in enumerate(stems) if one in secret]
    shared = {stems[index] for index in at}
    if len(shared) >= _PHRASE and len(shared) >= _SHARE * len(secret) and at[-1] - at[0] <= 2 * len(secret) + _PHRASE:
        yield row[at[0]].start, row[at[-1]].end


def _holds(reading: Reading, phrase: tuple[str, ...]) -> bool:
    return f" {' '.join(phrase)} " in reading.stem_line


def _capital(reply: Reading, atom: Atom) -> bool:
    return reply.text[atom.start].isupper()


def _touch(reply: Reading, left: Atom, right: Atom) -> bool:
    return right.start - left.end <= 2 and not any(one in ".!?\n" for one in reply.text[left.end : right.start])
