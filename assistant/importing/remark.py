"""What an import has to say about one file, or one row of it."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from tone_rules.value import Value


def _printable(text: str) -> str:
    """File names and cells come from strangers and end on a terminal: no control signs."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


Printable = Annotated[str, AfterValidator(_printable)]


class Remark(Value):
    """Something about a file or a row of a table. Row 1 is the header, as in a spreadsheet."""

    path: Printable
    row: int | None = None
    message: Printable

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.row is None else f"{self.path}, row {self.row}: {self.message}"

    @classmethod
    def on(cls, path: Path, message: str, row: int | None = None) -> "Remark":
        """A remark on a file, or on a row of it."""
        return cls(path=str(path), row=row, message=message)

    def saying(self, message: str) -> "Remark":
        """A remark on the same place."""
        return Remark(path=self.path, row=self.row, message=message)
