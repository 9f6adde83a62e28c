"""How often a reply uses each family of phrases in `phrases.yaml`: apology, stock phrase, blame, contraction ..."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tone_rules.measures.about import About, Feature
from tone_rules.measures.spelling import mended

FILE = Path(__file__).with_name("phrases.yaml")

FULL = {
    **dict.fromkeys(("contraction", "we", "you", "negation", "officialese"), 4),
    **dict.fromkeys(("offers", "softens", "closes", "greets", "abrupt_start"), 1),
    "first_person": 3,
    "nominal": 6,
}
"""How many make a whole 1; two of any other family."""


def features(about: About) -> Iterator[Feature]:
    """One feature a family, 0 to 1; `stock_share`: the share of the words that stand in stock phrases."""
    found = places(about.reply)
    for name, spans in found.items():
        yield Feature(name, min(1.0, len(spans) / FULL.get(name, 2)), spans)
    length = sum(end - start for start, end in found["stock"])
    yield Feature("stock_share", min(1.0, 2 * length / max(60, len(about.reply.strip()))), found["stock"])
    yield Feature("apologies_more", min(1.0, max(0, len(found["apology"]) - 1) / 2), found["apology"][1:])


def counted(reply: str) -> Mapping[str, int]:
    """How often each family stands in a reply."""
    return {name: len(spans) for name, spans in places(reply).items()}


@lru_cache(maxsize=256)
def places(reply: str) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Where each family stands in a reply."""
    plain = mended(reply)
    data = (plain if len(plain) == len(reply) else reply).replace("’", "'").encode("ascii", "replace")
    named, together = families()
    standing = together.Match(data) or ()
    found: dict[str, tuple[tuple[int, int], ...]] = dict.fromkeys(named, ())
    # without the pattern that matches all, the search over all families gave up: each is then asked
    for name in named if 0 not in standing else (tuple(named)[number - 1] for number in standing if number):
        found[name] = tuple(one.span() for one in named[name].finditer(data))
    return found


@cache
def families() -> tuple[Mapping[str, Any], Any]:
    """The compiled patterns, over bytes of one a character, and a search for all of them together."""
    import re2
    import yaml

    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    options = re2.Options()
    options.case_sensitive = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 64 << 20
    together = re2.Set.SearchSet(options)
    together.Add(b"")
    for pattern in told.values():
        together.Add(pattern.encode())
    together.Compile()
    return {name: re2.compile(pattern.encode(), options) for name, pattern in told.items()}, together
