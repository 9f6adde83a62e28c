"""A rule: what all kinds have in common, and its own examples. The kinds are in `tone_rules/kinds`."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field

from tone_rules.finding import Level
from tone_rules.readings.answers import Escalation, Intent, Sentiment
from tone_rules.situation import Situation, Voice, in_industry
from tone_rules.value import Value

if TYPE_CHECKING:
    from spacy.language import Language

    from tone_rules.blocks import Blocks
    from tone_rules.judging import Judge


def _listed(value: object) -> object:
    """A scalar where a list is expected is a list of one; an item without a value is an empty text."""
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple("" if one is None else one for one in value)
    return (value,) if isinstance(value, str | int | float) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Location = tuple[int | str, ...]


class Between(Value):
    """A range, both ends in it; an end that is not given is open."""

    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a number lies in it."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


Dimension = Literal["funny_serious", "formal_casual", "respectful_irreverent", "enthusiastic_matter_of_fact"]


class When(Value):
    """Where a rule applies. Every key that is given must fit; a rule that does not fit is not looked at."""

    channel: Strings = ()
    audience: Literal["public", "private"] | None = None
    industry: Strings = ()
    """A word of the situation's industry: `bank` fits "retail bank"."""
    compliance: Strings = ()
    """One of the regimes that the brand says it stands under."""
    first_reply: bool | None = None
    brand_turns: Between | None = None
    """How often the brand has answered in this thread already."""
    agent: bool | None = None
    """Whether a named person signs."""
    voice: Mapping[Dimension, Between] = {}
    """Where on these dimensions the brand's voice lies; one that is not known lies in the middle of most."""
    message: Strings = ()
    """Patterns; one must be found in the customer's message, letter case aside."""
    sentiment: Annotated[tuple[Sentiment, ...], BeforeValidator(_listed)] = ()
    """What the customer's message sounds like."""
    intent: Annotated[tuple[Intent, ...], BeforeValidator(_listed)] = ()
    """One of the things that the customer's message is about."""
    escalation: Annotated[tuple[Literal[Escalation, "any"], ...], BeforeValidator(_listed)] = ()
    """What a specialist must take over, by the customer's message, where that is sure; `any` is whatever it is."""
    sarcasm: bool | None = None
    """Whether the customer's message praises what went wrong."""

    def fits(self, situation: Situation) -> bool:
        """Whether a rule with this `when` applies to a reply in this situation.

        A key that asks what the message shows fits no situation without a message: there nobody is angry.
        """
        return not self.model_fields_set or (self._fits(situation) and self._heard(situation.message))

    def _heard(self, message: str | None) -> bool:
        """Whether the message shows what it must; it is read only where a key asks."""
        if not (self.sentiment or self.intent or self.escalation or self.sarcasm is not None):
            return True
        if not message:
            return False
        from tone_rules.readings import read_message

        reading = read_message(message)
        return (
            (not self.escalation or reading.escalation in self.escalation or self._any_of(reading.escalation))
            and (self.sarcasm is None or reading.sarcasm == self.sarcasm)
            and (not self.sentiment or reading.sentiment in self.sentiment)
            and (not self.intent or any(one in self.intent for one in reading.intents))
        )

    def _any_of(self, escalation: Escalation | None) -> bool:
        return escalation is not None and "any" in self.escalation

    def _fits(self, situation: Situation) -> bool:
        return (
            (not self.channel or situation.channel in self.channel)
            and (self.audience is None or situation.audience == self.audience)
            and (not self.industry or in_industry(situation.industry, self.industry))
            and (not self.compliance or any(one in self.compliance for one in situation.compliance))
            and (self.first_reply is None or situation.first_reply == self.first_reply)
            and (self.brand_turns is None or self.brand_turns.holds(_answered(situation)))
            and (self.agent is None or (situation.agent is not None) == self.agent)
            and all(one.holds(getattr(situation.voice or _PLAIN, name)) for name, one in self.voice.items())
            and (not self.message or _found(situation.message, self.message))
        )


_ALWAYS = When()


def _always() -> When:
    """One for all: pydantic would copy a default for each rule."""
    return _ALWAYS


class Action(Value):
    """What may be done about a finding, in Vale's words; `tone_rules.actions` carries it out."""

    name: Literal["replace", "remove", "edit", "convert", "suggest"]
    params: Strings = ()


class Example(Value):
    """One of a rule's own tests: an input, and what must or must not be found in it.

    Lines of `want`, `contains` and `absent` read `line:column:Style.Rule:message`, as Vale 3.24 has them.
    """

    name: str
    input: str
    want: str | None = None
    """All lines that must be found, and no other."""
    contains: str | None = None
    """Lines that must be among those found."""
    absent: str | None = None
    """Lines that must not be found."""
    situation: Situation | None = None


class Hit(NamedTuple):
    """One place where a kind fires, in characters of the text that it was given."""

    start: int
    end: int
    arguments: tuple[str, ...] = ()
    """For the message's `%s`."""
    replacement: str | None = None
    """What may stand there instead without asking anybody."""
    suggestions: tuple[str, ...] = ()
    compared_with: str | None = None
    whole: bool = False
    """It is about the whole text, and stands at its beginning."""


