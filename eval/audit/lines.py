"""Lines of bytes from a part of a file, each held to a size that fits in memory, with where they begin and end."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.lines import MAX_LINE

_MAX_BYTES = 4 * MAX_LINE
"""No character of UTF-8 is longer than four bytes."""
TOO_LONG = f"the line has more than {_MAX_BYTES:,} bytes"


class Line(NamedTuple):
    """One line with its end."""

    data: bytes | None
    """None of a line that is too long to hold."""
    end: int
    """The offset of the byte after it."""


def lines_of(path: Path, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines that begin at or after `start` and before `end`.

    Args:
        path: the file.
        start: where a line begins, in bytes.
        end: where a later line begins; None for the end of the file.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb", buffering=1 << 20) as file:
        file.seek(start)
        at = start
        while end is None or at < end:
            data = file.readline(_MAX_BYTES + 1)
            if not data:
                return
            at += len(data)
            if len(data) <= _MAX_BYTES or data.endswith(b"\n"):
                yield Line(data, at)
                continue
            while rest := file.readline(_MAX_BYTES):
                at += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield Line(None, at)
