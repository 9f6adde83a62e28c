import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from eval.audit import Report
from eval.audit.dates import Order, read_day

Run = Callable[..., Report]


def _figures(report: Report) -> tuple[Any, ...]:
    rules = tuple((one.rule, one.replies.count, one.findings) for one in report.rules)
    months = tuple((one.name, one.replies, one.flagged.count) for one in report.months)
    return (
        report.replies,
        report.blocked.count,
        rules,
        months,
        tuple((one.name, one.replies) for one in report.channels),
    )


@pytest.fixture
def expected(make_rows: Any, write_jsonl: Any, run: Run, tmp_path: Path) -> tuple[Any, ...]:
    """The figures of 60 rows as JSON Lines."""
    return _figures(run(write_jsonl(tmp_path / "expected.jsonl", make_rows(60)), "expected"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_says_what_json_lines_say(
    make_rows: Any, write_csv: Any, run: Run, tmp_path: Path, expected: Any, delimiter: str
) -> None:
    """CSV with any usual delimiter gives the figures of the same rows as JSON Lines."""
    path = write_csv(tmp_path / "replies.csv", make_rows(60), delimiter=delimiter)
    assert _figures(run(path)) == expected


def test_a_header_is_cut_where_it_makes_sense(run: Run, tmp_path: Path) -> None:
    """Commas within a name don't make a file with semicolons one of commas."""
    (tmp_path / "a.csv").write_text("Reply;Notes, remarks, other\nIt left today.;a\n")
    report = run(tmp_path / "a.csv")
    assert (report.replies, report.files[0].unused) == (1, ("Notes, remarks, other",))


def test_parquet_says_what_json_lines_say(make_rows: Any, run: Run, tmp_path: Path, expected: Any) -> None:
    """Parquet in several row groups, each cut into parts, with real timestamps, gives the same figures."""
    pa = pytest.importorskip("pyarrow", reason="the extra [audit] is not installed")
    import pyarrow.parquet as pq

    rows = [row | {"date": datetime.fromisoformat(row["date"])} for row in make_rows(60)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "replies.parquet", row_group_size=25)
    assert _figures(run(tmp_path / "replies.parquet", rows=7)) == expected


def test_a_folder_is_one_audit(make_rows: Any, write_csv: Any, write_jsonl: Any, run: Run, tmp_path: Path) -> None:
    """Files of all kinds below a folder are counted together; others and hidden ones are passed over and told."""
    folder = tmp_path / "year"
    (folder / "q2").mkdir(parents=True)
    rows = make_rows(60)
    write_csv(folder / "q1.csv", rows[:30])
    write_jsonl(folder / "q2" / "rest.ndjson", rows[30:])
    (folder / "notes.txt").write_text("nothing")
    (folder / ".hidden.csv").write_text("nothing")
    (folder / "empty.csv").touch()
    report = run(folder)
    assert report.replies == 60
    assert [one.name for one in report.files] == ["q1.csv", "q2/rest.ndjson"]
    assert report.passed_over == ("notes.txt",)


def test_small_parts_change_nothing(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path, expected: Any) -> None:
    """Cells with line ends, quotes and delimiters are never cut: parts of one row give the same figures."""
    rows = make_rows(60)
    for row in rows:
        row["note"] = 'a "quoted", split\nover\r\nlines; \U0001f642'
    assert _figures(run(write_csv(tmp_path / "replies.csv", rows), rows=1)) == expected


def test_thread_and_facts_of_json_lines_are_used(write_jsonl: Any, run: Run, tmp_path: Path) -> None:
    """A private fact of the row makes its leak a finding, as in a check."""
    row = {"channel": "x", "message": "Where is it?", "reply": "Your order NW-48213 left today."}
    fact = {"name": "order_number", "value": "NW-48213", "visibility": "private"}
    path = write_jsonl(tmp_path / "replies.jsonl", [row, row | {"facts": [fact]}])
    report = run(path)
    assert report.blocked.count == 1
    assert report.worst[0].where.row == 2
    assert "NW-48213" not in (tmp_path / "out" / "report.json").read_text()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", b'[{"reply": "Hello"}]', "JSON array"),
        ("a.csv", "reply\nHello\n".encode("utf-16"), "UTF-16"),
        ("a.jsonl", '{"reply": "Hello"}'.encode("utf-16"), "UTF-16"),
        ("a.csv", b"reply,reply\na,b\n", "twice"),
        ("a.xlsx", b"PK", "ends in"),
        ("a.csv.gz", gzip.compress(b"reply\nHello\n", mtime=0), "ends in"),
    ],
    ids=["array", "wide csv", "wide json", "twice", "spreadsheet", "packed"],
)
def test_what_can_not_be_read_is_told(run: Run, tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """A file of another shape is refused with what to do, and nothing is begun."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        run(tmp_path / name)
    assert not (tmp_path / "out").exists()


def test_broken_parquet(run: Run, tmp_path: Path) -> None:
    """A file that is no Parquet is refused; one whose data is damaged gives bad rows and no end of the program."""
    pa = pytest.importorskip("pyarrow", reason="the extra [audit] is not installed")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    path.write_bytes(b"no parquet")
    with pytest.raises(InputError, match="no Parquet file"):
        run(path)
    rows = [{"reply": f"All is well, number {number}, and so it stays."} for number in range(400)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=100, compression="snappy")
    data = bytearray(path.read_bytes())
    data[40:400] = bytes(360)
    path.write_bytes(data)
    report = run(path, rows=40)
    assert report.replies + report.bad == 400
    assert report.bad >= 40


def test_an_empty_file_is_an_empty_report(run: Run, tmp_path: Path) -> None:
    """No bytes, or a header alone: a report of nothing, which has not passed anything but has no fault either."""
    (tmp_path / "a.csv").touch()
    report = run(tmp_path / "a.csv")
    assert (report.replies, report.rows, report.exit_code) == (0, 0, 0)
    (tmp_path / "b.csv").write_text("reply,date\n")
    assert run(tmp_path / "b.csv", "second").replies == 0
    assert "0 replies" in (tmp_path / "second" / "report.md").read_text()


@pytest.mark.parametrize(
    ("value", "order", "expected_day"),
    [
        ("2026-03-04T23:59:59Z", Order.iso, date(2026, 3, 4)),
        ("2026-03-04 10:00", Order.iso, date(2026, 3, 4)),
        (1772582400, Order.iso, date(2026, 3, 4)),
        ("1772582400000", Order.iso, date(2026, 3, 4)),
        ("Wed Mar 04 20:19:24 +0000 2026", Order.iso, date(2026, 3, 4)),
        ("Wed, 04 Mar 2026 20:19:24 +0100", Order.iso, date(2026, 3, 4)),
        (datetime(2026, 3, 4, 1, tzinfo=UTC), Order.iso, date(2026, 3, 4)),
        ("04/03/2026 9:05", Order.dmy, date(2026, 3, 4)),
        ("3/4/2026 9:05 PM", Order.mdy, date(2026, 3, 4)),
        ("04.03.2026", Order.dmy, date(2026, 3, 4)),
        ("04/03/2026", Order.iso, None),
        ("0001-01-01", Order.iso, None),
        (float("nan"), Order.iso, None),
        (10**30, Order.iso, None),
        ("yesterday", Order.iso, None),
        (True, Order.iso, None),
        (None, Order.iso, None),
    ],
)
def test_dates(value: object, order: Order, expected_day: date | None) -> None:
    """What exports write is read; what leaves day and month open is read only where it is told which is first."""
    assert read_day(value, order) == expected_day


def test_dates_that_can_not_be_read_are_counted(write_jsonl: Any, run: Run, tmp_path: Path) -> None:
    """Such a reply is checked, stands in no month, and is counted as undated; one without a date is not."""
    rows = [{"reply": "It leaves on Friday.", "date": one} for one in ("04/03/2026", "", "2026-03-04")]
    report = run(write_jsonl(tmp_path / "a.jsonl", rows))
    assert (report.replies, report.undated, [one.replies for one in report.months]) == (3, 1, [1])
    assert json.loads((tmp_path / "out" / "report.json").read_text())["undated"] == 1
