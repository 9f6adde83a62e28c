r"""The screen: RE2 sets of all patterns of some rules say in microseconds which of them can fire on a text.

Only those are given to the exact engine. A rule without such a pattern, or with one that RE2 can't take, is always
looked at, and so are all rules where a text holds something that the two engines read differently. Rules that hold on
some channels, for some audience or voice only have a set of their own, which is built where they hold.

RE2 knows only ASCII for `\w`, `\b` and `\s`. A letter beyond ASCII is therefore shown to it as `_`, which is
a letter to it, too, and a space as a tab; patterns that tell these from other letters and spaces are looked at wherever
that was done.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

from tone_rules.automata import automaton
from tone_rules.blocks import Blocks
from tone_rules.pack import Pack
from tone_rules.patterns import compiled
from tone_rules.reducing import OFTEN, reduced, reducible, settle
from tone_rules.rule import Rule, When
from tone_rules.sieve import can_match, in_bytes, loosened, pattern_in_bytes, readable, widened
from tone_rules.situation import Situation

Scopes = tuple[str, ...]

_CANARY = b"\x01screen\x02"
"""A set that is too large for its memory finds nothing and says nothing: this must be found for it to be used."""
_MEMORY = 256 << 20
"""Bytes that a set may take at most; it takes what it needs."""
_ALONE = 500
"""Characters from which a pattern is looked for by itself.

A set has a state for every way in which its patterns may have begun together; with long ones, which may begin at nearly
every word, a text goes on making new states: on 1,242 replies 8 ms each together, 0.4 ms apart.
"""
_TELLS = re.compile(r"[_\t]|\\[xt0-7]|[A-Z]-[a-z]|[0-9]-[A-Za-z]|[^\w\[]-[^\]]|-\\")
"""Patterns with `_` or a tab, or with what may be a range or a code of characters that is one of them."""
_STANDING = ("channel", "audience", "industry", "compliance", "agent", "voice")
"""Keys of `when` that the place and the brand settle, whatever the message."""


class PatternSet:
    """Patterns that RE2 looks for: the short ones together, each long one by itself."""

    def __init__(self, sources: Sequence[str]) -> None:
        """Take the patterns; those that RE2 has no wider one for are `refused`."""
        import re2

        quiet = re2.Options()
        quiet.log_errors = False
        quiet.max_mem = _MEMORY
        quiet.encoding = re2.Options.Encoding.LATIN1
        self._set: Any = re2.Set.SearchSet(quiet)
        self._index: list[list[int]] = []
        self._alone: list[tuple[Any, list[int]]] = []
        same: dict[str, list[int]] = {}
        for at, source in enumerate(sources):
            same.setdefault(source, []).append(at)
        refused: list[int] = []
        tells: list[int] = []
        for source, places in same.items():
            bare = widened(source)
            shown = None if bare is None else pattern_in_bytes(loosened(bare))
            try:
                if shown is None:
                    refused += places
                    continue
                if len(shown) < _ALONE:
                    self._set.Add(shown)
                    self._index.append(places)
                else:
                    self._alone.append((automaton(shown), places))
                tells += places if _TELLS.search(bare or "") else ()
            except re2.error:
                refused += places
        self.refused = tuple(sorted(refused))
        """Places of the patterns that can't be looked for."""
        self._tells = tuple(tells)
        self._canary = len(self._index)
        self._set.Add(re.escape(_CANARY))
        self._set.Compile()
        self._works = self._canary in (self._set.Match(_CANARY) or ())

    def hits(self, text: str) -> Sequence[int] | None:
        """Places of the patterns that may match a text; None where that can't be told."""
        shown = readable(text)
        if shown is None or not self._works:
            return None
        data = in_bytes(shown)
        found = self._set.Match(data)
        places = [at for one in found if one != self._canary for at in self._index[one]] if found else []
        for pattern, alone in self._alone:
            if pattern.search(data) is not None:
                places += alone
        return [*places, *self.refused] if shown is text else [*places, *self.refused, *self._tells]


@lru_cache(maxsize=256)
def pattern_set(sources: tuple[str, ...]) -> PatternSet:
    """The set of these patterns, built once however often the packs that hold them are loaded."""
    return PatternSet(sources)


