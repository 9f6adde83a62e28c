"""The playbook as data: plays by intent, holding replies by escalation, and the phrasings that all plays share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, RootModel

from assistant.drafting.first_aid import FirstAid, load_first_aid
from assistant.drafting.pattern import Pattern, search
from assistant.drafting.phrasing import Phrasing
from assistant.drafting.praised import Praised
from assistant.triage import Escalation, Intent
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import read
from tone_rules.value import Value

FOLDER = Path(__file__).parent.parent / "playbooks"
M = TypeVar("M", bound=BaseModel)


class Missing(Value):
    """A detail that helps, asked for only where the message does not hold it yet."""

    known: Pattern
    """A pattern; where it is found in the message the detail is there already."""
    where: Pattern = ""
    """A pattern, or the name of one in `phrasings/about.yaml`; only where it is found does the detail matter at all."""
    ask: tuple[str, ...] = Field(min_length=1)
    """The same question in several wordings."""

    def wanted(self, message: str, about: Mapping[str, str]) -> bool:
        """Whether a message leaves this detail open; `about` holds the patterns that `where` may name."""
        matters = about.get(self.where, self.where)
        return search(matters, message) is not None and search(self.known, message) is None


class Usual(Value):
    """What is usually behind an intent, as a question for the knowledge."""

    where: Pattern = ""
    """A pattern, or the name of one in `phrasings/about.yaml`; asked only where it is found in the message."""
    question: str


class Play(Value):
    """What to say for some intents: how it begins where no clause can be named, what to ask, what comes next."""

    id: str
    intents: tuple[Intent, ...]
    lead: Mapping[Literal["upset", "calm", "span", "topic", "person"], tuple[Phrasing, ...]]
    missing: tuple[Missing, ...] = ()
    questions: int = Field(default=1, ge=1, le=3)
    """How many details a full draft asks for at once."""
    usual: tuple[Usual, ...] = ()
    """Asked of the knowledge, in this order, where the customer's own words found nothing."""
    private: str | None = None
    """What must be known to look at this customer's case and does not belong in public."""
    next: tuple[Phrasing, ...] = ()
    close: tuple[Phrasing, ...] = ()
    """The last words: of thanks, or where the latest stands; one whose slot can’t be filled is not said."""
    reached_by: tuple[str, ...] = ()
    """Messages that it is for: `playbook test` runs them."""


class OwnPlay(Play):
    """A brand's play: of one that ships it says only what differs."""

    intents: tuple[Intent, ...] = ()
    lead: Mapping[Literal["upset", "calm", "span", "topic", "person"], tuple[Phrasing, ...]] = {}

    def over(self, shipped: Play | None) -> Play:
        """This play with whatever it leaves out taken from the shipped one of its id."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        if shipped is None:
            return Play(**{"intents": (), "lead": {}, **said})
        return shipped.model_copy(update={**said, "lead": {**shipped.lead, **self.lead}})


class Holding(Value):
    """The first public reply where a specialist takes over."""

    id: Escalation
    owner: str
    wording: str | None = None
    """Words that find a cleared text in the brand's knowledge, or a passage that will do; it is used word for word."""
    care: Phrasing | None = None
    """Said before a passage that was not written as a reply."""
    say: tuple[Phrasing, ...] = Field(min_length=1)
    short: Phrasing
    """For a channel where nothing else fits: a holding reply is never cut, its last words may be a crisis line."""


class Openings(Value):
    """How a reply begins once the issue is named, by kind of issue."""

    trouble: tuple[Phrasing, ...]
    question: tuple[Phrasing, ...]
    request: tuple[Phrasing, ...]
    help: tuple[Phrasing, ...]
    noun: tuple[Phrasing, ...]


class Phrasings(Value):
    """Lists of phrasings by a word: a mood, or `any`."""

    upset: tuple[Phrasing, ...] = ()
    calm: tuple[Phrasing, ...] = ()
    formal: tuple[Phrasing, ...] = ()
    any: tuple[Phrasing, ...] = ()


class Stake(Value):
    """What is at stake, and the line that shows it was read."""

    where: Pattern
    say: str


class Stakes(Value):
    """The stakes, the first that fits wins."""

    stakes: tuple[Stake, ...]


class About(RootModel[Mapping[str, Pattern]]):
    """Patterns by the name that plays use."""


class Said(Value):
    """What all drafts draw on around first aid."""

    after_question: Phrasings
    after_help: Phrasings
    private: Phrasings
    topic_only: Phrasings
    """How a reply begins in a trade that may confirm nothing about the customer."""


