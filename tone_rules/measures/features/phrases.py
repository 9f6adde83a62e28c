"""How often a reply uses each family of phrases in `phrases.yaml`: apology, stock phrase, blame, contraction ..."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features.searched import Searched
from tone_rules.measures.spelling import mended

FILE = Path(__file__).with_name("phrases.yaml")

FULL = {
    **dict.fromkeys(("contraction", "we", "you", "officialese"), 4),
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
    return _families().places(plain if len(plain) == len(reply) else reply)


@cache
def _families() -> Searched:
    import yaml

    return Searched(yaml.safe_load(FILE.read_text(encoding="utf-8")), case_sensitive=False)
