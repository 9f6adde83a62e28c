"""The rules of the readings, and a search for each group of them; each is made where a message first asks for it."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.readings.answers import ESCALATIONS, INTENTS, Escalation, Intent
from tone_rules.readings.prepared import Prepared
from tone_rules.readings.search import Cues, Search

if TYPE_CHECKING:
    from tone_rules.readings.prepared import Written

FOLDER = Path(__file__).parent


class IntentRule(NamedTuple):
    """What makes a message be about one thing."""

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


class EscalationRule(NamedTuple):
    """What makes a message a case for a specialist."""

    rank: int
    """The gravest is 1: of several escalations the lowest rank is the answer."""
    sure: Cues = ()
    possible: Cues = ()
    """A person looks first. Two different ones, or one with a hint, are sure."""
    hints: Cues = ()
    """Nothing alone; two are possible."""
    idioms: Cues = ()
    """What only sounds like it: cues inside an idiom don't count."""
    never: Cues = ()
    """Where one of these stands, only a sure cue counts."""


class Lexicon(NamedTuple):
    """The words and phrases of moods."""

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


class SarcasmRule(NamedTuple):
    """What makes praise sarcastic."""

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


class InstructionRule(NamedTuple):
    """What is aimed at a model."""

    sure: Cues
    possible: Cues
    """Two different ones are sure."""
    brackets: Cues
    """What, inside brackets or marked lines, makes the whole block an instruction."""
    idioms: Cues


@cache
def word_lists() -> Mapping[str, Sequence[str]]:
    """The named lists that patterns may use."""
    words: Mapping[str, Sequence[str]] = _prepared("words").content("words.yaml")
    return words


@cache
def intents() -> Mapping[Intent, IntentRule]:
    """What a message may be about, in the order of the contract."""
    return {name: _prepared("intents").rule(f"intents/{name}.yaml", IntentRule) for name in INTENTS}


@cache
def escalations() -> Mapping[Escalation, EscalationRule]:
    """What a specialist must take over, the gravest first."""
    files = _prepared("escalations")
    found = {name: files.rule(f"escalations/{name}.yaml", EscalationRule) for name in ESCALATIONS}
    return dict(sorted(found.items(), key=lambda one: one[1].rank))


@cache
def mood_lexicon() -> Lexicon:
    """The words and phrases of moods."""
    return _prepared("mood").rule("sentiment.yaml", Lexicon)


@cache
def sarcasm_rule() -> SarcasmRule:
    """What makes praise sarcastic."""
    return _prepared("mood").rule("sarcasm.yaml", SarcasmRule)


@cache
def instruction_rule() -> InstructionRule:
    """What is aimed at a model."""
    return _prepared("instructions").rule("instructions.yaml", InstructionRule)


def intent_search() -> Search:
    """One search for the cues of all intents."""
    return _prepared("intents").search


def escalation_search() -> Search:
    """One search for the cues of all escalations."""
    return _prepared("escalations").search


def mood_search() -> Search:
    """One search for the phrases of moods and for sarcasm."""
    return _prepared("mood").search


def instruction_search() -> Search:
    """One search for instructions, which are looked for first: what they say is hidden from all other rules."""
    return _prepared("instructions").search


@cache
def _prepared(group: str) -> Prepared:
    """A group of rule files as they were prepared, or as they are now where they have changed since.

    Raises:
        ConfigurationError: a rule file is wrong; with its place.
    """
    return Prepared.of(FOLDER, group, _written)


def _written(group: str) -> "Written":
    from tone_rules.readings.files import GROUPS

    return GROUPS[group]()
