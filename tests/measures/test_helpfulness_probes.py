"""Probes: what is done to a reply moves its helpfulness as it must, and what doesn't matter moves nothing."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tone_rules import Situation
from tone_rules.measures import measure

RATED = Path(__file__).parent / "rated"
ALLOWED = 0.03
"""Share of violations that is let pass."""
MOVED = 0.05
"""How far a score may move where nothing that matters was changed."""
EVEN = 0.0051
"""Half a hundredth: what rounding and a clause that moved make."""

FILLER = (
    "We appreciate your patience.",
    "Thank you for being a valued customer.",
    "Your satisfaction is very important to us.",
    "We hope you have a wonderful day!",
    "We're always here for you.",
    "At our company we strive to give everybody the best experience.",
)
STEP = re.compile(
    r"(?i)https?://|\.example|\b(?:open|go to|tap|click|press|hold|select|choose|unplug|sign (?:in|out)|log (?:in|out)"
    r"|reset|restart|reinstall|clear|delete|download|try|send|dm|contact|call|ring|visit|follow|submit|reply"
    r"|remember|attach|settings|app >"
    r"|i['’]ve|i['’]ll|we['’]ll)\b"
)
HANDLES = re.compile(r"(?:@\w+\s+)+")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")

Pair = tuple[str, str]


def read(path: Path) -> list[Pair]:
    """Messages and replies of a file, every second."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["message"], row["reply"]) for row in rows[::2]]


@cache
def scores(pair: Pair) -> tuple[float, float]:
    """Tone and helpfulness; kept, for each probe asks for the untouched replies again."""
    found = measure(pair[1], Situation(message=pair[0]))
    assert found.helpfulness is not None
    return found.tone, found.helpfulness


@pytest.fixture(params=["agents", "triples", "contrasts", "ratings", "ratings_written"], scope="module")
def pairs(request: pytest.FixtureRequest) -> list[Pair]:
    """Own replies, and real ones where they are at hand."""
    if request.param.startswith("ratings"):
        return read(request.getfixturevalue("shared_data") / f"{request.param}.jsonl")
    return read(RATED / f"{request.param}.jsonl")


def filled(pair: Pair) -> Iterator[Pair]:
    """The reply with filler before it, behind the handles; each filler in turn over the replies."""
    handles = HANDLES.match(pair[1])
    start = handles.end() if handles else 0
    yield pair[0], f"{pair[1][:start]}{FILLER[len(pair[1]) % len(FILLER)]} {pair[1][start:]}"


def without_step(pair: Pair) -> Iterator[Pair]:
    """The reply without the sentences that tell what to do or what is done."""
    sentences = SENTENCE.split(pair[1])
    left = [one for one in sentences if not STEP.search(one)]
    if left and len(left) < len(sentences):
        yield pair[0], " ".join(left)


def test_filler_raises_no_helpfulness(pairs: list[Pair]) -> None:
    """A sentence that fits any message, put before a reply, never makes it more helpful."""
    tried = [(scores(one)[1], scores(other)[1]) for one in pairs for other in filled(one)]
    raised = sum(after > before + EVEN for before, after in tried)
    assert raised <= ALLOWED * len(tried), f"{raised} of {len(tried)}"


def test_a_step_removed_lowers_helpfulness(pairs: list[Pair]) -> None:
    """Without what they could do and what is done, a reply is less helpful."""
    tried = [(scores(one)[1], scores(other)[1]) for one in pairs for other in without_step(one)]
    assert len(tried) > 10
    kept = sum(after > before + EVEN or (after >= before and 0.15 < before < 1) for before, after in tried)
    assert kept <= ALLOWED * len(tried), f"{kept} of {len(tried)}"


def renamed(reply: str) -> str:
    """Another name in the greeting."""
    return re.sub(r"\b(Hi|Hello|Hey) [A-Z][a-z]{2,12}\b(?! [A-Z])", r"\1 Oluwaseun", reply)


def rehandled(reply: str) -> str:
    """Another handle."""
    return re.sub(r"@\w+", "@qz_7731", reply)


def mistyped(reply: str) -> str:
    """Two letters swapped in the longest plain word."""
    words = re.findall(r"(?<![\w/.@#-])[a-z]{6,12}(?![\w/@-]|\.\w)", reply)
    if not words:
        return reply
    longest = max(words, key=len)
    return reply.replace(longest, f"{longest[:3]}{longest[4]}{longest[3]}{longest[5:]}", 1)


def another_emoji(reply: str) -> str:
    """Another emoji of the same cheer."""
    return reply.replace("😊", "🙂").replace("👍", "👌").replace("🙏", "🤝").replace("💜", "💙")


def spelled(reply: str) -> str:
    """The other side of the Atlantic."""
    for one, other in (
        ("apologize", "apologise"),
        ("color", "colour"),
        ("center", "centre"),
        ("mom", "mum"),
        ("realize", "realise"),
        ("favorite", "favourite"),
        ("canceled", "cancelled"),
        ("parcel", "package"),
    ):
        reply = re.sub(rf"\b{one}\b", other, reply)
    return reply


@pytest.mark.parametrize("change", [renamed, rehandled, mistyped, another_emoji, spelled])
def test_what_does_not_matter_moves_nothing(pairs: list[Pair], change: Callable[[str], str]) -> None:
    """A swapped name, handle, typo, emoji or dialect word moves neither sum by more than five hundredths."""
    tried = [(scores(one), scores((one[0], change(one[1])))) for one in pairs if change(one[1]) != one[1]]
    moved = sum(any(abs(a - b) > MOVED for a, b in zip(before, after, strict=True)) for before, after in tried)
    assert moved <= ALLOWED * len(tried), f"{moved} of {len(tried)}"


@pytest.mark.parametrize(("edit", "least"), [("no_next_step", 1.0), ("dm_instead", 0.9), ("wrong_topic", 0.9)])
def test_edits_that_take_help_away_lower_it(edit: str, least: float) -> None:
    """A written pair in which help was taken away: the shorter one is less helpful."""
    rows = [json.loads(line) for line in (RATED / "contrasts.jsonl").read_text(encoding="utf-8").splitlines()]
    base = {row["post"]: row for row in rows if row["edit"] == "base"}
    lower = [
        scores((row["message"], row["reply"]))[1] < scores((row["message"], base[row["post"]]["reply"]))[1]
        for row in rows
        if row["edit"] == edit and row["ratings"][0]["helpfulness"] < base[row["post"]]["ratings"][0]["helpfulness"]
    ]
    assert len(lower) > 5
    assert sum(lower) >= least * len(lower), f"{sum(lower)} of {len(lower)}"
