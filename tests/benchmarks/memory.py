"""Whether a process that drafts all day grows: `python tests/benchmarks/memory.py [FILE...] [--count 100000]`.

Every message is new: sentences of two posts with a name, an order number and misspelt words that are drawn for it. The
posts are those that triage ships with, and those of each FILE (JSON Lines with `message`, `customer` or `text`). Each
goes to the demo brand with private facts of its own, for three drafts. Printed every `--every` proposals: resident
megabytes, and milliseconds of the processor for one since the last line. Exit code 1 where the process grew by more
than `--bound` percent from `--settled` proposals to the last.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from assistant import demo, triage
from assistant.context import Customer, CustomerContext
from assistant.pipeline import Assistant
from tone_rules.situation import Agent, Fact

SHIPPED = Path(triage.__file__).with_name("messages")
CHANNELS = ("x", "facebook", "instagram", "google_business", "reddit", "trustpilot", "forum")
SLIPS = 0.02
"""The share of words that are misspelt."""


def main() -> int:
    """Draft, and print how the process grows."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--count", type=int, default=100_000, help="proposals")
    options.add_argument("--every", type=int, default=2_000, help="proposals between two lines")
    options.add_argument("--settled", type=int, default=10_000, help="proposals after which it should not grow")
    options.add_argument("--bound", type=float, default=5.0, help="percent that it may grow after that")
    options.add_argument("--seed", type=int, default=0)
    stated = options.parse_args()
    posts = list(_posts([*sorted(SHIPPED.glob("*.jsonl")), *stated.files]))
    drafting = Assistant(demo.brand())
    _say(f"{len(posts):,} posts; loaded: {resident():,.0f} MB")
    settled, began = 0.0, time.process_time()
    for number, context in enumerate(contexts(posts, stated.count, random.Random(stated.seed)), 1):  # noqa: S311
        drafting.draft(context)
        if number % stated.every == 0 or number == stated.count:
            took = (time.process_time() - began) / stated.every * 1e3
            _say(f"{number:>9,} proposals: {resident():,.0f} MB, {took:.1f} ms each")
            began = time.process_time()
        if number == stated.settled:
            settled = resident()
    if not settled:
        _say(f"not judged: fewer than {stated.settled:,} proposals")
        return 0
    grown = (resident() / settled - 1) * 100
    _say(f"from {stated.settled:,} to {stated.count:,}: {grown:+.1f}% (bar {stated.bound:g}%)")
    return int(grown > stated.bound)


def contexts(posts: Sequence[tuple[str, ...]], count: int, chance: random.Random) -> Iterator[CustomerContext]:
    """So many contexts, each unlike any before it."""
    for number in range(count):
        first, second = chance.choice(posts), chance.choice(posts)
        said = [*chance.sample(first, len(first)), chance.choice(second)]
        name, order = f"{_word(chance).title()} {_word(chance).title()}", f"HY-{chance.randrange(10**6):06}"
        said.append(chance.choice((f"Order {order}.", f"This is {name}.", f"Day {number}.", "")))
        yield CustomerContext(
            id=str(number),
            channel=chance.choice(CHANNELS),
            message=_slipped(" ".join(said).strip(), chance),
            customer=Customer(name=name, handle=f"@{_word(chance)}{number}", followers=chance.randrange(5_000)),
            facts=(
                Fact(name="order_number", value=order),
                Fact(name="address", value=f"{chance.randrange(1, 200)} {_word(chance).title()} Lane"),
                Fact(name="balance", value=f"£{chance.randrange(900)}.{chance.randrange(10, 99)}"),
                Fact(name="note", value=f"{_word(chance)} said to offer nothing before spring", visibility="internal"),
            ),
            agent=Agent(name=_word(chance).title(), initials="MR") if chance.random() < 0.3 else None,
        )


def resident() -> float:
    """Megabytes of memory that the process holds now; Linux tells."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _posts(paths: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row.get("message") or row.get("customer") or row.get("text") or ""
            if sentences := tuple(filter(None, regex.split(r"(?<=[.!?])\s+", text.strip()))):
                yield sentences


def _slipped(text: str, chance: random.Random) -> str:
    """A text, a few of its words with two letters changed round."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 3 and chance.random() < SLIPS:
            cut = chance.randrange(1, len(word) - 1)
            words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(chance.randrange(2, 4)))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
