"""The rule files of the readings: what they hold. Each is read where a message first asks for it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import Field

from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest, read
from tone_rules.readings.answers import ESCALATIONS, INTENTS, Escalation, Intent
from tone_rules.readings.cues import FOLDER, Cues, Search
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


class InstructionRule(Value):
    """`instructions.yaml`."""

    sure: Cues
    possible: Cues
    """Two different ones are sure."""
    brackets: Cues
    """What, inside brackets or marked lines, makes the whole block an instruction."""
    idioms: Cues
    examples: Examples


M = TypeVar("M", bound=Value)


@cache
def intents() -> Mapping[Intent, IntentRule]:
    """What a message may be about, in the order of the contract."""
    found = _folder("intents", IntentRule, INTENTS)
    return {name: found[name] for name in INTENTS if name in found}


@cache
def escalations() -> Mapping[Escalation, EscalationRule]:
    """What a specialist must take over, the gravest first."""
    found = _folder("escalations", EscalationRule, ESCALATIONS)
    names = sorted((name for name in ESCALATIONS if name in found), key=lambda name: found[name].rank)
    return {name: found[name] for name in names}


@cache
def mood_lexicon() -> Lexicon:
    """The words and phrases of moods."""
    return _one("sentiment.yaml", Lexicon)


@cache
def sarcasm_rule() -> SarcasmRule:
    """What makes praise sarcastic."""
    return _one("sarcasm.yaml", SarcasmRule)


@cache
def instruction_rule() -> InstructionRule:
    """What is aimed at a model."""
    return _one("instructions.yaml", InstructionRule)


@cache
def intent_search() -> Search:
    """One search for the cues of all intents."""
    return searching({FOLDER / "intents" / f"{name}.yaml": rule for name, rule in intents().items()})


@cache
def escalation_search() -> Search:
    """One search for the cues of all escalations."""
    return searching({FOLDER / "escalations" / f"{name}.yaml": rule for name, rule in escalations().items()})


@cache
def mood_search() -> Search:
    """One search for the phrases of moods and for sarcasm."""
    return searching({FOLDER / "sentiment.yaml": mood_lexicon(), FOLDER / "sarcasm.yaml": sarcasm_rule()})


@cache
def instruction_search() -> Search:
    """One search for instructions, which are looked for first: what they say is hidden from all other rules."""
    return searching({FOLDER / "instructions.yaml": instruction_rule()})


def searching(rules: Mapping[Path, Value]) -> Search:
    """One search for every cue of some rules, which stand under their paths.

    Raises:
        ConfigurationError: a cue is no pattern.
    """
    search = Search()
    for path, rule in rules.items():
        for name, field in type(rule).model_fields.items():
            if field.annotation == Cues or Cues in get_args(field.annotation):
                search.add_all(getattr(rule, name), path)
    search.compile()
    return search


def _one(name: str, model: type[M]) -> M:
    return read(FOLDER / name, model, "a rule file of the readings")


def _folder(name: str, model: type[M], known: tuple[str, ...]) -> dict[str, M]:
    found = {}
    for path in sorted((FOLDER / name).glob("*.yaml")):
        if path.stem not in known:
            raise ConfigurationError.at(path, f"no answer is called '{path.stem}'; {nearest(path.stem, known)}")
        found[path.stem] = read(path, model, "a rule of the readings")
    return found
