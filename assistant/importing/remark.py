"""What an import has to say about one file, or one row of it."""

from pathlib import Path

from tone_rules.value import Value


class Remark(Value):
    """Something about a file or a row of a table. Row 1 is the header, as in a spreadsheet."""

    path: str
    row: int | None = None
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.row is None else f"{self.path}, row {self.row}: {self.message}"

    @classmethod
    def on(cls, path: Path, message: str, row: int | None = None) -> "Remark":
        """A remark on a file, or on a row of it."""
        return cls(path=str(path), row=row, message=message)
