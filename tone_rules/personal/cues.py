"""Words around a number that tell what it is."""

import re

_REACH = 40
"""Characters before and after a span in which a cue counts."""


def before(text: str, at: int, reach: int = _REACH) -> str:
    """The same line and sentence in front of a place, as far as a cue reaches."""
    return re.split(r"[.!?]\s|\n", text[max(0, at - reach) : at])[-1]


def after(text: str, at: int, reach: int = _REACH) -> str:
    """The same line behind a place, as far as a cue reaches."""
    return text[at : at + reach].split("\n", 1)[0]
