"""The rule files of triage itself: whether to reply, how soon, and what the message is about."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from tone_rules.located import read
from tone_rules.readings.cues import Cues, Search
from tone_rules.readings.rules import Examples, searching
from tone_rules.value import Value

FOLDER = Path(__file__).parent


class ReplyRule(Value):
    """`no_reply.yaml`."""

    spam: Cues
    machine: Cues
    rants: Cues
    chat: Cues
    asks: Cues
    """Something is wanted of the brand, whatever else stands there."""
    trouble: Cues
    """Words of somebody who may want something, though they ask for nothing."""
    bystander: Cues
    """Talk to other users, in a thread."""
    examples: Examples


class UrgencyRule(Value):
    """`urgency.yaml`."""

    critical: Cues
    high: Cues
    low: Cues
    examples: Mapping[str, tuple[str, ...]]


class TopicRule(Value):
    """`topics.yaml`."""

    nouns: tuple[str, ...]
    services: tuple[str, ...]
    ambiguous: tuple[str, ...]
    """Of these, the words that are also verbs or adjectives: they need a determiner before them."""
    numbered: tuple[str, ...]
    """What comes in numbered models: a bare number behind it belongs to its name."""
    elsewhere: tuple[str, ...]
    """RE2 expressions over the folded text: NOUN (any noun of the lists) in one of them is no topic - a comparison,
    the telephone line, the way to the shop, a video to be posted."""
    determiners: tuple[str, ...]
    framed: tuple[str, ...]
    """RE2 expressions over the folded text in which NOUN stands for a thing that no list has."""
    not_topics: tuple[str, ...]
    examples: Mapping[str, str | None]


M = TypeVar("M", bound=Value)


@cache
def reply_rule() -> ReplyRule:
    """Which messages want no answer."""
    return _one("no_reply.yaml", ReplyRule)


@cache
def urgency_rule() -> UrgencyRule:
    """What can't wait."""
    return _one("urgency.yaml", UrgencyRule)


@cache
def topic_rule() -> TopicRule:
    """The nouns of things that people buy and services they use."""
    return _one("topics.yaml", TopicRule)


@cache
def search() -> Search:
    """One search for the cues of replying and urgency."""
    return searching({FOLDER / "no_reply.yaml": reply_rule(), FOLDER / "urgency.yaml": urgency_rule()})


def _one(name: str, model: type[M]) -> M:
    return read(FOLDER / name, model, "a rule file of triage")
