"""The files of an audit, and the parts into which they are cut."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from assistant.errors import InputError
from eval.audit.columns import Columns
from eval.audit.csv_records import Header, csv_records, read_header
from eval.audit.json_records import json_records, read_keys
from eval.audit.parquet_records import GroupReader, read_schema
from eval.audit.record import Record
from tone_rules.value import Value

Kind = Literal["csv", "jsonl", "parquet"]
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "jsonl"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}
"""By a file's ending."""


class File(Value):
    """One file of replies."""

    path: Path
    name: str
    """As it is shown: below the folder that was named."""
    kind: Kind
    size: int
    modified: int
    """In nanoseconds, with the size what tells that a file is still the one that was begun with."""
    columns: Columns
    unused: tuple[str, ...] = ()
    """Columns that an audit has no use for."""
    header: Header | None = None
    """Of a CSV."""
    groups: tuple[int, ...] = ()
    """Of a Parquet file, the rows of each row group."""

    @property
    def first_row(self) -> int:
        """What its first record is called: of a CSV row 2, as a spreadsheet counts, of all others row 1."""
        return 2 if self.kind == "csv" else 1


class Part(Value):
    """Rows that are audited in one go."""

    number: int
    file: int
    start: int
    """Bytes of a text file; rows of a row group."""
    end: int
    group: int = 0
    row: int
    """The number of its first row in the file."""
    before: int
    """Rows of all files before it."""
    rows: int
    """Records, readable or not."""


def find_files(path: Path, given: Mapping[str, str]) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """The files of replies at a place: one file, or all of a folder and its folders, in the order of their names.

    Args:
        path: a file or a folder.
        given: columns by role, as `Columns.of` has it.

    Returns:
        The files, but for empty ones, and the names of those in the folder that are passed over.

    Raises:
        InputError: nothing is there, or a file can't be read or has no replies.
    """
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_file():
        found, names = [path], [path.name]
        if path.suffix.lower() not in KINDS:
            raise InputError(f"{path}: what is this? A file of replies ends in {', '.join(KINDS)}")
    else:
        found = sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one.relative_to(path)))
        names = [one.relative_to(path).as_posix() for one in found]
    passed = tuple(name for one, name in zip(found, names, strict=True) if one.suffix.lower() not in KINDS)
    files = [_file(one, name, given) for one, name in zip(found, names, strict=True) if one.suffix.lower() in KINDS]
    if not files:
        raise InputError(f"{path}: no file in this folder ends in {', '.join(KINDS)}")
    return tuple(one for one in files if one is not None), passed


def parts_of(files: Sequence[File], rows: int, told: Callable[[int], object] = lambda _: None) -> Iterator[Part]:
    """Cut files into parts of at most so many rows, in order. Text files are read through once, to know their rows.

    Args:
        files: as `find_files` gives them.
        rows: the most of one part.
        told: called with the rows of each part as it is found.

    Raises:
        OSError: a file can't be read.
    """
    number = before = 0
    for place, file in enumerate(files):
        row = file.first_row
        for group, start, end, count in _ranges(file, rows):
            yield Part(number=number, file=place, start=start, end=end, group=group, row=row, before=before, rows=count)
            told(count)
            number, row, before = number + 1, row + count, before + count


def records_of(file: File, part: Part, groups: GroupReader) -> Iterator[Record]:
    """The records of a part.

    Raises:
        InputError: the file is no longer what it was.
        OSError: it can't be read.
    """
    if file.kind == "parquet":
        return groups.records(file.path, part.group, sorted(set(file.columns.used.values())), part.start, part.end)
    return _records(file, part.start, part.end)


def _records(file: File, start: int, end: int | None) -> Iterator[Record]:
    if file.header is not None:
        return csv_records(file.path, file.header, start, end)
    return json_records(file.path, start, end)


def _ranges(file: File, rows: int) -> Iterator[tuple[int, int, int, int]]:
    """Row group, start, end and rows of each part."""
    if file.kind == "parquet":
        for group, count in enumerate(file.groups):
            for start in range(0, count, rows):
                yield group, start, min(start + rows, count), min(rows, count - start)
        return
    start = end = file.header.end if file.header else 0
    count = 0
    for record in _records(file, start, None):
        count, end = count + 1, record.end
        if count == rows:
            yield 0, start, end, count
            start, count = end, 0
    if count:
        yield 0, start, end, count


def _file(path: Path, name: str, given: Mapping[str, str]) -> File | None:
    try:
        stat = path.stat()
        if not stat.st_size:
            return None
        kind = KINDS[path.suffix.lower()]
        header: Header | None = None
        groups: tuple[int, ...] = ()
        match kind:
            case "csv":
                header = read_header(path, name)
                names = header.names if header else ()
            case "jsonl":
                names = read_keys(path, name)
                if not names:  # blank, or bad lines alone: they are reported by their numbers
                    names = (given.get("reply", "reply"),)
                    given = {}
            case "parquet":
                names, groups = read_schema(path, name)
    except OSError as error:
        raise InputError(f"{name}: this can't be read: {error.strerror}") from None
    columns = Columns.of(names, given, name)
    used = set(columns.used.values())
    return File(
        path=path.absolute(),
        name=name,
        kind=kind,
        size=stat.st_size,
        modified=stat.st_mtime_ns,
        columns=columns,
        unused=tuple(one for one in names if one and one not in used),
        header=header,
        groups=groups,
    )


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)
