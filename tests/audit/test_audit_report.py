import json
import math
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.audit import Report
from eval.audit.job import Plan
from eval.audit.tally import Counts, Sums, Tally
from eval.audit.trend import direction
from tone_rules.share import Share

Run = Callable[..., Report]


def test_figures_are_those_of_the_rows(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path) -> None:
    """Counts by rule, month, week and channel are those that the rows were made with."""
    report = run(write_csv(tmp_path / "a.csv", make_rows(120)))
    assert report.replies == 120
    rules = {one.rule: one for one in report.rules}
    assert rules["tone.AnyInconvenience"].replies == Share.among(20, 120)
    assert rules["tone.ThanksForReachingOut"].findings == 20
    assert [one.name for one in report.months] == ["2026-01", "2026-02", "2026-03"]
    assert [one.replies for one in report.months] == [40, 40, 40]
    assert sum(one.replies for one in report.weeks) == 120
    assert {one.name: one.replies for one in report.channels} == {"x": 60, "facebook": 30, "Pigeon post": 30}
    assert sum(rules["tone.AnyInconvenience"].months) == 20
    blocking = [one for one in report.rules if one.blocking]
    assert report.blocked.count >= 20
    assert blocking
    assert report.worst[0].blocking


def test_the_trend_is_the_textbook_s() -> None:
    """Agresti, Categorical Data Analysis (2nd ed., 2002), table 3.7, equally spaced scores: M² = 1.83, p = 0.18."""
    present, absent = (48, 38, 5, 1, 1), (17066, 14464, 788, 126, 37)
    way, p = direction([(one, one + other) for one, other in zip(present, absent, strict=True)])
    assert (way, round(p, 2)) == ("cannot tell", 0.18)


def test_a_trend_needs_three_months_and_a_move() -> None:
    """Rising and falling are told where they are sure; two points, none or all of them never."""
    assert direction([(10, 100), (30, 100), (50, 100)])[0] == "rising"
    assert direction([(50, 100), (0, 0), (30, 100), (10, 100)])[0] == "falling"
    assert direction([(0, 100), (100, 100)]) == ("cannot tell", 1.0)
    assert direction([(100, 100)] * 5) == ("cannot tell", 1.0)
    assert direction([]) == ("cannot tell", 1.0)


def test_sums_give_the_mean_and_its_interval() -> None:
    """As numpy has them; below 30 values no interval; parts added are the whole."""
    import numpy as np

    values = np.random.default_rng(0).random(400)
    whole, one, other = Sums(), Sums(), Sums()
    for place, value in enumerate(values):
        whole.count(float(value))
        (one if place < 29 else other).count(float(value))
    assert one.interval is None
    assert Sums().mean is None
    one.add(other)
    assert one.interval is not None
    assert math.isclose(one.mean or 0, values.mean())
    half = 1.959964 * values.std(ddof=1) / 20
    assert math.isclose(one.interval.low, values.mean() - half)
    assert one.bins == whole.bins == np.histogram(values, 10, (0, 1))[0].tolist()


def test_the_sample_is_drawn_once_and_stated(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path) -> None:
    """So many rows are measured, the same by the same seed, others by another; the report says of how many."""
    path = write_csv(tmp_path / "a.csv", make_rows(60))
    first, again, other = (
        run(path, f"out{number}", sample=20, seed=seed, rows=7) for number, seed in enumerate((1, 1, 2))
    )
    assert first.measured is not None
    assert (first.measured.replies, first.measured.of, first.measured.all) == (20, 60, False)
    assert first == again
    assert other.measured is not None
    assert other.measured.means != first.measured.means
    assert {one.name for one in first.measured.means} >= {"tone", "helpfulness", "empathy"}
    assert "of 20 replies, drawn with the seed 1" in (tmp_path / "out0" / "report.md").read_text()
    everything = run(path, "all", sample=5_000)
    assert everything.measured is not None
    assert everything.measured.all
    assert run(path, "none", sample=0).measured is None


def test_sampled_rows_fall_to_their_parts() -> None:
    """Each row drawn is measured in the part that holds it, and in no other."""
    from eval.audit.files import Part

    parts = tuple(
        Part(number=number, file=0, start=0, end=0, row=1, before=before, rows=rows)
        for number, (before, rows) in enumerate(((0, 3), (3, 1), (4, 6)))
    )
    plan = Plan(parts=parts, total=10, sample=(0, 2, 3, 4, 9))
    assert [sorted(plan.measured(part)) for part in parts] == [[0, 2], [0], [0, 5]]


def test_groups_stay_bounded() -> None:
    """A column of other things taken for the channel makes one group of most of them and no report without end."""
    whole = Tally()
    for number in range(300):
        part = Tally()
        part.channels[f"name {number}"] = Counts(replies=1)
        whole.add(part, 0)
    assert len(whole.channels) == 61
    assert whole.channels["(other)"].replies == 240


