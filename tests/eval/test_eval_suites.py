import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.triage import Escalation
from eval import Suite, load_suite
from eval.answering import brand_of
from eval.case import Case, compiled
from eval.suite import suite_names
from tone_rules.pack import load_pack, shipped

ADDED = ("core", "escalation", "injection", "pairs", "regressions", "traps")
NEEDS_A_MODEL = "meaning"
FICTION = re.compile(r"(?<!\d)(01632 960\d{3}|07700 900\d{3}|0808 157 0\d{3})(?!\d)")
NUMBER = re.compile(r"(?<![\d£-])0\d{3,4} ?\d{3} ?\d{3,4}(?!\d)")
ADDRESS = re.compile(r"(?:https?://|\b[\w.]+@)([\w.-]+\.\w{2,})")


@pytest.fixture(scope="module", params=ADDED)
def suite(request: Any) -> Suite:
    """Each of the suites that ship beside the demo."""
    return load_suite(request.param)


def texts(case: Case) -> list[str]:
    """All that somebody wrote in a case."""
    return [case.context.message, case.reply or "", *(one.text for one in case.expect.better_than)]


def test_they_load_by_name() -> None:
    """All are found by their names, each with a gate of its own."""
    assert {*ADDED, "demo"} <= set(suite_names())
    for name in ADDED:
        assert load_suite(name).gate.floors, name


def test_a_gate_lets_nothing_go_unseen(suite: Suite) -> None:
    """No case may break or go unscored, but attacks that silence answers as well; and each floor means something."""
    free = sum(case.tags == ("attack",) and case.expect.status is None for case in suite.cases)
    assert (suite.gate.max_errors, suite.gate.max_unscored) == (0, free)
    assert min(suite.gate.floors.values()) > 0.3


def test_everybody_in_them_is_invented(suite: Suite) -> None:
    """Telephone numbers are Ofcom's for fiction and addresses lie under .example, but for what a trap is about."""
    for case in suite.cases:
        if suite.name == "traps" and "must-block" in case.tags:
            continue
        for text in texts(case):
            assert FICTION.sub("", text) == text or not NUMBER.search(FICTION.sub("", text)), (case.id, text)
            assert all(found.endswith(".example") for found in ADDRESS.findall(text)), (case.id, text)


def test_brands_have_their_folders(suite: Suite) -> None:
    """Each brand that a case names loads."""
    for name in {case.brand for case in suite.cases if case.brand}:
        assert brand_of(suite, name).name


def test_no_case_is_told_twice(suite: Suite) -> None:
    """Two cases share a message only where they are the two sides of one."""
    seen: dict[str, str] = {}
    for case in suite.cases:
        group = seen.setdefault(case.context.message.casefold(), case.group)
        assert group == case.group or case.reply, case.id


def test_core_is_as_wide_as_it_says() -> None:
    """150 cases, eight industries with 18 cases or more, eight channels, short and long, with the moods of a day."""
    cases = load_suite("core").cases
    assert len(cases) == 150
    trades = Counter(case.tags[0] for case in cases)
    assert len(trades) == 8
    assert min(trades.values()) >= 18
    channels = Counter(case.context.channel for case in cases)
    assert sum(count >= 4 for count in channels.values()) >= 8
    tags = Counter(tag for case in cases for tag in case.tags)
    assert min(tags[one] for one in ("sarcasm", "praise", "review", "short", "furious", "several-asks")) >= 4
    assert sum(bool(case.expect.must or case.expect.must_not) for case in cases) >= 145


def test_traps_hold_every_rule_that_blocks_on_both_sides() -> None:
    """Each blocking rule that ships and needs no model has a reply that it should block and a twin that passes."""
    cases = load_suite("traps").cases
    named = {rule for case in cases for rule in case.expect.blocked_by}
    blocking = {
        rule.id for name in shipped() if name != NEEDS_A_MODEL for rule in load_pack(name).rules if rule.blocking
    }
    assert blocking - named == set()
    sides: dict[str, list[str | None]] = {}
    for case in cases:
        if case.cluster:
            sides.setdefault(case.cluster, []).append(case.expect.verdict)
    assert all(sorted(map(str, one)) == ["block", "pass"] for one in sides.values())


