"""YAML that knows where each key stands, read into pydantic models with `path:line:column` errors.

Plain scalars are read as strings and each field coerces its own, so that `no`, `1:30` or `2026-11-22` mean what their
author wrote; a bare `null`, `~` or nothing is None. JSON is YAML too.
"""

import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tone_rules.errors import ConfigurationError, Problem
from tone_rules.prepared import content, name_of

if TYPE_CHECKING:
    import yaml

M = TypeVar("M", bound=BaseModel)
Place = tuple[int, int]
Location = tuple[int | str, ...]

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_DEEPEST = 64
"""Levels of nesting; no file of ours has ten, and the parser's own recursion is not for strangers to steer."""
_MOST = 200_000
"""Values in one document with its aliases written out: an alias of an alias can stand for billions."""


class Document:
    """The value of a YAML text and the line and column (1-based) of every key and item in it."""

    def __init__(self, path: Path | str, text: str, first_line: int = 1, *, lenient: bool = False) -> None:
        """Parse `text`; `first_line` is where it begins in its file.

        Where it is `lenient`, of a key that is named twice the last counts, and `repeated` tells.

        Raises:
            ConfigurationError: not YAML, a mapping that names a key twice, or nesting and aliases beyond reason.
        """
        self.repeated: list[Problem] = []
        self._lenient = lenient
        self.path = str(path)
        self.places: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self._offset = first_line - 1
        self._problems: list[Problem] = []
        self._anchors: dict[str, int] = {}
        self._open: set[int] = set()
        self._left = _MOST
        self._events = self._parsed(text)
        self.value: Any = self._value(0, ())[0] if self._events else None
        if self._problems:
            raise ConfigurationError(self._problems)
        del self._events

    @classmethod
    def of(cls, name: str, value: Mapping[str, Any]) -> "Document":
        """A value made in memory, under a name that errors give instead of a path."""
        document = cls(name, "")
        document.value = value
        return document

    def place(self, location: Location) -> Place:
        """The nearest known place of a location, outward to the document's start."""
        while location:
            if location in self.places:
                return self.places[location]
            location = location[:-1]
        return self.places.get((), (self._offset + 1, 1))

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """A problem at the value, or with `key` at the key, of a location."""
        line, column = self.keys.get(location, self.place(location)) if key else self.place(location)
        return Problem(path=self.path, line=line, column=column, message=message)

    def _parsed(self, text: str) -> "list[yaml.Event]":
        """The events of the one document in `text`; none where it is empty."""
        if not text:
            return []
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
        if bad:
            before = text[: bad.start()]
            place = (before.count("\n") + self._offset + 1, bad.start() - before.rfind("\n"))
            raise self._error(f"the character U+{ord(bad[0]):04X} can't stand in YAML; remove it", place)
        try:
            events = list(self._shallow(yaml.parse(text, Loader=loader)))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + self._offset + 1, mark.column + 1) if mark else (self._offset + 1, 1)
            raise self._error(f"this is not YAML: {error.problem or error.context}", place) from None
        starts = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
        if len(starts) > 1:
            raise self._error("a second document begins here; a file holds one", self._mark(starts[1]))
        return [event for event in events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent)]

    def _shallow(self, events: "Iterable[yaml.Event]") -> "Iterator[yaml.Event]":
        """The events, as long as they don't nest too deep: what follows may take the parser minutes."""
        import yaml

        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise self._error("this is nested too deep; write it flat", self._mark(event))
            yield event

    def _error(self, message: str, place: Place) -> ConfigurationError:
        return ConfigurationError.at(self.path, message, *place)

    def _mark(self, event: "yaml.Event") -> Place:
        mark = event.start_mark
        return (mark.line + 1 + self._offset, mark.column + 1) if mark else (self._offset + 1, 1)

    def _value(self, at: int, location: Location, depth: int = 0) -> tuple[Any, int]:
        """The value that begins at event `at`, and the event after its end."""
        import yaml

        event: Any = self._events[at]
        place = self._mark(event)
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise self._error("this grows too large where its aliases are written out; write it flat", place)
        if isinstance(event, yaml.AliasEvent):
            start = self._anchors.get(event.anchor or "", -1)
            if start < 0 or start in self._open:
                raise self._error(f"the alias '*{event.anchor}' has no anchor above it; write the value out", place)
            return self._value(start, location, depth + 1)[0], at + 1
        if event.anchor is not None:
            self._anchors[event.anchor] = at
        self.places[location] = place
        if isinstance(event, yaml.ScalarEvent):
            null = not event.style and event.tag is None and event.value in _NULLS
            return (None if null else event.value), at + 1
        self._open.add(at)
        inside = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        value, end = inside(at + 1, location, depth + 1)
        self._open.remove(at)
        return value, end

    def _sequence(self, at: int, location: Location, depth: int) -> tuple[list[Any], int]:
        import yaml

        items: list[Any] = []
        while not isinstance(self._events[at], yaml.SequenceEndEvent):
            item, at = self._value(at, (*location, len(items)), depth)
            items.append(item)
        return items, at + 1

    def _mapping(self, at: int, location: Location, depth: int) -> tuple[dict[str, Any], int]:
        import yaml

        pairs: dict[str, Any] = {}
        first: dict[str, Place] = {}
        while not isinstance(event := self._events[at], yaml.MappingEndEvent):
            place = self._mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error("a key must be plain text, not a list, a mapping or an alias", place)
            key = event.value
            if event.anchor is not None:
                self._anchors[event.anchor] = at
            if key in first:
                message = f"'{key}' is named twice (first on line {first[key][0]}); keep one of them"
                problem = Problem(path=self.path, line=place[0], column=place[1], message=message)
                (self.repeated if self._lenient else self._problems).append(problem)
                if not self._lenient:
                    at = self._value(at + 1, (*location, key, "again"), depth)[1]
                    continue
            first[key] = self.keys[(*location, key)] = place
            pairs[key], at = self._value(at + 1, (*location, key), depth)
        return pairs, at + 1


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
    return build(parsed(path, read_text(path, what)), model)


