import json
from functools import cache

import jsonschema
import pytest
import yaml

from assistant.rule_schema import comment, rule_schema
from tone_rules import explain, load_rules
from tone_rules.kinds import KINDS
from tone_rules.pack import SHIPPED


def test_rules_are_listed_with_their_weight(replywright, house):
    """Each rule with its level, whether it blocks, its kind and what it is about; several packs at once."""
    done = replywright("rules", "list", "privacy", house, "--format", "json")
    by_id = {one["rule"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert (
        by_id["privacy.Leak"] | {"level": "error", "required": True, "blocking": True, "kind": "leak"}
        == (by_id["privacy.Leak"])
    )
    assert (by_id["House.Tea"]["required"], by_id["House.Tea"]["blocking"]) == (False, False)
    assert by_id["House.Tea"]["what"] == "'…': we serve tea"
    text = replywright("rules", "list", "privacy").stdout
    assert "blocking" in next(line for line in text.splitlines() if "privacy.Leak" in line)
    assert "House" not in text


def test_a_rule_is_explained_on_one_page(replywright, house):
    """What, why, level, when, override, mend, and both sides from the rule's own tests."""
    (house / "Tea.yml").write_text(
        """\
extends: existence
message: "'%s': we serve tea"
level: error
description: Nobody here drinks coffee.
reference: the house rules
status: unverified
tokens: [coffee]
when: {channel: [x, email], first_reply: yes}
action: {name: replace, params: [tea]}
tests:
  - {name: coffee, input: A coffee for you., situation: {channel: x}, want: "1:3:House.Tea:'coffee': we serve tea"}
  - {name: elsewhere, input: A coffee for you., situation: {channel: tiktok}, want: ''}
"""
    )
    done = replywright("rules", "explain", house / "Tea.yml")
    for said in (
        "House.Tea  error, guides",
        "'…': we serve tea",
        "Nobody here drinks coffee.",
        "the house rules (not yet read at its source)",
        "on 'x' or 'email'; in the first reply of a thread",
        "existence",
        "it mends what it finds by itself",
        "fires     A [coffee] for you.",
        "mended    A tea for you.",
        "silent    A coffee for you.",
    ):
        assert said in done.stdout, said


def test_an_explanation_shows_both_sides(house):
    """Examples are run: the words that are flagged, what is said, what a safe fix makes of them."""
    explained = explain(load_rules("tone.PlainWords").rules[0])
    first = explained.fires[0]
    assert [first.text[start:end] for start, end in first.spans] == ["utilise", "prior to"]
    assert first.fixed == "Please use the form before Friday."
    assert all(not one.spans for one in explained.silent)
    assert explain(load_rules(house).rules[0]).silent[0].text == "A tea for you."


def test_weight_and_override_are_told(replywright):
    """A required error blocks; one that nobody can override says so; a guide never does."""
    assert "blocks a reply; nobody can override it" in replywright("rules", "explain", "privacy.Leak").stdout
    assert "it can be overridden with a reason" in replywright("rules", "explain", "general.Insult").stdout
    assert "it never blocks" in replywright("rules", "explain", "tone.Filler").stdout


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/*.yml")), ids=lambda one: f"{one.parent.name}.{one.stem}")
def test_every_rule_that_ships_explains_itself(path):
    """Each has a line, something it rests on, and examples on both sides that do what they say."""
    explained = explain(load_rules(f"{path.parent.name}.{path.stem}").rules[0])
    assert explained.what
    assert explained.does
    assert explained.reference
    assert all(one.spans or one.messages for one in explained.fires)
    assert not any(one.messages for one in explained.silent)


def test_wrong_names_get_the_nearest(replywright):
    """Exit code 2, and the name that was meant."""
    for wrong, meant in ((("explain", "tone.Fillr"), "tone.Filler"), (("list", "tonne"), "tone")):
        done = replywright("rules", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"'{meant}'" in done.stderr
    assert replywright("rules", "explain", "tone").returncode == 2


def test_what_ships_does_what_it_says(replywright):
    """Every example of every rule that ships holds, and every rule fires in one of its own."""
    done = replywright("rules", "test", "--coverage")
    assert (done.returncode, done.stdout) == (0, "")
    assert " 0 fail, 0 rules never fire" in done.stderr


def test_a_failing_example_is_shown_as_a_diff(replywright, house):
    """What the file says and what the rule finds, line by line; exit code 1."""
    path = house / "Tea.yml"
    path.write_text(path.read_text().replace("A coffee for", "One coffee for"))
    done = replywright("rules", "test", house)
    assert done.returncode == 1
    assert "fails  House.Tea, 'coffee'" in done.stdout
    assert "    - 1:3:House.Tea:'coffee': we serve tea\n    + 1:5:House.Tea:'coffee': we serve tea" in done.stdout
    told = json.loads(replywright("rules", "test", house, "--format", "json").stdout)
    assert (told["rule"], told["example"]) == ("House.Tea", "coffee")
    assert [one[0] for one in told["diff"]] == ["-", "+"]


def test_coverage_fails_a_rule_that_nothing_fires(replywright, house):
    """A rule whose examples are all silent passes without --coverage, and fails with it."""
    (house / "Quiet.yml").write_text(
        "extends: existence\nmessage: m\ntokens: [milk]\ntests:\n  - {name: none, input: Tea., want: ''}\n"
    )
    assert replywright("rules", "test", house).returncode == 0
    done = replywright("rules", "test", house, "--coverage", "--format", "json")
    assert done.returncode == 1
    assert [json.loads(one)["rule"] for one in done.stdout.splitlines()] == ["House.Quiet"]


@cache
def validator():
    """Made once: a second's work that every rule that ships asks for."""
    return jsonschema.Draft7Validator(rule_schema())


def test_the_schema_is_a_schema_and_knows_every_kind():
    """It is valid JSON Schema, one shape for each kind."""
    schema = validator().schema
    validator().check_schema(schema)
    assert set(schema["discriminator"]["mapping"]) == set(KINDS)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/*.yml")), ids=lambda one: f"{one.parent.name}.{one.stem}")
def test_the_schema_takes_every_rule_that_ships(path):
    """An editor marks nothing in a rule that is right."""
    assert list(validator().iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"extends": "existance", "message": "m"},
        {"extends": "existence"},
        {"message": "m", "tokens": ["a"]},
        {"extends": "existence", "message": "m", "token": "a"},
        {"extends": "existence", "message": "m", "tokens": ["a"], "level": "eror"},
        {"extends": "existence", "message": "m", "tokens": {"a": "b"}},
        {"extends": "occurrence", "message": "m", "token": "a", "max": "many"},
        {"extends": "substitution", "message": "m", "swap": {"a": "b"}, "tokens": ["a"]},
        {"extends": "existence", "message": "m", "tokens": ["a"], "tests": [{"name": "n"}]},
        {"extends": "tone.Filler", "tokenz+": ["at this time"]},
        {"extends": "existence", "message": "m", "tokens+": ["a"]},
    ],
    ids=str,
)
def test_the_schema_refuses_what_does_not_load(wrong):
    """A misspelt kind, key or level and a wrong type are marked in the editor already."""
    assert not validator().is_valid(wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"extends": "existence", "message": "m", "tokens": "one"},
        {"extends": "existence", "message": "m", "tokens": [2024, True, "one"], "ignorecase": "yes"},
        {"extends": "substitution", "message": "m", "swap": {"a": None}},
        {"extends": "tone.Filler", "tokens+": ["at this time"]},
    ],
    ids=str,
)
def test_the_schema_is_as_generous_as_the_loader(right):
    """A scalar for a list, plain numbers for text and empty replacements are taken."""
    assert validator().is_valid(right)


def test_the_schema_is_written_for_an_editor(replywright, tmp_path):
    """The file, and the line that points to it from a rule in a folder beside it."""
    done = replywright("rules", "schema")
    assert json.loads(done.stdout) == validator().schema
    assert comment() in done.stderr
    path = tmp_path / "rules" / "rule.schema.json"
    written = replywright("rules", "schema", "--into", path)
    assert written.stdout == "# yaml-language-server: $schema=../rule.schema.json\n"
    assert json.loads(path.read_text()) == validator().schema


@pytest.mark.parametrize("verb", ["list", "explain", "test", "schema", "backtest"])
def test_each_verb_teaches(replywright, verb):
    """Help shows an example and the exit codes."""
    done = replywright("rules", verb, "--help")
    assert f"Example: replywright rules {verb}" in " ".join(done.stdout.split())
    assert "Exit codes" in done.stdout
