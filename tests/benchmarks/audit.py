"""How many rows a second an audit takes: `python tests/benchmarks/audit.py FILE.jsonl [--rows N] [--jobs 1 2 4]`.

A line of FILE holds `customer` (the post) and `reply`. They are drawn again and again, in another order and with other
digits, until there are as many rows as asked for; a channel, a day of one year and a person are added. Beside the audit
stands a bare set of RE2 with the same packs' patterns over the same file, which finds and counts and does nothing else,
and other checkers on a sample, where they are installed. Every audit must give the same report, byte for byte.

A million rows: `python tests/benchmarks/audit.py FILE.jsonl --rows 1000000 --jobs 4 --format parquet`.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from peers import peers

from assistant.brand import Brand
from assistant.checking import packs_of
from eval.audit import Options, audit
from eval.audit.files import find_files, parts_of, records_of
from eval.audit.parquet_records import GroupReader
from tone_rules.sieve import in_bytes, loosened, pattern_in_bytes, readable, widened

COLUMNS = ("id", "channel", "date", "message", "reply", "agent")
out = partial(print, file=sys.stdout, flush=True)


def rows_of(path: Path, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Rows drawn from real posts and replies, each with digits of its own."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(one["customer"], one["reply"]) for one in lines if one.get("reply")]
    draw = random.Random(seed)  # noqa: S311  # rows for a benchmark
    for number in range(count):
        message, reply = (re.sub(r"\d", lambda _: str(draw.randrange(10)), one) for one in draw.choice(pairs))
        day = date(2025, 12, 1) + timedelta(days=draw.randrange(365))
        channel = draw.choice(("x", "Twitter", "facebook", "instagram"))
        yield f"r{number}", channel, day.isoformat(), message, reply, f"Person {draw.randrange(40)}"


def write(rows: Iterator[tuple[str, ...]], path: Path) -> None:
    """The rows as a file of the kind that its ending says, a piece at a time."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([(name, pa.string()) for name in COLUMNS])
        with pq.ParquetWriter(path, schema) as writer:
            while piece := [row for _, row in zip(range(50_000), rows, strict=False)]:
                arrays = [pa.array(column) for column in zip(*piece, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            table = csv.writer(file)
            table.writerow(COLUMNS)
            table.writerows(rows)
        else:
            file.writelines(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows)


def bare(path: Path, brand: Brand) -> tuple[int, int, float]:
    """Patterns in one set of RE2, its hits, and the seconds that it takes to read the file and look at each reply."""
    import re2

    options = re2.Options()
    options.log_errors, options.encoding, options.max_mem = False, re2.Options.Encoding.LATIN1, 1 << 30
    patterns, count = re2.Set.SearchSet(options), 0
    for pack in packs_of(brand):
        for source in filter(None, (one.definition.pattern for one in pack.rules)):
            shown = widened(source)
            if shown is not None:
                with suppress(re2.error):  # some needs more than RE2 has
                    patterns.Add(pattern_in_bytes(loosened(shown)))
                    count += 1
    patterns.Compile()
    hits, groups = 0, GroupReader()
    began = time.perf_counter()
    files, _ = find_files(path, {})
    for part in parts_of(files, 2_000):
        for record in records_of(files[0], part, groups):
            hits += len(patterns.Match(in_bytes(readable((record.cells or {})["reply"]) or "")) or ())
    return count, hits, time.perf_counter() - began


def told(name: str, count: int, seconds: float, note: str = "") -> None:
    """One line."""
    out(f"{name:<44}{count / seconds:>10,.0f} rows a second{seconds:>9.1f} s  {note}")


def audited(path: Path, brand: Brand, folder: Path, count: int, **options: Any) -> str:
    """Audit once; the digest of its report."""
    began, used = time.perf_counter(), _processor()
    report = audit(path, brand, out=folder, options=Options(**options))
    took, used = time.perf_counter() - began, _processor() - used
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    name = f"audit, {options['jobs']} " + ("actors of Ray" if options.get("ray") else "processes")
    note = f"{used:,.0f} s of processor, {largest:,.0f} MB the largest process so far, {report.flagged.count:,} flagged"
    told(name, count, took, note)
    return hashlib.sha256((folder / "report.json").read_bytes()).hexdigest()


def _processor() -> float:
    return sum(
        one.ru_utime + one.ru_stime
        for one in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def beside(path: Path, count: int) -> None:
    """Other checkers on the first replies of the file."""
    files, _ = find_files(path, {})
    part = next(parts_of(files, count))
    replies = [str((one.cells or {})["reply"]) for one in records_of(files[0], part, GroupReader())]
    for name, work in peers():
        if isinstance(work, str):
            out(f"{name:<44}not installed: {work}")
            continue
        _all(work, replies[:20])
        began = time.perf_counter()
        _all(work, replies)
        told(name, len(replies), time.perf_counter() - began, f"on {len(replies):,}")


def _all(work: Callable[[str], object], replies: list[str]) -> None:
    for one in replies:
        work(one)


def main() -> int:
    """Print all lines; 1 where two reports differ."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path, metavar="FILE")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--format", choices=("csv", "jsonl", "parquet"), default="csv")
    parser.add_argument("--sample", type=int, default=5_000, help="replies that are measured")
    parser.add_argument("--peers", type=int, default=500, help="replies that other checkers look at; 0 for none")
    parser.add_argument("--ray", type=int, default=0, metavar="N", help="also on Ray, with so many actors")
    parser.add_argument("--brand", type=Path, help="whose rules hold")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    brand = Brand.load(given.brand) if given.brand else Brand(name="(no brand)")
    digests = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"replies.{given.format}"
        write(rows_of(given.path, given.rows, given.seed), path)
        load = os.getloadavg()[0]
        out(f"{given.rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB of {given.format}, machine's load {load:.1f}")
        patterns, hits, seconds = bare(path, brand)
        told(f"bare re2.Set of {patterns} patterns, 1 process", given.rows, seconds, f"{hits:,} hits")
        for jobs in given.jobs:
            digests.add(audited(path, brand, Path(folder) / f"jobs{jobs}", given.rows, jobs=jobs, sample=given.sample))
        if given.ray:
            options = {"jobs": given.ray, "ray": "local", "sample": given.sample}
            digests.add(audited(path, brand, Path(folder) / "ray", given.rows, **options))
        if given.peers:
            beside(path, given.peers)
    out("every report is the same" if len(digests) <= 1 else f"THE REPORTS DIFFER: {len(digests)} of them")
    return int(len(digests) > 1)


if __name__ == "__main__":
    sys.exit(main())
