"""Which column of an export is what: by usual names, or as the caller says."""

import re
from collections.abc import Iterable, Mapping

from assistant.errors import InputError
from tone_rules.located import nearest
from tone_rules.value import Value

ALIASES: Mapping[str, tuple[str, ...]] = {
    "reply": (
        *("reply", "reply_text", "agent_reply", "brand_reply", "company_reply", "our_reply", "text", "response"),
        *("response_text", "answer", "outbound", "outbound_message", "sent_message", "body", "content"),
    ),
    "message": (
        *("message", "customer_message", "customer_post", "customer_text", "customer", "post", "inbound"),
        *("inbound_message", "in_reply_to_text", "question", "review", "review_text", "comment", "mention"),
    ),
    "channel": ("channel", "network", "social_network", "platform"),
    "audience": ("audience",),
    "time": (
        *("time", "date", "sent_at", "replied_at", "reply_date", "reply_time", "created_at", "created", "timestamp"),
        *("published_at", "date_sent", "sent_time", "sent", "datetime"),
    ),
    "agent": ("agent", "agent_name", "agent_id", "sent_by", "replied_by", "operator", "assignee", "handled_by"),
    "id": ("id", "reply_id", "message_id", "post_id", "tweet_id", "case_id", "ticket_id"),
    "link": ("link", "url", "permalink", "reply_url", "post_url"),
    "thread": ("thread",),
    "facts": ("facts",),
    "customer_details": ("customer_details",),
}
"""Names by which a column is known, the likeliest first; letter case, spaces and punctuation don't count."""
ROLES = tuple(ALIASES)
_USUAL = frozenset(name for names in ALIASES.values() for name in names)


class Columns(Value):
    """The column of each thing that an audit can use; None where a file has none."""

    reply: str
    """What was sent."""
    message: str | None = None
    """What the customer had written."""
    channel: str | None = None
    audience: str | None = None
    time: str | None = None
    """When it was sent."""
    agent: str | None = None
    """Who sent it; read only where the report is to be by agent."""
    id: str | None = None
    link: str | None = None
    """Where the reply can be seen."""
    thread: str | None = None
    """Earlier posts, as in a line of `check`; JSON Lines only, as are the next two."""
    facts: str | None = None
    customer_details: str | None = None
    """An object with the customer's name and handle, as `customer` in a line of `check`."""

    @classmethod
    def of(cls, header: Iterable[str], given: Mapping[str, str], where: str) -> "Columns":
        """Find each column in a header.

        Args:
            header: the names that a file has.
            given: by role, the column's name; it goes before the usual names.
            where: the file, for messages.

        Raises:
            InputError: a column that was named is not there, or none holds the reply; with the nearest name.
        """
        names = {_plain(one): one for one in reversed(list(header))}
        found: dict[str, str] = {}
        for role, name in given.items():
            if _plain(name) not in names:
                raise InputError(f"{where}: no column '{name}' for {role}; {nearest(name, list(names.values()))}")
            found[role] = names[_plain(name)]
        taken = set(found.values())
        for role, aliases in ALIASES.items():
            if role not in found:
                column = next((names[one] for one in aliases if one in names and names[one] not in taken), None)
                if column is not None:
                    found[role] = column
                    taken.add(column)
        if "reply" not in found:
            raise InputError(f"{where}: no column holds the replies; {_hint(list(names.values()))}")
        return cls(**found)

    @property
    def used(self) -> dict[str, str]:
        """By role, the columns that there are."""
        return {role: name for role, name in self if name is not None}


def parse_columns(text: str) -> dict[str, str]:
    """`reply=body,message=post` as a mapping from role to column.

    Raises:
        InputError: a pair without `=`, or a role that there is not.
    """
    found: dict[str, str] = {}
    for pair in filter(None, (one.strip() for one in text.split(","))):
        role, sign, name = (one.strip() for one in pair.partition("="))
        if not sign or not name:
            raise InputError(f"--columns: '{pair}' should be ROLE=COLUMN, as in reply=body")
        if role not in ROLES:
            raise InputError(f"--columns: there is no '{role}'; {nearest(role, ROLES)}")
        found[role] = name
    return found


def known(names: Iterable[str]) -> int:
    """How many of some names are usual ones: what a header has most of when it is cut at the right places."""
    return sum(_plain(one) in _USUAL for one in names)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().casefold()).strip("_")


def _hint(names: list[str]) -> str:
    """The column whose name is nearest to a usual one."""
    for alias in ALIASES["reply"]:
        near = nearest(alias, names)
        if near.startswith("did you mean"):
            column = near.removeprefix("did you mean '").removesuffix("'?")
            return f"did you mean --columns reply={column}?"
    shown = ", ".join(sorted(names))[:300]
    return f"name it with --columns reply=NAME; there are: {shown or 'none'}"
