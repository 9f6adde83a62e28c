"""Values too short to tell apart alone: they show only beside their own name, as in `room 305` or `Gold tier`."""

import re
from collections.abc import Iterator

from tone_rules.formats.atoms import atoms
from tone_rules.formats.words import listed, stem
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_GENERIC = frozenset(
    listed(
        """number no id name code type level status count since due total internal customer client private note notes
    info value date time day last first next current max min is has of the a reason state data field line"""
    )
)
_EMPTY = frozenset(listed("yes no true false none unknown null n y na open closed 0"))
_BETWEEN = 1
"""Atoms that may stand between the name and the value."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a short value stands beside the noun of its fact, unless that is public or the customer said it."""
    value = atoms(fact.value)
    if not 1 <= len(value) <= 2 or fact.value.strip().casefold() in _EMPTY or len(fact.value) > 24:
        return
    nouns = {stem(one.text) for one in atoms(re.sub(r"([a-z])([A-Z])", r"\1 \2", fact.name).replace("_", " "))}
    nouns -= _GENERIC
    wanted = [one.text for one in value]
    if any(any(_beside(reading, wanted, nouns)) for reading in known.all):
        return
    yield from _beside(reply, wanted, nouns)


def _beside(reading: Reading, wanted: list[str], nouns: set[str]) -> Iterator[Span]:
    if not reading.words.issuperset(wanted):
        return
    row, size = reading.atoms, len(wanted)
    for at in (at for at, one in enumerate(row) if one.text == wanted[0]):
        if [one.text for one in row[at : at + size]] != wanted:
            continue
        near = [*row[max(0, at - 1 - _BETWEEN) : at], *row[at + size : at + size + 1]]
        if any(stem(one.text) in nouns for one in near):
            yield row[at].start, row[at + size - 1].end
