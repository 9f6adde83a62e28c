from pathlib import Path

import pytest

from tone_rules import ConfigurationError, Pack, load_pack
from tone_rules.rule import Definition


def problems(folder: Path) -> list[str]:
    """What loading a pack complains about, without the folder."""
    with pytest.raises(ConfigurationError) as caught:
        load_pack(folder)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a pack."""
    (tmp_path / "Halyard").mkdir()
    return tmp_path / "Halyard"


def test_a_folder_of_rules_is_a_pack(folder: Path) -> None:
    """Without a manifest a folder is a recommended pack of its own name; other endings are passed over."""
    (folder / "Dear.yml").write_text("extends: existence\nmessage: no\ntokens: [dear]\n")
    (folder / "notes.yaml").write_text("anything: goes\n")
    pack = load_pack(folder)
    assert (pack.name, pack.required, [one.id for one in pack.rules]) == ("Halyard", False, ["Halyard.Dear"])


def test_the_manifest_names_and_requires(folder: Path) -> None:
    """The manifest gives the name and makes a pack required, so that its errors block."""
    (folder / "pack.yaml").write_text("name: house\nrequired: true\n")
    (folder / "Dear.yml").write_text("extends: existence\nmessage: no\nlevel: error\ntokens: [dear]\n")
    (rule,) = load_pack(folder).rules
    assert (rule.id, rule.blocking) == ("house.Dear", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: existance\nmessage: m\n", "R.yml:1:10: unknown kind 'existance'; did you mean 'existence'?"),
        ("message: m\ntokens: [a]\n", "R.yml:1:1: 'extends' is missing; "),
        ("extends: existence\nmessage: m\ntoken: a\n", "R.yml:3:1: unknown key 'token'; did you mean 'tokens'?"),
        (
            "extends: existence\nmessage: m\ntokens:\n  - fine\n  - (oops\n",
            "R.yml:5:5: this is not a regular expression",
        ),
        ("extends: substitution\nmessage: m\nswap:\n  '[a': b\n", "R.yml:4:3: this is not a regular expression"),
        ("extends: existence\nmessage: m\nlevel: fatal\n", "R.yml:3:8: 'level' is 'fatal'"),
        ("extends: occurrence\nmessage: m\ntoken: a\n", "R.yml:1:1: an occurrence needs 'min' or 'max'"),
        (
            "extends: existence\nmessage: m\nwhen:\n  chanel: x\n",
            "R.yml:4:3: unknown key 'chanel'; did you mean 'channel'?",
        ),
        ("extends: [oops\n", "R.yml:2:1: this is not YAML"),
        ("- just\n- a list\n", "R.yml:1:1: this should be a mapping"),
        ("", "R.yml:1:1: 'extends' is missing; known are: "),
    ],
)
def test_a_wrong_rule_is_told_with_its_place_and_the_mend(folder: Path, text: str, expected: str) -> None:
    """Each mistake in a rule's file is reported at its line and column, with the nearest right name."""
    (folder / "R.yml").write_text(text)
    (said,) = problems(folder)
    assert said.startswith(expected)


def test_all_files_are_read_before_complaining(folder: Path) -> None:
    """Every wrong file is reported, not only the first."""
    (folder / "A.yml").write_text("extends: nope\nmessage: m\n")
    (folder / "B.yml").write_text("extends: existence\n")
    (folder / "pack.yaml").write_text("requird: true\n")
    assert [one.partition(":")[0] for one in problems(folder)] == ["pack.yaml", "A.yml", "B.yml"]


def test_no_such_pack_names_the_nearest() -> None:
    """A name that no pack has is answered with the nearest; a folder that isn't there is named."""
    with pytest.raises(ConfigurationError, match="did you mean 'general'"):
        load_pack("genral")
    with pytest.raises(ConfigurationError, match="no such folder"):
        load_pack("/nowhere/at/all")


def test_a_pack_in_memory_reports_the_rule_by_name() -> None:
    """A wrong definition in memory is reported with pack and rule for a place."""
    with pytest.raises(ConfigurationError, match=r"Words.Avoid:1:1: unknown key 'swop'; did you mean 'swap'"):
        Pack.of("Words", {"Avoid": {"extends": "substitution", "message": "m", "swap": {"a": "b"}, "swop": {}}})


def test_the_digest_follows_the_rules_and_not_their_examples() -> None:
    """Provenance changes with what a rule does, not with its examples or the order of its file's keys."""
    rule = {"extends": "existence", "message": "m", "tokens": ["a"]}
    first = Pack.of("s", {"R": rule}).sha256
    assert first == Pack.of("s", {"R": dict(reversed(rule.items())) | {"tests": [{"name": "n", "input": "a"}]}}).sha256
    assert first != Pack.of("s", {"R": rule | {"tokens": ["b"]}}).sha256
    assert first != Pack.of("s", {"R": rule}, required=True).sha256
    assert len(first) == 64


def test_levels_may_be_set_otherwise() -> None:
    """A brand can lower, raise or switch off a rule; the digest tells."""
    pack = load_pack("general")
    other = pack.adjusted({"general.Placeholder": "warning", "general.Threat": "off", "tone.Vague": "off"})
    assert other.rule("Placeholder").definition.level == "warning"
    assert not other.rule("general.Placeholder").blocking
    with pytest.raises(KeyError, match=r"no rule 'general\.Threat'"):
        other.rule("Threat")
    assert other.sha256 != pack.sha256


def test_one_rule_may_be_changed_in_part() -> None:
    """Other values for some keys of one rule are checked as in a file, and the rest stays."""
    pack = load_pack("channels").changed("Length", limits={"mastodon": 1000})
    definition = pack.rule("Length").definition
    assert definition.model_dump()["limits"] == {"mastodon": 1000}
    assert definition.message == load_pack("channels").rule("Length").definition.message
    with pytest.raises(ConfigurationError, match="unknown key 'limts'"):
        pack.changed("Length", limts={})


def test_patterns_are_at_hand_for_a_set_matcher() -> None:
    """Every shipped rule that is one regular expression gives it, and it is the one that finds."""
    import regex

    with_pattern = [one.definition for one in load_pack("tone").rules if one.definition.pattern]
    assert len(with_pattern) > 25
    for definition in with_pattern:
        assert isinstance(definition, Definition)
        regex.compile(definition.pattern, regex.V0)
