"""Regular expressions of rules: checked when they are read, compiled at their first use, and cut off in time."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tone_rules.sieve import can_match

if TYPE_CHECKING:
    import regex

TIMEOUT = 0.5
"""Seconds that one pattern may take on one text before it is cut off and reported as not run."""

_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}|\{,\d+\}")
_NAMED_BEFORE_BRACE = re.compile(r"\\[pPNxuo]$")


@lru_cache(maxsize=8192)
def compiled(source: str) -> "regex.Pattern[str]":
    """The exact engine for a pattern, compiled once.

    Raises:
        regex.error: it is not a pattern; `pos` says where.
    """
    import regex

    return regex.compile(_without_fuzzy(source), regex.V0)


def matches(source: str, text: str) -> Iterator["regex.Match[str]"]:
    """All matches of a pattern in a text.

    Raises:
        TimeoutError: it took longer than `TIMEOUT`.
    """
    if not can_match(source, text):
        return iter(())
    found: Iterator[regex.Match[str]] = compiled(source).finditer(text, timeout=TIMEOUT)
    return found


def fault(source: str) -> str | None:
    """What is wrong with a pattern and where, or None. RE2 answers first: it is several times quicker to compile."""
    if _re2_takes(source):
        return None
    import regex

    try:
        compiled(source)
    except regex.error as error:
        place = "" if error.pos is None else f" at character {error.pos + 1}"
        return f"this is not a regular expression: {error.msg}{place} of '{source}'"
    except (RecursionError, OverflowError):
        return "this regular expression is too deep or too large"
    return None


def words(parts: list[str], *, nonword: bool = False, ignorecase: bool = False) -> str:
    """Vale's form of a list of alternatives: whole words unless `nonword`, `^` and `$` at each line."""
    flags = "(?mi)" if ignorecase else "(?m)"
    group = f"(?:{'|'.join(parts)})"
    return f"{flags}{group}" if nonword else rf"{flags}\b{group}\b"


def _without_fuzzy(source: str) -> str:
    """Escape a `{` that is no quantifier: `regex` would read it as fuzzy matching, which no rule means."""
    if "{" not in source:
        return source
    out: list[str] = []
    at = 0
    while (brace := source.find("{", at)) >= 0:
        before = source[:brace]
        escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
        keep = escaped or _QUANTIFIER.match(source, brace) or _NAMED_BEFORE_BRACE.search(before)
        out.append(source[at:brace] + ("{" if keep else r"\{"))
        at = brace + 1
    return "".join(out) + source[at:]


@lru_cache(maxsize=1)
def _re2() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2, options


def _re2_takes(source: str) -> bool:
    re2, options = _re2()
    try:
        re2.compile(source, options)
    except re2.error:
        return False
    return True
