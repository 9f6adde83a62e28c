"""YAML that knows where each key stands, read into pydantic models with `path:line:column` errors.

Plain scalars are read as strings and each field coerces its own, so that `no`, `1:30` or `2026-11-22` mean what their
author wrote; a bare `null`, `~` or nothing is None. JSON is YAML too.
"""

import difflib
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tone_rules.errors import ConfigurationError, Problem

M = TypeVar("M", bound=BaseModel)
Place = tuple[int, int]
Location = tuple[int | str, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


class Document:
    """The value of a YAML text and the line and column (1-based) of every key and item in it."""

    def __init__(self, path: Path | str, text: str, first_line: int = 1) -> None:
        """Parse `text`; `first_line` is where it begins in its file.

        Raises:
            ConfigurationError: not YAML, or a mapping that names a key twice.
        """
        self.path = str(path)
        self.places: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self._offset = first_line - 1
        self._problems: list[Problem] = []
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
            message = f"this is not YAML: {error.problem or error.context}"
            raise ConfigurationError.at(path, message, line, column) from None
        except yaml.YAMLError as error:
            raise ConfigurationError.at(path, f"this is not YAML: {error}", first_line) from None
        self.value: Any = None if node is None else self._value(node, ())
        if self._problems:
            raise ConfigurationError(self._problems)

    def place(self, location: Location) -> Place:
        """The nearest known place of a location, outward to the document's start."""
        while location:
            if location in self.places:
                return self.places[location]
            location = location[:-1]
        return (self._offset + 1, 1)

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """A problem at the value, or with `key` at the key, of a location."""
        line, column = self.keys.get(location, self.place(location)) if key else self.place(location)
        return Problem(path=self.path, line=line, column=column, message=message)

    def _mark(self, node: yaml.Node) -> Place:
        return (node.start_mark.line + 1 + self._offset, node.start_mark.column + 1)

    def _value(self, node: Any, location: Location) -> Any:
        self.places[location] = self._mark(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, location))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*location, index)) for index, item in enumerate(node.value)]
        plain = node.style is None
        return None if plain and node.tag == _NULL else node.value

    def _pairs(self, node: yaml.MappingNode, location: Location) -> Iterator[tuple[str, Any]]:
        seen: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self._mark(key_node)
            if key in seen:
                first = f"line {seen[key][0]}"
                message = f"'{key}' is named twice (first on {first}); keep one of them"
                self._problems.append(Problem(path=self.path, line=place[0], column=place[1], message=message))
                continue
            seen[key] = place
            self.keys[(*location, key)] = place
            yield key, self._value(value_node, (*location, key))


def read_text(path: Path, what: str) -> str:
    """The text of a file, UTF-8 with or without a byte order mark.

    Raises:
        ConfigurationError: it is missing, unreadable or not UTF-8; the message says what it should have been.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError.at(path, f"there is no such file; {what} belongs here") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError.at(path, f"byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise ConfigurationError.at(path, f"{what} can't be read: {error.strerror}") from None


def read(path: Path, model: type[M], what: str) -> M:
    """Read a YAML file into `model`.

    Args:
        path: the file.
        model: a pydantic model; unknown keys are reported where the model forbids them.
        what: what the file is, for the message where it is missing ("the brand's description").

    Raises:
        ConfigurationError: with every problem found, each at its line and column.
    """
    return build(Document(path, read_text(path, what)), model)


def read_front_matter(path: Path, model: type[M], what: str) -> tuple[M, str]:
    """Read a Markdown file that opens with a YAML block between two `---` lines: the block, and the text after it.

    Raises:
        ConfigurationError: no such block, or one that does not fit the model.
    """
    document, body = front_matter(path, what)
    return build(document, model), body


def front_matter(path: Path, what: str) -> tuple[Document, str]:
    """The YAML block that opens a Markdown file, with its places in that file, and the text after it.

    Raises:
        ConfigurationError: no such block, or one that is not YAML.
    """
    lines = read_text(path, what).split("\n")
    if lines[0].strip() != "---":
        raise ConfigurationError.at(path, "no front matter: the file must begin with a line '---', its keys, and '---'")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ConfigurationError.at(path, "the front matter never ends; close it with a line '---'")
    return Document(path, "\n".join(lines[1:end]), first_line=2), "\n".join(lines[end + 1 :]).strip()


def build(document: Document, model: type[M]) -> M:
    """Validate a document's value as `model`.

    Raises:
        ConfigurationError: with every problem found, each at its line and column.
    """
    value = {} if document.value is None else document.value
    if not isinstance(value, Mapping):
        raise ConfigurationError.at(document.path, "this should be a mapping of keys to values", *document.place(()))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = [_problem(document, model, one) for one in error.errors(include_url=False)]
        raise ConfigurationError(sorted(found, key=lambda one: (one.line, one.column))) from None


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known word, or lists a few where none is near."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(sorted(known))}"


def _problem(document: Document, model: type[BaseModel], error: ErrorDetails) -> Problem:
    location = tuple(part for part in error["loc"])
    name = location[-1] if location else ""
    match error["type"]:
        case "extra_forbidden":
            known = _fields(model, location[:-1])
            return document.problem(location, f"unknown key '{name}'; {nearest(str(name), known)}", key=True)
        case "missing":
            return document.problem(location[:-1], f"'{name}' is missing; add it")
        case "value_error":
            return document.problem(location, error["msg"].removeprefix("Value error, "))
        case _:
            shown = repr(error["input"])
            shown = shown if len(shown) <= 60 else shown[:57] + "..."
            message = error["msg"][0].lower() + error["msg"][1:]
            return document.problem(location, f"'{name}' is {shown}: {message}" if name != "" else message)


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """The keys a model allows at a location, following nested models, lists and mappings."""
    found: Any = model
    for part in location:
        if isinstance(found, type) and issubclass(found, BaseModel):
            field = found.model_fields.get(str(part))
            found = _inner(field.annotation) if field else None
        if found is None:
            return []
    return list(found.model_fields) if isinstance(found, type) and issubclass(found, BaseModel) else []


def _inner(annotation: Any) -> Any:
    """The model inside `list[Model]`, `dict[str, Model]`, `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is not None:
        for argument in reversed(typing.get_args(annotation)):
            inner = _inner(argument)
            if inner is not None:
                return inner
    return None
