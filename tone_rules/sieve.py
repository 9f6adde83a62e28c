r"""A sieve for patterns: RE2 says in microseconds that a pattern can't match, so the exact engine is rarely needed.

The exact engine compiles a pattern in milliseconds, as it is written in Python; most rules find nothing in most
replies, and need never be compiled. RE2 knows only ASCII for `\w`, `\b`, `\d` and `\s`, so it is asked only about
texts whose word characters and spaces are ASCII: emoji, dashes and curly quotes are neither.
"""

import re
from functools import lru_cache
from typing import Any

from tone_rules.dialect import translated

_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")
_UNLIKE = re.compile(
    r"\\[pPZAGKRXhHQEC]|\[\[:"  # properties: another Unicode version; escapes that mean other things or nothing
    r"|\{,"  # a quantifier to one engine, text to the other
    r"|\(\?[a-zA-Z]*[xaLufVbrewp]"  # flags that only one of them has
)
_FLAGS_INSIDE = re.compile(r"(?s).\(\?[a-zA-Z-]+\)")
"""Flags that stand inside a pattern hold for all of it in one engine, for what follows in the other."""
_LINES = re.compile(r"\(\?[is]*m")
_STRUCTURE = re.compile(r"[\\\[(]")
_UNCOMMON = re.compile(r"[^\x00-\x0a\x0c-\x1b\x20-\x7f‘’“”–—…£€•\U0001f300-\U0001f3fa\U0001f400-\U0001faff]")
"""Not among the characters beyond ASCII that most replies keep to, of which none is a letter or a space."""


def can_match(source: str, text: str) -> bool:
    """False where a pattern has no match in a text, for certain; True where it may have one."""
    sieve = _sieve(source)
    return sieve is None or not plain(text) or sieve.search(text) is not None


@lru_cache(maxsize=8192)
def widened(source: str) -> str | None:
    """A pattern for RE2 that matches wherever `source` does, and perhaps elsewhere; None where there is none.

    RE2 may still refuse it.
    """
    bare = _without_lookaround(translated(source))
    if (
        not plain(bare)
        or _UNLIKE.search(bare)
        or _FLAGS_INSIDE.search(bare)
        or ("$" in bare and not _LINES.match(bare))
    ):
        return None
    return bare


@lru_cache(maxsize=64)
def plain(text: str) -> bool:
    """Whether both engines mean the same by the word characters and spaces of a text."""
    if text.isascii():
        return "\v" not in text
    if not _UNCOMMON.search(text):
        return True
    return _not_plain().search(text) is None


@lru_cache(maxsize=1)
def options() -> Any:
    """RE2's options: it keeps what it refuses to itself."""
    import re2

    quiet = re2.Options()
    quiet.log_errors = False
    return quiet


@lru_cache(maxsize=8192)
def _sieve(source: str) -> Any:
    import re2

    bare = widened(source)
    if bare is None:
        return None
    try:
        return re2.compile(bare, options())
    except (re2.error, UnicodeEncodeError):
        return None


@lru_cache(maxsize=1)
def _not_plain() -> Any:
    import regex

    return regex.compile(r"[^\W\x00-\x7f]|(?![\t\n\f\r ])\s|[\ud800-\udfff]")


def _without_lookaround(source: str) -> str:
    r"""A pattern with nothing in the place of each lookaround: what it matched it still matches; and `\z` for `\Z`."""
    if "(?=" not in source and "(?!" not in source and "(?<" not in source and r"\Z" not in source:
        return source
    out: list[str] = []
    at = 0
    while at < len(source):
        plain_to = _STRUCTURE.search(source, at)
        end = plain_to.start() if plain_to else len(source)
        out.append(source[at:end])
        at = end
        if source.startswith(_LOOKAROUND, at):
            out.append("(?:)")
            at = _end(source, at)
        elif at < len(source):
            end = at + 1 if source[at] == "(" else _end(source, at)
            out.append(r"\z" if source[at:end] == r"\Z" else source[at:end])
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
