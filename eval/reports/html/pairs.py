"""What the page shows of two runs, case by case, with the words that changed marked on each side."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from eval.comparison import Comparison, Pair
from eval.judge.duel import Duel, Meeting
from eval.reports.escape import plain
from eval.reports.html.cases import case_of
from eval.run import Result
from tone_rules.masking import Masked

_PREFERRED = {"a": "A", "b": "B", "tie": "tie"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 1_500
"""Words of a reply that are still compared one by one."""
_ALIKE = 0.6
"""Replies with less in common are different ones: marks all over them tell nothing."""


def pairs_of(found: Comparison, duels: Sequence[Duel] = ()) -> list[dict[str, Any]]:
    """Every pair, the worst first, with what a judge says of it."""
    judged: dict[str, list[dict[str, Any]]] = {}
    for one in duels:
        for met in one.meetings:
            judged.setdefault(met.id, []).append(_met(one.dimension, met))
    return [{**_pair(one), "judged": judged.get(one.id, [])} for one in found.pairs]


def _met(dimension: str, met: Meeting) -> dict[str, Any]:
    """Which reply is preferred in a dimension, and by what votes; nobody where there is no preference."""
    said = met.preference
    return {
        "name": plain(dimension) + (f", epoch {met.epoch}" if met.epoch > 1 else ""),
        "winner": said.winner and _PREFERRED[said.winner],
        "votes": [_PREFERRED[one] for one in said.votes],
        "flips": said.flips,
        "reason": plain(said.reason),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    shown = case_of(pair.after[0])
    was, now = (_reply(one[0]) for one in (pair.before, pair.after))
    sides = [
        {
            "outcome": outcome,
            "status": one[0].proposal.status if one[0].proposal else None,
            "error": None if one[0].error is None else plain(one[0].error),
            "passed": f"{stable.passed} of {stable.epochs} passed" if stable.epochs > 1 else None,
            "pieces": pieces,
        }
        for one, outcome, stable, pieces in zip(
            (pair.before, pair.after), pair.outcomes, pair.stability, _marked(was, now), strict=True
        )
    ]
    names = [score.dimension for score in (*pair.before[0].scores, *pair.after[0].scores)]
    return {
        **{name: shown[name] for name in ("key", "id", "tags", "about", "thread", "message")},
        "outcome": _moved(pair),
        "sides": sides,
        "scores": [_score(name, pair) for name in dict.fromkeys(names)],
    }


def _moved(pair: Pair) -> str:
    was, now = (one == "passed" for one in pair.outcomes)
    if was != now:
        return "won" if now else "lost"
    return "changed" if any(pair.changes.values()) or _reply(pair.before[0]) != _reply(pair.after[0]) else "same"


def _reply(result: Result) -> str | None:
    if result.reply is None or result.proposal is None:
        return None
    return Masked(result.reply, result.proposal.drafts[0].findings).text


def _score(name: str, pair: Pair) -> dict[str, Any]:
    sides = [next((one for one in side[0].scores if one.dimension == name), None) for side in (pair.before, pair.after)]
    return {
        "name": plain(name),
        "values": [None if one is None else one.value for one in sides],
        "asked": [one is not None for one in sides],
        "reasons": ["" if one is None else plain(one.reason) for one in sides],
        "difference": pair.changes.get(name),
        "advisory": any(one is not None and one.advisory for one in sides),
    }


def _marked(was: str | None, now: str | None) -> tuple[list[tuple[str, bool]] | None, list[tuple[str, bool]] | None]:
    """Both replies in pieces, each with whether the other lacks it."""
    if was is None or now is None:
        return (None if was is None else [(plain(was), False)], None if now is None else [(plain(now), False)])
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    if max(len(old), len(new)) > _MOST:
        return [(plain(was), False)], [(plain(now), False)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [(plain(was), False)], [(plain(now), False)]
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if start < end:
            left.append((plain("".join(old[start:end])), kind != "equal"))
        if begin < stop:
            right.append((plain("".join(new[begin:stop])), kind != "equal"))
    return left, right
