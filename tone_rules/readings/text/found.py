"""What a reading finds: where it stands, its words, and what it is."""

from typing import Literal, NamedTuple

SentenceKind = Literal[
    "statement",
    "question",
    "request",
    "apology",
    "thanks",
    "promise",
    "instruction",
    "greeting",
    "signature",
]
AskKind = Literal["question", "request"]
TimeKind = Literal["span", "day", "clock", "since", "vague"]
ContactKind = Literal["email", "phone", "handle"]
NameKind = Literal["person", "product", "proper", "hashtag", "handle"]
EmpathyKind = Literal["feeling", "impact", "understanding", "care", "stock"]


class Found(NamedTuple):
    """Words of a text; `end` exclusive, both in characters of it."""

    start: int
    end: int
    text: str


class Sentence(NamedTuple):
    """One sentence. A link, a counter or a mention alone has no kind."""

    start: int
    end: int
    text: str
    kinds: frozenset[SentenceKind]


class Ask(NamedTuple):
    """One thing that is asked of the other side."""

    start: int
    end: int
    text: str
    kind: AskKind
    about: tuple[str, ...]
    """Its words that say something, in lower case, in order, each once; empty for `can you help?`."""


class TimeSpan(NamedTuple):
    """When, or how long."""

    start: int
    end: int
    text: str
    kind: TimeKind
    """`span` (`within 24 hours`, `9 days`, `today`), `day` (`by Friday`), `clock` (`at 5pm`), `since` (where it
    begins so: `since Monday`), `vague` (`soon`, `as soon as possible`)."""


class Contact(NamedTuple):
    """A way to reach somebody."""

    start: int
    end: int
    text: str
    kind: ContactKind


class Name(NamedTuple):
    """A name. Links and addresses hold none."""

    start: int
    end: int
    text: str
    kind: NameKind
    """`person` in a greeting or a signature; `product` has digits or inner capitals (`iPhone 12`); else `proper`."""


class Strategy(NamedTuple):
    """A politeness strategy, by its name in `strategies.yaml`."""

    start: int
    end: int
    text: str
    name: str


class Empathy(NamedTuple):
    """Words that name a feeling or what something did to somebody."""

    start: int
    end: int
    text: str
    kind: EmpathyKind
    """`stock` is what fits any message (`sorry to hear that`); it may stand over another."""


class Valence(NamedTuple):
    """Words with a mood, -1 to 1 and beyond where they are strengthened."""

    start: int
    end: int
    text: str
    weight: float


class Persons(NamedTuple):
    """How often a text speaks of whom."""

    i: int
    we: int
    you: int
    third: int


class Tenses(NamedTuple):
    """How many verbs stand in which tense, told roughly by auxiliaries and endings."""

    past: int
    present: int
    future: int
