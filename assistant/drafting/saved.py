"""A team's saved replies as plays: the one that is meant for a message, with what is known filled in."""

from collections.abc import Mapping, Sequence

import regex

from assistant.drafting.first_aid import plain
from assistant.saved_replies import SavedReply

MEANT = 0.5
"""Cosine of a message with a saved reply's title and tags, or its text, from which it may be meant for it."""

_BLANK = regex.compile(r"\{(\w+)\}")


def saved_reply_for(
    message: str, replies: Sequence[SavedReply], known: Mapping[str, str]
) -> tuple[SavedReply, str] | None:
    """The saved reply nearest in meaning and its text, filled in; None where none is near or a blank stays open.

    Args:
        message: as the customer wrote it.
        replies: what the team keeps.
        known: what fills the blanks, by their name ("first_name"); private values never stand in it.
    """
    from tone_rules.vectors import likeness

    said = plain(message)
    best: tuple[float, SavedReply, str] | None = None
    for one in replies:
        if any(not known.get(name) for name in _BLANK.findall(one.text)):
            continue
        nearness = max(likeness(said, plain(f"{one.title} {' '.join(one.tags)}")), likeness(said, plain(one.text)))
        if nearness >= MEANT and (best is None or nearness > best[0]):
            best = (nearness, one, _BLANK.sub(lambda blank: known[blank[1]], one.text).strip())
    return best[1:] if best else None
