"""Literals that a pattern needs: looking for them in a text is a thousand times cheaper than compiling it.

A literal is a piece of one word. Where it begins or ends at the edge of the word it says so with a space, so that
` cc ` is not found in `account`.
"""

import re
import re._parser as syntax  # type: ignore[import-not-found]  # the tree of a pattern has no public name
from collections.abc import Callable, Iterable
from typing import Any

from tone_rules.readings.search import LONGEST, edged

Some = frozenset[str]
Cost = Callable[[Some], float]
Item = tuple[Any, Any]
_MOST = 160
"""Literals of one set; more alternatives than that tell little."""
_FEW = 4
"""Characters of a class that count as literals."""


def literals(expression: str, cost: Cost) -> list[Some]:
    """Sets of literals, of each of which every match of an expression holds one; the cheapest first.

    Args:
        expression: in the syntax that RE2 and `re` share.
        cost: of having to look for a set, such as the share of texts that hold one of its literals.
    """
    found = set(_of_sequence(list(syntax.parse(expression)), cost, left=False, right=False))
    return sorted(found, key=lambda one: (cost(one), sorted(one)))


def _of_sequence(items: list[Item], cost: Cost, *, left: bool, right: bool) -> list[Some]:
    """What each part of a sequence needs, the whole needs; `left` and `right`: whether it stands at a word's edge."""
    found: list[Some] = []
    edge, at = left, 0
    while at < len(items):
        operator, value = items[at]
        end = at + 1
        match str(operator):
            case "LITERAL":
                while end < len(items) and str(items[end][0]) == "LITERAL":
                    end += 1
                run = edged("".join(chr(one) for _, one in items[at:end]))[1:-1]
                before = " " if edge and run[0] != " " else ""
                after = " " if run[-1] != " " and _begins_at_edge(items[end:], right) else ""
                needed = [Some({one[:LONGEST]}) for one in _words(before + run + after)]
            case "SUBPATTERN":
                needed = _of_sequence(list(value[3]), cost, left=edge, right=_begins_at_edge(items[end:], right))
            case "BRANCH":
                needed = _of_branches(value[1], cost, left=edge, right=_begins_at_edge(items[end:], right))
            case "MAX_REPEAT" | "MIN_REPEAT" if value[0]:
                needed = _of_sequence(list(value[2]), cost, left=edge, right=False)
            case "IN":
                needed = _of_class(value)
            case _:
                needed = []
        found += needed
        edge = _ends_at_edge(items[at:end], edge)
        at = end
    return found


def _words(run: str) -> list[str]:
    """The words of a run, each with a space where it begins or ends for certain."""
    return [
        " " * (found.start() > 0) + found[0] + " " * (found.end() < len(run)) for found in re.finditer(r"[^ ]+", run)
    ]


def _of_branches(branches: Iterable[Iterable[Item]], cost: Cost, *, left: bool, right: bool) -> list[Some]:
    """Every alternative needs its own: together they need one of all their cheapest."""
    needed = [min(_of_sequence(list(one), cost, left=left, right=right), key=cost, default=None) for one in branches]
    if not all(needed):
        return []
    together = Some().union(*(one for one in needed if one))
    return [together] if len(together) <= _MOST else []


def _of_class(items: list[Item]) -> list[Some]:
    """A class of a few characters is so many literals."""
    found = [chr(value) for operator, value in items if str(operator) == "LITERAL"]
    told = len(found) == len(items) <= _FEW and all(one.isascii() and one.isalnum() for one in found)
    return [Some(found)] if told else []


def _begins_at_edge(items: list[Item], right: bool) -> bool:
    """Whether a word is over where these begin."""
    if not items:
        return right
    (operator, value), rest = items[0], items[1:]
    match str(operator):
        case "AT":
            return str(value) == "AT_BOUNDARY"
        case "LITERAL" | "IN":
            return _no_word(operator, value)
        case "SUBPATTERN":
            return _begins_at_edge(list(value[3]), _begins_at_edge(rest, right))
        case "BRANCH":
            after = _begins_at_edge(rest, right)
            return all(_begins_at_edge(list(one), after) for one in value[1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            inside = _begins_at_edge(list(value[2]), False)
            return inside and (value[0] > 0 or _begins_at_edge(rest, right))
        case _:
            return False


def _ends_at_edge(items: Iterable[Item], edge: bool) -> bool:
    """Whether a word may begin where these end; `edge`: whether one may where they begin."""
    for operator, value in items:
        match str(operator):
            case "AT":
                edge = str(value) == "AT_BOUNDARY"
            case "LITERAL" | "IN":
                edge = _no_word(operator, value)
            case "SUBPATTERN":
                edge = _ends_at_edge(value[3], edge)
            case "BRANCH":
                before = edge
                edge = all(_ends_at_edge(one, before) for one in value[1])
            case "MAX_REPEAT" | "MIN_REPEAT":
                edge = _ends_at_edge(value[2], False) and (value[0] > 0 or edge)
            case _:
                edge = False
    return edge


def _no_word(operator: Any, value: Any) -> bool:
    """Whether a literal or a class is never a character of a word."""
    if str(operator) == "LITERAL":
        return re.match(r"\W", chr(value), re.ASCII) is not None
    kinds = [(str(one), str(what)) for one, what in value]
    if kinds[:1] == [("NEGATE", "None")]:
        return ("CATEGORY", "CATEGORY_WORD") in kinds
    return all(one == "LITERAL" and _no_word("LITERAL", int(what)) for one, what in kinds)