def test_people_only_when_asked(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path) -> None:
    """Names stand nowhere by default; asked for, those with too few replies are counted and not named."""
    rows = make_rows(120)
    rows[0]["agent"] = "Robin Quill"
    path = write_csv(tmp_path / "a.csv", rows)
    assert run(path).agents is None
    for file in (tmp_path / "out").iterdir():
        assert "Mira Holt" not in file.read_text(encoding="utf-8")
    report = run(path, "asked", by_agent=True)
    assert report.agents is not None
    assert [one.name for one in report.agents] == ["Lee Byrne", "Sam Okoro", "Mira Holt"]
    assert report.unnamed == 1
    page = (tmp_path / "asked" / "report.html").read_text(encoding="utf-8")
    assert "Mira Holt" in page
    assert "not for ranking" in page
    assert "Robin Quill" not in page


def test_no_text_unless_asked_and_never_a_secret(write_jsonl: Any, run: Run, tmp_path: Path) -> None:
    """The report holds no word of message or reply; examples show words around a finding, secrets blotted out."""
    rows = [
        {
            "channel": "x",
            "message": "Xylophone calling: where is it?",
            "reply": "Zanzibar! Any inconvenience? Your card 4111 1111 1111 1111 is safe, zoe.quartz@mail.example.",
            "id": "zoe.quartz@mail.example",
            "platform": "x",
        }
    ]
    path = write_jsonl(tmp_path / "a.jsonl", rows)
    run(path, findings=True)
    for file in (tmp_path / "out").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not [one for one in ("Xylophone", "Zanzibar", "quartz", "1111 1111") if one in text]
    report = run(path, "shown", examples=2)
    assert report.examples
    for file in (tmp_path / "shown").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not [one for one in ("Xylophone", "1111 1111") if one in text]
    assert "inconvenience" in (tmp_path / "shown" / "report.html").read_text(encoding="utf-8")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "\u202eevil\u202c",
    "\x1b[31mred\x07",
    "{{ 7*7 }}",
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(write_jsonl: Any, run: Run, tmp_path: Path, hostile: str) -> None:
    """In a reply, name, id, link, column or bad row: no markup, no script, no link but http, no turned text."""
    reply = f"We apologise for any inconvenience {hostile} !!"
    safe = {"reply": reply, "message": hostile, "channel": hostile, "agent": hostile, "id": hostile}
    rows = [
        safe | {"link": link, hostile: 1} for link in (hostile, "javascript:alert(1)", "https://x.example/a?b=1&c=2")
    ]
    path = write_jsonl(tmp_path / "a<b>&.jsonl", [*rows * 15, {"reply": 1, hostile: hostile}])
    run(path, by_agent=True, examples=3, findings=True)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    parser = _Tags()
    parser.feed(page)
    assert not {tag for tag, _ in parser.tags} & {"script", "img", "iframe", "object", "base", "form", "link"}
    assert not [attributes for _, attributes in parser.tags if any(name.startswith("on") for name in attributes)]
    links = {attributes.get("href") or "" for tag, attributes in parser.tags if tag == "a"}
    assert links
    assert all(one == "https://x.example/a?b=1&c=2" or one.startswith("../a%3Cb%3E%26.jsonl") for one in links)
    assert "inconvenience 49" not in parser.text
    everything = page + (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert not [one for one in "\u202e\u202c\x1b\x07" if one in everything]
    policies = [attributes.get("content") or "" for tag, attributes in parser.tags if tag == "meta"]
    assert any(one.startswith("default-src 'none'; style-src 'sha256-") for one in policies)


def test_the_export_is_safe_in_a_spreadsheet(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path) -> None:
    """Every finding is a row with its place; a file whose name is a formula does not begin a cell."""
    import csv

    path = write_csv(tmp_path / "=cmd.csv", make_rows(24))
    report = run(path, findings=True)
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == sum(one.findings for one in report.rules)
    assert {one["file"] for one in found} == {"'=cmd.csv"}
    assert [int(one["row"]) for one in found] == sorted(int(one["row"]) for one in found)
    assert found[0]["rule"].count(".") == 1


def test_the_json_report_reads_back(make_rows: Any, write_csv: Any, run: Run, tmp_path: Path) -> None:
    """What is written is the report, in ASCII, under a schema version."""
    report = run(write_csv(tmp_path / "a.csv", make_rows(24)), sample=5)
    text = (tmp_path / "out" / "report.json").read_text(encoding="ascii")
    assert Report.model_validate_json(text) == report
    assert json.loads(text)["schema_version"] == 1
