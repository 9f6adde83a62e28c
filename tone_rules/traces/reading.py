"""What a trace is looked for in: a text read once into atoms, runs of digits, amounts and days."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from tone_rules.formats.amounts import RATE, SYMBOLS, Amount, amounts, rate
from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.dates import Clock, Day, clocks, days, days_of_month
from tone_rules.formats.words import STOP, stem

Span = tuple[int, int]

_MOST_ATOMS = 16
"""Atoms of one run of digits that are tried together; a card has four, a number spelled digit by digit up to 16."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


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
    def stem_set(self) -> frozenset[str]:
        """The stems, each once."""
        return frozenset(self.stems)

    @cached_property
    def stem_line(self) -> str:
        """The stems between spaces, to look phrases up in."""
        return f" {' '.join(self.stems)} "

    @cached_property
    def joined(self) -> str:
        """All atoms without anything between them."""
        return "".join(one.text for one in self.atoms)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """What is or may be money."""
        return tuple(amounts(self.text, self.atoms))

    @cached_property
    def stated(self) -> frozenset[Decimal]:
        """Amounts that are money for certain."""
        return frozenset(one.value for one in self.amounts if one.marked or one.value >= 1000)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Days of a month."""
        return tuple(days(self.text, self.atoms))

    @cached_property
    def rates(self) -> frozenset[Decimal]:
        """Rates in per cent."""
        return frozenset(rate(one) for one in RATE.findall(self.text))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years of this century and the last."""
        return frozenset(_YEAR.findall(self.text))

    @cached_property
    def hours(self) -> frozenset[int]:
        """Bare small numbers as hours of the twelve-hour dial, in minutes."""
        return frozenset(int(one) % 12 * 60 for one in self.words if one.isdigit() and len(one) <= 2)

    @cached_property
    def ordinals(self) -> tuple[tuple[int, int, int], ...]:
        """Days named without their month: number, start and end."""
        return tuple(days_of_month(self.text, self.atoms))

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Times of day."""
        return tuple(clocks(self.text))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every sequence of neighbouring digits of at least three, whole and in part; money is none."""
        return tuple(self._runs())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The runs' digits."""
        return frozenset(one.digits for one in self.runs)

    @cached_property
    def places(self) -> tuple[dict[int, int], dict[int, int]]:
        """Where atoms start and end: by their place in `joined`, their place in the text."""
        starts, ends, offset = {}, {}, 0
        for one in self.atoms:
            starts[offset] = one.start
            offset += len(one.text)
            ends[offset] = one.end
        return starts, ends

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
        starts, ends = self.places
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
    """What may be said: the public texts, and what the customer said themself.

    Public are the brand's texts, which hold for every customer and are read once, and those of this situation.
    """

    def __init__(self, brand: str, public: str, said: str) -> None:
        self.public = (read_once(brand), read_once(public))
        self.said = read_once(said)
        self.all = (*self.public, self.said)

    def is_public(self, wanted: str) -> bool:
        """Whether the public texts hold these atoms in a row."""
        return any(one.holds(wanted) for one in self.public)

    def is_known(self, wanted: str) -> bool:
        """Whether the public texts or the customer's hold these atoms in a row."""
        return any(one.holds(wanted) for one in self.all)


@lru_cache(maxsize=256)
def read_once(text: str) -> Reading:
    """A reading kept for the next check of the same situation, such as the next keystroke."""
    return Reading(text)
