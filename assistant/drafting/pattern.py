"""Patterns of a playbook: refused where they are read if they are none, blind to case, and cut off in time."""

from typing import Annotated

import regex
from pydantic import AfterValidator

SECONDS = 0.2
"""How long one pattern may look at one message; a brand writes patterns, too."""


def _compiles(pattern: str) -> str:
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


def search(pattern: str, text: str) -> "regex.Match[str] | None":
    """Its first match in a text.

    Raises:
        TimeoutError: it took too long.
    """
    return regex.search(pattern, text, regex.I, timeout=SECONDS)
