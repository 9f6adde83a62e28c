"""Switches in the text: comments that turn Vale, a style, a rule or one match of it off and on."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_ONE_MATCH = re.compile(r"vale ([^\s=]+\.[^\s=\[]+)(\[.+\]) = (YES|NO)")
_RULE = re.compile(r"vale (\S+) = (YES|NO|on|off)")
_STYLES = re.compile(r"vale styles? = (.*)")


@dataclass
class _State:
    off: bool = False
    switched: frozenset[str] = field(default_factory=frozenset)
    """Styles, rules, and rules with a match, that are off."""


class Switches:
    """The switches of one file, in the order of their places."""

    def __init__(self, comments: Iterable[tuple[int, str]], styles: Iterable[str]) -> None:
        """Read the comments of a file, each with its place; `styles` are those that run on it."""
        self._styles = frozenset(styles)
        self._states: list[tuple[int, _State]] = []
        state = _State()
        for at, comment in comments:
            state = self._after(state, " ".join(comment.split()))
            self._states.append((at, state))

    def off(self, rule: str, match: str, *places: int) -> bool:
        """Whether a match of a rule is switched off at one of these places."""
        return bool(self._states) and any(self._off(self._at(one), rule, match) for one in places)

    def _at(self, place: int) -> _State:
        last = _State()
        for at, state in self._states:
            if at > place:
                break
            last = state
        return last

    @staticmethod
    def _off(state: _State, rule: str, match: str) -> bool:
        names = (rule.partition(".")[0], rule, f"{rule}[{match}]")
        return state.off or not state.switched.isdisjoint(names)

    def _after(self, state: _State, comment: str) -> _State:
        if comment in ("vale off", "vale on"):
            return _State(comment == "vale off", state.switched)
        if found := _ONE_MATCH.fullmatch(comment):
            names = [f"{found[1]}[{one}]" for one in _words(found[2])]
            return _switched(state, names, off=found[3] == "NO")
        if (found := _RULE.fullmatch(comment)) and found[1] not in ("style", "styles"):
            return _switched(state, [found[1]], off=found[2] in ("NO", "off"))
        if found := _STYLES.fullmatch(comment):
            kept = {one.strip() for one in found[1].split(",")}
            return _State(state.off, state.switched.union(self._styles) - kept)
        return state


def _switched(state: _State, names: list[str], *, off: bool) -> _State:
    return _State(state.off, state.switched.union(names) if off else state.switched.difference(names))


def _words(listed: str) -> list[str]:
    try:
        words = json.loads(listed)
    except (ValueError, RecursionError):
        return []
    return [one for one in words if isinstance(one, str)]
