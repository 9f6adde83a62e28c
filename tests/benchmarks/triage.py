"""How triage does on labelled messages: `python tests/benchmarks/triage.py FILE...`.

A row has `message` (or `text`, or `customer`) and `expect` with `escalation` (or `escalate`), `review`, `intents` (or
`intent_family`), `sentiment`, `sarcasm`, `reply`; or the same keys at its top. A row of a plain file has no answers:
its posts count as ordinary, and what is flagged is shown with `--show`. Shares stand with their 95% Wilson intervals.
"""

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.context import CustomerContext
from assistant.triage import Triage, triage

FRAUD_LIKE = frozenset(
    {
        "card_payment_not_recognised",
        "cash_withdrawal_not_recognised",
        "compromised_card",
        "direct_debit_payment_not_recognised",
        "lost_or_stolen_card",
        "lost_or_stolen_phone",
    }
)
"""Intents of Banking77 under which a stolen card or a strange payment is told: a fraud team may well want those."""


class Row(NamedTuple):
    """One post with what is expected of its triage, and what came."""

    context: CustomerContext
    expect: Mapping[str, Any]
    answer: Triage
    milliseconds: float


def read(path: Path) -> list[Mapping[str, Any]]:
    """The rows of a file, those of Banking77 without its fraud-like intents."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("category") not in FRAUD_LIKE]


def answered(row: Mapping[str, Any]) -> Row:
    """Triage one row."""
    context = CustomerContext.model_validate(
        {
            "channel": row.get("channel", "x"),
            "message": row.get("message") or row.get("text") or row["customer"],
            "thread": row.get("thread", []),
            "customer": {"followers": row.get("author", {}).get("followers")},
        }
    )
    began = time.perf_counter()
    answer = triage(context)
    took = (time.perf_counter() - began) * 1e3
    return Row(context, _expected(row), answer, took)


def _expected(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = dict(row.get("expect", row))
    if "escalate" in found:
        found["escalation"] = found["escalate"]
    if "intent_family" in found:
        found["intents"] = [found["intent_family"]]
    return found


def share(right: int, all_of_them: int) -> str:
    """A share with its 95% Wilson interval."""
    if not all_of_them:
        return "none"
    z, part = 1.96, right / all_of_them
    middle = (part + z * z / (2 * all_of_them)) / (1 + z * z / all_of_them)
    wide = z * math.sqrt(part * (1 - part) / all_of_them + z * z / (4 * all_of_them**2)) / (1 + z * z / all_of_them)
    return f"{part:6.1%}  [{middle - wide:.1%}, {middle + wide:.1%}]  {right} of {all_of_them}"


def measure(rows: Sequence[Row], say: Callable[[str, str], None]) -> None:
    """Print what came of the rows of one file."""
    labelled = [row for row in rows if "escalation" in row.expect]
    bad = [row for row in labelled if row.expect["escalation"]]
    quiet = [row for row in rows if not row.expect.get("escalation") and not row.expect.get("review")]
    if bad:
        sure = [row for row in rows if row.answer.escalation]
        right = sum(_right(row) for row in sure)
        say("escalation: precision", share(right, len(sure)))
        say(
            "escalation: recall", share(sum(row.answer.escalation == row.expect["escalation"] for row in bad), len(bad))
        )
        say("escalation or review, of its kind: recall", share(sum(map(_found, bad)), len(bad)))
        say("escalation or review, of any kind: recall", share(sum(map(_flagged, bad)), len(bad)))
    say("ordinary posts escalated", share(sum(row.answer.escalation is not None for row in quiet), len(quiet)))
    say("ordinary posts flagged", share(sum(map(_flagged, quiet)), len(quiet)))
    asked = [row for row in rows if row.expect.get("intents")]
    if asked:
        first = sum(row.answer.intents[0] == row.expect["intents"][0] for row in asked)
        say("intents: the first right", share(first, len(asked)))
        say("intents: F1 of the sets", f"{statistics.fmean(map(_overlap, asked)):6.1%}")
    if any("sarcasm" in row.expect for row in rows):
        said = [row for row in rows if row.answer.sarcasm]
        meant = [row for row in rows if row.expect["sarcasm"]]
        both = sum(row.expect["sarcasm"] for row in said)
        say("sarcasm: precision", share(both, len(said)))
        say("sarcasm: recall", share(both, len(meant)))
        say("sentiment right", share(sum(one.answer.sentiment == one.expect["sentiment"] for one in rows), len(rows)))
        say("reply or not right", share(sum(one.answer.reply == one.expect["reply"] for one in rows), len(rows)))
        silent = [row for row in rows if not row.expect["reply"]]
        say("  of those without a reply", share(sum(not row.answer.reply for row in silent), len(silent)))
    times = sorted(row.milliseconds for row in rows)
    say("milliseconds", f"median {statistics.median(times):.2f}, p95 {times[int(len(times) * 0.95)]:.2f}")


def _right(row: Row) -> bool:
    return row.answer.escalation == row.expect.get("escalation")


def _found(row: Row) -> bool:
    return row.expect["escalation"] in (row.answer.escalation, row.answer.review)


def _flagged(row: Row) -> bool:
    return bool(row.answer.escalation or row.answer.review)


def _overlap(row: Row) -> float:
    said, wanted = set(row.answer.intents), set(row.expect["intents"])
    return 2 * len(said & wanted) / (len(said) + len(wanted))


def _say(name: str, value: str) -> None:
    sys.stdout.write(f"  {name:<44} {value}\n")


def main() -> None:
    """Measure every file that is named."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--show", action="store_true", help="print each post that is wrongly flagged or missed")
    stated = options.parse_args()
    triage(CustomerContext(channel="x", message="Where is my parcel?"))
    for path in stated.files:
        rows = [answered(row) for row in read(path)]
        sys.stdout.write(f"{path.name}: {len(rows)} posts\n")
        measure(rows, _say)
        for row in rows if stated.show else ():
            said, wanted = (row.answer.escalation, row.answer.review), row.expect.get("escalation")
            if (wanted and wanted not in said) or (any(said) and not wanted):
                sys.stdout.write(f"    {wanted} {said} {row.context.message[:200]!r}\n")


if __name__ == "__main__":
    main()
