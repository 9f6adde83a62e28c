"""A brand: one folder with its identity, voice, words, policies, knowledge, plays and rules."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from assistant.knowledge import Knowledge
from tone_rules.finding import Level
from tone_rules.situation import Voice
from tone_rules.value import Value

Personalisation = Literal["none", "name", "situation", "history"]
"""How far a reply may go: nobody's name, the first name, what happened to them in this thread, earlier contacts too."""


class WordToAvoid(Value):
    """A word the brand does not use. `instead` advises a person; `replace` is a drop-in that may be applied."""

    word: str = Field(min_length=1)
    instead: str | None = None
    replace: str | None = None


class Contact(Value):
    """Where a customer can turn. Each is text as it may stand in a reply."""

    dm: str | None = None
    phone: str | None = None
    help_url: str | None = None
    press: str | None = None
    safety: str | None = None
    status: str | None = None


class Policy(Value):
    """Something that may be promised, in the brand's words."""

    id: str
    text: str


class ChannelSettings(Value):
    """What a brand sets otherwise for one channel."""

    limit: int | None = Field(default=None, gt=0)
    sla_hours: float | None = Field(default=None, gt=0)
    personalisation: Personalisation | None = None
    signature: str | None = None


class RuleSetting(Value):
    """What a brand sets otherwise for one rule. A required rule is lowered only with a reason."""

    level: Level | Literal["off"]
    reason: str | None = None


class BrandDescription(Value):
    """The keys of `brand.yaml`."""

    name: str = Field(min_length=1)
    industry: str | None = None
    languages: tuple[str, ...] = ("en",)
    signature: str | None = None
    """A pattern: `^{initials}`, `{name} at Halyard`."""
    voice: Voice = Voice()
    words_to_use: tuple[str, ...] = ()
    words_to_avoid: tuple[WordToAvoid, ...] = ()
    allowed_domains: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    contact: Contact = Contact()
    compliance: tuple[str, ...] = ("general",)
    packs: tuple[str, ...] = ("tone",)
    rules: Mapping[str, RuleSetting] = {}
    policies: tuple[Policy, ...] = ()
    goodwill: str | None = None
    personalisation: Personalisation = "situation"
    channels: Mapping[str, ChannelSettings] = {}
    four_eyes: bool = False
    retention_days: int = Field(default=365, gt=0)


__all__ = ["Brand", "BrandDescription"]


class Brand(BrandDescription):
    """A brand as loaded from its folder."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    folder: Path | None = None
    knowledge: Knowledge = Knowledge()
