import json

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tone_rules import Situation, check, load_pack
from tone_rules.pack import shipped, without_examples
from tone_rules.patterns import compiled
from tone_rules.prepared import PREPARED, content, name_of
from tone_rules.preparing import prepared, split
from tone_rules.reducing import OFTEN, reduced, reducible

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = ["we’ll", "you", "refund", "sorry", "please", "review", "bot", "fault", "@", "£5", "today", "é", "\u00a0", "."]


def test_what_is_prepared_is_what_ships():
    """The prepared file is up to date; `python -m tone_rules.preparing` writes it anew."""
    assert json.loads(PREPARED.read_bytes()) == json.loads(json.dumps(prepared()))


@pytest.mark.parametrize("name", shipped())
def test_a_pack_without_examples_is_the_same_pack(name):
    """What a check loads says the same as the files do, but for the examples."""
    whole, bare = load_pack(name), load_pack(name, examples=False)
    assert whole.sha256 == bare.sha256
    for one, other in zip(whole.rules, bare.rules, strict=True):
        assert (one.id, one.required, one.path) == (other.id, other.required, other.path)
        assert one.definition.model_dump(exclude={"tests"}) == other.definition.model_dump(exclude={"tests"})
        assert other.definition.tests == ()


def test_only_the_examples_are_left_out():
    """Whatever stands before and after `tests` stays, line for line."""
    text = "extends: existence\ntests:\n- name: a\n  input: |\n    x\n\n    y\n# aside\n  want: ''\ntokens: [a]\n"
    assert without_examples(text) == "extends: existence\n\ntokens: [a]\n"


@RELAXED
@given(data=st.data(), glue=st.sampled_from([" ", "\u00a0", "", "\n"]))
def test_a_reduced_pattern_finds_the_same(data, glue, shipped_packs, exact_only, monkeypatch):
    """However often it is asked, a check by reduced patterns reports what the exact engine alone does."""
    monkeypatch.setattr("tone_rules.reducing.OFTEN", 10**9)
    monkeypatch.setattr("tone_rules.screen.OFTEN", 10**9)
    inputs = [test.input for pack in shipped_packs for rule in pack.rules for test in rule.definition.tests]
    text = glue.join(data.draw(st.lists(st.sampled_from(inputs) | st.sampled_from(WORDS), max_size=4)))
    situation = Situation(channel="x", message="It broke. Where is it?")
    found = check(text, shipped_packs, situation)
    with exact_only():
        assert check(text, shipped_packs, situation) == found


def test_a_pattern_is_reduced_to_what_can_stand_and_left_whole_once_it_is_asked_often():
    """Nothing is left of it where no alternative can stand; a pattern that was not prepared is never reduced."""
    source = load_pack("general").rule("Threat").definition.pattern or ""
    reducible.cache_clear()
    assert name_of(source) in content()["sources"]
    assert reduced(source, "") is None
    assert reduced("(?i)never prepared", "") == "(?i)never prepared"
    for _ in range(OFTEN):
        reduced(source, "")
    assert reduced(source, "") == source


@pytest.mark.parametrize(
    "source",
    [
        r"(?mi)\b(?:a|b c|(?:d|e) f)\b",
        r"(?i)a|b|c",
        r"(?i)x(?m:\b(?:a|b)\b)",
        r"(?m)\b(?:(?:a|b)|c)\b",
        r"(a|b)\1",
        r"[|(]a|\|b",
        r"(?:a|b)+",
        r"a(?=b|c)d",
    ],
)
def test_alternatives_put_together_are_the_pattern(source):
    """Taken apart and put together again, a pattern finds the same at the same places."""
    head, alternatives, tail = split(source)
    whole = head + "|".join(alternatives) + tail
    for text in ("a b c d f e f", "xa xb", "aa bb", "|a (a |b", "abd acd ad", "AB C", ""):
        assert [one.span() for one in regex.finditer(whole, text)] == [
            one.span() for one in compiled(source).finditer(text)
        ]
