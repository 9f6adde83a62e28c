"""Families of phrases: data files of patterns, searched for together in time linear in the text.

A file maps the name of a family to `match` (patterns in the language of `tone_rules.readings.cues`, over the folded
text), and to what narrows it: `at: start` (a sentence begins there), `at: inside` (none does), `at: clause` (a clause
begins there), `unless` (patterns whose words don't count).
"""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tone_rules.automata import automaton
from tone_rules.errors import ConfigurationError
from tone_rules.readings.search import Span
from tone_rules.readings.text.covered import Covered

FOLDER = Path(__file__).parent
FILES = ("kinds", "strategies", "phrases")
_PLACES = ("start", "inside", "clause", "any")
_KEYS = frozenset(("about", "at", "match", "unless"))
_ANYTHING = 0
"""The number of a pattern that matches every text: where a search does not find it, the search gave up."""
_PARTS = 8
"""Searches for a part of the families each: one for all would have too many states to keep (190 against 80 us)."""


@cache
def data(name: str) -> Any:
    """A data file of this folder; its lists and texts as they are written.

    Raises:
        ConfigurationError: it can't be read.
    """
    import yaml

    path = FOLDER / f"{name}.yaml"
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506  # builds texts only
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError.at(path, str(error)) from error


class Family(NamedTuple):
    """One family of phrases."""

    pattern: Any
    unless: Any
    at: str


class Families:
    """Every family of some files."""

    def __init__(self, files: tuple[str, ...]) -> None:
        """Compile the files.

        Raises:
            ConfigurationError: a family has an unknown key or place, or a pattern that RE2 does not take.
        """
        import re2

        self.named: dict[str, Family] = {}
        self._sets: list[tuple[Any, list[str]]] = []
        options = re2.Options()
        options.log_errors = False
        options.never_capture = True
        options.max_mem = 32 << 20
        expressions: list[tuple[str, str]] = []
        for file in files:
            for name, said in data(file).items():
                expression = _expression(file, name, said, "match")
                try:
                    pattern = automaton(expression, captures=False)
                    without = _expression(file, name, said, "unless") if "unless" in said else None
                    unless = None if without is None else automaton(without, captures=False)
                except re2.error as error:
                    raise ConfigurationError.at(FOLDER / f"{file}.yaml", f"{name}: {error}") from error
                expressions.append((f"{file}.{name}", expression))
                self.named[f"{file}.{name}"] = Family(pattern, unless, said.get("at", "any"))
        for part in range(_PARTS):
            names = [""]
            found = re2.Set.SearchSet(options)
            found.Add("")
            for name, expression in expressions[part::_PARTS]:
                found.Add(expression)
                names.append(name)
            found.Compile()
            self._sets.append((found, names))

    def standing(self, text: bytes) -> frozenset[str]:
        """The names of the families that may stand in a text."""
        standing: list[str] = []
        for part, names in self._sets:
            found = part.Match(text) or ()
            standing += (names[one] for one in found) if _ANYTHING in found else names
        return frozenset(standing)


@cache
def families() -> Families:
    """The families that ship."""
    return Families(FILES)


class Hits:
    """Where families stand in one text."""

    def __init__(self, plain: bytes, starts: frozenset[int], clauses: frozenset[int]) -> None:
        """Take a text and where its sentences and clauses begin.

        Args:
            plain: the folded text, one ASCII character for each character.
            starts: where the first word of each sentence stands.
            clauses: where the first word of each clause stands; holds `starts`.
        """
        self._plain = plain
        self._starts = {"start": starts, "clause": clauses}
        self._kept: dict[str, tuple[Span, ...]] = {}

    @cached_property
    def _standing(self) -> frozenset[str]:
        return families().standing(self._plain)

    def __getitem__(self, name: str) -> tuple[Span, ...]:
        """Where a family stands, in order; its name is `file.family`."""
        if name not in self._kept:
            self._kept[name] = tuple(self._find(families().named[name])) if name in self._standing else ()
        return self._kept[name]

    def _find(self, family: Family) -> Iterator[Span]:
        covered = Covered(one.span() for one in family.unless.finditer(self._plain)) if family.unless else None
        for found in family.pattern.finditer(self._plain):
            start, end = found.span()
            if end > start and self._fits(start, family.at) and not (covered and covered.touches(start, end)):
                yield Span(start, end)

    def _fits(self, start: int, at: str) -> bool:
        if at == "any":
            return True
        return start not in self._starts["start"] if at == "inside" else start in self._starts[at]


def _expression(file: str, name: str, said: Mapping[str, Any], key: str) -> str:
    from tone_rules.readings.cues import expression
    from tone_rules.readings.rules import word_lists

    unknown = set(said) - _KEYS
    if unknown or said.get("at", "any") not in _PLACES:
        what = ", ".join(sorted(unknown)) or f"at: {said['at']}"
        raise ConfigurationError.at(FOLDER / f"{file}.yaml", f"{name}: unknown {what}")
    lists = {**word_lists(), **data("lists")}
    return "|".join(expression(one, lists) for one in said[key]).replace("’", "'")
