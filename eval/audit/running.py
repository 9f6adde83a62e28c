"""`audit`: from files of replies to a report, by parts that may be worked on anywhere and in any order."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import Field

from assistant.brand import Brand
from assistant.checking import packs_of
from assistant.errors import InputError
from eval.audit.dates import Order
from eval.audit.export import FINDINGS, export
from eval.audit.files import File, find_files, parts_of
from eval.audit.job import ROWS, Job, Plan
from eval.audit.pages import html, markdown
from eval.audit.report import Report, report_of
from eval.audit.shelf import Shelf, write_whole
from eval.audit.spread import Task, spread
from eval.audit.tally import Tally
from eval.scorers.measures import version as weights
from tone_rules.value import Value

REPORT = "report"
"""The name of the report's files, but for their endings."""

Told = Callable[[str, int, int], object]
"""Called with what is done (`planned`, `audited`), so many rows, of so many; of 0 where that is not known yet."""


class Options(Value):
    """How an audit is done. The same report comes out whatever `jobs`, `ray` and `resume` are."""

    columns: Mapping[str, str] = {}
    """By role, the column's name, where the usual names don't find it."""
    by_agent: bool = False
    sample: int = Field(default=5_000, ge=0)
    """Replies that are measured; 0 measures none."""
    seed: int = 0
    """The same seed draws the same sample."""
    examples: int = Field(default=0, ge=0, le=100)
    """Words around findings that the report shows of each rule."""
    findings: bool = False
    """Whether each finding is written to `findings.csv`."""
    order: Order = Order.iso
    """Of day and month in dates with slashes or dots."""
    jobs: int = Field(default=1, ge=1)
    """Processes; on Ray, actors."""
    ray: str | None = None
    """The address of a Ray cluster, or `local`."""
    resume: bool = False
    rows: int = Field(default=ROWS, ge=1)
    """Rows of a part."""


def audit(
    path: Path,
    brand: Brand | None = None,
    *,
    out: Path,
    options: Options | None = None,
    told: Told = lambda *_: None,
) -> Report:
    """Audit replies that were sent, and write `report.json`, `report.md` and `report.html` into a folder.

    Args:
        path: a file of CSV, JSON Lines or Parquet, or a folder of them.
        brand: whose rules hold; by default those that every brand has.
        out: the folder, which is made where it is missing.
        options: how it is done.
        told: is told of progress.

    Raises:
        InputError: a file or a column can't be used, or an audit was begun in `out` that this one does not go on with.
        ConfigurationError: a rule of the brand is wrong.
        WorkerDied: a worker was killed; what is done stays, for `resume`.
        OSError: a file can't be read or written.
    """
    options = options or Options()
    brand = brand or Brand(name="(no brand)")
    shelf = Shelf(out)
    if shelf.exists() and not options.resume:
        raise InputError(f"{out}: an audit was begun here and not ended; go on with --resume, or name another --out")
    if (out / f"{REPORT}.json").exists() and not shelf.exists():
        raise InputError(f"{out}: a report is here already; name another --out")
    files, passed = find_files(path, options.columns)
    job = _job(brand, options, files).model_copy(update={"passed_over": passed})
    if shelf.exists():
        job = shelf.begun_on(job)
    found = 0

    def planned(rows: int) -> None:
        nonlocal found
        found += rows
        told("planned", found, 0)

    plan = Plan.of(job, tuple(parts_of(files, job.rows, planned)))
    if shelf.exists():
        shelf.refuse_other(job, plan)
    else:
        shelf.begin(job, plan)
    _work(job, brand, plan, options, shelf, told)
    tally = _gathered(plan, shelf, job.examples)
    report = report_of(job, plan, tally, packs_of(brand))
    if job.findings:
        export(out / FINDINGS, job, (shelf.get(part.number) for part in plan.parts))
    # the JSON file last: where it is, the audit is whole
    write_whole(out / f"{REPORT}.html", html(report, _relative(path, out)).encode())
    write_whole(out / f"{REPORT}.md", markdown(report).encode())
    write_whole(out / f"{REPORT}.json", (report.model_dump_json(indent=1, ensure_ascii=True) + "\n").encode())
    shelf.clear()
    return report


def _job(brand: Brand, options: Options, files: tuple[File, ...]) -> Job:
    return Job(
        files=files,
        brand=brand.name,
        brand_sha256=brand.sha256,
        packs={pack.name: pack.sha256 for pack in packs_of(brand)},
        version=version("replywright"),
        weights=weights(),
        by_agent=options.by_agent,
        measured=options.sample > 0,
        sample=options.sample,
        seed=options.seed,
        examples=options.examples,
        findings=options.findings,
        order=options.order,
        on=datetime.now(UTC).date(),
        rows=options.rows,
    )


def _work(job: Job, brand: Brand, plan: Plan, options: Options, shelf: Shelf, told: Told) -> None:
    left = [part for part in plan.parts if not shelf.has(part.number)]
    rows = {part.number: part.rows for part in left}
    audited = plan.total - sum(rows.values())
    told("audited", audited, plan.total)
    if not left:
        return
    tasks: Iterator[Task] = ((part, plan.measured(part)) for part in left)
    jobs = min(options.jobs, len(left))
    with closing(spread(job, brand, tasks, jobs=jobs, ray=options.ray)) as done:
        for number, tally in done:
            shelf.put(number, tally)
            audited += rows[number]
            told("audited", audited, plan.total)


def _gathered(plan: Plan, shelf: Shelf, examples: int) -> Tally:
    """All parts added in their order, so that the sums are the same whoever worked on them and when."""
    whole = Tally()
    for part in plan.parts:
        whole.add(shelf.get(part.number), examples)
    return whole


def _relative(path: Path, out: Path) -> str:
    """How the report's page names the folder of the replies: by the way there, and never by a place of the machine."""
    folder = path if path.is_dir() else path.parent
    return Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix()
