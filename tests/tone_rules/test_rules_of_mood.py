from typing import Any

import pytest

from tone_rules import ConfigurationError, Pack, Situation, check

ANGRY = "It broke again after a week. Useless."
FLAT = "Paid for the window, sat by the aisle."
HAPPY = "I love my new lid!"
FURIOUS = "USELESS!!! IT BROKE AGAIN, YOU BLOODY CLOWNS!!!"
SHOCK = "The kettle gave my son an electric shock."
MAYBE = "felt dizzy since using these, no idea why"


def found(kind: str, text: str, message: str | None, **keys: Any) -> list[str]:
    """What one rule of a kind says."""
    pack = Pack.of("own", {"Rule": {"extends": kind, "message": "%s %s", **keys}})
    return [one.message.strip() for one in check(text, pack, Situation(message=message)).findings]


@pytest.mark.parametrize(
    ("text", "message", "fires"),
    [
        ("hooray", ANGRY, True),
        ("hooray", HAPPY, False),
        ("hooray", FLAT, False),
        ("hooray", None, False),
        ("Sorry. hooray", FLAT, True),
        ("Sorry. hooray", None, True),
        ("Sorry. hooray", HAPPY, False),
        ("hooray", ANGRY + " Say hooray!", False),
        ("hurrah", ANGRY, False),
    ],
)
def test_untimely(text: str, message: str | None, fires: bool) -> None:
    """It fires at a mood, and at a neutral message where the reply shows a sign; not at joy, nor where it was asked."""
    keys = {"tokens": ["hooray"], "signs": ["sorry"], "asked": ["say hooray"]}
    assert bool(found("untimely", text, message, **keys)) == fires


@pytest.mark.parametrize(("message", "fires"), [(ANGRY, False), (FURIOUS, True), (SHOCK, True)])
def test_untimely_in_a_grave_case(message: str, fires: bool) -> None:
    """`grave` wants more than discontent: a case for a specialist, or fury."""
    assert bool(found("untimely", "hooray", message, tokens=["hooray"], grave=True)) == fires


def test_untimely_takes_one_mood_without_a_list() -> None:
    """A single mood needs no brackets, and a wrong one is an error."""
    assert found("untimely", "hooray", HAPPY, tokens=["hooray"], moods="positive")
    with pytest.raises(ConfigurationError, match="moods"):
        found("untimely", "hooray", HAPPY, tokens=["hooray"], moods=["cross"])


NEEDS = {
    "safety": {"say": "stop", "tokens": ["stop using"]},
    "adverse_event": {"say": "a doctor", "tokens": ["doctor"]},
}


@pytest.mark.parametrize(
    ("text", "message", "said"),
    [
        ("Clean the lid.", SHOCK, ["safety stop"]),
        ("Please STOP using it.", SHOCK, []),
        ("See a doctor.", SHOCK, ["safety stop"]),
        ("Clean the lid.", ANGRY, []),
        ("Clean the lid.", MAYBE, []),
        ("Clean the lid.", None, []),
    ],
)
def test_handover(text: str, message: str | None, said: list[str]) -> None:
    """A sure case wants what its own kind needs, and no other case does."""
    assert found("handover", text, message, needs=NEEDS) == said


def test_handover_of_a_possible_case() -> None:
    """With `sure: false` it is about what may be a case, and leaves the sure ones alone."""
    assert found("handover", "Clean the lid.", MAYBE, needs=NEEDS, sure=False) == ["adverse event a doctor"]
    assert not found("handover", "Clean the lid.", SHOCK, needs=NEEDS, sure=False)


def test_handover_knows_the_thirteen_cases() -> None:
    """A case that there is not, and one that nobody can do right, are errors."""
    with pytest.raises(ConfigurationError, match="did you mean 'safety'"):
        found("handover", "x", None, needs={"safty": {"say": "stop", "tokens": ["stop"]}})
    with pytest.raises(ConfigurationError, match="tokens"):
        found("handover", "x", None, needs={"safety": {"say": "stop", "tokens": []}})
    with pytest.raises(ConfigurationError):
        found("handover", "x", None, needs={"safety": {"say": "stop", "tokens": ["(open"]}})
