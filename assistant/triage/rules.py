"""The rules of triage itself: whether to reply, how soon, and what the message is about."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.readings.prepared import Prepared
from tone_rules.readings.search import Cues, Search

if TYPE_CHECKING:
    from tone_rules.readings.prepared import Written

FOLDER = Path(__file__).parent


class ReplyRule(NamedTuple):
    """Which messages want no answer."""

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


class UrgencyRule(NamedTuple):
    """What can't wait."""

    critical: Cues
    high: Cues
    low: Cues


class TopicRule(NamedTuple):
    """The nouns of things that people buy and services they use."""

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


@cache
def reply_rule() -> ReplyRule:
    """Which messages want no answer."""
    return _prepared("triage").rule("no_reply.yaml", ReplyRule)


@cache
def urgency_rule() -> UrgencyRule:
    """What can't wait."""
    return _prepared("triage").rule("urgency.yaml", UrgencyRule)


@cache
def topic_rule() -> TopicRule:
    """The nouns of things that people buy and services they use."""
    return _prepared("topics").rule("topics.yaml", TopicRule)


def search() -> Search:
    """One search for the cues of replying and urgency."""
    return _prepared("triage").search


@cache
def _prepared(group: str) -> Prepared:
    """A group of rule files as they were prepared, or as they are now where they have changed since.

    Raises:
        ConfigurationError: a rule file is wrong; with its place.
    """
    return Prepared.of(FOLDER, group, _written)


def _written(group: str) -> "Written":
    from assistant.triage.files import GROUPS

    return GROUPS[group]()
