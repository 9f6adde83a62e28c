"""What a trace is looked for in: a text read once into atoms, runs of digits, amounts and days."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from tone_rules.formats.amounts import SYMBOLS, Amount, amounts
from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.dates import Clock, Day, clocks, days
from tone_rules.formats.words import STOP, stem

Span = tuple[int, int]

_MOST_ATOMS = 16
"""Atoms of one run of digits that are tried together; a card has four, a number spelled digit by digit up to 16."""


class Run(NamedTuple):
    """Neighbouring digits as one number, in characters of the text."""

    digits: str
    start: int
    end: int


class Reading:
    """A text, and on demand what stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Words and numbers."""
        return atoms(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The atoms' texts."""
        return frozenset(one.text for one in self.atoms)

    @cached_property
    def content(self) -> tuple[Atom, ...]:
        """Words that carry content, and numbers."""
        return tuple(one for one in self.atoms if one.text not in STOP and (len(one.text) > 1 or one.number))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the content."""
        return tuple(stem(one.text) for one in self.content)

    @cached_property
    def joined(self) -> str:
        """All atoms without anything between them."""
        return "".join(one.text for one in self.atoms)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """What is or may be money."""
        return tuple(amounts(self.text, self.atoms))

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Days of a month."""
        return tuple(days(self.text, self.atoms))

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Times of day."""
        return tuple(clocks(self.text))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every sequence of neighbouring digits of at least three, whole and in part; money is none."""
        return tuple(self._runs())

    def _runs(self) -> Iterator[Run]:
        group: list[Atom] = []
        for atom in (*self.atoms, None):
            if atom is not None and atom.number and (not group or self._close(group[-1], atom)):
                group.append(atom)
                continue
            for first in range(len(group)):
                if group[first].start and self.text[group[first].start - 1] in SYMBOLS:
                    break
                for last in range(first, min(len(group), first + _MOST_ATOMS)):
                    digits = "".join(one.text for one in group[first : last + 1])
                    if len(digits) > 2:
                        yield Run(digits, group[first].start, group[last].end)
            group = [atom] if atom is not None and atom.number else []

    def _close(self, left: Atom, right: Atom) -> bool:
        between = self.text[left.end : right.start]
        return len(between) <= 4 and not any(one.isalpha() or one in SYMBOLS or one in "\n;!?" for one in between)

    def spans(self, wanted: str, *, loose: bool = False) -> Iterator[Span]:
        """Where atoms in a row make up `wanted`; with `loose` also within longer atoms."""
        if len(wanted) < 2 or wanted not in self.joined:
            return
        starts, ends, offset = {}, {}, 0
        for one in self.atoms:
            starts[offset] = one.start
            offset += len(one.text)
            ends[offset] = one.end
        at = self.joined.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if at in starts and end in ends:
                yield starts[at], ends[end]
            elif loose:
                before = max(one for one in starts if one <= at)
                after = min(one for one in ends if one >= end)
                yield starts[before], ends[after]
            at = self.joined.find(wanted, at + 1)

    def holds(self, wanted: str) -> bool:
        """Whether atoms in a row make up `wanted`."""
        return any(True for _ in self.spans(wanted))


class Known:
    """What may be said: the public texts, and what the customer said themself."""

    def __init__(self, public: str, said: str) -> None:
        self.public = Reading(public)
        self.said = Reading(said)

    def both(self) -> tuple[Reading, Reading]:
        """The public texts and the customer's."""
        return self.public, self.said
