"""Literals that a pattern needs: looking for them in a text is a thousand times cheaper than compiling it."""

import re._parser as syntax  # type: ignore[import-not-found]  # the tree of a pattern has no public name
from collections.abc import Callable, Iterable
from typing import Any

Some = frozenset[str]
Cost = Callable[[Some], float]
_MOST = 160
"""Literals of one set; more alternatives than that tell little."""


def literals(expression: str, cost: Cost) -> list[Some]:
    """Sets of literals, of each of which every match of an expression holds one; the cheapest first.

    Args:
        expression: in the syntax that RE2 and `re` share.
        cost: of having to look for a set, such as the share of texts that hold one of its literals.
    """
    return sorted(set(_of_sequence(syntax.parse(expression), cost)), key=lambda one: (cost(one), sorted(one)))


def _of_sequence(tree: Iterable[tuple[Any, Any]], cost: Cost) -> list[Some]:
    """What each part of a sequence needs, the whole needs."""
    found: list[Some] = []
    run = ""
    for operator, value in tree:
        match str(operator):
            case "LITERAL":
                run += chr(value)
                continue
            case "AT":
                continue
            case "SUBPATTERN":
                needed = _of_sequence(value[3], cost)
            case "BRANCH":
                needed = _of_branches(value[1], cost)
            case "MAX_REPEAT" | "MIN_REPEAT":
                needed = _of_sequence(value[2], cost) if value[0] else []
            case "IN":
                needed = _of_class(value)
            case _:
                needed = []
        found += [*([frozenset({run})] if run else []), *needed]
        run = ""
    return [*found, *([frozenset({run})] if run else [])]


def _of_branches(branches: Iterable[Any], cost: Cost) -> list[Some]:
    """Every alternative needs its own: together they need one of all their cheapest."""
    needed = [min(_of_sequence(one, cost), key=cost, default=None) for one in branches]
    if not all(needed):
        return []
    together = Some().union(*(one for one in needed if one))
    return [together] if len(together) <= _MOST else []


def _of_class(items: Iterable[tuple[Any, Any]]) -> list[Some]:
    """A class of a few characters is so many literals."""
    found = [chr(value) for operator, value in items if str(operator) == "LITERAL"]
    return [Some(found)] if len(found) == len(list(items)) and len(found) <= 4 else []
