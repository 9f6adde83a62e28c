"""Drafts for real posts beside the brands' own replies: `python tests/benchmarks/real_posts.py FILE.jsonl`.

A line holds `customer` (the post), `brand` (a name) and `reply` (what the brand answered). No knowledge is given, so a
draft can only name the issue and ask for what is missing. Printed: statuses, the share of drafts whose first two
sentences name something of the post (and, beside it, the share that has any word of it anywhere), how alike replies
are, the most repeated sentences and the median length, ours beside theirs.
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
from assistant.words import synonyms, terms_of

ALIKE = 80
"""A reply whose nearest other is over this (rapidfuzz ratio, 0-100) counts as a repetition."""
COMMON = frozenset(
    """the and but for with from are was were been this that your you what when where how who why not can could will
    would have has had did does just get got here there please help thank thanks user link all any about out now
    """.split()  # noqa: SIM905  # a list of sixty quoted words reads worse
)

GENERAL = frozenset(
    """need want like know see look tell let make fix happen start keep use using used go going come take give put time
    times day days week way thing things something anything nothing everything one two back still again already always
    even also really very much many more most some other another same first last next new old good great right wrong bad
    sorry hello thanks work works working worked problem issue trouble question support team people someone anyone
    everyone today now then ever never yes okay only too well able try tried trying say says said think really long
    """.split()  # noqa: SIM905  # as above
)
"""Words that name nothing: sharing one of them is chance."""
OPENING = 2
"""Sentences in which a reply names what it is about."""


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
    opened = sum(names(one.drafts[0].text, row["customer"]) for row, one in ready)
    out(f"name something of the post in the opening: {opened} of {len(ready)} ({opened / len(ready):.1%})")
    out(f"hold any word of the post anywhere: {named} of {len(ready)} ({named / len(ready):.1%})")
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


def names(draft: str, post: str) -> bool:
    """Whether a reply's opening has a word of the post that carries meaning, in any ending, or its like."""
    opening = set(terms_of(" ".join(regex.split(r"(?<=[.!?])\s+", draft)[:OPENING]))) - GENERAL
    meant = set(terms_of(regex.sub(r"[@#]|https?://\S+", " ", post))) - GENERAL
    stems = {_stem(one) for one in opening}
    return any(_stem(one) in stems or not opening.isdisjoint(synonyms(one)) for one in meant)


def _stem(word: str) -> str:
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _words(text: str) -> set[str]:
    return {word for word in regex.findall(r"[\p{L}\d][\p{L}\d'’-]{2,}", text.lower()) if word not in COMMON}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
