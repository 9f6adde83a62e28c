"""Intents: what a message is about, most prominent first."""

from collections.abc import Mapping
from functools import cache

from tone_rules.readings.answers import Intent
from tone_rules.readings.evidence import Evidence
from tone_rules.readings.rules import intents
from tone_rules.readings.search import Hits, Span

_STRONG, _PROBLEM, _CUE, _WEAK = 3.0, 2.5, 1.5, 0.6
_ENOUGH = 0.6
_BESIDE_THE_FIRST = 0.45
"""A further intent has at least this share of the first one's points."""

_MOST = 4
_EARLY = 0.5
"""Points for standing at the very beginning; people lead with what matters to them."""


_GENERAL: frozenset[Intent] = frozenset({"how_to", "praise", "feedback_suggestion"})
"""What a message asks or says about something else: these step back where it is clear what that is."""

_YIELD = 1.8


class Wishes:
    """The intents found in a message, before mood and sarcasm have their say."""

    def __init__(self, message: str, hits: Hits) -> None:
        self._message = message
        self.points: dict[Intent, float] = {}
        self.spans: dict[Intent, list[Span]] = {}
        problems: list[Span] = []
        told = _intents_by_pattern()
        possible = {name for pattern in hits.possible for name in told.get(pattern, ())}
        for name, rule in intents().items():
            if name not in possible:
                continue
            seen: dict[str, float] = {}
            spans: list[Span] = []
            for worth, cues in (
                (_STRONG, rule.strong),
                (_PROBLEM, rule.problems),
                (_CUE, rule.cues),
                (_WEAK, rule.weak),
            ):
                for cue, span in hits.of(cues, rule.silent):
                    if cues is rule.problems:
                        problems.append(span)
                    if cue.match in seen or any(one.start < span.end and span.start < one.end for one in spans):
                        continue
                    seen[cue.match] = worth
                    spans.append(span)
            if seen:
                first = min(span.start for span in spans)
                self.points[name] = sum(seen.values()) + _EARLY * (1 - first / max(1, len(message)))
                self.spans[name] = sorted(spans)
        self.problems: tuple[Span, ...] = tuple(problems)

    def settled(self, adjust: Mapping[Intent, float]) -> Mapping[Intent, float]:
        """The points of every intent that anything speaks for or against; `adjust` adds points to some."""
        points = dict(self.points)
        for name, more in adjust.items():
            points[name] = points.get(name, 0.0) + more
        concrete = max((points[name] for name in points if name not in _GENERAL), default=0.0)
        for name in _GENERAL & points.keys():
            if concrete >= _CUE:
                points[name] -= _YIELD
        wanted = max((points[name] for name in points if name != "how_to" and name != "praise"), default=0.0)
        if wanted >= _CUE and "how_to" in points:
            points["how_to"] = min(points["how_to"], wanted - 0.1) if wanted < _PROBLEM else 0.0
        return points

    @staticmethod
    def ranked(points: Mapping[Intent, float]) -> tuple[Intent, ...]:
        """The intents that have enough points, most prominent first; never empty."""
        order = sorted((name for name in points if points[name] >= _ENOUGH), key=lambda name: -points[name])
        if not order:
            return ("other",)
        return tuple(name for name in order if points[name] >= _BESIDE_THE_FIRST * points[order[0]])[:_MOST]

    def evidence(self, intents: tuple[Intent, ...]) -> tuple[Evidence, ...]:
        """The words that led to these intents."""
        return tuple(
            Evidence(label=f"intent:{name}", start=span.start, end=span.end, match=self._message[span.start : span.end])
            for name in intents
            for span in self.spans.get(name, [])[:4]
        )


@cache
def _intents_by_pattern() -> Mapping[str, tuple[Intent, ...]]:
    """The intents that each pattern of a cue speaks for."""
    found: dict[str, tuple[Intent, ...]] = {}
    for name, rule in intents().items():
        for cue in (*rule.strong, *rule.problems, *rule.cues, *rule.weak):
            found[cue.match] = (*found.get(cue.match, ()), name)
    return found
