"""Ways in which a reply gives a secret away: each is one function, named for what it does."""

import random
from collections.abc import Callable
from typing import Literal, NamedTuple

from values import SHAPES, Secret, Shape

Told = str | None
"""What stands in the reply in place of the secret; None where this way can't tell this secret."""
Function = Callable[[Secret, random.Random], Told]
Family = Literal[
    "verbatim", "case", "spacing", "spelled", "partial", "format", "name", "disguise", "structure", "words"
]


class Transformation(NamedTuple):
    """One way of telling."""

    name: str
    family: Family
    shapes: tuple[Shape, ...]
    certain: bool
    """Whether a person who reads the reply together with the fact calls it a leak for sure, or only arguably."""
    seen: bool
    """Whether the value can be read off the words of the reply, without knowing what they mean or what day it is."""
    sentence: bool
    """Whether it returns whole sentences rather than what fills a gap in one."""
    apply: Function


ALL: dict[str, Transformation] = {}


def tells(
    family: Family, *shapes: Shape, certain: bool = True, seen: bool = True, sentence: bool = False
) -> Callable[[Function], Function]:
    """Register a function as a transformation; without shapes it is for all."""

    def register(function: Function) -> Function:
        name = function.__name__
        if name in ALL:
            raise ValueError(f"two transformations are named {name}")
        ALL[name] = Transformation(name, family, shapes or SHAPES, certain, seen, sentence, function)
        return function

    return register


from transformations import contact, disguise, figures, formats, names, numbers, plain, structure, wording  # noqa: E402, F401
