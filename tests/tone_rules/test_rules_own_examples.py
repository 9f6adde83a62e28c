import pytest

from tone_rules import Pack, check, load_pack
from tone_rules.examples import Failure, fires, outcomes
from tone_rules.pack import shipped

GUIDES = ("tone", "voice", "meaning")
_EXAMPLES = 3
RULES = [rule for name in shipped() for rule in load_pack(name).rules]


def failures_of(pack: Pack) -> list[Failure]:
    """The examples of a pack's rules that don't come out as their files say."""
    return [failure for outcome in outcomes(pack) for failure in outcome.failures]


@pytest.mark.parametrize("name", shipped())
def test_every_example_of_a_shipped_pack_holds(name: str) -> None:
    """A rule finds exactly what its own file says, at the place and in the words it says."""
    assert [str(one) for one in failures_of(load_pack(name))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_shows_both_sides(rule) -> None:
    """A shipped rule has at least three examples that fire, three that stay silent, says why and what it rests on."""
    examples = rule.definition.tests
    assert sum(1 for one in examples if fires(one)) >= _EXAMPLES or rule.definition.extends == "judge"
    assert sum(1 for one in examples if not fires(one)) >= _EXAMPLES or rule.definition.extends == "judge"
    assert len({one.name for one in examples}) == len(examples)
    assert rule.definition.description
    assert rule.definition.reference


@pytest.mark.parametrize("name", shipped())
def test_a_pack_says_what_it_is_for_and_that_it_is_no_legal_advice(name: str) -> None:
    """A shipped pack has its folder's name, a description and a disclaimer; guides alone are not required."""
    pack = load_pack(name)
    assert pack.name == name
    assert pack.description
    assert "legal advice" in (pack.disclaimer or "")
    assert pack.required == (name not in GUIDES)


def test_a_failing_example_is_told_with_its_rule_and_what_was_found() -> None:
    """An example that asks for what the rule does not find is reported by rule, name and finding."""
    rule = {"extends": "existence", "message": "no '%s'", "tokens": ["foo"]}
    wrong = [
        {"name": "want", "input": "a foo", "want": "1:1:s.R:no 'foo'"},
        {"name": "contains", "input": "bar", "contains": "1:3:s.R:no 'foo'"},
        {"name": "absent", "input": "a foo", "absent": "1:3:s.R:no 'foo'"},
        {"name": "silent", "input": "foo", "want": ""},
    ]
    failures = failures_of(Pack.of("s", {"R": rule | {"tests": wrong}}))
    assert [one.example for one in failures] == ["want", "contains", "absent", "silent"]
    assert "1:3:s.R:no 'foo'" in failures[0].reason


def test_lines_count_from_one_over_line_breaks() -> None:
    """A finding on the second line is told with line 2 and its column there."""
    rule = {"extends": "existence", "message": "m", "tokens": ["foo"]}
    example = {"name": "second", "input": "one\ntwo foo", "want": "2:5:s.R:m"}
    assert failures_of(Pack.of("s", {"R": rule | {"tests": [example]}})) == []


@pytest.mark.shared
def test_sound_replies_are_not_blocked(shared_data) -> None:
    """Of the sound replies of the development suite at most one in thirty is blocked by the shipped required packs."""
    import json

    from tone_rules import Agent, Fact, Situation, Source

    packs = [load_pack(name) for name in ("general", "privacy", "channels")]
    rows = [json.loads(one) for one in (shared_data / "suites" / "reply_checks.jsonl").read_text("utf-8").splitlines()]
    sound = [one for one in rows if one["verdict"] == "pass"]
    blocked = []
    for row in sound:
        around = row["context"]
        sender = around["public"].get("sender", "")
        situation = Situation(
            channel=row["channel"],
            message=row["message"],
            agent=Agent(name=sender.rpartition(" ")[2]) if "signs as" in sender else None,
            facts=[Fact(name=name, value=value) for name, value in around["private"].items()]
            + [Fact(name=name, value=value, visibility="public") for name, value in around["public"].items()],
            sources=[Source(id=one[:2], kind="policy", text=one) for one in row["policy"]],
        )
        if check(row["reply"], packs, situation).verdict != "pass":
            blocked.append(row["id"])
    assert len(sound) > 50
    assert len(blocked) <= len(sound) / 30, blocked
