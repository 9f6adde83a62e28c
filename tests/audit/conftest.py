"""Exports of an invented team, in every format."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.audit import Options, Report, audit

Row = dict[str, Any]
REPLIES = (
    (
        "Where is my kettle? Nine days now.",
        "Sorry, Ana: nine days is far too long. It left Leeds today and comes by van.",
    ),
    ("Your app is rubbish!!!", "Thanks for reaching out! We apologise for any inconvenience caused!!"),
    ("Is the shop in Ely open on Monday?", "Yes, from nine to five. The door is on Fore Hill."),
    ("You charged me twice.", "Please DM us your full card number and we will look."),
    ("Lovely service today.", "That made our morning, Jo. We will tell the crew."),
    ("The lid broke again.", "We utilise a durable lid. Unfortunately nothing can be done."),
)
CHANNELS = ("x", "facebook", "Twitter", "Pigeon post")
AGENTS = ("Mira Holt", "Sam Okoro", "Lee Byrne")


@pytest.fixture(scope="session")
def make_rows() -> Callable[[int], list[Row]]:
    """So many rows: posts and replies, each with a number of its own, over three months."""

    def make(count: int) -> list[Row]:
        rows = []
        for number in range(count):
            message, reply = REPLIES[number % len(REPLIES)]
            rows.append(
                {
                    "id": f"r{number}",
                    "channel": CHANNELS[number % len(CHANNELS)],
                    "date": f"2026-0{1 + number % 3}-{1 + number % 28:02}T10:00:00+00:00",
                    "message": message,
                    "reply": f"{reply} Case {number // 12}.",
                    "agent": AGENTS[number % 3],
                }
            )
        return rows

    return make


@pytest.fixture(scope="session")
def write_csv() -> Callable[..., Path]:
    """Write rows as CSV."""

    def write(path: Path, rows: Sequence[Row], **options: Any) -> Path:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]), **options)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture(scope="session")
def write_jsonl() -> Callable[[Path, Sequence[Any]], Path]:
    """Write rows as JSON Lines."""

    def write(path: Path, rows: Sequence[Any]) -> Path:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Report]:
    """Audit a path; nothing is measured unless a sample is asked for. The report's folder is `tmp_path / out`."""

    def call(path: Path, out: str = "out", **options: Any) -> Report:
        return audit(path, out=tmp_path / out, options=Options(**{"sample": 0, **options}))

    return call
