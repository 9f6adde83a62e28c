"""Where a customer can turn in private, in words that fit the channel, and whether they would rather not."""

from typing import Self

import regex

from assistant.brand import Brand
from assistant.context import PublicView
from tone_rules.value import Value

DIRECT = frozenset({"x", "instagram", "facebook", "bluesky", "mastodon", "threads", "reddit", "linkedin", "tiktok"})
"""Channels where a customer can send the brand a direct message."""
_URL = regex.compile(r"https?://[^\s,;)]+")


class Reach(Value):
    """The brand's contacts for one message."""

    way: str | None
    """Behind a verb: "in a direct message", "at https://..."."""
    way_do: str
    """An imperative: "send us a direct message"."""
    phone: str | None = None
    safety: str | None = None
    press: str | None = None
    status: str | None = None
    help_url: str | None = None

    @classmethod
    def of(cls, brand: Brand, view: PublicView) -> Self:
        """The contacts of a brand as they fit the view's channel."""
        contact = brand.contact
        found = _URL.search(contact.dm or "")
        url = found[0].rstrip(".") if found else None
        direct = view.channel in DIRECT and (
            contact.dm is None or url is None or regex.search(r"direct message|\bDM\b", contact.dm, regex.I) is not None
        )
        if direct:
            way, way_do = "in a direct message", "send us a direct message"
        elif url:
            way, way_do = f"at {url}", f"write to us at {url}"
        elif contact.phone:
            way, way_do = f"on {contact.phone}", f"ring us on {contact.phone}"
        elif contact.help_url:
            way, way_do = f"through {contact.help_url}", f"write to us through {contact.help_url}"
        else:
            way, way_do = None, "write to us in private"
        known = {kind: getattr(contact, kind) or _public(view, kind) for kind in ("phone", "safety", "press", "status")}
        return cls(way=way, way_do=way_do, help_url=contact.help_url, **known)

    def slots(self) -> dict[str, str]:
        """The slots of a holding reply; an empty one says that the brand named no such contact."""
        return {
            "way": self.way or "in a private message",
            "way_do": self.way_do,
            "help": self.help_url or "",
            "way_short": self.way or "in private",
            "safety": f"Then ring our safety line: {self.safety}."
            if self.safety
            else f"Then reach us {self.way or 'in private'}.",
            "press": self.press or self.way or "in a private message",
            "phone": f"You can reach us on {self.phone}."
            if self.phone
            else f"You can reach us {self.way or 'in private'}.",
            "status": f"The latest is always at {self.status}." if self.status else "What do you see, and since when?",
        }


def _public(view: PublicView, kind: str) -> str | None:
    """A contact that somebody put beside this message as a public fact ("safety_line")."""
    return next((fact.value for fact in view.facts if kind in fact.name.split("_")), None)


_HERE = regex.compile(
    r"\b(?:answer|reply|say it|tell (?:me|us)) (?:me |us )?(?:in public|here|publicly|openly)\b"
    r"|[\"'“‘](?:please )?(?:dm|pm|message|inbox) (?:us|me)[\"'”’]"
    r"|\b(?:not|no|never|stop|won['’]?t|don['’]?t|sick of|tired of|fed up)\b.{0,25}"
    r"\b(?:dms?|pms?|direct messages?|inbox)\b",
    regex.I,
)


def wants_it_here(message: str) -> bool:
    """Whether somebody is tired of being sent to private messages, or asks to be answered in public."""
    return _HERE.search(message[:4_000]) is not None
