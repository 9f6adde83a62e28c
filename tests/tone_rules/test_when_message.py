from pathlib import Path

import pytest

from tone_rules import ConfigurationError, Pack, Situation, check, load_pack
from tone_rules.explaining import explain
from tone_rules.readings import MessageReading, read_message

ANGRY = "Third week without my sofa and nobody calls back. What a disgrace!"
MOCKING = "Oh brilliant, the lamp arrived in four pieces. Slow clap."
HAPPY = "Thank you so much, the new lamp is lovely!"
SHOCK = "The kettle gave my son an electric shock."


def hooray(**when: object) -> Pack:
    """A pack that flags a cheer under a `when`."""
    rule = {"extends": "existence", "message": "'%s'", "tokens": ["hooray"], "when": when}
    return Pack.of("own", {"Cheer": rule})


@pytest.mark.parametrize(
    ("when", "fits", "silent"),
    [
        ({"sentiment": ["negative", "mixed"]}, ANGRY, HAPPY),
        ({"sentiment": "positive"}, HAPPY, ANGRY),
        ({"intent": "praise"}, HAPPY, ANGRY),
        ({"escalation": "safety"}, SHOCK, ANGRY),
        ({"escalation": ["fraud", "any"]}, SHOCK, ANGRY),
        ({"sarcasm": True}, MOCKING, ANGRY),
        ({"sarcasm": False}, ANGRY, MOCKING),
        ({"sentiment": "negative", "escalation": "safety"}, SHOCK, ANGRY),
    ],
)
def test_a_rule_turns_on_what_the_message_shows(when: dict[str, object], fits: str, silent: str) -> None:
    """Every key that asks what the message shows is answered from the message, and all of them must fit."""
    assert check("hooray", hooray(**when), Situation(message=fits)).findings
    assert not check("hooray", hooray(**when), Situation(message=silent)).findings


@pytest.mark.parametrize("when", [{"sentiment": "neutral"}, {"intent": "other"}, {"sarcasm": False}])
@pytest.mark.parametrize("message", [None, ""])
def test_without_a_message_nothing_is_shown(when: dict[str, object], message: str | None) -> None:
    """A reply that is checked by itself is neither at a calm message nor at an angry one; and the rule did run."""
    report = check("hooray", hooray(**when), Situation(message=message))
    assert (report.verdict, report.findings, report.not_run) == ("pass", (), ())


def test_a_message_is_read_only_where_a_rule_may_fire(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply without the rule's words never has its message read."""
    asked: list[str] = []

    def noted(text: str) -> MessageReading:
        asked.append(text)
        return MessageReading(text)

    monkeypatch.setattr("tone_rules.readings.reading.read_message", noted)
    assert not check("hurrah", hooray(sentiment="negative"), Situation(message=ANGRY)).findings
    assert asked == []
    assert check("hooray", hooray(sentiment="negative"), Situation(message=ANGRY)).findings
    assert asked == [ANGRY]


def test_wrong_names_are_told_where_they_stand(tmp_path: Path) -> None:
    """Every name that no message can show is a problem at its line and column, with what was perhaps meant."""
    rule = tmp_path / "House" / "Cheer.yml"
    rule.parent.mkdir()
    rule.write_text(
        "extends: existence\nmessage: x\ntokens: [x]\nwhen:\n  sentiment: [negative, cross]\n"
        "  intent: deliveries\n  escalation: [any, safty]\n  sarcasm: perhaps\n"
    )
    with pytest.raises(ConfigurationError) as caught:
        load_pack(rule.parent)
    assert [(one.line, one.column) for one in caught.value.problems] == [(5, 25), (6, 11), (7, 21), (8, 12)]
    assert "did you mean 'safety'?" in str(caught.value)


def test_conditions_are_told_in_words() -> None:
    """`explain` says what the message must show as a sentence would."""
    told = explain(hooray(sentiment=["negative", "mixed"], intent="how_to", escalation="any", sarcasm=True).rules[0])
    assert told.applies == (
        "where the customer's message is 'negative' or 'mixed'",
        "where the customer's message is about 'how to'",
        "where the customer's message shows anything that a specialist must take over",
        "where the customer's message is sarcastic",
    )
    named = explain(hooray(escalation=["data_breach", "fraud"], sarcasm=False).rules[0])
    assert named.applies == (
        "where the customer's message shows 'data breach' or 'fraud'",
        "where the customer's message is not sarcastic",
    )


def test_an_answer_is_the_same_whatever_was_asked_first() -> None:
    """Answers are worked out one by one, and their order changes none of them."""
    for message in (ANGRY, MOCKING, HAPPY, SHOCK):
        names = ("sentiment", "intents", "escalation", "review", "sarcasm", "arousal", "instructions")
        read_message.cache_clear()
        first = {name: getattr(read_message(message), name) for name in names}
        read_message.cache_clear()
        assert {name: getattr(read_message(message), name) for name in reversed(names)} == first
