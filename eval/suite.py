"""Suites: cases in JSON Lines, one a line, with their gate beside them."""

import hashlib
import json
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from eval.case import Case
from eval.gate import Gate
from tone_rules import located
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.value import Value


class Suite(Value):
    """Cases that are run together."""

    name: str = Field(min_length=1)
    cases: tuple[Case, ...] = Field(min_length=1)
    gate: Gate = Gate()
    """What a run of it is held to where nothing else is asked."""
    path: str = ""
    """Its file, as it was named; empty where it was made in memory. Folders of its brands stand in `brands` beside."""

    @model_validator(mode="after")
    def _unique(self) -> Self:
        seen: set[str] = set()
        for case in self.cases:
            if case.id in seen:
                raise ValueError(f"two cases are named '{case.id}'")
            seen.add(case.id)
        return self

    @cached_property
    def sha256(self) -> str:
        """Of what the cases say, whatever the spacing and line ends of their file. The gate is no part of it."""
        lines = "\n".join(case.model_dump_json(exclude_unset=True) for case in self.cases)
        return hashlib.sha256(lines.encode()).hexdigest()


def suite_names() -> tuple[str, ...]:
    """The suites that ship, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.jsonl")))


def load_suite(name_or_path: str | Path) -> Suite:
    """Read a suite: the name of one that ships, or a path to a `.jsonl` file.

    A file `NAME.gate.yaml` beside it holds its gate.

    Raises:
        ConfigurationError: no such suite, or lines that can't be used, each with `path:line:column` and what to mend.
    """
    path = _path(name_or_path)
    problems: list[Problem] = []
    cases: dict[str, Case] = {}
    first: dict[str, int] = {}
    for number, line in enumerate(located.read_text(path, "a suite").split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = _case(path, line, number)
        except ConfigurationError as error:
            problems.extend(error.problems)
            continue
        if case.id in cases:
            message = f"a case named '{case.id}' stands on line {first[case.id]} already; give one of them another id"
            problems.append(Problem(path=str(path), line=number, message=message))
        cases[case.id], first[case.id] = case, first.get(case.id, number)
    if not cases and not problems:
        raise ConfigurationError.at(path, "the suite holds no case; write one JSON object a line")
    if problems:
        raise ConfigurationError(problems)
    gate_path = path.with_name(f"{path.stem}.gate.yaml")
    gate = located.read(gate_path, Gate, "a gate") if gate_path.exists() else Gate()
    return Suite(name=path.stem, cases=tuple(cases.values()), gate=gate, path=str(path))


def _folder() -> Path:
    return Path(str(files("eval"))) / "suites"


def _path(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if text in suite_names():
        return _folder() / f"{text}.jsonl"
    path = Path(name_or_path)
    if path.suffix == ".jsonl" or path.is_file():
        return path
    hint = located.nearest(text, suite_names())
    raise ConfigurationError.at(text, f"no suite of this name ships, and it is no .jsonl file; {hint}")


def _case(path: Path, line: str, number: int) -> Case:
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ConfigurationError.at(path, f"this is not JSON: {error.msg}", number, error.colno) from None
    except (_NamedTwice, RecursionError) as error:
        message = str(error) if isinstance(error, _NamedTwice) else "this is too deeply nested"
        raise ConfigurationError.at(path, message, number) from None
    try:
        return Case.model_validate(value)
    except ValidationError:
        document = located.Document(path, line, first_line=number)
        document.value = value  # JSON reads escapes that YAML doesn't; YAML knows where they stand
        return located.build(document, Case)


class _NamedTwice(Exception):
    pass


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NamedTwice(f"'{twice}' is named twice; keep one of them")
    return value
