"""Each finding as a row of CSV, for a spreadsheet: where it stands and what it is, and no text."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from eval.audit.job import Job
from eval.audit.tally import Tally

FINDINGS = "findings.csv"
_COLUMNS = ("file", "row", "id", "day", "channel", "rule", "level", "blocking", "start", "end", "link")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(path: Path, job: Job, tallies: Iterable[Tally]) -> None:
    """Write the findings of all parts, in order; the file is there once it is whole.

    Raises:
        OSError: it can't be written.
    """
    half = path.with_suffix(".half")
    with half.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for tally in tallies:
            buffer = io.StringIO(newline="")
            rows = csv.writer(buffer)
            for hit in tally.hits:
                place = hit.place
                cells = (job.files[place.file].name, place.row, place.id, place.day, place.channel)
                found = (hit.rule, hit.level, hit.blocking, hit.start, hit.end, place.link)
                rows.writerow([harmless(one) for one in (*cells, *found)])
            file.write(buffer.getvalue())
    half.replace(path)


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: OWASP, CSV Injection."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
