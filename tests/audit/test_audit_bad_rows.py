from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.audit import Report

Run = Callable[..., Report]
GOOD = "It left today and comes by van."


def _bad(report: Report) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in report.bad_rows]


def test_bad_lines_of_json(run: Run, tmp_path: Path) -> None:
    """Each is told by its number with what is wrong, blank lines count as lines, and the rest goes on."""
    lines = [
        f'{{"reply": "{GOOD}"}}'.encode(),
        b'{"reply": "broken',
        b"",
        b'{"reply": 7}',
        b'{"reply": "\xff\xfe"}',
        b'{"other": "x"}',
        b'{"reply": null}',
        b'{"reply": "' + b"a" * 200_000 + b'"}',
        b'{"reply": "nul \\u0000"}',
        b'{"reply": "half a pair \\ud800"}',
        b"[" * 100_000,
        f'"{GOOD}"'.encode(),
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    report = run(tmp_path / "a.jsonl", rows=3)
    assert [row for row, _ in _bad(report)] == [2, 4, 5, 6, 8, 9, 10, 11]
    assert (report.replies, report.bad, report.empty, report.rows) == (2, 8, 2, 12)
    assert (report.state, report.exit_code) == ("incomplete", 3)
    told = dict(_bad(report))
    assert "UTF-8" in told[5]
    assert "50000" in told[8]
    assert "no 'reply'" in told[6]


def test_bad_rows_of_csv(run: Run, tmp_path: Path) -> None:
    """By the row of a spreadsheet: a missing cell, bytes that are no text, and a quote that is never closed."""
    rows = [
        b"id,reply",
        b"2," + GOOD.encode(),
        b"3",
        b"4,\xff\xfe\xfa",
        b'5,"never closed',
        b"6," + GOOD.encode(),
        b"7,",
        b"8,x,y",
        b"9," + GOOD.encode(),
    ]
    (tmp_path / "a.csv").write_bytes(b"\n".join(rows) + b"\n")
    for number, size in enumerate((1, 2, 100)):
        report = run(tmp_path / "a.csv", f"out{number}", rows=size)
        assert [row for row, _ in _bad(report)] == [3, 4, 5, 8]
        assert (report.replies, report.empty) == (3, 1)


def test_bytes_that_are_no_text_cost_only_their_cell(run: Run, tmp_path: Path) -> None:
    """A column that is not used may hold anything."""
    (tmp_path / "a.csv").write_bytes(b"reply,note\n" + GOOD.encode() + b",\xff\n")
    report = run(tmp_path / "a.csv")
    assert (report.replies, report.bad) == (1, 0)


def test_a_line_beyond_reason_is_passed_over(run: Run, tmp_path: Path) -> None:
    """Sixteen million bytes in one line are one bad row; what stands after it is read."""
    for name, data in (("a.jsonl", f'{{"reply": "{GOOD}"}}\n'), ("a.csv", f"reply\n{GOOD}\n")):
        with (tmp_path / name).open("w") as file:
            file.write(data)
            file.write("x" * 16_100_000 + "\n")
            file.write(data.splitlines()[-1] + "\n")
        report = run(tmp_path / name, f"out of {name}")
        assert (report.replies, report.bad) == (2, 1)


def test_only_so_many_are_listed_and_all_are_counted(run: Run, tmp_path: Path) -> None:
    """A file of nothing but bad rows is a report of their number."""
    (tmp_path / "a.jsonl").write_text("nothing\n" * 3_000)
    report = run(tmp_path / "a.jsonl")
    assert (report.replies, report.bad, len(report.bad_rows)) == (0, 3_000, 1_000)
    assert report.bad_rows[-1].row == 1_000


@pytest.mark.parametrize("channel", ["x", "Twitter", "X (Twitter)", "twitter"])
def test_channels_have_one_name(write_jsonl: Any, run: Run, tmp_path: Path, channel: str) -> None:
    """What exports call a channel is ours, and its rules hold: a reply above its limit is blocked."""
    path = write_jsonl(tmp_path / "a.jsonl", [{"channel": channel, "reply": "We are on it. " * 40}])
    report = run(path)
    assert [one.name for one in report.channels] == ["x"]
    assert "channels.Length" in [one.rule for one in report.rules]
