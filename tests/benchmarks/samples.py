"""Rules and replies made from word lists, the same in every run."""

import random
from collections.abc import Iterator, Mapping
from itertools import islice, permutations, product
from typing import Any

from tone_rules.formats.words import listed

MODIFIERS = listed(
    "brisk candid dusty eager feral gaudy hasty inert jaded lofty mellow nimble ornate placid quaint rusty sober tepid "
    "unruly vapid wistful zany bland crisp dreary"
)
THINGS = listed(
    "synergy paradigm bandwidth touchpoint roadmap takeaway deliverable ecosystem mindset skillset granularity cadence "
    "alignment leverage headwind tailwind runway guardrail sandbox pipeline waterfall backlog milestone stakeholder "
    "workstream framework toolkit playbook scorecard dashboard"
)
ACTS = listed(
    "unpack socialise ideate operationalise incentivise sunset onboard offboard crystallise double-click gamify "
    "surface escalate-up right-size future-proof"
)
PLAIN = listed(
    "we looked at the tracking and the van left our depot this morning so it should be with you before six "
    "the shop on the corner has two left in blue and they will hold one until noon if you ring them "
    "that sounds like a long wait and it is not what anybody wants on a birthday "
    "tell us the size and the colour and we will check what is on the shelf for you "
    "the kettle can be taken back to any of our shops with the box or without it"
)
DECORATED = ("that’s ours to mend 😊", "we’re on it — promise", "thank you 🙏🏽 truly")
ACCENTED = ("au café on Rue Éluard", "señor Núñez", "the Zürich shop")
LENGTH = 280


def definitions(count: int) -> dict[str, Mapping[str, Any]]:
    """So many regex rules: words alone, in pairs with an optional ending, and replacements."""
    named = [(f"{one} {other}", thing) for (one, other), thing in product(permutations(MODIFIERS, 2), THINGS)]
    random.Random(7).shuffle(named)  # noqa: S311
    rows = iter(named)
    made: dict[str, Mapping[str, Any]] = {}
    for number in range(count):
        taken = [f"{one} {two}" for one, two in islice(rows, 6)]
        act = ACTS[number % len(ACTS)]
        match number % 5:
            case 0:
                swap = {f"{act} (?:the|our|your) {one}": one for one in taken}
                made[f"R{number}"] = _rule("substitution", "write '%s', not '%s'", swap=swap)
            case 1:
                made[f"R{number}"] = _rule("existence", "'%s'", tokens=[rf"{one}(?:s|ed)?" for one in taken])
            case 2:
                made[f"R{number}"] = _rule("existence", "'%s'", tokens=[rf"{act}s? \w+ {one}" for one in taken])
            case 3:
                made[f"R{number}"] = _rule("existence", "'%s'", tokens=taken, exceptions=[taken[0].upper()])
            case _:
                made[f"R{number}"] = _rule("existence", "'%s'", tokens=[f"(?:very|quite) {one}" for one in taken])
    return made


def replies(kind: str, count: int = 200) -> list[str]:
    """Replies of 280 characters: `clean` ASCII, `emoji` with curly quotes, `accents` with letters beyond ASCII."""
    chance = random.Random(kind)  # noqa: S311
    return [_reply(chance, kind) for _ in range(count)]


def dense(rules: Mapping[str, Mapping[str, Any]], findings: int = 8, count: int = 100) -> list[str]:
    """Replies of 280 characters in which so many rules fire."""
    fired = [min(one["tokens"], key=len) for one in rules.values() if one.get("exceptions")]
    fired = sorted(fired, key=len)[: findings + 12]
    chance = random.Random(3)  # noqa: S311
    made = []
    for _ in range(count):
        parts = chance.sample(fired, findings)
        made.append(" and ".join(parts).ljust(LENGTH, ".")[:LENGTH])
    return made


def _rule(kind: str, message: str, **keys: Any) -> Mapping[str, Any]:
    return {"extends": kind, "message": message, "ignorecase": True, **keys}


def _reply(chance: random.Random, kind: str) -> str:
    return " ".join(_words(chance, kind))[:LENGTH]


def _words(chance: random.Random, kind: str) -> Iterator[str]:
    extra = {"emoji": DECORATED, "accents": ACCENTED}.get(kind, ())
    for at in range(60):
        yield chance.choice(PLAIN)
        if extra and at in (5, 20):
            yield chance.choice(extra)
