"""What finds the answers: `python tests/benchmarks/retrieval.py [--held-out] [--strangers] [--misses]`.

With `--cases FILE --brands DIR` it takes other brands and their cases.

Over the questions of tests/worlds (messages as customers post them, each with the articles and the very words that
answer it, or none): recall@1 and @3 of articles over all passages, then what is said: the share of said passages that
are right (by article and by words), the share of questions that get one, the share of those without an answer that stay
silent, and milliseconds a message. The held-out half was never looked at while weights and thresholds were chosen.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting.answer import Asked, Library

WORLDS = Path(__file__).resolve().parents[1] / "worlds"
DAY = date(2026, 11, 20)
out = partial(print, file=sys.stdout)


class Outcome(NamedTuple):
    """What one message got."""

    row: dict[str, Any]
    ranked: list[str]
    """Articles, best first."""
    said: list[tuple[str, str]]
    """Article and text of each answer."""
    perhaps: list[tuple[str, str]]
    """The same of what is shown as no more than what may be meant."""
    milliseconds: float


@cache
def brand_of(name: str, folder: Path = WORLDS) -> Brand:
    """The demo brand or one of the worlds."""
    return demo.brand() if name == "demo" else Brand.load(folder / name)


@cache
def library_of(name: str, folder: Path = WORLDS) -> Library:
    """Its passages."""
    return Library(brand_of(name, folder).knowledge, DAY)


def outcome(row: dict[str, Any], folder: Path = WORLDS) -> Outcome:
    """Ask one question as the drafter does."""
    library = library_of(row["brand"], folder)
    context = CustomerContext(
        channel=row.get("channel", "x"), message=row["message"], thread=row.get("thread", ()), facts=()
    )
    view = PublicView.of(context)
    started = time.perf_counter()
    asked = library.asked(view, row["message"])
    took = 1000 * (time.perf_counter() - started)
    told = [one for one in asked if one.answer is not None]
    said, perhaps = [_said(one) for one in told if one.sure], [_said(one) for one in told if not one.sure]
    ranked = list(dict.fromkeys(hit.passage.article for hit in library.ranked(view, row["message"])))
    return Outcome(row, ranked, said, perhaps, took)


def _said(one: Asked) -> tuple[str, str]:
    """The article of an answer and what is said of it; a notice is said whole."""
    texts = [other.statement.text for other in one.told] or [passage.text for passage in one.said]
    return one.said[0].article, " ".join(texts)


def right(said: tuple[str, str], answers: Sequence[dict[str, str]], *, words: bool) -> bool:
    """Whether a passage is one that answers, by its article and, where asked for, by its very words."""
    return any(said[0] == one["article"] and (not words or one["says"] in said[1]) for one in answers)


def figures(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """The rows of the table."""
    answerable = [one for one in outcomes if one.row["answers"]]
    wanted = [(one, answer["article"]) for one in answerable for answer in one.row["answers"]]
    for top in (1, 3):
        found = sum(article in one.ranked[: top + len(one.row["answers"]) - 1] for one, article in wanted)
        yield f"recall@{top}", _share(found, len(wanted))
    said = [(one, passage) for one in outcomes for passage in one.said]
    for name, words in (("article", False), ("words", True)):
        found = sum(right(passage, one.row["answers"], words=words) for one, passage in said)
        yield f"right among said, by {name}", _share(found, len(said))
    by_words = "says" in json.dumps([one.row["answers"] for one in answerable])
    hit = sum(any(right(p, [a], words=by_words) for p in one.said) for one in answerable for a in one.row["answers"])
    yield "asked and rightly answered", _share(hit, len(wanted))
    perhaps = [(one, passage) for one in outcomes for passage in one.perhaps]
    found = sum(right(passage, one.row["answers"], words=False) for one, passage in perhaps)
    yield "right among what may be meant", _share(found, len(perhaps))
    silent = [one for one in outcomes if not one.row["answers"]]
    yield "unanswerable kept silent", _share(sum(not one.said for one in silent), len(silent))
    times = [one.milliseconds for one in outcomes]
    late = sorted(times)[int(0.95 * len(times))]
    yield "milliseconds a message", f"median {statistics.median(times):.1f}, p95 {late:.1f}"


def questions(name: str = "questions") -> list[dict[str, Any]]:
    """The rows of `worlds/questions.jsonl`, of `worlds/training.jsonl` or of `worlds/strangers.jsonl`."""
    return [json.loads(line) for line in (WORLDS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}  ({part} of {whole})" if whole else "none"


def _cases(path: Path) -> list[dict[str, Any]]:
    """Drafting cases that name their articles, as questions; their words aren't known."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [row for row in rows if row["expect_status"] == "ready"]
    return [row | {"answers": [{"article": one, "says": ""} for one in row["articles"]]} for row in kept]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held-out", action="store_true", help="the half kept apart instead of the other")
    options.add_argument("--strangers", action="store_true", help="two brands on which nothing was ever fitted")
    options.add_argument("--misses", action="store_true", help="print what was wrong")
    options.add_argument("--cases", type=Path, help="drafting cases (JSON Lines) instead of the questions")
    options.add_argument("--brands", type=Path, default=WORLDS, help="the folder of the cases' brands")
    stated = options.parse_args()
    rows = [row for row in questions() if row["held_out"] == stated.held_out]
    if stated.cases or stated.strangers:
        rows = _cases(stated.cases) if stated.cases else questions("strangers")
    for name in {row["brand"] for row in rows}:
        library_of(name, stated.brands).index.search("is it free?")  # loads the vectors
    outcomes = [outcome(row, stated.brands) for row in rows]
    for name, value in figures(outcomes):
        out(f"{name:<34} {value}")
    for one in outcomes if stated.misses else ():
        wrong = [p for p in one.said if not right(p, one.row["answers"], words=True)]
        missed = [a for a in one.row["answers"] if not any(right(p, [a], words=True) for p in one.said)]
        if wrong or missed:
            out(f"\n{one.row['id']}: {one.row['message'][:300]}")
            for article, text in wrong:
                out(f"   said    {article}: {text[:150]}")
            for answer in missed:
                out(f"   missed  {answer['article']}: {answer['says']}   ranked {one.ranked[:3]}")


if __name__ == "__main__":
    main()
