"""JSON Lines in and out: the shapes of the lines, and a reader that reports a bad one by its number and goes on."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Self, TypeVar

from pydantic import BaseModel, ValidationError, field_validator

from assistant.brand import Policy
from assistant.context import SaidText, Surroundings, Text
from assistant.errors import InputError
from assistant.triage import Triage
from tone_rules.finding import Finding, NotRun, Verdict
from tone_rules.located import nearest
from tone_rules.measures.score import Measure
from tone_rules.value import Value

L = TypeVar("L", bound=BaseModel)

MAX_LINE = 4_000_000
"""Characters of one line of input; a longer one is refused before it is parsed."""


class CheckLine(Surroundings):
    """A reply to check, with what is known around it: a line of input for `check`."""

    reply: SaidText
    message: Text | None = None
    policies: tuple[Policy, ...] = ()
    allowed_domains: tuple[str, ...] = ()
    industry: str | None = None
    compliance: tuple[str, ...] = ()


class CheckResult(Value):
    """A line of output of `check`."""

    id: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()


class Identified(Value):
    """The id that ties a line of output to its line of input."""

    id: str


class TriageResult(Triage, Identified):
    """A line of output of `triage`."""

    @classmethod
    def of(cls, id: str, triage: Triage) -> Self:  # noqa: A002  # the key's name
        """A triage with the id of its message."""
        return cls(id=id, **{name: getattr(triage, name) for name in Triage.model_fields})


class ScoreLine(Value):
    """A reply to score: a line of input for `score`."""

    id: str
    reply: SaidText
    message: Text | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class ScoreResult(Value):
    """A line of output of `score`. None stands for not measured."""

    id: str
    tone: float | None = None
    helpfulness: float | None = None
    """None without a message: help can't be judged without knowing what was asked."""
    measures: Mapping[str, Measure] = {}


def read_lines(lines: Iterable[str | bytes], model: type[L]) -> Iterator[L | InputError]:
    """Each line as `model`, or as the error that says what is wrong with it; blank lines are passed over.

    Args:
        lines: text or UTF-8 bytes, one JSON object a line.
        model: `CustomerContext`, `CheckLine` or `ScoreLine`. Where a line names no id, its number becomes one.
    """
    for number, text in enumerate(decoded(lines), 1):
        if isinstance(text, InputError):
            yield text
        elif text.strip():
            yield _parse(text, number, model)


def decoded(lines: Iterable[str | bytes]) -> Iterator[str | InputError]:
    """Each line as text, or as the error that says why it isn't: bytes that are not UTF-8, or more than `MAX_LINE`."""
    for number, raw in enumerate(lines, 1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8") if isinstance(raw, bytes) else raw
        except UnicodeDecodeError as error:
            yield InputError(f"byte {error.start} is not UTF-8; save the file as UTF-8", number)
            continue
        if len(text) > MAX_LINE:
            yield InputError(f"the line has {len(text):,} characters; at most {MAX_LINE:,} are read", number)
        else:
            yield text


def _parse(text: str, number: int, model: type[L]) -> L | InputError:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = (
            f" at column {error.colno}: {error.msg}"
            if isinstance(error, json.JSONDecodeError)
            else ": too deeply nested"
        )
        return InputError(f"this is not JSON{place}", number)
    if not isinstance(value, dict):
        return InputError("this should be a JSON object", number)
    if not value.get("id"):
        value["id"] = str(number)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return InputError(
            "; ".join(_said(one["loc"], one["type"], one["msg"], model) for one in error.errors()[:5]), number
        )


def _said(location: tuple[int | str, ...], kind: str, message: str, model: type[BaseModel]) -> str:
    name = ".".join(str(part) for part in location)
    if kind == "extra_forbidden":
        hint = nearest(str(location[-1]), list(model.model_fields)) if len(location) == 1 else "remove it"
        return f"unknown key '{name}'; {hint}"
    if kind == "missing":
        return f"'{name}' is missing"
    return f"'{name}': {message.removeprefix('Value error, ')}"
