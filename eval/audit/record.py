"""One record of a file: its cells by column, or what is wrong with it."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Record(NamedTuple):
    """What one line, row or object holds."""

    end: int
    """Of a text file the offset of the byte after it, of a table the row after it."""
    cells: Mapping[str, Any] | None = None
    """None where it can't be read, and of a blank line."""
    problem: str | None = None
    """Why it can't be read."""
