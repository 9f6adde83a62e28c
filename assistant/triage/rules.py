"""The rule files of triage: what they hold, and all of them loaded and compiled once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import Field

from assistant.triage.answers import ESCALATIONS, INTENTS, Escalation, Intent
from assistant.triage.cues import FOLDER, Cues, Search
from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest, read
from tone_rules.value import Value


class Examples(Value):
    """Messages a rule must fire on and messages it must leave alone; a test runs them all."""

    fires: tuple[str, ...] = Field(min_length=2)
    silent: tuple[str, ...] = Field(min_length=2)


class EscalationExamples(Examples):
    """Of an escalation also: messages that a person should look at first."""

    review: tuple[str, ...] = ()


class IntentRule(Value):
    """One file in `intents/`."""

    about: str
    strong: Cues = ()
    """3 points each: nearly always this."""
    cues: Cues = ()
    """1.5 points each."""
    weak: Cues = ()
    """Half a point each: they only decide where nothing else does."""
    problems: Cues = ()
    """2.5 points each, and something that went wrong: it counts for the mood and for sarcasm."""
    silent: Cues = ()
    """Idioms: cues inside them don't count."""
    examples: Examples


class EscalationRule(Value):
    """One file in `escalations/`."""

    about: str
    rank: int
    """The gravest is 1: of several escalations the lowest rank is the answer."""
    urgency: str = "critical"
    sure: Cues = ()
    possible: Cues = ()
    """A person looks first. Two different ones, or one with a hint, are sure."""
    hints: Cues = ()
    """Nothing alone; two are possible."""
    idioms: Cues = ()
    """What only sounds like it: cues inside an idiom don't count."""
    never: Cues = ()
    """Where one of these stands, only a sure cue counts."""
    examples: EscalationExamples


class Lexicon(Value):
    """`sentiment.yaml`."""

    positive: tuple[str, ...]
    very_positive: tuple[str, ...]
    negative: tuple[str, ...]
    very_negative: tuple[str, ...]
    negations: tuple[str, ...]
    intensifiers: tuple[str, ...]
    swearing: tuple[str, ...]
    good_phrases: Cues
    bad_phrases: Cues
    plain_phrases: Cues
    """Phrases whose words say nothing about the mood ("like new", "good morning")."""
    happy_emoji: str
    unhappy_emoji: str
    mocking_emoji: str
    angry_emoji: str
    acronyms: tuple[str, ...]
    examples: Mapping[str, tuple[str, ...]]


class SarcasmRule(Value):
    """`sarcasm.yaml`."""

    sure: Cues
    """Sarcasm by itself."""
    praise: Cues
    """Praise that is sarcastic beside something that went wrong."""
    mocking: Cues
    """Mockery, exaggerated courtesy, absurd comparison: with praise or something wrong."""
    wrong: Cues
    """What goes wrong in words that mean little by themselves."""
    contrast: Cues
    """Praise and blame side by side, said as such: silences everything but a sure cue."""
    sincere: Cues
    """The same for thanks and praise that are clearly meant."""
    examples: Examples


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


class InstructionRule(Value):
    """`instructions.yaml`."""

    sure: Cues
    possible: Cues
    """Two different ones are sure."""
    brackets: Cues
    """What, inside brackets or marked lines, makes the whole block an instruction."""
    idioms: Cues
    examples: Examples


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


def _folder(name: str, model: type[M], known: tuple[str, ...]) -> dict[str, M]:
    found = {}
    for path in sorted((FOLDER / name).glob("*.yaml")):
        if path.stem not in known:
            raise ConfigurationError.at(path, f"no answer is called '{path.stem}'; {nearest(path.stem, known)}")
        found[path.stem] = read(path, model, "a rule of triage")
    return found


class Rules:
    """All rules of triage, compiled."""

    def __init__(self) -> None:
        intents = _folder("intents", IntentRule, INTENTS)
        self.intents: dict[Intent, IntentRule] = {name: intents[name] for name in INTENTS if name in intents}
        escalations = _folder("escalations", EscalationRule, ESCALATIONS)
        by_rank = sorted((name for name in ESCALATIONS if name in escalations), key=lambda name: escalations[name].rank)
        self.escalations: dict[Escalation, EscalationRule] = {name: escalations[name] for name in by_rank}
        self.lexicon = self._one("sentiment.yaml", Lexicon)
        self.sarcasm = self._one("sarcasm.yaml", SarcasmRule)
        self.reply = self._one("no_reply.yaml", ReplyRule)
        self.urgency = self._one("urgency.yaml", UrgencyRule)
        self.instructions = self._one("instructions.yaml", InstructionRule)
        self.topics = self._one("topics.yaml", TopicRule)
        self.search = Search()
        self.orders = Search()
        """Instructions are looked for first, and what they say is hidden from all other rules."""
        for intent, intent_rule in self.intents.items():
            self._add(self.search, intent_rule, FOLDER / "intents" / f"{intent}.yaml")
        for escalation, escalation_rule in self.escalations.items():
            self._add(self.search, escalation_rule, FOLDER / "escalations" / f"{escalation}.yaml")
        self._add(self.search, self.lexicon, FOLDER / "sentiment.yaml")
        self._add(self.search, self.sarcasm, FOLDER / "sarcasm.yaml")
        self._add(self.search, self.reply, FOLDER / "no_reply.yaml")
        self._add(self.search, self.urgency, FOLDER / "urgency.yaml")
        self._add(self.orders, self.instructions, FOLDER / "instructions.yaml")
        self.search.compile()
        self.orders.compile()

    @staticmethod
    def _one(name: str, model: type[M]) -> M:
        return read(FOLDER / name, model, "a rule file of triage")

    @staticmethod
    def _add(search: Search, rule: Value, path: Path) -> None:
        for name, field in type(rule).model_fields.items():
            if field.annotation == Cues or Cues in get_args(field.annotation):
                search.add_all(getattr(rule, name), path)


@cache
def rules() -> Rules:
    """The rules that ship with triage, read on the first call.

    Raises:
        ConfigurationError: a rule file is wrong; with its place.
    """
    return Rules()
