r"""A sieve for patterns: RE2 says in microseconds that a pattern can't match, so the exact engine is rarely needed.

The exact engine compiles a pattern in milliseconds, as it is written in Python; most rules find nothing in most
replies, and need never be compiled. RE2 knows only ASCII for `\w`, `\b`, `\d` and `\s`, so it is asked only about
texts whose word characters and spaces are ASCII: emoji, dashes and curly quotes are neither.

RE2 is shown one byte for each character, so that its patterns are a third as large and its places are ours: the
punctuation of Windows-1252 as its own, everything else beyond ASCII as one and the same.
"""

import codecs
import re
from functools import lru_cache
from typing import Any, NamedTuple

from tone_rules.automata import automaton
from tone_rules.dialect import translated

_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")
_UNLIKE = re.compile(
    r"\\[pPZGKRXhHQEC]|\[\[:"  # properties: another Unicode version; escapes that mean other things or nothing
    r"|\{,"  # a quantifier to one engine, text to the other
    r"|\(\?[a-zA-Z]*[xaLufVbrewp]"  # flags that only one of them has
)
_FLAGS_INSIDE = re.compile(r"(?s).\(\?[a-zA-Z-]+\)")
"""Flags that stand inside a pattern hold for all of it in one engine, for what follows in the other."""
_ANCHOR = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(\$)", re.DOTALL)
_LINES = re.compile(r"\(\?[is]*m")
_ODD_SPACES = "\v\x1c\x1d\x1e\x1f\x85"
_ODD = re.compile("[\v\x1c-\x1f]")
_AS_ASCII = "\u0130\u0131\u017f\u212a"
"""They count as a letter of ASCII where case does not matter."""
_INEXACT = re.compile(r"\(\?<?[=!]|\\A|[^\W\d\x00-\x7f]")
"""What is only nearly told by RE2: lookarounds, the beginning of all, and letters beyond ASCII."""
_STRUCTURE = re.compile(r"[\\\[(]")
_UNCOMMON = re.compile(r"[^\x00-\x0a\x0c-\x1b\x20-\x7f‘’“”–—…£€•\U0001f300-\U0001faff]")
"""Not among the characters beyond ASCII that most replies keep to, of which none is a letter or a space."""
_BOUNDED = re.compile(
    r"(?s)(\\[wWsSD]|\[\^?\]?(?:\\.|[^\]\\])*\]|\.|\))(?:\{([01]),\d+\})?"  # what may be repeated so often
    r"|\\."
)


_ANY = b"\x81"
"""The byte of every character that Windows-1252 does not have; it has no other use for this one."""
_LETTER = re.compile(r"(?![\u0130\u0131\u017f\u212a])[^\W\d_\x00-\x7f]")
"""A letter beyond ASCII: `readable` texts have `_` for it."""
_NOT_A_LETTER = re.compile(r"\[\^[^\]]*[^\W\x00-\x7f]|[^\W\x00-\x7f]-(?!\])|(?<!\[)-[^\W\x00-\x7f]")
"""Where it is ruled out, or is the end of a range, `_` would not do."""
_BY_CODE = re.compile(
    r"[^\x00-\x7f]-(?!\])|(?<!\[)(?<!\[\^)-[^\x00-\x7f]"  # a range in another order of characters
    r"|\\x(?![0-7][0-9A-Fa-f])|\\[0-7]"
)
_NOT_THESE = re.compile(r"\[\^[^\]]*[^\x00-\x7f]")

codecs.register_error(__name__, lambda error: (_ANY * (error.end - error.start), error.end))  # type: ignore[attr-defined]


class Sieve(NamedTuple):
    """A widened pattern of RE2 for texts `in_bytes`."""

    pattern: Any
    exact: bool
    """It matches nothing else and nowhere else than the pattern itself."""


def can_match(source: str, text: str) -> bool:
    """False where a pattern has no match in a text, for certain; True where it may have one."""
    found = sieve(source)
    return found is None or not plain(text) or found.pattern.search(in_bytes(text)) is not None


@lru_cache(maxsize=8192)
def widened(source: str) -> str | None:
    """A pattern for RE2 that matches wherever `source` does, and perhaps elsewhere; None where there is none.

    RE2 may still refuse it.
    """
    bare = _without_lookaround(translated(source))
    if _NOT_A_LETTER.search(bare):
        return None
    bare = _LETTER.sub("_", bare)
    if (
        not plain(bare)
        or _UNLIKE.search(bare)
        or _FLAGS_INSIDE.search(bare)
        or ("$" in bare and not _LINES.match(bare) and any(one[1] for one in _ANCHOR.finditer(bare)))
    ):
        return None
    return bare


def loosened(bare: str) -> str:
    """A widened pattern whose bounded repetitions have no bound: RE2 writes each of them out as often as it may be."""
    return _BOUNDED.sub(_unbounded, bare)


def _unbounded(found: re.Match[str]) -> str:
    return found[0] if found[2] is None else found[1] + ("*" if found[2] == "0" else "+")


def plain(text: str) -> bool:
    """Whether both engines mean the same by the word characters and spaces of a text."""
    return readable(text) is text


@lru_cache(maxsize=64)
def readable(text: str) -> str | None:
    """The text as RE2 may be shown it: itself where both engines read it alike.

    Else with `_` for each letter beyond ASCII and a tab for each space beyond it, a letter and a space to RE2, too;
    None where something is left that it reads differently.
    """
    if text.isascii() and not _ODD.search(text):
        return text
    shown = text
    for one in set(_UNCOMMON.findall(text)):
        put = _shown(one)
        if put is None:
            return None
        if put != one:
            shown = shown.replace(one, put)
    return shown


@lru_cache(maxsize=4096)
def _shown(character: str) -> str | None:
    import regex

    if character in _AS_ASCII or character in _ODD_SPACES:
        return None
    if regex.match(r"[^\W\d]", character):
        return "_"
    if regex.match(r"\s", character):
        return "\t"
    return None if regex.match(r"[\d\ud800-\udfff]", character) else character


@lru_cache(maxsize=64)
def in_bytes(text: str) -> bytes:
    """A `readable` text with one byte for each character."""
    return text.encode("cp1252", __name__)


def pattern_in_bytes(bare: str) -> bytes | None:
    """A widened pattern for texts `in_bytes`; None where the order of characters beyond ASCII may matter to it."""
    shown = in_bytes(bare)
    return None if _BY_CODE.search(bare) or (_ANY in shown and _NOT_THESE.search(bare)) else shown


@lru_cache(maxsize=8192)
def sieve(source: str) -> Sieve | None:
    """The sieve of a pattern, or None where there is none; for texts that are `plain`."""
    import re2

    bare = widened(source)
    shown = None if bare is None else pattern_in_bytes(bare)
    if bare is None or shown is None:
        return None
    exact = _ANY not in shown and not _INEXACT.search(source)
    try:
        return Sieve(automaton(shown, captures=False), exact)
    except re2.error:
        return None


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
