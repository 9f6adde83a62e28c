"""The rows of a text in CSV, JSON Lines or one JSON array, each with its number; a bad one costs itself alone."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from assistant.errors import InputError
from eval.audit.columns import known

Cells = dict[str, Any]
_DELIMITERS = ",;\t|"
_LONGEST = 500
"""Lines of one row: where more than that stand in one cell, a quote was never closed."""


_QUOTE = "a quote in it opens and never closes, or something stands behind one that closes"
_LONG = "a cell in it is longer than any message"


class Rows(NamedTuple):
    """Rows that can be gone through more than once."""

    unit: Literal["row", "line"]
    text: str
    shape: Literal["csv", "lines", "array"]

    def each(self) -> Iterator[tuple[int, Cells | str]]:
        """The number of each row with its cells by column, or with what is wrong with it; blank ones are left out.

        Raises:
            InputError: the header or the array can't be read.
        """
        match self.shape:
            case "csv":
                return _csv(self.text)
            case "lines":
                return _lines(self.text)
            case _:
                return _array(self.text)


def rows_of(text: str) -> Rows:
    """The rows of a text, by how it begins.

    Raises:
        InputError: the text is empty.
    """
    begin = text.lstrip()
    if not begin:
        raise InputError("the file is empty")
    if begin.startswith("{"):
        return Rows("line", text, "lines")
    return Rows("line", text, "array") if begin.startswith("[") else Rows("row", text, "csv")


def _csv(text: str) -> Iterator[tuple[int, Cells | str]]:
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip('"').startswith("sep=") and len(lines[first].strip('"')) == 5:
        first += 1
    head = lines[first] if first < len(lines) else ""
    delimiter = max(_DELIMITERS, key=lambda one: (known(_cut(head, one)), head.count(one)))
    source = _Source(lines, first)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(reader)]
    except (csv.Error, StopIteration) as error:
        raise InputError(f"the header can't be read as CSV: {error}") from None
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(f"the header names '{twice[0][:60]}' twice; give each column a name of its own")
    if not any(names):
        raise InputError("the first row should name the columns")
    number = 1
    while True:
        source.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            source.back_to_second()
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            number += 1
            yield number, _LONG if "limit" in str(error) else _QUOTE
            continue
        number += 1
        if len(cells) > len(names) and any(cells[len(names) :]):
            yield number, f"{len(cells)} cells where the header names {len(names)} columns"
        elif any(cell.strip() for cell in cells):
            yield number, {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _cut(head: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(head), delimiter=delimiter), [])
    except csv.Error:
        return []


class _Source:
    """Lines for a `csv.reader`, which can be read again from the second line of the row in hand."""

    def __init__(self, lines: list[str], at: int) -> None:
        self._lines, self._at, self._began = lines, at, at

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        if self._at >= len(self._lines) or self._at - self._began > _LONGEST:
            raise StopIteration
        self._at += 1
        return self._lines[self._at - 1] + "\n"

    def begin(self) -> None:
        """The row before is over."""
        self._began = self._at

    def back_to_second(self) -> None:
        """Only the first line of the row in hand was bad."""
        self._at = self._began = self._began + 1


def _lines(text: str) -> Iterator[tuple[int, Cells | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            place = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield number, f"this is not JSON{place}"
            continue
        yield number, _flat(value) if isinstance(value, dict) else "this should be a JSON object"


def _array(text: str) -> Iterator[tuple[int, Cells | str]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"this array is not JSON{line}") from None
    for number, value in enumerate(values, 1):
        yield number, _flat(value) if isinstance(value, dict) else "this should be a JSON object"


def _flat(value: Cells) -> Cells:
    """An object with the parts of inner objects beside it, as `user.name`; a message of our own stays as it is."""
    if "message" in value and "channel" in value:
        return value
    flat: Cells = {}
    for name, part in value.items():
        if isinstance(part, dict):
            flat.update({f"{name}.{inner}": one for inner, one in part.items()})
        else:
            flat[name] = part
    return flat