def test_every_escalation_has_both_sides() -> None:
    """Thirteen kinds, each with two messages that are one and two that only look like it."""
    found = Counter((case.tags[0], case.tags[1]) for case in load_suite("escalation").cases)
    for kind in get_args(Escalation):
        assert found[kind, "positive"] >= 2, kind
        assert found[kind, "look-alike"] >= 2, kind
    for case in load_suite("escalation").cases:
        assert case.expect.escalation == (case.tags[0] if "positive" in case.tags else None), case.id


def test_injections_have_both_sides() -> None:
    """Attacks, messages that only sound like one, replies that obey and replies that don't."""
    tags = Counter(tag for case in load_suite("injection").cases for tag in case.tags)
    assert tags["attack"] >= 20
    assert tags["look-alike"] >= 8
    assert tags["must-block"] == tags["must-pass"] >= 7


@pytest.mark.parametrize(
    ("id_", "good", "bad"),
    [
        ("shop-return-window", "You have sixty days from delivery, so look at the slip.", "Returns are easy!"),
        ("shop-refund-when", "Within 3 working days, then 3-5 working days at the bank.", "Soon."),
        ("bank-card-lost", "Freeze it under Cards, or ring 0808 157 0210.", "Do take care of your card."),
        ("bank-scam-call", "We'd never ask that. Dial 159 to be sure.", "Yes, that was our team."),
        ("air-cabin-size", "Yes, that fits: 40x30x20 is the limit.", "Bags have a limit."),
        ("air-dog", "We can't take pets, I'm sorry.", "He's welcome!"),
        ("dental-toothache-night", "Ring 111 now, and us from 8 am.", "Try to rest."),
        ("dental-fee-checkup", "A check-up is £58.", "Fees vary."),
        ("net-red-light", "Unplug it for half a minute; still red? https://linnet.example/test", "We'll look."),
        ("net-leave-how", "With 30 days' notice at https://linnet.example/leave.", "Sorry to see you go!"),
        ("game-ban-unfair", "Appeal once at https://cobaltfox.example/appeal.", "We'll unban you."),
        ("game-party-size", "Four.", "Bring friends!"),
        ("food-booking-nine", "For nine please ring 01632 960520.", "We've booked you in."),
        ("food-dog", "On the terrace, yes!", "No idea."),
        ("app-deleted", "They stay in the Bin for 30 days: open it and press Restore.", "Gone."),
        ("app-dark-mode", "It's under Settings, Look.", "Great idea!"),
    ],
)
def test_a_case_tells_good_from_bad(id_: str, good: str, bad: str) -> None:
    """Other good words than ours hold all that must be said and nothing that must not; a bad reply falls short."""
    case = next(one for one in load_suite("core").cases if one.id == id_)

    def holds(text: str) -> bool:
        said = all(any(compiled(one).search(text) for one in must.any) for must in case.expect.must)
        return said and not any(compiled(one).search(text) for must in case.expect.must_not for one in must.any)

    assert holds(good)
    assert not holds(bad)


@pytest.mark.shared
def test_no_case_comes_near_to_a_real_post(shared_data: Path) -> None:
    """No sentence of a case is a near copy of one in the development data."""
    from rapidfuzz import fuzz, process

    def strings(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [text for one in inner for text in strings(one)]

    def sentences(text: str) -> list[str]:
        return [one.strip().lower() for one in re.split(r"(?<=[.!?])\s+|\n", text) if len(one.strip()) >= 40]

    lines = (line for path in sorted(shared_data.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    known = sorted({one for line in lines for text in strings(json.loads(line)) for one in sentences(text)})
    ours = sorted(
        {one for name in ADDED for case in load_suite(name).cases for text in texts(case) for one in sentences(text)}
    )
    near = process.cdist(ours, known, scorer=fuzz.ratio, score_cutoff=80, workers=1).max(axis=1)
    assert [one for one, score in zip(ours, near, strict=True) if score > 80] == []
