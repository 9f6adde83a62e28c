import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tone_rules import Agent, Fact, Pack, Situation, apply_fixes, check, load_pack
from tone_rules.pack import shipped

PACKS = [load_pack(name) for name in shipped() if name != "meaning"]
"""All that ships but the rules in plain words, which need a judge."""
SITUATION = Situation(
    channel="x",
    message="my order HL-59317 never came to 23 Fennel Way, ring 07700 900573",
    facts=[
        Fact(name="order_number", value="HL-59317"),
        Fact(name="note", value="chronic complainer", visibility="internal"),
        Fact(name="opening_hours", value="Monday to Friday, 9 to 5", visibility="public"),
    ],
)
WORDS = [
    "utilise",
    "PRIOR TO",
    "in order to",
    "Assistance",
    "sorry",
    "{name}",
    "HL 59 317",
    "07700900573",
    "!",
    "ok",
    "😭",
    "fuck",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join))


def rule(**keys: object) -> dict:
    """A rule that finds "foo"."""
    return {"extends": "existence", "message": "'%s'", "tokens": ["foo"]} | keys


@settings(deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_and_order_is_stable(text: str) -> None:
    """Every finding's span lies in the text, its match is what stands there less any secret, and two checks agree."""
    report = check(text, PACKS, SITUATION)
    for one in report.findings:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.match in (text[one.start : one.end], "•••") or "█" in one.match
    assert report == check(text, reversed(PACKS), SITUATION)
    assert [one.start for one in report.findings] == sorted(one.start for one in report.findings)


@given(TEXTS)
def test_fixes_are_idempotent(text: str) -> None:
    """A text with its safe fixes applied has no further safe fix."""
    fixed = apply_fixes(text, check(text, PACKS).findings)
    assert apply_fixes(fixed, check(fixed, PACKS).findings) == fixed


def test_fixes_keep_case_and_skip_overlaps_and_other_texts() -> None:
    """Safe fixes are applied in the case found, of two that overlap the earlier; a stale finding changes nothing."""
    swap = {"extends": "substitution", "message": "%s", "ignorecase": True, "action": {"name": "replace"}}
    pack = Pack.of(
        "s", {"A": swap | {"swap": {"prior to that": "earlier"}}, "B": swap | {"swap": {"to that": "there"}}}
    )
    findings = check("Prior to that, PRIOR TO THAT.", pack).findings
    assert len(findings) == 4
    assert apply_fixes("Prior to that, PRIOR TO THAT.", findings) == "Earlier, EARLIER."
    assert apply_fixes("Something else altogether here.", findings) == "Something else altogether here."


def test_remove_takes_out_and_suggest_only_suggests() -> None:
    """`remove` is a safe fix to nothing; `suggest` offers its parameters."""
    pack = Pack.of("s", {"R": rule(action={"name": "remove"})})
    assert apply_fixes("a foo b", check("a foo b", pack).findings) == "a  b"
    (finding,) = check("foo", Pack.of("s", {"R": rule(action={"name": "suggest", "params": ["bar", "baz"]})})).findings
    assert (finding.fix, finding.suggestions) == (None, ("bar", "baz"))


def test_only_an_error_of_a_required_pack_blocks() -> None:
    """The verdict is block for an error of a required pack, and pass for anything less."""
    assert check("foo", Pack.of("s", {"R": rule(level="error")}, required=True)).verdict == "block"
    assert check("foo", Pack.of("s", {"R": rule(level="error")})).verdict == "pass"
    assert check("foo", Pack.of("s", {"R": rule()}, required=True)).verdict == "pass"


@pytest.mark.parametrize(
    ("when", "situation", "applies"),
    [
        ({"channel": ["x", "threads"]}, Situation(channel="x"), True),
        ({"channel": "x"}, Situation(channel="reddit"), False),
        ({"channel": "x"}, Situation(), False),
        ({"audience": "private"}, Situation(), False),
        ({"industry": "bank"}, Situation(industry="Retail Bank"), True),
        ({"industry": "bank"}, Situation(industry="food bankers"), False),
        ({"compliance": "finance"}, Situation(compliance=["general", "finance"]), True),
        ({"first_reply": False}, Situation(first_reply=True), False),
        ({"agent": False}, Situation(), True),
        ({"agent": False}, Situation(agent=Agent(name="Mira")), False),
        ({"message": ["never (?:came|worked)"]}, Situation(message="it Never came"), True),
        ({"message": ["never"]}, Situation(), False),
        ({"channel": "x", "audience": "private"}, Situation(channel="x"), False),
    ],
)
def test_when_decides_where_a_rule_applies(when: dict, situation: Situation, applies: bool) -> None:
    """Every key of `when` must fit; a rule that does not apply is neither a finding nor missing."""
    report = check("foo", Pack.of("s", {"R": rule(when=when)}, required=True), situation)
    assert bool(report.findings) == applies
    assert report.not_run == ()


def test_limit_bounds_the_findings_of_a_rule() -> None:
    """`limit: 2` shows the first two."""
    assert [one.start for one in check("foo foo foo", Pack.of("s", {"R": rule(limit=2)})).findings] == [0, 4]


def test_a_secret_is_masked_in_match_and_message() -> None:
    """A sensitive rule shows a mask of one length in match and message, and no fix or suggestion."""
    secret = rule(
        tokens=[r"\d{6}"], sensitive=True, message="this '%s' is secret", action={"name": "suggest", "params": ["x"]}
    )
    (finding,) = check("it is 123456", Pack.of("s", {"R": secret})).findings
    assert (finding.match, finding.message) == ("•••", "this '•••' is secret")
    assert "123456" not in finding.model_dump_json()


@pytest.mark.parametrize(("required", "verdict"), [(True, "incomplete"), (False, "pass")])
def test_a_runaway_pattern_is_cut_off_and_named(monkeypatch, required: bool, verdict: str) -> None:
    """A pattern that takes too long is reported as not run with its rule, and leaves a required check incomplete.

    The text has a vertical tab, so that RE2, which never runs away, is not asked.
    """
    monkeypatch.setattr("tone_rules.patterns.TIMEOUT", 0.05)
    runaway = rule(tokens=[r"(?:a|a|aa)+(?:a|b)+x"])
    started = time.monotonic()
    report = check("a" * 60 + "\v", Pack.of("s", {"Slow": runaway, "Quick": rule()}, required=required))
    assert time.monotonic() - started < 30
    assert [one.rule for one in report.not_run] == ["s.Slow"]
    assert report.verdict == verdict


def test_a_runaway_when_is_cut_off_too(monkeypatch) -> None:
    """A pattern on the customer's message is bounded like any other."""
    monkeypatch.setattr("tone_rules.patterns.TIMEOUT", 0.05)
    pack = Pack.of("s", {"R": rule(when={"message": [r"(?:a|a|aa)+(?:a|b)+x"]})}, required=True)
    assert check("foo", pack, Situation(message="a" * 60 + "é")).verdict == "incomplete"


@pytest.mark.parametrize(
    "text", ["", "\x00", "a" * 200_000, "😭" * 20_000, "́" * 5_000, "١٢٣٤ ＮＷ", "\r\n\r\n", "1" * 5_000]
)
def test_odd_texts_are_checked(text: str) -> None:
    """Empty, huge and odd texts are checked by every shipped rule without an error."""
    report = check(text, PACKS, SITUATION)
    assert report.not_run == ()
