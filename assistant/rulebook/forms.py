"""The simplest kinds of rule as a form, and the templates that a new rule begins with."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assistant.rulebook.changes import MOST_TEXT
from assistant.rulebook.yaml_text import with_key
from tone_rules.errors import ConfigurationError
from tone_rules.finding import Level
from tone_rules.located import Document
from tone_rules.value import Value

_FOLDER = Path(__file__).parent / "templates"
_Line = Annotated[str, StringConstraints(max_length=1_000)]
_YES = ("true", "yes", "on")


class Form(Value):
    """A rule of the kind `existence` or `substitution` as its author thinks of it."""

    kind: Literal["existence", "substitution"]
    message: str = Field("", max_length=1_000)
    level: Level = "warning"
    description: str = Field("", max_length=4_000)
    tokens: tuple[_Line, ...] = Field((), max_length=500)
    """Of `existence`: words and phrases, as patterns."""
    swap: tuple[tuple[_Line, _Line], ...] = Field((), max_length=500)
    """Of `substitution`: what is written, and what is wanted."""
    exceptions: tuple[_Line, ...] = Field((), max_length=500)
    ignorecase: bool = False


class Template(Value):
    """What a new rule can begin with."""

    name: str
    title: str
    text: str


def form_of(text: str) -> Form | None:
    """The form of a rule's text; None where it says what a form can't, or is no YAML."""
    try:
        value = Document("rule", text).value
    except ConfigurationError:
        return None
    if not isinstance(value, dict) or value.get("extends") not in ("existence", "substitution"):
        return None
    swap = value.get("swap") or {}
    tokens, exceptions = value.get("tokens") or (), value.get("exceptions") or ()
    if not isinstance(swap, dict):
        return None
    try:
        return Form(
            kind=value["extends"],
            message=value.get("message") or "",
            level=value.get("level") or "warning",
            description=value.get("description") or "",
            tokens=(tokens,) if isinstance(tokens, str) else tokens,
            swap=tuple((key, one or "") for key, one in swap.items()),
            exceptions=(exceptions,) if isinstance(exceptions, str) else exceptions,
            ignorecase=str(value.get("ignorecase") or "").lower() in _YES,
        )
    except ValueError:
        return None


def written_by(form: Form, text: str) -> str:
    """A rule's text with what the form says; its comments, examples and other keys stay.

    Raises:
        ConfigurationError: the text is not YAML.
        InputError: the text is written so that only a person can change it.
    """
    before = form_of(text)
    values = {
        "extends": form.kind,
        "message": form.message,
        "level": form.level,
        "description": form.description or None,
        "ignorecase": True if form.ignorecase else None,
        "tokens": list(form.tokens) if form.kind == "existence" else None,
        "swap": dict(form.swap) if form.kind == "substitution" else None,
        "exceptions": list(form.exceptions) or None,
    }
    for key, value in values.items():
        name = "kind" if key == "extends" else key
        if (
            before is None
            or getattr(before, name) != getattr(form, name)
            or (key == "extends" and before.kind != form.kind)
        ):
            text = with_key(text, (key,), value)
    return text[:MOST_TEXT]


@cache
def templates() -> tuple[Template, ...]:
    """What a new rule can begin with, the simplest first; a file's first line says what it is for."""
    found = []
    for path in sorted(_FOLDER.glob("*.yml")):
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        found.append(Template(name=path.stem.partition("-")[2], title=title.removeprefix("# "), text=text))
    return tuple(found)