class CouldNotRun(Exception):
    """A rule can't run here; the message says why. The engine reports it as not run, never as passed."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a check hands to a rule beside the text."""

    situation: Situation
    nlp: "Language | None" = None
    """A pipeline that gives Penn tags, for rules that need them; the one of `tone_rules.language` otherwise."""
    styles: tuple[Path, ...] = ()
    """Folders of styles, below which dictionaries and lists of words stand."""
    judge: "Judge | None" = None
    """Who answers rules in plain words."""


class Definition(Value, ABC):
    """What a rule's file says. Each kind adds its keys and says how it searches a text."""

    model_config = ConfigDict(defer_build=True)
    refused: ClassVar[str | None] = None
    """Why no rule of this kind ever runs."""
    pattern_lists: ClassVar[tuple[str, ...]] = ()
    """The keys that hold lists of regular expressions."""

    extends: str
    message: str
    level: Level = "warning"
    scope: Strings = ("text",)
    description: str | None = None
    link: str | None = None
    limit: int = Field(default=0, ge=0)
    """The most findings in one text; 0 is no bound."""
    density: float | None = Field(default=None, ge=0)
    """Fires only where there is more of it than so many in 100 words of the text; then every place is a finding."""
    action: Action | None = None
    when: When = Field(default_factory=_always)
    override: Literal["allowed", "never"] = "allowed"
    """`never`: nobody may publish a reply against this rule, whatever the reason."""
    sensitive: bool = False
    """What it matches is a secret: a finding shows a mask instead."""
    status: Literal["verified", "unverified"] = "verified"
    """Whether the fact behind the rule was read at its source."""
    reference: str | None = None
    """The law, study or practice that the rule rests on."""
    tests: tuple[Example, ...] = ()

    @abstractmethod
    def search(self, blocks: "Blocks", around: Around) -> Iterator[Hit]:
        """Every place in the whole text where the rule fires.

        Raises:
            TimeoutError: a pattern took too long.
            CouldNotRun: what the rule needs is not there.
        """

    @property
    def template(self) -> str:
        """The message with verbs for its arguments."""
        return self.message

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that the rule looks at."""
        return self.scope or ("text",)

    def accepting(self, terms: tuple[str, ...]) -> "Definition":
        """The definition with the accept list of a vocabulary, for those kinds that heed one."""
        if not terms or not getattr(self, "vocab", False):
            return self
        values = {name: getattr(self, name) for name in type(self).model_fields}
        values["exceptions"] = (*values["exceptions"], *terms)
        return type(self).model_construct(self.model_fields_set, **values)

    @property
    def pattern(self) -> str | None:
        """One regular expression without whose match the rule can't fire, or None where there is no such thing."""
        return None

    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Every regular expression in the file with the place it stands at."""
        yield from ((("when", "message", index), one) for index, one in enumerate(self.when.message))
        for key in self.pattern_lists:
            yield from (((key, index), one) for index, one in enumerate(getattr(self, key)))


class Blockwise(Definition):
    """A rule that looks at each block of its scope by itself, as most kinds do."""

    @abstractmethod
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Every place in a block's text where the rule fires.

        Raises:
            TimeoutError: a pattern took too long.
        """

    def search(self, blocks: "Blocks", around: Around) -> Iterator[Hit]:
        """What is found in each block of the scope, by its place in the whole text."""
        for block in blocks.of(self.scopes):
            for hit in self.find(block.text, around.situation):
                yield block.placed(hit)


@dataclass(frozen=True, slots=True)
class Rule:
    """A definition with its place: `Style.Rule` of a pack that is required or not."""

    id: str
    definition: Definition
    required: bool
    path: str | None = None

    @property
    def blocking(self) -> bool:
        """Whether a finding of this rule stops a reply: an error of a required pack."""
        return self.required and self.definition.level == "error"

    def at(self, level: Level | None) -> "Rule":
        """The rule at another level; the same rule for None."""
        return self if level is None else replace(self, definition=self.definition.model_copy(update={"level": level}))


_PLAIN = Voice()
_VERB = re.compile(r"%(?:\[(\d+)\])?([sdvq%])")


def said(message: str, arguments: tuple[str, ...]) -> str:
    """A message with its arguments, by the rules of Go's `fmt` as far as Vale's messages use it; surplus is dropped."""
    if len(arguments) > 0 and message.count("%") == 1 and "%s" in message:
        return message.replace("%s", arguments[0])
    taken = 0

    def put(found: re.Match[str]) -> str:
        nonlocal taken
        if found[2] == "%":
            return "%"
        taken = int(found[1]) if found[1] else taken + 1
        value = arguments[taken - 1] if 0 < taken <= len(arguments) else ""
        return f'"{value}"' if found[2] == "q" else value

    return _VERB.sub(put, message)


def _answered(situation: Situation) -> int:
    return sum(turn.role == "brand" for turn in situation.thread)


def _found(message: str | None, wanted: tuple[str, ...]) -> bool:
    from tone_rules.patterns import matched, words

    return matched(words(list(wanted), ignorecase=True), message or "")
