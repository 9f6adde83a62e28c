import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand, Policy
from eval.audit import Options, Report, audit
from eval.audit.files import find_files, parts_of
from eval.audit.job import Plan
from eval.audit.running import _job
from eval.audit.spread import WorkerDied, spread

Run = Callable[..., Report]
ON_RAY = """
import sys
from pathlib import Path
from eval.audit import Options, audit

if __name__ == "__main__":
    options = Options(rows=20, jobs=2, sample=20, ray="local", by_agent=True)
    audit(Path(sys.argv[1]), out=Path(sys.argv[2]), options=options)
"""


@pytest.fixture(scope="module")
def many(make_rows: Any, write_csv: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 120 rows."""
    path: Path = write_csv(tmp_path_factory.mktemp("many") / "replies.csv", make_rows(120))
    return path


def _reports(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("report.*")}


@pytest.fixture(scope="module")
def unspread(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The reports of one process, with measures and people."""
    out = tmp_path_factory.mktemp("here") / "out"
    audit(many, out=out, options=Options(rows=20, sample=20, by_agent=True))
    return _reports(out)


def test_one_job_and_two_give_the_same_report(many: Path, run: Run, unspread: dict[str, bytes], tmp_path: Path) -> None:
    """Byte for byte: what is done in which process and order moves nothing."""
    run(many, "two", rows=20, jobs=2, sample=20, by_agent=True)
    assert _reports(tmp_path / "two") == unspread


def test_ray_gives_the_same_report(many: Path, unspread: dict[str, bytes], tmp_path: Path) -> None:
    """Actors of Ray core on this machine give, byte for byte, the report of one process."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("the extra [ray] is not installed")
    program = tmp_path / "program.py"
    program.write_text(ON_RAY)
    # a process of its own: Ray opens ports, which the tests of this one are kept from
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    done = subprocess.run(
        [sys.executable, program, many, tmp_path / "ray"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert _reports(tmp_path / "ray") == unspread


def test_a_worker_that_dies_is_told(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is ended from outside ends the audit with what to do, and never with a report of less."""
    from eval.audit import spread as module

    brand = Brand(name="Halyard")
    files, _ = find_files(many, {})
    job = _job(brand, Options(sample=0), files)
    plan = Plan.of(job, tuple(parts_of(files, 20)))
    monkeypatch.setattr(module, "_work", _dies)
    with pytest.raises(WorkerDied, match="--resume"):
        list(spread(job, brand, [(part, frozenset()) for part in plan.parts], jobs=2))


def _dies(*_: Any) -> None:
    os._exit(9)


def test_what_is_remembered_is_what_would_be_found(write_jsonl: Any, run: Run, tmp_path: Path) -> None:
    """The same reply to another message, on another channel or to another audience is checked for itself."""
    reply = "Great news! " + "We are on it. " * 25
    rows = [
        {"channel": "x", "message": "Lovely, thank you!", "reply": reply},
        {"channel": "x", "message": "My mother died and you keep charging her card.", "reply": reply},
        {"channel": "facebook", "message": "Lovely, thank you!", "reply": reply},
        {"channel": "x", "message": "Lovely, thank you!", "reply": "DM us your card number.", "audience": "public"},
        {"channel": "x", "message": "Lovely, thank you!", "reply": "DM us your card number.", "audience": "private"},
    ]
    once = [run(write_jsonl(tmp_path / f"{number}.jsonl", [row]), f"{number}") for number, row in enumerate(rows)]
    both = run(write_jsonl(tmp_path / "all.jsonl", rows * 3), "all")
    apart: dict[str, int] = {}
    for report in once:
        for rule in report.rules:
            apart[rule.rule] = apart.get(rule.rule, 0) + 3 * rule.findings
    assert {one.rule: one.findings for one in both.rules} == apart
    assert len({tuple(one.rule for one in report.rules) for report in once}) >= 3


def test_articles_hold_on_the_day_of_the_reply(write_jsonl: Any, tmp_path: Path) -> None:
    """A notice that ended in May backs a statement of April and none of June; both are audited at once."""
    folder = tmp_path / "brand"
    (folder / "knowledge").mkdir(parents=True)
    policy = "policies: [{id: P1, text: We deliver to the door.}]"
    (folder / "brand.yaml").write_text(f"name: Halyard\n{policy}\n")
    (folder / "knowledge" / "N1.md").write_text(
        "---\nid: N1\ntitle: Late refunds\nkind: notice\nvalid_until: 2026-05-31\n---\nRefunds take 9 days now.\n"
    )
    rows = [
        {"channel": "x", "date": day, "message": "Where is it?", "reply": "Your refund will arrive within 9 days."}
        for day in ("2026-04-10", "2026-06-10")
    ]
    path = write_jsonl(tmp_path / "a.jsonl", rows)
    report = audit(path, Brand.load(folder), out=tmp_path / "out", options=Options(sample=0))
    assert [one.blocked.count for one in report.months] == [0, 1]
    assert "grounding.TimeFrame" in [one.rule for one in report.rules]


def test_the_brand_s_policies_count(write_jsonl: Any, tmp_path: Path) -> None:
    """What a policy backs is no finding; without the brand the rule says that it could not compare."""
    rows = [{"channel": "x", "message": "Can I send it back?", "reply": "You can send it back within 30 days."}]
    path = write_jsonl(tmp_path / "a.jsonl", rows)
    brand = Brand(name="Halyard", policies=(Policy(id="P1", text="Returns are free within 30 days."),))
    with_brand = audit(path, brand, out=tmp_path / "with", options=Options(sample=0))
    without = audit(path, out=tmp_path / "without", options=Options(sample=0))
    assert (with_brand.exit_code, with_brand.not_run) == (0, ())
    assert without.exit_code == 3
    missed = len(without.not_run)
    assert {one.replies for one in without.not_run} == {1}
    assert {one.pack: one.not_run for one in without.packs}["grounding"] == 1
    assert without.quiet + len(without.rules) + missed == with_brand.quiet + len(with_brand.rules)
