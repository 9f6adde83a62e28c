"""Regex rules: the engine beside a plain `re` loop, a bare RE2 set and the peers, in one run on the same texts."""

import re
import sys
from collections.abc import Callable, Sequence

import re2
from peers import peers
from samples import definitions, dense, replies
from timing import heading, row, spread

from tone_rules import Pack, check

WITHIN_SET = 10.0
"""How many times a bare set a check of clean text at 500 rules may take."""
AHEAD_OF_LOOP = 50.0
"""How many times quicker than a loop of `re` it must be."""
EIGHT_FINDINGS = 300.0
"""Microseconds that a check with eight findings may take."""


def measure(real: Sequence[str], rounds: int) -> bool:
    """Print all lines; whether every bar holds."""
    kept = True
    for count in (100, 500, 1000):
        rules = definitions(count)
        pack = Pack.of("bench", rules)
        sources = [one.definition.pattern or "" for one in pack.rules]
        loop, bare = _loop(sources), _bare(sources)
        heading(f"{count:,} regex rules, one reply")
        texts = {
            "clean, ASCII": replies("clean"),
            "clean, emoji and curly quotes": replies("emoji"),
            "clean, accents": replies("accents"),
        }
        if real:
            texts["real"] = real
        for name, items in texts.items():
            ours = spread(lambda text, pack=pack: check(text, pack), items, rounds)
            floor = spread(bare, items, rounds)
            plain = spread(loop, items[:50], max(1, rounds // 5))
            ratios = f"{ours[0] / floor[0]:.1f}x the set, {plain[0] / ours[0]:.0f}x ahead of the loop"
            row(f"{name}: check", ours, ratios)
            row(f"{name}: bare re2.Set", floor)
            row(f"{name}: `re`, one by one", plain)
            if count == 500 and name == "clean, ASCII":
                kept &= _bar("within 10x of the bare set", ours[0] / floor[0] <= WITHIN_SET)
                kept &= _bar("50x ahead of the loop", plain[0] / ours[0] >= AHEAD_OF_LOOP)
        crowded = dense(rules)
        eight = spread(lambda text, pack=pack: check(text, pack), crowded, rounds)
        found = len(check(crowded[0], pack).findings)
        row(f"dense, {found} findings: check", eight)
        row("dense: `re`, one by one", spread(loop, crowded, max(1, rounds // 5)))
        if count == 500:
            kept &= _bar("8 findings under 0.3 ms", eight[0] < EIGHT_FINDINGS)
    heading("peers, one reply (their own rules)")
    for name, work in peers():
        if isinstance(work, str):
            sys.stdout.write(f"{name:<58} not installed: {work}\n")
        else:
            row(name, spread(work, replies("clean", 100), max(1, rounds // 5)))
    return kept


def _loop(sources: Sequence[str]) -> Callable[[str], object]:
    compiled = [re.compile(one) for one in sources]
    return lambda text: [found.span() for one in compiled for found in one.finditer(text)]


def _bare(sources: Sequence[str]) -> Callable[[str], object]:
    options = re2.Options()
    options.max_mem = 256 << 20
    bare = re2.Set.SearchSet(options)
    for one in sources:
        bare.Add(one)
    bare.Compile()
    found: Callable[[str], object] = bare.Match
    return found


def _bar(name: str, kept: bool) -> bool:
    sys.stdout.write(f"  bar: {name}: {'kept' if kept else 'MISSED'}\n")
    return kept
