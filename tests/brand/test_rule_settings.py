from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.brand import Brand, RuleSetting
from assistant.checking import packs_of, situation_of
from assistant.context import CustomerContext
from tone_rules.engine import check
from tone_rules.errors import ConfigurationError

Found = Callable[[str, Brand], set[str]]


@pytest.fixture
def found() -> Found:
    """The rules that fire on a reply of a brand."""
    context = CustomerContext(channel="x", message="hello")

    def rules(reply: str, brand: Brand) -> set[str]:
        return {one.rule for one in check(reply, packs_of(brand), situation_of(context, brand)).findings}

    return rules


def test_an_exception_silences_what_it_covers_and_nothing_else(found: Found) -> None:
    """What a brand excepts with a reason is no finding; the rest of the rule holds."""
    brand = Brand(name="Halden", rules={"tone.RestAssured": RuleSetting(exceptions=("(?i)rest assured",))})
    assert "tone.RestAssured" in found("Rest assured, it is fine.", Brand(name="Halden"))
    assert "tone.RestAssured" not in found("Rest assured, it is fine.", brand)
    required = Brand(
        name="Halden",
        rules={"general.Profanity": RuleSetting(exceptions=("(?i)bullshit",), reason="the name of a card game")},
    )
    assert "general.Profanity" in found("The Bullshit cards are in.", Brand(name="Halden"))
    assert "general.Profanity" not in found("The Bullshit cards are in.", required)
    assert "general.Profanity" in found("What a shit show.", required)


def test_an_exception_to_a_required_rule_needs_a_reason(tmp_path: Path) -> None:
    """Whoever makes a hole in a compliance rule says why, and is told so at the line and column."""
    (tmp_path / "brand.yaml").write_text("name: A\nrules:\n  general.Profanity: {exceptions: [damn]}\n")
    with pytest.raises(ConfigurationError, match=r"brand.yaml:3:3: 'general.Profanity' is required: an exception"):
        Brand.load(tmp_path)


def test_a_rule_that_nobody_may_override_takes_no_exception() -> None:
    """What nobody may publish can't be let through by a pattern either."""
    setting = RuleSetting(exceptions=("draft",), reason="we sell draft beer")
    brand = Brand(name="A", rules={"general.InstructionLeak": setting})
    with pytest.raises(ConfigurationError, match="can't be lowered by anybody"):
        packs_of(brand)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("{reason: because}", "nothing is set"),
        ("{exceptions: ['(']}", "no pattern"),
    ],
)
def test_a_setting_that_says_nothing_or_no_pattern_is_refused(tmp_path: Path, setting: str, said: str) -> None:
    """A setting names a level or exceptions that are patterns."""
    (tmp_path / "brand.yaml").write_text(f"name: A\nrules:\n  tone.Filler: {setting}\n")
    with pytest.raises(ConfigurationError, match=said):
        Brand.load(tmp_path)


def test_a_kind_without_exceptions_says_so(tmp_path: Path) -> None:
    """A leak can't be excepted by a pattern."""
    (tmp_path / "brand.yaml").write_text(
        "name: A\nrules:\n  channels.Length: {exceptions: [a], reason: long texts are fine}\n"
    )
    with pytest.raises(ConfigurationError, match="of the kind 'length', which takes no exceptions"):
        Brand.load(tmp_path)


def test_the_brands_own_terms_are_accepted_by_what_guides_and_not_by_what_stops(found: Found) -> None:
    """A term that the brand uses is no jargon; it doesn't open a compliance rule."""
    text = "Rest assured, what bullshit."
    plain, own = Brand(name="A"), Brand(name="A", words_to_use=("Rest assured", "bullshit"))
    before, after = found(text, plain), found(text, own)
    assert {one for one in before if one.startswith("general.")} == {one for one in after if one.startswith("general.")}
    assert {one for one in after if one.startswith("tone.")} < {one for one in before if one.startswith("tone.")}