class Answers(Value):
    """The words around an answer from the brand's own knowledge."""

    sorry: tuple[Phrasing, ...]
    refused: tuple[Phrasing, ...]
    told: tuple[Phrasing, ...]
    tentative: tuple[Phrasing, ...]
    otherwise: tuple[Phrasing, ...]
    open: tuple[Phrasing, ...]
    open_here: tuple[Phrasing, ...]
    update: tuple[Phrasing, ...]
    unknown: tuple[Phrasing, ...]


class OpeningsByMood(Value):
    """The openings of both moods."""

    upset: Openings
    calm: Openings
    answered: Phrasings
    """Before the answer to a question, by mood."""


class Playbook(Value):
    """All of it, checked."""

    plays: tuple[Play, ...]
    holdings: tuple[Holding, ...]
    openings: OpeningsByMood
    closings: Phrasings
    links: Phrasings
    private: Phrasings
    ask: Phrasings
    answers: Answers
    unseen: Phrasings
    """A question for what a picture shows that can't be seen here."""
    stakes: Stakes
    about: Mapping[str, str]
    way_on: Phrasings
    """Where nothing is known and nothing is left to ask."""
    first_aid: FirstAid
    devices: Mapping[str, str]
    """How a device is written, by the pattern that finds it."""
    said: Said
    praised: Praised
    """What is said to details of praise, and to a flaw beside it."""
    sha256: str

    def play(self, intents: Iterable[Intent]) -> Play:
        """The play of the first intent that has one; how a question is put says less than what it is about."""
        for intent in sorted(intents, key=lambda one: one in ("how_to", "other")):
            for play in self.plays:
                if intent in play.intents:
                    return play
        return next(play for play in self.plays if "other" in play.intents)

    def holding(self, escalation: Escalation) -> Holding:
        """The holding reply of an escalation."""
        return next(one for one in self.holdings if one.id == escalation)


def load_playbook(own: Path | None = None) -> Playbook:
    """The shipped playbook, with a brand's own plays over those of the same id: what they leave out stays as it was.

    Args:
        own: a brand's `playbooks` folder; each `*.yaml` directly in it is a play.

    Raises:
        ConfigurationError: every problem of every file at its line and column.
    """
    shipped = _shipped()
    if own is None or not own.is_dir():
        return shipped
    by_id = {play.id: play for play in shipped.plays}
    plays = {play.id: play.over(by_id.get(play.id)) for play in _all(own, OwnPlay)}
    kept = tuple(play for play in shipped.plays if play.id not in plays)
    changed = {"plays": (*plays.values(), *kept), "first_aid": load_first_aid(FOLDER / "first_aid", own / "first_aid")}
    return shipped.model_copy(update={**changed, "sha256": _digest(FOLDER, own)})


@cache
def _shipped() -> Playbook:
    phrasings = FOLDER / "phrasings"
    return Playbook(
        plays=tuple(_all(FOLDER, Play)),
        holdings=tuple(_all(FOLDER / "holding", Holding)),
        openings=read(phrasings / "openings.yaml", OpeningsByMood, "the openings"),
        closings=read(phrasings / "closings.yaml", Phrasings, "the closings"),
        links=read(phrasings / "links.yaml", Phrasings, "the words around links"),
        private=read(phrasings / "private.yaml", Phrasings, "the words for a private channel"),
        ask=read(phrasings / "ask.yaml", Phrasings, "the words around questions"),
        unseen=read(phrasings / "unseen.yaml", Phrasings, "the questions about pictures"),
        stakes=read(phrasings / "stakes.yaml", Stakes, "the lines about what is at stake"),
        about=read(phrasings / "about.yaml", About, "the patterns of what a message is about").root,
        way_on=read(phrasings / "way_on.yaml", Phrasings, "the words that show the way on"),
        answers=read(phrasings / "answers.yaml", Answers, "the words around answers"),
        first_aid=load_first_aid(FOLDER / "first_aid"),
        devices=read(phrasings / "devices.yaml", About, "the names of devices").root,
        said=read(phrasings / "said.yaml", Said, "the words around first aid"),
        praised=read(phrasings / "praised.yaml", Praised, "the words for details of praise"),
        sha256=_digest(FOLDER),
    )


def _all(folder: Path, model: type[M]) -> Iterator[M]:
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            yield read(path, model, "a play")
        except ConfigurationError as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(problems)


def _digest(*folders: Path) -> str:
    total = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def lead_of(play: Play, wanted: str) -> Sequence[Phrasing]:
    """The play's leads of one kind, or its calm ones."""
    return next((found for kind, found in play.lead.items() if kind == wanted and found), play.lead["calm"])
