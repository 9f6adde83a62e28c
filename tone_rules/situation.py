"""What the rules know around a reply: the `Situation`, and the small values it is made of."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from tone_rules.value import Value

Visibility = Literal["public", "private", "internal"]


class Fact(Value):
    """One thing known around a message. Private is the default: a fact is public only where somebody said so."""

    name: str = Field(min_length=1)
    value: str
    visibility: Visibility = "private"
    """`public` may be said; `private` may only be used to understand; `internal` is not even hinted at."""
    source: str | None = None


class Turn(Value):
    """One earlier post of the thread."""

    role: Literal["customer", "brand", "other"]
    author: str | None = None
    text: str
    at: datetime | None = None


class Agent(Value):
    """The person who will sign the reply."""

    name: str
    initials: str | None = None


class Voice(Value):
    """The four dimensions of a voice (NN/g), each from 0 (the first word) to 1 (the second), and its bounds.

    A bound that is not given is the shipped rule's own.
    """

    funny_serious: float = Field(default=0.5, ge=0, le=1)
    formal_casual: float = Field(default=0.5, ge=0, le=1)
    respectful_irreverent: float = Field(default=0.0, ge=0, le=1)
    enthusiastic_matter_of_fact: float = Field(default=0.5, ge=0, le=1)
    reading_grade: float | None = Field(default=None, gt=0, le=20)
    """Years of school that a reply may take."""
    sentence_words: int | None = Field(default=None, gt=0)
    """Words of a sentence."""
    exclamation_marks: int | None = Field(default=None, ge=0)
    """In a reply."""
    emoji: int | None = Field(default=None, ge=0)
    """In a reply."""
    notes: str | None = None


class Source(Value):
    """Something a statement in a reply can be traced to: a policy, an article, the goodwill line, a public fact."""

    id: str
    kind: Literal["policy", "help", "wording", "notice", "goodwill", "fact", "thread"]
    text: str
    url: str | None = None


class Situation(Value):
    """All that a rule may look at beside the reply itself. Built for one check and never written anywhere."""

    channel: str | None = None
    """The name of a file in `tone_rules/channels`, or None where the channel is not known."""
    audience: Literal["public", "private"] = "public"
    industry: str | None = None
    compliance: Sequence[str] = ()
    message: str | None = None
    """The customer's own words; None where a reply is checked by itself."""
    thread: Sequence[Turn] = ()
    facts: Sequence[Fact] = ()
    sources: Sequence[Source] = ()
    allowed_domains: Sequence[str] = ()
    competitors: Sequence[str] = ()
    agent: Agent | None = None
    first_reply: bool = True
    """False once the brand has answered in this thread."""
    recent_replies: Sequence[str] = ()
    voice: Voice | None = None


def in_industry(industry: str | None, wanted: Sequence[str]) -> bool:
    """Whether all words of one of the wanted names stand in an industry's name: `bank` fits "retail bank"."""
    words = set(re.findall(r"\w+", (industry or "").casefold()))
    return any(set(re.findall(r"\w+", one.casefold())) <= words for one in wanted)
