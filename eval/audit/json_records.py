"""Records of a file of JSON Lines."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from assistant.errors import InputError
from eval.audit.lines import TOO_LONG, lines_of
from eval.audit.record import Record

_LOOKED_AT = 200
"""Objects whose keys are the file's columns: later ones seldom have others."""


def read_keys(path: Path, where: str) -> tuple[str, ...]:
    """The keys of the first objects of a file, in the order in which they are met; none where there is no object.

    Raises:
        InputError: it is one array and not a line an object, or UTF-16.
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        head = file.read(64)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{where}: this is UTF-16; save the file as UTF-8")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        raise InputError(f"{where}: this is one JSON array; write one object a line (jq -c '.[]' does)")
    keys: dict[str, None] = {}
    for record in islice(json_records(path, 0, None), _LOOKED_AT):
        keys.update(dict.fromkeys(record.cells or ()))
    return tuple(keys)


def json_records(path: Path, start: int, end: int | None) -> Iterator[Record]:
    """The lines that begin between two offsets; a JSON string alone is a reply.

    Raises:
        OSError: the file can't be read.
    """
    for line in lines_of(path, start, end):
        if line.data is None:
            yield Record(line.end, problem=TOO_LONG)
        elif not line.data.strip():
            yield Record(line.end)
        else:
            yield _record(line.data, line.end)


def _record(data: bytes, end: int) -> Record:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Record(end, problem=f"byte {error.start} is not UTF-8; save the file as UTF-8")
    except json.JSONDecodeError as error:
        return Record(end, problem=f"this is not JSON at column {error.colno}: {error.msg}")
    except (RecursionError, ValueError):
        return Record(end, problem="this is not JSON that can be read: too deeply nested, or a number is too long")
    if isinstance(value, str):
        value = {"reply": value}
    if not isinstance(value, dict):
        return Record(end, problem="this should be a JSON object or a JSON string")
    return Record(end, value)