def parsed(path: Path, text: str) -> Document:
    """A file's document; that of a file that ships has no places where it was prepared, for nothing is wrong with it.

    Raises:
        ConfigurationError: as `Document` does.
    """
    value = content()["documents"].get(name_of(text))
    return Document(path, text) if value is None else Document.of(str(path), dict(value))


def front_matter(path: Path, what: str) -> tuple[Document, str]:
    """The YAML block between two `---` lines that opens a Markdown file, with its places there, and the text after it.

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
    try:
        return model.model_validate(mapping(document))
    except ValidationError as error:
        found = [_problem(document, model, one) for one in error.errors(include_url=False)]
        raise ConfigurationError(sorted(found, key=lambda one: (one.line, one.column))) from None


def mapping(document: Document) -> Mapping[str, Any]:
    """A document's keys; none for an empty one.

    Raises:
        ConfigurationError: it is something else.
    """
    value = {} if document.value is None else document.value
    if not isinstance(value, Mapping):
        raise ConfigurationError.at(document.path, "this should be a mapping of keys to values", *document.place(()))
    return value


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known word whatever its case, or lists all where none is near."""
    folded = {one.lower(): one for one in known}
    close = difflib.get_close_matches(word.lower(), list(folded), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    return f"known are: {', '.join(sorted(known))}" if known else "remove it"


_EXPECTED = {
    "string_type": "write text",
    "tuple_type": "write a list: [one, two], or each on a line of its own after '- '",
    "list_type": "write a list: [one, two], or each on a line of its own after '- '",
    "dict_type": "write a mapping: 'key: value' lines, indented",
    "mapping_type": "write a mapping: 'key: value' lines, indented",
    "model_type": "write a mapping: 'key: value' lines, indented",
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a smaller number",
    "float_parsing": "write a number",
    "finite_number": "write a number",
    "bool_parsing": "write yes or no",
    "date_parsing": "write a date as 2026-11-30",
    "date_from_datetime_parsing": "write a date as 2026-11-30",
    "date_from_datetime_inexact": "write a date without a time, as 2026-11-30",
}
"""The mend for each type of pydantic error that a file of configuration can have."""


def _problem(document: Document, model: type[BaseModel], error: ErrorDetails) -> Problem:
    location = error["loc"]
    of_key = location[-1:] == ("[key]",)
    location = location[:-1] if of_key else location
    kind, name = error["type"], _shown_name(location)
    match kind:
        case "extra_forbidden":
            known = _fields(model, location[:-1])
            return document.problem(location, f"unknown key {name}; {nearest(str(location[-1]), known)}", key=True)
        case "missing":
            return document.problem(location[:-1], f"{name} is missing; add it")
        case "value_error":
            return document.problem(location, error["msg"].removeprefix("Value error, "), key=of_key)
        case "literal_error":
            known = re.findall(r"'([^']+)'", error["ctx"]["expected"])
            mend = nearest(error["input"], known) if isinstance(error["input"], str) else f"write {' or '.join(known)}"
        case _:
            mend = _EXPECTED.get(kind, error["msg"].replace("Input should", "it should"))
    mend = "give it a value or remove it" if error["input"] is None else mend
    return document.problem(location, f"{name} is {_shown(error['input'])}: {mend}", key=of_key)


def _shown_name(location: Location) -> str:
    if not location:
        return "this"
    last = location[-1]
    if isinstance(last, str):
        return f"'{last}'"
    named = [part for part in location if isinstance(part, str)]
    of_list = f" of '{named[-1]}'" if named else ""
    return f"item {last + 1}{of_list}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "empty"
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """The keys a model allows at a location, through nested models, lists and mappings."""
    found: Any = model
    for part in location:
        found = _inside(found, part)
    inner = next(_models(found), None)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def _inside(annotation: Any, part: int | str) -> Any:
    """The type of a part of a type: a field of a model, the items of a list, the values of a mapping."""
    for one in _models(annotation):
        return next((field.annotation for name, field in one.model_fields.items() if part in (name, field.alias)), None)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _inside(arguments[0], part)
    if origin in (typing.Union, types.UnionType):
        return next(filter(None, (_inside(one, part) for one in arguments)), None)
    return next((one for one in reversed(arguments) if one is not Ellipsis), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models a type is by itself, or in a union with others."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for one in typing.get_args(annotation):
            yield from _models(one)
