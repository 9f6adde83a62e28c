"""What came in: the customer's message with everything known around it, and the view of it that a drafter gets."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, field_validator

from tone_rules.channels import channel_names
from tone_rules.located import nearest
from tone_rules.situation import Agent, Fact, Turn
from tone_rules.value import Value

MAX_MESSAGE = 50_000
"""Characters. Above the longest post that any supported channel takes (X Premium: 25,000; Reddit: 40,000)."""


def _known_channel(name: str) -> str:
    if name not in channel_names():
        raise ValueError(f"unknown channel '{name}'; {nearest(name, channel_names())}")
    return name


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("the text holds a NUL byte; remove it")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty")
    return text


ChannelName = Annotated[str, AfterValidator(_known_channel)]
Text = Annotated[str, StringConstraints(max_length=MAX_MESSAGE), AfterValidator(_printable)]
SaidText = Annotated[Text, AfterValidator(_said)]


class Customer(Value):
    """Who wrote. The first name and the handle are on show; everything else here is private."""

    name: str | None = None
    handle: str | None = None
    followers: int | None = Field(default=None, ge=0)
    language: str | None = None
    segment: str | None = None


class Surroundings(Value):
    """What a draft and a check both know around a reply."""

    id: str = ""
    channel: ChannelName
    audience: Literal["public", "private"] = "public"
    post_id: str | None = None
    created_at: AwareDatetime | None = None
    attachments: tuple[str, ...] = ()
    """Kinds of what was attached ("image"). Their content is not known to this program."""
    thread: tuple[Turn, ...] = ()
    """Earlier posts, oldest first, without the message itself."""
    customer: Customer = Customer()
    facts: tuple[Fact, ...] = ()
    agent: Agent | None = None
    recent_replies: tuple[str, ...] = ()
    """What the brand published lately, newest first, so that it does not repeat itself."""

    @field_validator("id", "post_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """Many systems number their posts."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def first_reply(self) -> bool:
        """Whether the brand has not yet answered in this thread."""
        return not any(turn.role == "brand" for turn in self.thread)


class CustomerContext(Surroundings):
    """One customer's message and its surroundings: a line of input for `triage` and `draft`."""

    message: SaidText


class PublicView(Value):
    """What a drafter is given: public values, and of everything else only the names and that it exists."""

    id: str
    channel: str
    audience: Literal["public", "private"]
    message: str
    thread: tuple[Turn, ...]
    attachments: tuple[str, ...]
    created_at: datetime | None
    first_name: str | None
    """The first word of the name on show, None where there is none that reads like a name."""
    handle: str | None
    language: str | None
    facts: tuple[Fact, ...]
    """Public facts only."""
    withheld: tuple[str, ...]
    """The names of private and internal facts, never their values."""
    agent: Agent | None
    recent_replies: tuple[str, ...]
    first_reply: bool

    @classmethod
    def of(cls, context: CustomerContext) -> Self:
        """The public view of a context."""
        return cls(
            id=context.id,
            channel=context.channel,
            audience=context.audience,
            message=context.message,
            thread=context.thread,
            attachments=context.attachments,
            created_at=context.created_at,
            first_name=first_name(context.customer.name),
            handle=context.customer.handle,
            language=context.customer.language,
            facts=tuple(fact for fact in context.facts if fact.visibility == "public"),
            withheld=tuple(fact.name for fact in context.facts if fact.visibility != "public"),
            agent=context.agent,
            recent_replies=context.recent_replies,
            first_reply=context.first_reply,
        )


_TITLES = {
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "col",
    "sir",
    "dame",
    "lady",
    "lord",
    "rev",
    "capt",
    "maj",
    "sgt",
    "herr",
    "frau",
}
_NOT_NAMES = {
    "the",
    "a",
    "an",
    "team",
    "official",
    "angry",
    "disappointed",
    "anon",
    "anonymous",
    "customer",
    "user",
    "guest",
    "a google user",
    "me",
    "not",
    "your",
    "just",
    "mum",
    "dad",
    "im",
    "big",
    "little",
}


def first_name(shown: str | None) -> str | None:
    """The first name in a display name, or None where greeting by it would look silly or wrong.

    "Deb Farrow" gives Deb, "jules ☁️" gives Jules; a title ("Mrs P in Ely"), a handle ("u/x_y"), a lone initial
    ("R Adeyinka"), letters set apart ("T A M") and screen names that are phrases or in capitals give None.
    """
    if not shown:
        return None
    words = shown.split()
    if not words:
        return None
    first = words[0].strip(".,!~*'\"")
    plain = first.replace("-", "").replace("'", "").replace("’", "")
    if not (2 <= len(plain) <= 20 and plain.isalpha()):
        return None
    if first.lower() in _TITLES | _NOT_NAMES or (first.isupper() and len(words) > 1):
        return None
    others = [word for word in words[1:] if word[0].isalpha()]
    if first.islower() and others:
        return None
    if any(word.lower() in {"the", "of", "and", "from", "in", "on", "says"} for word in words[1:]) or "+" in words:
        return None
    return first if first[0].isupper() and not first.isupper() else first.capitalize()