class Part:
    """Rules of one scope that hold in the same places, by their place among all.

    Those that were prepared are looked for one by one, reduced to the text, until a set of them pays.
    """

    def __init__(self, when: When, scopes: Scopes, rules: Sequence[tuple[int, str]]) -> None:
        """Take the indexes and patterns of the rules."""
        self.when = when
        self.scopes = scopes
        self._reducible = [one for one in rules if reducible(one[1]) is not None]
        self._whole = [one for one in rules if reducible(one[1]) is None]
        self._asked = 0

    def candidates(self, blocks: Blocks) -> set[int]:
        """Those that can fire on one of the blocks."""
        self._asked += 1
        wanted: set[int] = set()
        for block in blocks.of(self.scopes):
            if self._asked <= OFTEN:
                wanted.update(self._looked_for(block.text))
            for indexes, found in self.sets if self._asked > OFTEN else self._first_sets:
                hits = found.hits(block.text)
                wanted.update(indexes if hits is None else [indexes[at] for at in hits])
        return wanted

    def _looked_for(self, text: str) -> Iterator[int]:
        """Those that were prepared and of which an alternative stands in a text."""
        told = readable(text) is not None
        for index, source in self._reducible:
            small = reduced(source, text) if told else source
            if small is not None and (not told or can_match(small, text)):
                yield index

    def build(self) -> None:
        """Build all sets now, and leave no pattern to be reduced."""
        self._asked = OFTEN
        for _, source in self._reducible:
            settle(source)
        _ = self.sets

    @cached_property
    def sets(self) -> tuple[tuple[tuple[int, ...], PatternSet], ...]:
        """The sets of all its rules, each with their indexes."""
        return (*self._first_sets, *_sets(self._reducible))

    @cached_property
    def _first_sets(self) -> tuple[tuple[tuple[int, ...], PatternSet], ...]:
        return _sets(self._whole)


def _sets(rules: Sequence[tuple[int, str]]) -> tuple[tuple[tuple[int, ...], PatternSet], ...]:
    sources = tuple(source for _, source in rules)
    return ((tuple(index for index, _ in rules), pattern_set(sources)),) if rules else ()


class Screen:
    """Rules, and which of them can fire on a text."""

    def __init__(self, rules: Iterable[Rule], held: object = None) -> None:
        """Take the rules.

        Args:
            rules: what is screened.
            held: kept for as long as the screen.
        """
        self.rules = tuple(rules)
        self.held = held

    def candidates(self, blocks: Blocks, situation: Situation) -> list[Rule]:
        """The rules that can fire on one of the blocks of their scope in this situation, in their order."""
        always, parts = self._parts
        wanted = set(always)
        for part in parts:
            if part.when.fits(situation):
                wanted.update(part.candidates(blocks))
        return [self.rules[index] for index in sorted(wanted)] if wanted else []

    @cached_property
    def _parts(self) -> tuple[tuple[int, ...], tuple[Part, ...]]:
        """The rules that are always looked at, and the parts of the others."""
        always: list[int] = []
        groups: dict[tuple[str, Scopes], list[tuple[int, str]]] = {}
        whens: dict[str, When] = {}
        for index, rule in enumerate(self.rules):
            source = rule.definition.pattern
            if source is None:
                always.append(index)
                continue
            when = _standing(rule.definition.when)
            key = repr(when) if when.model_fields_set else ""
            whens[key] = when
            groups.setdefault((key, rule.definition.scopes), []).append((index, source))
        parts = (Part(whens[when], scopes, group) for (when, scopes), group in groups.items())
        return tuple(always), tuple(parts)

    def build(self) -> None:
        """Build every set now and compile every exact pattern, so that no first hit waits for them."""
        for part in self._parts[1]:
            part.build()
        for rule in self.rules:
            if rule.definition.pattern is not None:
                compiled(rule.definition.pattern)


def warm(packs: Iterable[Pack]) -> None:
    """Build the sets of some packs and compile every exact pattern now."""
    screen_of(packs).build()


_KEPT = 64
_screens: dict[tuple[int, ...], Screen] = {}
"""By the identity of the packs' rules, which each screen holds."""


def screen_of(packs: Iterable[Pack]) -> Screen:
    """The screen of some packs, made once for the same rules."""
    held = [pack.rules for pack in packs]
    key = tuple(map(id, held))
    found = _screens.get(key)
    if found is None:
        found = Screen((rule for rules in held for rule in rules), held)
        while len(_screens) >= _KEPT:
            _screens.pop(next(iter(_screens)), None)
        _screens[key] = found
    return found


def _standing(when: When) -> When:
    """What a `when` says of place and brand alone."""
    return When(**{name: getattr(when, name) for name in _STANDING if name in when.model_fields_set})
