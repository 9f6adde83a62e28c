"""First aid as data: help that is safe and true for any brand, by what a message is about; one file a field."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import re2
import regex
from pydantic import Field, PrivateAttr, RootModel, field_validator, model_validator

from assistant.drafting.phrasing import Phrasing
from assistant.words import terms_of
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import read
from tone_rules.value import Value

_WORD_NAME = regex.compile(r"<([a-z_]+)>")
_GONE = regex.compile(r"https?://\S+|(?<!\w)@\w+|[#’'‘`]")
_SENTENCE = regex.compile(r"(?<=[.!?…])\s+|\n+")
CUE, CLOSE, FALLBACK = 0.06, 0.1, 0.2
"""What each cue, their standing in one or two sentences, and being a fallback count beside likeness.

Fitted by leaving each of 590 examples out in turn, and on read posts.
"""
ENOUGH, SURE = 0.45, 0.62
"""Likeness (cosine of the best example) from which cues are no chance, and from which nothing else is meant."""
BEHIND, FAR_OFF, FAR_BEHIND = 0.2, 0.57, 0.1
"""Likeness that an entry may lack to the nearest of all: further back its cues stand there for something else.

Of one that is itself far off (below the second) it may lack only the third; read off 170 judged messages.
"""
_UNDONE = regex.compile(
    r"\b(?:not|no|cant|cannot|wont|dont|doesnt|didnt|isnt|havent|hasnt|never|still|why|how|help|but|however|shame|pity)\b|\?"
)
_CONTENT = re2.compile(
    r"\b(?:cant (?:fault|complain|thank you enough)|never had (?:a|any) problems?|no complaints|couldnt be happier"
    r"|(?:your|the|all the|of|to) help|how (?:quick\w*|kind|good|well|much)|still (?:going strong|love|works?))\b"
)
"""Words of the contented in which "not", "never" and "help" ask for nothing."""
PRAISED, SURELY_PRAISED = 0.5, 0.75
"""Likeness to an example of praise from which a message with its cues is praise, and also where it might be sarcasm."""
NEAR = 0.52
"""Cosine with an entry's best example from which a clause speaks of what the entry is for."""
READ = 4_000
"""Characters of a message that are looked at."""


def plain(message: str) -> str:
    """A message as cues are looked for in it: lower case, without apostrophes, handles and links."""
    return " ".join(_GONE.sub("", message[:READ]).lower().split())


@cache
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(_WORD_NAME.sub(lambda found: f"(?:{_words().get(found[1], found[0])})", pattern), options)


@cache
def _words() -> Mapping[str, str]:
    return read(Path(__file__).parent.parent / "playbooks" / "phrasings" / "cues.yaml", Cues, "the named cues").root


def found(pattern: str, message: str) -> bool:
    """Whether a pattern (re2, with named cues as `<name>`) stands in a message that went through `plain`."""
    return _compiled(pattern).search(message) is not None


class Cues(RootModel[Mapping[str, str]]):
    """Patterns by the name that other patterns put in angle brackets."""


class _Cued(Value):
    """Something with patterns."""

    @field_validator("when", "unless", "thing", "known", "where", "tried", check_fields=False)
    @classmethod
    def _compiles(cls, patterns: Any) -> Any:
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            unknown = [name for name in _WORD_NAME.findall(pattern) if name not in _words()]
            if unknown:
                raise ValueError(f"unknown cue <{unknown[0]}>; known are: {', '.join(sorted(_words()))}")
            try:
                _compiled(pattern)
            except re2.error as error:
                raise ValueError(f"not a pattern: {error}") from None
        return patterns


class Advice(_Cued):
    """A step that can't harm, or a thing worth knowing; left out where the customer has done it."""

    say: tuple[Phrasing, ...] = Field(min_length=1)
    where: str = ""
    tried: str = ""

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any) -> Any:
        return {"say": [value]} if isinstance(value, str) else {"say": value} if isinstance(value, list) else value

    def fits(self, message: str) -> bool:
        """Whether it is worth saying to this (plain) message."""
        return found(self.where, message) and not (self.tried and found(self.tried, message))


class Question(_Cued):
    """What an expert would ask next, unless the message tells."""

    say: tuple[Phrasing, ...] = Field(min_length=1)
    known: str = ""
    where: str = ""

    def fits(self, message: str) -> bool:
        """Whether this (plain) message leaves it open."""
        return found(self.where, message) and not (self.known and found(self.known, message))


