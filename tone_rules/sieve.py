r"""A sieve for patterns: RE2 says in microseconds that a pattern can't match, so the exact engine is rarely needed.

The exact engine compiles a pattern in milliseconds, as it is written in Python; most rules find nothing in most
replies, and need never be compiled. RE2 knows only ASCII for `\w`, `\b`, `\d` and `\s`, so it is asked only about
texts whose word characters and spaces are ASCII: emoji, dashes and curly quotes are neither.
"""

import re
from functools import lru_cache
from typing import Any

_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")
_UNLIKE = re.compile(
    r"\\[pPZzAGKRXhHQEC]|\[\[:"  # properties: another Unicode version; escapes that mean other things or nothing
    r"|\{,"  # a quantifier to one engine, text to the other
    r"|\(\?[a-zA-Z]*[xaLufVbrewp]"  # flags that only one of them has
)
_FLAGS_INSIDE = re.compile(r"(?s).\(\?[a-zA-Z-]+\)")
"""Flags that stand inside a pattern hold for all of it in one engine, for what follows in the other."""
_LINES = re.compile(r"\(\?[is]*m")


def can_match(source: str, text: str) -> bool:
    """False where a pattern has no match in a text, for certain; True where it may have one."""
    sieve = _sieve(source)
    return sieve is None or not _plain(text) or sieve.search(text) is not None


@lru_cache(maxsize=8192)
def _sieve(source: str) -> Any:
    """A pattern for RE2 that matches wherever `source` does, and perhaps elsewhere; None where there is none."""
    import re2

    bare = _without_lookaround(source)
    if (
        not _plain(bare)
        or _UNLIKE.search(bare)
        or _FLAGS_INSIDE.search(bare)
        or ("$" in bare and not _LINES.match(bare))
    ):
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(bare, options)
    except (re2.error, UnicodeEncodeError):
        return None


@lru_cache(maxsize=64)
def _plain(text: str) -> bool:
    """Whether both engines mean the same by the word characters and spaces of a text."""
    return "\v" not in text if text.isascii() else _not_plain().search(text) is None


@lru_cache(maxsize=1)
def _not_plain() -> Any:
    import regex

    return regex.compile(r"[^\W\x00-\x7f]|(?![\t\n\f\r ])\s|[\ud800-\udfff]")


def _without_lookaround(source: str) -> str:
    """A pattern with nothing in the place of each lookaround: what it matched it still matches."""
    out: list[str] = []
    at = 0
    while at < len(source):
        if source.startswith(_LOOKAROUND, at):
            out.append("(?:)")
            at = _end(source, at)
        else:
            end = at + 1 if source[at] == "(" else _end(source, at)
            out.append(source[at:end])
            at = end
    return "".join(out)


def _end(source: str, at: int) -> int:
    """Where the escape, set, group or character that begins at `at` ends."""
    if source[at] == "\\":
        return at + 2
    if source[at] == "[":
        at += 2 if source.startswith("[^", at) else 1
        at += source.startswith("]", at)
        while at < len(source) and source[at] != "]":
            at += 2 if source[at] == "\\" else 1
    elif source[at] == "(":
        at += 1
        while at < len(source) and source[at] != ")":
            at = _end(source, at)
    return at + 1
