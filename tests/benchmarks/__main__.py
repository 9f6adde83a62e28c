"""`make bench`: what checks cost, cold and warm, beside a floor, a plain loop, a bare set and the peers.

Ratios are taken side by side in one run, so that a busy machine slows both sides; medians throughout.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

COLD_BAR = 3.0
"""How many times the floor a cold check may take (DESIGN section 7)."""
FLOOR = "from pydantic import BaseModel\nclass Model(BaseModel):\n    name: str\n"
CHECK = "import sys; sys.argv[1:] = ['check', '-', '--format', 'json']; from assistant.cli import main; main()"
REPLY = "Sorry your parcel is this late, Ana. Send us the order number by DM and we’ll find out where it got stuck. ^MR"
LINE = json.dumps({"channel": "x", "message": "9 days. Where is my parcel??", "reply": REPLY}).encode()


HERE = Path(__file__).resolve().parent
"""Its own modules are found as neighbours, so that another package named `tests` is never in the way."""
PARTS = ("cold", "warm", "rules", "kinds")


def cold(times: int) -> float:
    """Print the cold check beside its floor, taking turns, and return the ratio."""
    floors, checks = [], []
    for round_number in range(times + 1):
        floor, check = _process([sys.executable, "-c", FLOOR]), _process([sys.executable, "-c", CHECK])
        if round_number:  # the first round may compile modules to bytecode, as installing does
            floors.append(floor)
            checks.append(check)
    floor, check = statistics.median(floors), statistics.median(checks)
    _row("an interpreter that imports pydantic and defines a model", floor * 1e3, "ms")
    _row("a cold `replywright check` of one reply", check * 1e3, "ms")
    _row(f"ratio (bar {COLD_BAR:g})", check / floor, "")
    return check / floor


def warm(times: int) -> None:
    """Print what one check, one triage and one draft cost, over the demo inbox."""
    from assistant import demo
    from assistant.checking import check, packs_of
    from assistant.pipeline import Assistant
    from assistant.triage import triage

    brand, inbox = demo.brand(), demo.inbox()
    assistant = Assistant(brand)
    replies = [(draft.text, context) for context in inbox for draft in assistant.draft(context).drafts]
    rules = sum(len(pack.rules) for pack in packs_of(brand))
    length = statistics.median(len(text) for text, _ in replies)
    _timed(f"check of {length:.0f} characters, {rules} rules", lambda one: check(one[0], one[1], brand), replies, times)
    _timed("triage of a message", lambda context: triage(context, brand), inbox, times)
    _timed("draft of three checked replies", assistant.draft, inbox, max(1, times // 5))


def shared(folder: Path, times: int) -> None:
    """Print what one check costs over real replies, where the development data is there."""
    from assistant.brand import Brand
    from assistant.checking import check
    from assistant.context import CustomerContext

    rows = [json.loads(line) for line in (folder / "care_tweets.jsonl").read_text(encoding="utf-8").splitlines()]
    brand = Brand(name="(none)")
    pairs = [(row["reply"], CustomerContext(channel="x", message=row["customer"])) for row in rows if row.get("reply")]
    _timed(f"check of a real reply ({len(pairs)})", lambda one: check(one[0], one[1], brand), pairs, times)


def _process(command: list[str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, input=LINE, capture_output=True)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stderr.decode())
    return took


def _timed(name: str, work: Callable[[Any], object], items: Sequence[Any], times: int) -> None:
    took = []
    for round_number in range(times + 1):
        for item in items:
            began = time.perf_counter()
            work(item)
            if round_number:  # the first round warms up
                took.append(time.perf_counter() - began)
    took.sort()
    _row(name, statistics.median(took) * 1e6, f"µs, p95 {took[int(len(took) * 0.95)] * 1e6:,.0f} µs")


def _row(name: str, value: float, unit: str) -> None:
    sys.stdout.write(f"{name:<60} {value:>10,.2f} {unit}\n" if value < 10 else f"{name:<60} {value:>10,.0f} {unit}\n")
    sys.stdout.flush()


def main() -> None:
    """Run all benchmarks; exit code 1 if a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__, prog="make bench")
    options.add_argument("--times", type=int, default=10, help="rounds of each measurement")
    options.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to run; all by default")
    stated = options.parse_args()
    for name in ("PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    sys.path.insert(0, str(HERE))
    import kinds
    import rules

    data = HERE.parents[2] / "shared" / "data"
    kept = True
    if "cold" in stated.only:
        kept &= cold(stated.times) <= COLD_BAR
    if "warm" in stated.only:
        warm(stated.times)
        if data.is_dir():
            shared(data, stated.times)
    if "rules" in stated.only:
        kept &= rules.measure(_real(data), stated.times)
    if "kinds" in stated.only:
        kept &= kinds.measure(stated.times)
    sys.exit(not kept)


def _real(data: Path) -> list[str]:
    rows = data / "care_tweets.jsonl"
    if not rows.is_file():
        return []
    found = (json.loads(line).get("reply") for line in rows.read_text(encoding="utf-8").splitlines())
    return [one for one in found if one]


main()
