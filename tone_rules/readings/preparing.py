"""Rule files made ready for messages: what `prepared/` holds."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tone_rules.errors import ConfigurationError
from tone_rules.readings.cues import expression
from tone_rules.readings.files import APART, words
from tone_rules.readings.folding import fold
from tone_rules.readings.literals import literals
from tone_rules.readings.prepared import PREPARED, digest
from tone_rules.readings.search import AND, OR, Cue, edged
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.readings.prepared import Written

_FURTHER, _SMALL = 2, 24
"""Sets of literals of one pattern beside the rarest, and how many literals such a set has at most."""


def write(folder: Path, groups: "Mapping[str, Callable[[], Written]]") -> None:
    """Write what `prepared/` of a folder holds, one file for each group.

    Raises:
        ConfigurationError: a rule file is wrong; with its place.
    """
    (folder / PREPARED).mkdir(exist_ok=True)
    for name, written in groups.items():
        text = json.dumps(prepare(folder, written()), ensure_ascii=False, separators=(",", ":"))
        (folder / PREPARED / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def prepare(folder: Path, written: "Written") -> dict[str, Any]:
    """What one file of `prepared/` holds.

    Raises:
        ConfigurationError: a cue is no pattern.
    """
    numbers: dict[str, int] = {}
    rules = {path: _rule(rule, numbers) for path, rule in written.items()}
    lists = words().__pydantic_extra__ if numbers else {}
    paths = {pattern: path for path, rule in written.items() for cue in _cues(rule) for pattern in cue.patterns}
    expressions = [_checked(pattern, lists, folder / paths[pattern]) for pattern in numbers]
    needed = needs(expressions, [edged(fold(text)) for rule in written.values() for text in _texts(rule)])
    return {"digest": digest(folder, rules), "rules": rules, "patterns": _lines(numbers), **needed}


def _rule(rule: Value, numbers: dict[str, int]) -> dict[str, Any]:
    """A rule with its patterns replaced by their numbers."""
    said = rule.model_dump(mode="json", exclude=APART)
    cues = {}
    for name in list(said):
        value = getattr(rule, name)
        if isinstance(value, tuple) and any(isinstance(one, Cue) for one in value):
            cues[name] = [_cue(one, numbers) for one in value]
            del said[name]
    return {"cues": cues, "said": said}


def _cue(cue: Cue, numbers: dict[str, int]) -> list[int | str | None]:
    """A cue with the numbers of its patterns; what it does not say at its end is left off."""
    *patterns, reason = cue
    parts: list[int | str | None] = [None if one is None else numbers.setdefault(one, len(numbers)) for one in patterns]
    parts.append(reason)
    while parts[-1] is None:
        parts.pop()
    return parts


def _cues(rule: Value) -> Iterator[Cue]:
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Cue))


def _checked(pattern: str, lists: Mapping[str, Sequence[str]], path: Path) -> str:
    import re2

    try:
        made = expression(pattern, lists)
        re2.compile(made)
    except KeyError as error:
        raise ConfigurationError.at(path, f"'{pattern}': words.yaml has no list named {error}") from None
    except re2.error as error:
        raise ConfigurationError.at(path, f"'{pattern}' is not an RE2 expression: {error}") from None
    return made


def needs(expressions: list[str], texts: list[str]) -> dict[str, Any]:
    """The literals of each pattern, the rarest in `texts` first; a pattern that has none stands under `always`."""

    @cache
    def where(literal: str) -> frozenset[int]:
        return frozenset(at for at, text in enumerate(texts) if literal in text)

    @cache
    def cost(needed: frozenset[str]) -> float:
        return len(frozenset[int]().union(*map(where, needed))) + len(needed) / 100

    rarest: dict[str, list[int]] = {}
    further = []
    always = []
    for at, made in enumerate(expressions):
        first, *rest = literals(made, cost) or [frozenset[str]()]
        if not first:
            always.append(at)
        for one in sorted(first):
            rarest.setdefault(one, []).append(at)
        small = [some for some in rest if len(some) <= _SMALL][:_FURTHER]
        further.append(AND.join(OR.join(sorted(some)) for some in small))
    return {
        "literals": _lines(rarest),
        "places": _lines(" ".join(map(str, numbers)) for numbers in rarest.values()),
        "further": _lines(further),
        "always": always,
    }


def _lines(texts: Iterable[str]) -> str:
    """Texts as one: to read a long one takes no longer than a short one."""
    return "\n".join(texts)


def _texts(rule: Any) -> Iterator[str]:
    """Every example of a rule: what messages sound like, to tell rare literals from common ones."""
    value = getattr(rule, "examples", rule)
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in (*value, *value.values()):
            yield from _texts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif value is not rule:
        yield from _texts(value.model_dump())
