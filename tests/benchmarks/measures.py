"""What measuring costs: `python tests/benchmarks/measures.py FILE [--count 100000]`.

FILE holds JSON Lines with `reply` and `customer` or `message`. Printed: milliseconds for all measures of one reply of
200 to 320 characters, never seen before, median and 95th percentile, beside spaCy's tagging of the same reply by the
pipeline that ships; then resident megabytes after the first 5,000 replies and after all of `--count`, each made
different by a number in it.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tone_rules import Situation, measure
from tone_rules.language import analysed

SETTLED = 5_000


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    pairs = [(one["reply"], one.get("customer") or one.get("message")) for one in rows]
    middling = [one for one in pairs if 200 <= len(one[0]) <= 320]
    for reply, message in pairs:
        measure(reply, Situation(message=message))
    _spread(
        "all measures", [_took(lambda r=r, m=m: measure(f"{r} .", Situation(message=f"{m} ."))) for r, m in middling]
    )
    _spread("spaCy's tags of it", [_took(lambda r=r: _tags(f"{r} .")) for r, _ in middling])
    for number in range(given.count):
        reply, message = pairs[number % len(pairs)]
        measure(f"{reply} {number}", Situation(message=f"{message} {number}"))
        if number + 1 in (SETTLED, given.count):
            _say(
                f"{number + 1:>9,} replies: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
            )


def _tags(text: str) -> list[str]:
    with analysed(text, parsed=False) as doc:
        return [one.tag_ for one in doc]


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def _spread(name: str, values: list[float]) -> None:
    ordered = sorted(values)
    late = ordered[int(0.95 * len(ordered))]
    _say(f"{name}: {statistics.median(ordered):.2f} ms median, {late:.2f} p95, n {len(ordered)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
