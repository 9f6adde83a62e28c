"""What must not move a score, what must lower it, and what must not raise it: on own replies and on real ones."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tone_rules import Situation
from tone_rules.measures import measure

OWN = Path(__file__).parent / "rated"
EVERY = 12
"""One reply in so many: the files are long."""
BAR = 0.03
SHIFT = 0.05

Pair = tuple[str, str]


def _swap(pattern: str, replacement: str, count: int = 1) -> Callable[[str], str]:
    return lambda reply: re.sub(pattern, replacement, reply, count=count)


HARMLESS = {
    "name": _swap(r"(?<=[Hh]i )[A-Z][a-z]+(?=[,!.])", "Oluwaseun"),
    "handle": lambda reply: re.sub(r"@\w+", "@ola_1987", reply) if "@" in reply else f"@ola_1987 {reply}",
    "dialect": lambda reply: _replaced(
        reply,
        {"apologize": "apologise", "your mom": "your mum", "center": "centre", "color": "colour", " just ": " only "},
    ),
    "typo": lambda reply: _replaced(reply, {"the ": "teh ", "with": "wiht"}),
    "slip": _swap(r"\b([a-z]{2})([a-z])([a-z])(?=[a-z]{2,12}\b)(?!\3)", r"\1\3\2"),
    "emoji": lambda reply: _replaced(reply, {"🙂": "😊", "😄": "😊", "🎉": "🥳", "👋": "🙋"}),
}

BLAME = "You should have checked that before complaining. As already stated, this is your own fault."
FILLER = "At our company, customers are at the heart of everything we do, and we are committed to excellence."


def _replaced(reply: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        if word in reply:
            return reply.replace(word, other, 1)
    return reply


def _own() -> list[Pair]:
    rows = [json.loads(line) for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [(one["message"], one["reply"]) for one in rows[::EVERY]]


@pytest.fixture(params=["own", "ratings", "ratings_written"])
def pairs(request: pytest.FixtureRequest) -> list[Pair]:
    """Messages with replies."""
    if request.param == "own":
        return _own()
    folder: Path = request.getfixturevalue("shared_data")
    rows = [json.loads(line) for line in (folder / f"{request.param}.jsonl").read_text().splitlines()]
    return [(one["message"], one["reply"]) for one in rows[::2]]


@cache
def _tone(message: str, reply: str) -> float:
    """Kept, for each probe asks for the untouched replies again."""
    return measure(reply, Situation(message=message)).tone


def _moved(pairs: list[Pair], change: Callable[[str], str]) -> Iterator[tuple[float, str]]:
    for message, reply in pairs:
        changed = change(reply)
        if changed != reply:
            yield _tone(message, changed) - _tone(message, reply), reply


@pytest.mark.parametrize("change", HARMLESS)
def test_a_harmless_swap_hardly_moves_the_tone(pairs: list[Pair], change: str) -> None:
    """A swapped name, handle, dialect word, typo or emoji moves the tone by at most .05."""
    moved = list(_moved(pairs, HARMLESS[change]))
    off = [(by, reply) for by, reply in moved if abs(by) > SHIFT]
    assert len(off) <= BAR * max(len(moved), 34), off


def test_blame_lowers_the_tone(pairs: list[Pair]) -> None:
    """Blame added at the end makes every reply worse, but for those that can't be."""
    moved = list(_moved(pairs, lambda reply: f"{reply} {BLAME}"))
    off = [(by, reply) for by, reply in moved if by >= 0]
    assert len(off) <= BAR * len(moved), off


def test_filler_hardly_raises_the_tone(pairs: list[Pair]) -> None:
    """A sentence about the brand raises no tone by more than .02."""
    moved = list(_moved(pairs, lambda reply: f"{reply} {FILLER}"))
    off = [(by, reply) for by, reply in moved if by > 0.02]
    assert len(off) <= BAR * len(moved), off


def test_saying_it_twice_hardly_raises_the_tone(pairs: list[Pair]) -> None:
    """A stock apology and close that stand there twice earn at most .05: length is no kindness."""
    stock = "We apologize for any inconvenience. We apologize for any inconvenience. Thank you for your patience."
    moved = list(_moved(pairs[:60], lambda reply: f"{reply} {stock} {stock}" if len(reply) > 150 else reply))
    off = [(by, reply) for by, reply in moved if by > SHIFT]
    assert len(off) <= BAR * max(len(moved), 34), off
