"""Escalations: what a specialist must take over, and what a person should look at first."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tone_rules.readings.answers import Escalation
from tone_rules.readings.rules import EscalationRule, escalations
from tone_rules.readings.search import Cue, Hits, Span

SURE, POSSIBLE = 3, 2
"""Points from which an escalation is sure, and from which it is possible."""


class Danger(NamedTuple):
    """How much speaks for one escalation."""

    points: int
    evidence: tuple[tuple[Cue, Span], ...] = ()


def dangers(hits: Hits) -> Mapping[Escalation, Danger]:
    """Every escalation that something speaks for, the gravest first."""
    told = _escalations_by_pattern()
    possible = {name for pattern in hits.possible for name in told.get(pattern, ())}
    found = {name: _danger(rule, hits) for name, rule in escalations().items() if name in possible}
    return {name: danger for name, danger in found.items() if danger.points}


def gravest(found: Mapping[Escalation, Danger]) -> tuple[Escalation | None, Escalation | None]:
    """The gravest sure escalation, and the gravest possible one where it is graver or none is sure."""
    names = list(found)
    sure = next((name for name in names if found[name].points >= SURE), None)
    possible = next((name for name in names if POSSIBLE <= found[name].points < SURE), None)
    if sure is not None and possible is not None and names.index(possible) > names.index(sure):
        possible = None
    return sure, possible


def _danger(rule: EscalationRule, hits: Hits) -> Danger:
    """Points by what its cues are worth. Cues over the same words count once."""
    points = 0
    kept: list[tuple[Cue, Span]] = []
    for worth, cues in ((3, rule.sure), (2, rule.possible), (1, rule.hints)):
        if not hits.may_hold(cues) or (worth < SURE and hits.any(rule.never)):
            continue
        seen: set[str] = set()
        for cue, span in hits.of(cues, rule.idioms):
            if cue.match in seen or any(one.start < span.end and span.start < one.end for _, one in kept):
                continue
            seen.add(cue.match)
            kept.append((cue, span))
            points += worth
    return Danger(points, tuple(kept))


@cache
def _escalations_by_pattern() -> Mapping[str, tuple[Escalation, ...]]:
    """The escalations that each pattern of a cue speaks for."""
    found: dict[str, tuple[Escalation, ...]] = {}
    for name, rule in escalations().items():
        for cue in (*rule.sure, *rule.possible, *rule.hints):
            found[cue.match] = (*found.get(cue.match, ()), name)
    return found
