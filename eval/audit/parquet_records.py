"""Records of a Parquet file, row group by row group; pyarrow is imported here alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from eval.audit.record import Record

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_BATCH = 1_000
"""Rows that are decoded at once."""
_BUFFER = 1 << 20
"""Bytes of a column chunk that are read at once: without it the whole chunk is."""


def read_schema(path: Path, where: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names of the columns, and how many rows each row group has.

    Raises:
        InputError: it is no Parquet file.
        OSError: the file can't be read.
    """
    with _open(path, where) as file:
        groups = range(file.metadata.num_row_groups)
        return tuple(file.schema_arrow.names), tuple(file.metadata.row_group(one).num_rows for one in groups)


class GroupReader:
    """Reads ranges of row groups. Ranges that follow each other in a group go on where the last one ended."""

    def __init__(self) -> None:
        self._at: tuple[Path, int, tuple[str, ...]] | None = None
        self._next = 0
        self._rows: Iterator[Record] = iter(())

    def records(self, path: Path, group: int, columns: Sequence[str], start: int, end: int) -> Iterator[Record]:
        """The rows of a row group from `start` to before `end`, counted in the group.

        Raises:
            InputError: it is no Parquet file.
            OSError: the file can't be read.
        """
        wanted = (path, group, tuple(columns))
        if self._at != wanted or self._next > start:
            self._at, self._next, self._rows = wanted, 0, _rows(path, group, columns)
        for record in self._rows:
            self._next += 1
            if self._next > start:
                yield record
            if self._next >= end:
                return


def _rows(path: Path, group: int, columns: Sequence[str]) -> Iterator[Record]:
    """The rows of a group, as far as it can be decoded: whoever asked knows how many there should be."""
    at = 0
    for lists in _batches(path, group, columns):
        for values in zip(*lists, strict=True):
            at += 1
            if any(isinstance(one, UnicodeDecodeError) for one in values):
                yield Record(at, problem="a cell of this row is not UTF-8")
            else:
                yield Record(at, dict(zip(columns, values, strict=True)))


def _batches(path: Path, group: int, columns: Sequence[str]) -> Iterator[list[list[Any]]]:
    import pyarrow as pa

    with _open(path, path.name) as file:
        batches = file.iter_batches(batch_size=_BATCH, row_groups=[group], columns=list(columns))
        while True:
            try:
                batch = next(batches)
            except (StopIteration, pa.ArrowException, OSError):
                return
            yield [_values(batch.column(name)) for name in columns]


def _values(column: Any) -> list[Any]:
    """The cells of a column; where one can't be turned into a value of Python, its error stands for it."""
    try:
        return list(column.to_pylist())
    except (UnicodeDecodeError, ValueError, OverflowError):
        return [_value(one) for one in column]


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError as error:
        return error
    except (ValueError, OverflowError):
        return None


def _open(path: Path, where: str) -> "pq.ParquetFile":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, buffer_size=_BUFFER)
    except pa.ArrowInvalid as error:
        raise InputError(f"{where}: this is no Parquet file: {str(error).splitlines()[0]}") from None
