"""Every other kind on its own line, and what happens once: reading YAML, building the set, a first hit."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from samples import definitions, dense, replies
from timing import heading, once, row, spread

from tone_rules import Fact, Pack, Situation, Source, check, load_pack
from tone_rules.pack import shipped
from tone_rules.screen import Screen, pattern_set

BUDGET = 1_000.0
"""Microseconds that a kind may take on one reply, whichever rule that ships is the dearest of it."""

FACTS = (
    Fact(name="order_number", value="NW-48213"),
    Fact(name="phone", value="07700 900573"),
    Fact(name="address", value="23 Fennel Way, Ashmere"),
    Fact(name="balance", value="£127.60"),
    Fact(name="note", value="threatened to leave in spring; offer nothing", visibility="internal"),
)
SITUATION = Situation(
    channel="x",
    message="Where is my kettle? It was due on Monday and nobody rings back.",
    facts=FACTS,
    sources=tuple(Source(id=f"K{n}", kind="help", text=" ".join(replies("clean", 3))) for n in range(30)),
    recent_replies=tuple(replies("emoji", 20)),
)
WITHOUT_RULES: dict[str, dict[str, Any]] = {
    "capitalization": {"match": "$sentence", "scope": "sentence"},
    "conditional": {"first": r"\b([A-Z]{3,5})\b", "second": r"(?:\b[A-Z][a-z]+ )+\(([A-Z]{3,5})\)"},
    "consistency": {"either": {"advisor": "adviser", "okay": "ok"}},
    "metric": {"formula": "words / sentences", "condition": "> 40"},
    "repetition": {"tokens": [r"[^\s]+"], "alpha": True},
}
"""Kinds of which no rule ships."""


def packs() -> Iterator[tuple[str, Pack]]:
    """A kind and a pack of one rule of it, for every rule that can run here."""
    for name in shipped():
        for rule in load_pack(name, examples=False).rules:
            if rule.definition.extends not in ("judge", "sequence", "script"):
                yield rule.definition.extends, Pack(rule.id, (rule,), rule.required)
    for kind, keys in WITHOUT_RULES.items():
        yield kind, Pack.of("bench", {"Rule": {"extends": kind, "message": "%s", **keys}})


def measure(rounds: int) -> bool:
    """Print all lines; whether every kind keeps its budget."""
    heading("the dearest rule of a kind, one reply, facts and sources known")
    texts = replies("clean", 40)
    dearest: dict[str, tuple[tuple[float, float, float], str]] = {}
    for kind, pack in packs():
        took = spread(lambda text, pack=pack: check(text, pack, SITUATION), texts, max(1, rounds // 5))
        dearest[kind] = max(dearest.get(kind, ((0.0, 0.0, 0.0), "")), (took, pack.name))
    for kind, (took, name) in sorted(dearest.items()):
        row(kind, took, name)
    over = [kind for kind, (took, _) in dearest.items() if took[0] > BUDGET]
    sys.stdout.write(f"  bar: each under {BUDGET:,.0f} µs: {'MISSED by ' + ', '.join(over) if over else 'kept'}\n")
    heading("once, for 500 regex rules", ("once",))
    rules = definitions(500)
    with tempfile.TemporaryDirectory() as folder:
        for name, one in rules.items():
            (Path(folder) / f"{name}.yml").write_text(yaml.safe_dump(dict(one)), encoding="utf-8")
        row("load from YAML, patterns proven", [once(lambda: Pack.load(Path(folder)))])
    pack = Pack.of("bench", rules)
    pattern_set.cache_clear()
    row("build the set", [once(lambda: Screen(pack.rules).build())])
    text = dense(rules)[0]
    check(replies("clean", 1)[0], pack)
    row("a first check with 8 findings (compiles 8 patterns)", [once(lambda: check(text, pack))])
    row("the same again", [once(lambda: check(text, pack))])
    return not over
