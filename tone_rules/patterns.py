"""Regular expressions of rules: checked when they are read, compiled at their first use, and cut off in time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from tone_rules.dialect import translated
from tone_rules.sieve import can_match

if TYPE_CHECKING:
    import regex

TIMEOUT = 0.5
"""Seconds that one pattern, or one rule, may take on one text before it is cut off and reported as not run."""
BUDGET = 2.0
"""Seconds that the patterns of all rules together may take in one check."""

_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}|\{,\d+\}")
_NAMED_BEFORE_BRACE = re.compile(r"\\[pPNxuo]$")


_until: ContextVar[float] = ContextVar("_until", default=0.0)


class Exact:
    """A pattern of the exact engine whose every call is cut off in time."""

    __slots__ = ("_pattern", "groups")

    def __init__(self, pattern: "regex.Pattern[str]") -> None:
        self._pattern = pattern
        self.groups: int = pattern.groups

    def search(self, text: str, timeout: float | None = None) -> "regex.Match[str] | None":
        """The first match."""
        return self._pattern.search(text, timeout=left(timeout))

    def fullmatch(self, text: str, timeout: float | None = None) -> "regex.Match[str] | None":
        """The match of the whole text."""
        return self._pattern.fullmatch(text, timeout=left(timeout))

    def sub(self, put: Any, text: str, count: int = 0, timeout: float | None = None) -> str:
        """The text with something else in place of its matches."""
        return str(self._pattern.sub(put, text, count=count, timeout=left(timeout)))

    def finditer(self, text: str, timeout: float | None = None) -> Iterator["regex.Match[str]"]:
        """All matches; the time between them counts, too."""
        seconds = left(timeout)
        end = monotonic() + seconds
        for found in self._pattern.finditer(text, timeout=seconds):
            yield found
            if monotonic() > end:
                raise TimeoutError


@lru_cache(maxsize=8192)
def compiled(source: str) -> Exact:
    """The exact engine for a pattern, compiled once.

    Raises:
        regex.error: it is not a pattern; `pos` says where.
    """
    import regex

    return Exact(regex.compile(_without_fuzzy(translated(source)), regex.V0))


def matches(source: str, text: str) -> Iterator["regex.Match[str]"]:
    """All matches of a pattern in a text.

    Raises:
        TimeoutError: it took longer than `TIMEOUT`, or than what its rule has left.
    """
    return compiled(source).finditer(text) if can_match(source, text) else iter(())


def left(timeout: float | None = None) -> float:
    """Seconds that a pattern may take now.

    Raises:
        TimeoutError: none is left.
    """
    seconds = TIMEOUT if timeout is None else timeout
    until = _until.get()
    if until:
        seconds = min(seconds, until - monotonic())
        if seconds <= 0:
            raise TimeoutError
    return seconds


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Cut off what patterns do in here together after so many seconds; an earlier bound around it holds on."""
    outer = _until.get()
    until = monotonic() + seconds
    token = _until.set(min(until, outer) if outer else until)
    try:
        yield
    finally:
        _until.reset(token)


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
