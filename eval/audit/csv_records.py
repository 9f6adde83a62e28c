"""Records of a CSV file. A bad one costs itself alone, also where a quote is never closed."""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InputError
from eval.audit.columns import known
from eval.audit.lines import TOO_LONG, Line, lines_of
from eval.audit.record import Record
from tone_rules.value import Value

_DELIMITERS = ",;\t|"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


class Header(Value):
    """What the first line of a file says."""

    names: tuple[str, ...]
    delimiter: str
    end: int
    """The offset of the first record."""


def read_header(path: Path, where: str) -> Header | None:
    """The header of a file, cut by the usual delimiter that gives most names that are known; None of an empty file.

    Raises:
        InputError: it is not UTF-8, or can't be read as a line of CSV.
        OSError: the file can't be read.
    """
    lines = _Lines(path, 0, None)
    first = next(lines_of(path), None)
    if first is None:
        return None
    if first.data is None or first.data[:2] in _UTF_16:
        what = TOO_LONG if first.data is None else "this is UTF-16; save the file as UTF-8"
        raise InputError(f"{where}: the header can't be read: {what}")
    try:
        head = first.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: the header can't be read: byte {error.start} is not UTF-8; save it so") from None
    delimiter = max(_DELIMITERS, key=lambda one: (known(next(csv.reader([head], delimiter=one), [])), head.count(one)))
    try:
        names = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise InputError(f"{where}: the header can't be read as CSV: {error}") from None
    stripped = tuple(one.strip() for one in names)
    twice = sorted({one for one in stripped if one and stripped.count(one) > 1})
    if twice:
        raise InputError(f"{where}: the header names '{twice[0]}' twice; give each column a name of its own")
    return Header(names=stripped, delimiter=delimiter, end=lines.end)


def csv_records(path: Path, header: Header, start: int, end: int | None) -> Iterator[Record]:
    """The records that begin between two offsets at which records begin.

    What is not UTF-8 stands in a cell as lone surrogates; whoever uses the cell tells.

    Raises:
        OSError: the file can't be read.
    """
    lines = _Lines(path, start, end)
    # strict: a quote that never closes is an error and not the rest of the file
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    width = len(header.names)
    while True:
        lines.done()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.back_to_second()
            yield Record(lines.end, problem=f"this is no row of CSV: {error}")
            continue
        if lines.too_long:
            yield Record(lines.end, problem=TOO_LONG)
        elif not cells:
            yield Record(lines.end)
        elif len(cells) != width:
            yield Record(lines.end, problem=f"{len(cells)} cells where the header names {width} columns")
        else:
            yield Record(lines.end, dict(zip(header.names, cells, strict=True)))


class _Lines:
    """Lines for a `csv.reader`; those that a record has taken can be given back."""

    def __init__(self, path: Path, start: int, end: int | None) -> None:
        self._lines = lines_of(path, start, end)
        self._begins = start == 0
        self._taken: list[Line] = []
        self._again: deque[Line] = deque()
        self.end = start
        self.too_long = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        self.end = line.end
        if line.data is None:
            self.too_long = True
            return "\n"
        data = line.data
        if self._begins:
            data, self._begins = data.removeprefix(_BOM), False
        return data.decode("utf-8", "surrogateescape")

    def done(self) -> None:
        """The record that was read is over."""
        self._taken.clear()
        self.too_long = False

    def back_to_second(self) -> None:
        """Give back all but the first line of a record that could not be read."""
        if self._taken:
            self._again.extendleft(reversed(self._taken[1:]))
            self.end = self._taken[0].end
