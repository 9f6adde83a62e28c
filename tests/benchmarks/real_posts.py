"""Drafts for real posts beside the brands' own replies: `python tests/benchmarks/real_posts.py FILE.jsonl`.

A line holds `customer` (the post), `brand` (a name) and `reply` (what the brand answered). No knowledge is given, so a
draft can only name the issue and ask for what is missing. Printed: statuses, the share of drafts that name something of
the post, how alike replies are, the most repeated sentences and the median length, ours beside theirs.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import regex
from rapidfuzz import fuzz, process

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.pipeline import Assistant, Proposal

ALIKE = 80
"""A reply whose nearest other is over this (rapidfuzz ratio, 0-100) counts as a repetition."""
COMMON = frozenset(
    """the and but for with from are was were been this that your you what when where how who why not can could will
    would have has had did does just get got here there please help thank thanks user link all any about out now
    """.split()  # noqa: SIM905  # a list of sixty quoted words reads worse
)


out = partial(print, file=sys.stdout)


def main(path: Path) -> int:
    """Print the figures; 1 if a ready draft has a blocking finding."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assistants = {name: Assistant(Brand(name=name)) for name in {row["brand"] for row in rows}}
    times, proposals = [], []
    for number, row in enumerate(rows):
        context = CustomerContext(id=str(number), channel="x", message=row["customer"])
        started = time.perf_counter()
        proposals.append(assistants[row["brand"]].draft(context))
        times.append(1000 * (time.perf_counter() - started))
    ready = [(row, one) for row, one in zip(rows, proposals, strict=True) if one.status == "ready"]
    _print_statuses(proposals, ready)
    named = sum(bool(_words(one.drafts[0].text) & _words(row["customer"])) for row, one in ready)
    out(f"name something of the post: {named} of {len(ready)} ({named / len(ready):.1%})")
    late = sorted(times)[int(0.95 * len(times))]
    out(f"milliseconds a proposal: median {statistics.median(times):.1f}, p95 {late:.1f}")
    _print_texts("drafts", [one.drafts[0].text for _, one in ready])
    _print_texts("the brands' replies", [regex.sub(r"^(?:@\w+\s*)+", "", row["reply"]) for row in rows])
    return int(any(finding.blocking for _, one in ready for finding in one.drafts[0].findings))


def _print_statuses(proposals: Sequence[Proposal], ready: Sequence[object]) -> None:
    counted = Counter(one.status for one in proposals)
    answerable = len(proposals) - counted["no_reply"]
    out(f"{len(proposals)} posts: {dict(counted)}; ready of those that can be answered: {len(ready) / answerable:.1%}")


def _print_texts(name: str, texts: Sequence[str]) -> None:
    likeness = process.cdist(texts, texts, scorer=fuzz.ratio, workers=1)
    for index in range(len(texts)):
        likeness[index][index] = 0
    repeated = sum(max(row) > ALIKE for row in likeness) / len(texts)
    length = statistics.median(map(len, texts))
    out(f"\n{name}: {repeated:.1%} have another one over {ALIKE / 100} alike; median {length:.0f} characters")
    sentences = Counter(one.strip() for text in texts for one in regex.split(r"(?<=[.!?])\s+", text) if len(one) > 8)
    for sentence, times in sentences.most_common(10):
        out(f"  {times:4}  {sentence}")


def _words(text: str) -> set[str]:
    return {word for word in regex.findall(r"[\p{L}\d][\p{L}\d'’-]{2,}", text.lower()) if word not in COMMON}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
