"""Which column of somebody's file is what, told by its name or, for the message, by its texts."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from assistant.web.intake.rows import Cells

Role = Literal[
    "message",
    "channel",
    "id",
    "time",
    "name",
    "handle",
    "followers",
    "language",
    "segment",
    "private",
    "internal",
    "public",
]
"""What a column holds; the last three are facts of that visibility."""
ROLES: tuple[Role, ...] = get_args(Role)

ALIASES: Mapping[Role, tuple[str, ...]] = {
    "message": (
        *("message", "customer message", "message text", "text", "post", "post text", "tweet", "review text", "review"),
        *("comment", "comment text", "mention", "question", "inbound message", "body", "content", "description"),
    ),
    "channel": ("channel", "network", "social network", "platform", "source", "site", "origin"),
    "id": (
        *("id", "message id", "post id", "tweet id", "review id", "comment id", "case id", "ticket id", "case number"),
        *("external id", "permalink", "url", "link"),
    ),
    "time": (
        *(
            "created at",
            "time",
            "date",
            "timestamp",
            "posted at",
            "published at",
            "received at",
            "created",
            "date time",
        ),
        *("datetime", "post date", "review date", "sent at"),
    ),
    "name": (
        *("customer name", "author name", "name", "author", "full name", "reviewer", "reviewer name", "user name"),
        *("display name", "customer", "from", "sender", "contact"),
    ),
    "handle": ("handle", "customer handle", "author handle", "username", "screen name", "user", "account", "profile"),
    "followers": ("followers", "follower count", "followers count"),
    "language": ("language", "lang", "locale"),
    "segment": ("segment", "customer segment", "tier", "customer tier", "loyalty tier"),
}
"""Names by which a column is known, the likeliest first; letter case, spaces and punctuation don't count."""


def guess(rows: Iterable[Cells], names: Iterable[str]) -> dict[str, Role]:
    """The role of each column whose name tells; where none is called a message, the one with the longest texts."""
    plain = {name: plain_name(name) for name in names}
    found: dict[str, Role] = {}
    for exactly in (True, False):
        for role, aliases in ALIASES.items():
            if role in found.values():
                continue
            free = [name for name in plain if name not in found]
            near = ((name, alias) for alias in aliases for name in free)
            fitting = (name for name, alias in near if _fits(plain[name], alias, exactly))
            if name := next(fitting, None):
                found[name] = role
    if "message" not in found.values():
        texts = list(rows)
        sizes = {
            name: sum(len(text_of(cells.get(name))) for cells in texts) / max(1, len(texts))
            for name in plain
            if name not in found
        }
        if sizes and max(sizes.values()) > 20:
            found[max(sizes, key=lambda name: sizes[name])] = "message"
    return found


def _fits(name: str, alias: str, exactly: bool) -> bool:
    return name == alias if exactly else f" {alias} " in f" {name} " and len(alias) > 2


def plain_name(name: str) -> str:
    """A name in small letters, with a space for every other sign."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())


def text_of(value: object) -> str:
    """A cell as text; empty where it is none."""
    match value:
        case None | bool() | list() | dict():
            return ""
        case _:
            return str(value)