class Aid(_Cued):
    """What to say to one kind of post where the brand's own knowledge says nothing."""

    id: str
    about: str = ""
    """What it is, as a noun phrase that affirms nothing: for trades that may confirm no relationship."""
    when: tuple[str, ...] = Field(min_length=1)
    """Patterns that must all be found; of two entries that fit, the one with more of them is meant."""
    unless: str = ""
    pleased: bool = False
    """For a customer who praises and asks for nothing; else for all others."""
    thing: str = ""
    """A pattern of what the customer may call the thing; such a name fills the slot {thing}."""
    fallback: bool = False
    """Says so little that any other entry is better."""
    open: tuple[Phrasing, ...] = ()
    """First sentences that name the issue."""
    own_words: bool = False
    """Always opens with these: "the trouble with ..." or an echo would be wrong before what it says."""
    help: tuple[Advice, ...] = ()
    ask: tuple[Question, ...] = ()
    private: str | None = None
    """What must be known to look at this customer's case and does not belong in public."""
    next: tuple[Phrasing, ...] = ()
    """What happens next, and who does it; also the last words where nothing is asked."""
    reached_by: tuple[str, ...] = ()
    """Messages that it is for: `playbook test` runs them."""
    not_by: tuple[str, ...] = ()

    @field_validator("when", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    def fits(self, message: str) -> bool:
        """Whether it is meant for this (plain) message."""
        return all(found(one, message) for one in self.when) and not (self.unless and found(self.unless, message))

    def matched(self, message: str) -> str:
        """What of this (plain) message its patterns found, for which it is meant."""
        return " ".join(match[0] for one in self.when if (match := _compiled(one).search(message)))


class OwnAid(Aid):
    """An entry that may stand over one of the same id and then says only what differs."""

    when: tuple[str, ...] = ()


class FieldOfAid(Value):
    """One file: the entries of a field."""

    field: str
    entries: tuple[OwnAid, ...]


class FirstAid(Value):
    """All entries, in the order of their files."""

    entries: tuple[Aid, ...] = ()
    _meant: dict[str, Any] = PrivateAttr(default_factory=dict)

    def of(self, message: str, *, pleased: bool) -> Aid | None:
        """The entry that is meant for a message (as customers write it), None where none is.

        Of those whose cues are found, the one that is nearest in meaning, has most cues, and has them close together.
        """
        said = plain(message)
        fitting = [one for one in self.entries if one.pleased == pleased and one.fits(said)]
        if not fitting:
            return None
        likeness, stretches = self._likenesses(said), _stretches(message)
        nearest = max(likeness[one.id] for one in self.entries if one.pleased == pleased and not one.fallback)
        merits = [(self._merit(one, likeness[one.id], nearest, stretches), -place) for place, one in enumerate(fitting)]
        best = max(merits)
        return fitting[-best[1]] if best[0] > 0 else None

    def sure(self, message: str) -> Aid | None:
        """The entry for trouble that is meant beyond doubt, by several cues and by meaning; None where none is."""
        best = self.of(message, pleased=False)
        if best is None or best.fallback or len(best.when) < 2 or not _UNDONE.search(plain(message)):
            return None
        return best if self._likenesses(plain(message))[best.id] >= SURE else None

    def praise(self, message: str, *, positive: bool, doubtful: bool) -> Aid | None:
        """The entry for praise where a message is near to it, leaves nothing undone and is nearer to no trouble.

        Args:
            message: as the customer wrote it.
            positive: its words are glad ones: then a trouble that is nearer decides nothing.
            doubtful: it might be sarcasm: then it must be nearer still.
        """
        best = self.of(message, pleased=True)
        said = plain(message)
        if best is None or _UNDONE.search(_CONTENT.sub("", said)):
            return None
        likeness = self._likenesses(said)
        nearest = {kind: max(likeness[one.id] for one in self.entries if one.pleased == kind) for kind in (True, False)}
        enough = SURELY_PRAISED if doubtful else PRAISED
        return best if nearest[True] >= (enough if positive else max(enough, nearest[False])) else None

    def gladly(self, message: str) -> bool:
        """Whether a message that is taken for praise is at least as near to an example of praise as to any trouble."""
        likeness = self._likenesses(plain(message))
        nearest = {kind: max(likeness[one.id] for one in self.entries if one.pleased == kind) for kind in (True, False)}
        return nearest[True] >= nearest[False]

    def near(self, aid: Aid, clause: str) -> bool:
        """Whether a clause of the message is about what the entry is for."""
        from tone_rules.vectors import vector

        examples, starts = self._meaning()
        place = next(number for number, one in enumerate(self.entries) if one.id == aid.id)
        end = starts[place + 1] if place + 1 < len(starts) else len(examples)
        return float((examples[starts[place] : end] @ vector(plain(clause))).max()) >= NEAR

    def knows(self, aid: Aid, noun: str) -> bool:
        """Whether an entry speaks of a thing itself: then it may be named in front of what it says."""
        said = plain(noun)
        if aid.thing and ((found(aid.thing, said) and aid.thing != ".") or any(found(one, said) for one in aid.when)):
            return True
        own = " ".join([aid.about, *aid.reached_by, *(one.say for one in all_phrasings(aid))])
        return not set(terms_of(noun)).isdisjoint(terms_of(plain(own)))

    def _merit(self, aid: Aid, likeness: float, nearest: float, stretches: Sequence[str]) -> float:
        """How well an entry fits; 0 where its cues are there by chance."""
        behind = BEHIND if likeness >= FAR_OFF else FAR_BEHIND
        if not aid.pleased and likeness < max(ENOUGH, nearest - behind):
            return 0.0
        close = any(aid.fits(stretch) for stretch in stretches)
        return CUE * len(aid.when) + CLOSE * close + likeness - FALLBACK * aid.fallback

    def _likenesses(self, said: str) -> Mapping[str, float]:
        """How near a (plain) message is to the best example of each entry, as a cosine."""
        import numpy as np

        from tone_rules.vectors import vector

        examples, starts = self._meaning()
        best = np.maximum.reduceat(examples @ vector(said), starts)
        return {one.id: float(near) for one, near in zip(self.entries, best, strict=True)}

    def _meaning(self) -> tuple[Any, Any]:
        """The examples of all entries as vectors, and where each entry's begin."""
        from tone_rules.vectors import vectors

        if not self._meant:
            examples = [
                [plain(one) for one in (aid.about or aid.id.replace("_", " "), *aid.reached_by)] for aid in self.entries
            ]
            starts = [sum(map(len, examples[:number])) for number in range(len(examples))]
            self._meant["all"] = (vectors([text for some in examples for text in some]), starts)
        meaning: tuple[Any, Any] = self._meant["all"]
        return meaning


_NAME_OR_NOTHING = regex.compile(
    r"minecraft|gta\w*|red dead\w*|rdr\w*|fortnite|mojang|realm\w*"
    r"|mac\w*|windows|i(?:phones?|pad)|airpods?|pixel|xbox\w*|playstation\w*|switch|gmail|insta\w*|paypal|trax"
    r"|photoshop|lightroom|premiere|illustrator|indesign|after effects|acrobat|hp|envy|officejet|deskjet|laserjet"
    r"|club|stuff|things|people|support|service|data|system|guy|rep|hours|computer"
)
"""Words that "the" can't stand before, or that name nothing."""


def thing_of(aid: Aid, said: str) -> str | None:
    """The thing that an entry looks for, where a (plain) message holds its very word: "your reward", "the network"."""
    if "\\b" not in aid.thing:
        return None
    stands = _compiled(aid.thing).search(said)
    if stands is None or not stands[0].replace(" ", "").isalpha() or _NAME_OR_NOTHING.fullmatch(stands[0]):
        return None
    return f"{'your' if said[: stands.start()].endswith(' my ') else 'the'} {stands[0]}"


def _stretches(message: str) -> list[str]:
    """Sentences of a message, each with the next."""
    sentences = [one for one in _SENTENCE.split(message[:READ]) if one.strip()]
    return [plain(" ".join(sentences[place : place + 2])) for place in range(len(sentences))]


def load_first_aid(*folders: Path) -> FirstAid:
    """The entries of some folders; one of a later folder lies over an earlier one of the same id.

    Raises:
        ConfigurationError: every problem of every file at its line and column.
    """
    entries: dict[str, Aid] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            try:
                found_here = read(path, FieldOfAid, "a field of first aid").entries
            except ConfigurationError as error:
                problems += error.problems
                continue
            for one in found_here:
                said = {name: getattr(one, name) for name in one.model_fields_set}
                if one.id in entries:
                    entries[one.id] = entries[one.id].model_copy(update=said)
                elif one.when:
                    entries[one.id] = Aid.model_construct(one.model_fields_set, **one.__dict__)
                else:
                    message = f"the entry '{one.id}' is new, so it needs `when`: patterns that say what it is for"
                    problems.append(Problem(path=str(path), message=message))
    if problems:
        raise ConfigurationError(problems)
    return FirstAid(entries=tuple(entries.values()))


def all_phrasings(aid: Aid) -> Iterator[Phrasing]:
    """Every phrasing of an entry."""
    yield from aid.open
    yield from aid.next
    for step in aid.help:
        yield from step.say
    for question in aid.ask:
        yield from question.say
