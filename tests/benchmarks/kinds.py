"""Every other kind on its own line, and what happens once: reading YAML, building the set, a first hit."""

import tempfile
from pathlib import Path
from typing import Any

import yaml
from samples import definitions, dense, replies
from timing import heading, once, row, spread

from tone_rules import Fact, Pack, Situation, Source, check
from tone_rules.screen import Screen, pattern_set

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
KINDS: dict[str, dict[str, Any]] = {
    "capitalization": {"match": "$sentence", "scope": "sentence"},
    "conditional": {"first": r"\b([A-Z]{3,5})\b", "second": r"(?:\b[A-Z][a-z]+ )+\(([A-Z]{3,5})\)"},
    "consistency": {"either": {"advisor": "adviser", "okay": "ok"}},
    "leak": {},
    "length": {},
    "metric": {"formula": "words / sentences", "condition": "> 40"},
    "occurrence": {"token": "!", "max": 2},
    "readability": {"metrics": ["Flesch-Kincaid"], "grade": 12},
    "repeat": {},
    "repetition": {"tokens": [r"[^\s]+"], "alpha": True},
    "required": {"tokens": [r"\^\w+"]},
}


def measure(rounds: int) -> None:
    """Print all lines."""
    heading("one rule of a kind, one reply, facts and sources known")
    texts = replies("clean", 60)
    for kind, keys in KINDS.items():
        pack = Pack.of("bench", {"Rule": {"extends": kind, "message": "%s", **keys}})
        row(kind, spread(lambda text, pack=pack: check(text, pack, SITUATION), texts, rounds))
    heading("once, for 500 regex rules", ("once",))
    rules = definitions(500)
    with tempfile.TemporaryDirectory() as folder:
        for name, one in rules.items():
            (Path(folder) / f"{name}.yml").write_text(yaml.safe_dump(dict(one)), encoding="utf-8")
        row("load from YAML, patterns proven", [once(lambda: Pack.load(Path(folder)))])
    pack = Pack.of("bench", rules)
    pattern_set.cache_clear()
    row("build the set", [once(lambda: Screen(pack.rules))])
    text = dense(rules)[0]
    check(replies("clean", 1)[0], pack)
    row("a first check with 8 findings (compiles 8 patterns)", [once(lambda: check(text, pack))])
    row("the same again", [once(lambda: check(text, pack))])
