r"""The screen: one RE2 set of all patterns of some rules says in microseconds which of them can fire on a text.

Only those are given to the exact engine. A rule without such a pattern, or with one that RE2 can't take, is always
looked at, and so are all rules where a text holds something that the two engines read differently.

RE2 knows only ASCII for `\w`, `\b` and `\s`. A letter beyond ASCII is therefore shown to it as `_`, which is
a letter to it, too, and a space as a tab; patterns that tell these from other letters and spaces are looked at wherever
that was done.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from tone_rules.blocks import Blocks
from tone_rules.pack import Pack
from tone_rules.patterns import compiled
from tone_rules.rule import Rule
from tone_rules.sieve import readable, widened

Scopes = tuple[str, ...]

_CANARY = "\x01screen\x02"
"""A set that is too large for its memory finds nothing and says nothing: this must be found for it to be used."""
_MEMORY = 256 << 20
"""Bytes that a set may take at most; it takes what it needs."""
_TELLS = re.compile(r"[_\t]|\\[xt0-7]|[A-Z]-[a-z]|[0-9]-[A-Za-z]|[^\w\[]-[^\]]|-\\")
"""Patterns with `_` or a tab, or with what may be a range or a code of characters that is one of them."""


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
        always: list[int] = []
        groups: dict[Scopes, list[tuple[int, str]]] = {}
        for index, rule in enumerate(self.rules):
            source = rule.definition.pattern
            bare = None if source is None else widened(source)
            if bare is None:
                always.append(index)
            else:
                groups.setdefault(rule.definition.scopes, []).append((index, bare))
        self._sets: list[tuple[Scopes, PatternSet, tuple[int, ...]]] = []
        for scopes, group in groups.items():
            found = pattern_set(tuple(bare for _, bare in group))
            indexes = tuple(index for index, _ in group)
            always += [indexes[at] for at in found.refused]
            self._sets.append((scopes, found, indexes))
        self._always = tuple(sorted(always))

    def candidates(self, blocks: Blocks) -> list[Rule]:
        """The rules that can fire on one of the blocks of their scope, in their order."""
        wanted = set(self._always)
        for scopes, found, indexes in self._sets:
            for block in blocks.of(scopes):
                hits = found.hits(block.text)
                if hits is None:
                    wanted.update(indexes)
                    break
                wanted.update([indexes[at] for at in hits])
        return [self.rules[index] for index in sorted(wanted)] if wanted else []


class PatternSet:
    """Patterns that RE2 looks for together."""

    def __init__(self, sources: Sequence[str]) -> None:
        import re2

        quiet = re2.Options()
        quiet.log_errors = False
        quiet.max_mem = _MEMORY
        self._set: Any = re2.Set.SearchSet(quiet)
        self._index: list[int] = []
        refused: list[int] = []
        for at, source in enumerate(sources):
            try:
                self._set.Add(source)
                self._index.append(at)
            except (re2.error, UnicodeEncodeError):
                refused.append(at)
        self.refused = tuple(refused)
        """Places of the patterns that RE2 does not take."""
        self._tells = tuple(at for at in self._index if _TELLS.search(sources[at]))
        self._canary = len(self._index)
        self._set.Add(re.escape(_CANARY))
        self._set.Compile()
        self._works = self._canary in (self._set.Match(_CANARY) or ())

    def hits(self, text: str) -> Sequence[int] | None:
        """Places of the patterns that may match a text; None where that can't be told."""
        shown = readable(text)
        if shown is None or not self._works:
            return None
        found = self._set.Match(shown)
        places = [self._index[at] for at in found if at != self._canary] if found else []
        return places if shown is text else [*places, *self._tells]


@lru_cache(maxsize=64)
def pattern_set(sources: tuple[str, ...]) -> PatternSet:
    """The set of these patterns, built once however often the packs that hold them are loaded."""
    return PatternSet(sources)


def warm(packs: Iterable[Pack]) -> None:
    """Build the set of some packs and compile every exact pattern now, so that no first hit waits for it."""
    for rule in screen_of(packs).rules:
        if rule.definition.pattern is not None:
            compiled(rule.definition.pattern)


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
