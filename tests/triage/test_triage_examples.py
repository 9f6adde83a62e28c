from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.triage import ESCALATIONS, INTENTS, Triage, triage
from assistant.triage.files import GROUPS as OWN
from tone_rules.readings import read_message
from tone_rules.readings.files import GROUPS
from tone_rules.readings.language import language, profiles

ESCALATION_FILES: dict[str, Any] = {PurePath(path).stem: rule for path, rule in GROUPS["escalations"]().items()}
INTENT_FILES: dict[str, Any] = {PurePath(path).stem: rule for path, rule in GROUPS["intents"]().items()}
ALONE: dict[str, Any] = {
    **GROUPS["mood"](),
    **GROUPS["instructions"](),
    **OWN["triage"](),
    **OWN["topics"](),
}


def read(message: str) -> Triage:
    return triage(CustomerContext(channel="x", message=message))


def _escalations(kind: str) -> Iterator[tuple[str, str]]:
    for name, rule in ESCALATION_FILES.items():
        for message in getattr(rule.examples, kind):
            yield name, message


def _intents(kind: str) -> Iterator[tuple[str, str]]:
    for name, rule in INTENT_FILES.items():
        for message in getattr(rule.examples, kind):
            yield name, message


def _examples(examples: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, message) for name, messages in examples.items() for message in messages]


def test_every_answer_has_a_rule_file():
    """No intent and no escalation of the contract is without its file."""
    assert set(INTENT_FILES) == set(INTENTS)
    assert set(ESCALATION_FILES) == set(ESCALATIONS)


def test_ranks_are_an_order():
    """No two escalations are equally grave, so that the gravest is always one."""
    ranks = [rule.rank for rule in ESCALATION_FILES.values()]
    assert sorted(ranks) == list(range(1, len(ESCALATIONS) + 1))


@pytest.mark.parametrize(("name", "message"), list(_escalations("fires")))
def test_escalation_fires(name: str, message: str):
    """What an escalation's file says it fires on, it fires on, with the words that led to it."""
    answer = read(message)
    assert answer.escalation == name
    assert any(one.label == f"escalation:{name}" for one in answer.evidence)
    assert answer.reply


@pytest.mark.parametrize(("name", "message"), list(_escalations("review")))
def test_escalation_is_possible(name: str, message: str):
    """To the rules it is possible, neither sure nor nothing; the model may quiet it and makes it no surer."""
    found = read_message(message)
    assert (found.escalation, found.review) == (None, name)
    assert read(message).escalation is None


@pytest.mark.parametrize(("name", "message"), list(_escalations("silent")))
def test_escalation_is_silent(name: str, message: str):
    """An idiom is no danger."""
    answer = read(message)
    assert name not in (answer.escalation, answer.review)


@pytest.mark.parametrize(("name", "message"), list(_intents("fires")))
def test_intent_is_found(name: str, message: str):
    """What an intent's file says it is about, it is about."""
    assert name in read(message).intents


@pytest.mark.parametrize(("name", "message"), list(_intents("silent")))
def test_intent_is_not_found(name: str, message: str):
    """What an intent's file says it is not about, it is not about."""
    assert name not in read(message).intents


@pytest.mark.parametrize(("sentiment", "message"), _examples(dict(ALONE["sentiment.yaml"].examples)))
def test_sentiment(sentiment: str, message: str):
    """The lexicon's own examples, by the lexicon alone and by the whole triage."""
    assert read_message(message).sentiment == sentiment
    assert read(message).sentiment == sentiment


@pytest.mark.parametrize("message", ALONE["sarcasm.yaml"].examples.fires)
def test_sarcasm_is_heard(message: str):
    """Sarcasm is heard, is negative, and gets a reply."""
    answer = read(message)
    assert (answer.sarcasm, answer.sentiment, answer.reply) == (True, "negative", True)
    assert "praise" not in answer.intents


@pytest.mark.parametrize("message", ALONE["sarcasm.yaml"].examples.silent)
def test_sincerity_is_heard(message: str):
    """Praise that is meant and plain complaints aren't sarcasm."""
    assert not read(message).sarcasm


@pytest.mark.parametrize("message", ALONE["no_reply.yaml"].examples.fires)
def test_no_reply(message: str):
    """Spam and machines get no reply, and the evidence says why."""
    answer = read(message)
    assert not answer.reply
    assert any(one.label == "no_reply" and one.reason for one in answer.evidence)


@pytest.mark.parametrize("message", ALONE["no_reply.yaml"].examples.silent)
def test_reply(message: str):
    """Whoever asks or suffers gets a reply."""
    assert read(message).reply


@pytest.mark.parametrize(("urgency", "message"), _examples(dict(ALONE["urgency.yaml"].examples)))
def test_urgency(urgency: str, message: str):
    """The urgency rules' own examples."""
    assert read(message).urgency == urgency


@pytest.mark.parametrize("message", ALONE["instructions.yaml"].examples.fires)
def test_instructions_are_seen(message: str):
    """Text aimed at a model is seen, with its span."""
    answer = read(message)
    spans = [one for one in answer.evidence if one.label == "instructions"]
    assert answer.instructions
    assert spans


@pytest.mark.parametrize("message", ALONE["instructions.yaml"].examples.silent)
def test_talk_of_instructions_is_not_one(message: str):
    """A customer may speak of instructions, notes and being ignored."""
    assert not read(message).instructions


@pytest.mark.parametrize(("message", "topic"), list(ALONE["topics.yaml"].examples.items()))
def test_topic(message: str, topic: str | None):
    """The customer's own noun as they wrote it, or none."""
    assert read(message).topic == topic


@pytest.mark.parametrize(("code", "message"), _examples(dict(profiles().examples)))
def test_language(code: str, message: str):
    """The language profiles' own examples."""
    assert language(message) == code
