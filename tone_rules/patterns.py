"""Regular expressions of rules: checked when they are read, compiled at their first use, and cut off in time."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from threading import Lock, active_count
from time import thread_time
from typing import TYPE_CHECKING, Any, Self

from tone_rules.dialect import translated
from tone_rules.reducing import reduced
from tone_rules.sieve import in_bytes, plain, sieve

if TYPE_CHECKING:
    import regex

TIMEOUT = 0.5
"""Seconds that one pattern, or one rule, may take on one text before it is cut off and reported as not run.

The processor's seconds: that a machine is busy with something else is not the rule's fault.
"""
BUDGET = 2.0
"""Seconds that the patterns of all rules together may take in one check."""

_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}|\{,\d+\}")
_NAMED_BEFORE_BRACE = re.compile(r"\\[pPNxuo]$")


_CORES = os.cpu_count() or 1
_MANY = 3
"""Matches after which the exact engine goes on alone."""
Span = tuple[int, int]

_until: ContextVar[float] = ContextVar("_until", default=0.0)
_compiling: ContextVar[float] = ContextVar("_compiling", default=0.0)
"""Seconds that went into compiling, which is done once and is on nobody's clock."""
_one_at_a_time = Lock()


class Exact:
    """A pattern of the exact engine whose every call is cut off in time."""

    __slots__ = ("_pattern", "groups")

    def __init__(self, pattern: "regex.Pattern[str]") -> None:
        self._pattern = pattern
        self.groups: int = pattern.groups

    def search(self, text: str, timeout: float | None = None) -> "regex.Match[str] | None":
        """The first match."""
        return self._pattern.search(text, timeout=_on_its_clock(left(timeout)))

    def fullmatch(self, text: str, timeout: float | None = None) -> "regex.Match[str] | None":
        """The match of the whole text."""
        return self._pattern.fullmatch(text, timeout=_on_its_clock(left(timeout)))

    def sub(self, put: Any, text: str, count: int = 0, timeout: float | None = None) -> str:
        """The text with something else in place of its matches."""
        return str(self._pattern.sub(put, text, count=count, timeout=_on_its_clock(left(timeout))))

    def finditer(self, text: str, after: int = 0) -> Iterator["regex.Match[str]"]:
        """All matches, but for the first so many; the time between them counts, too."""
        seconds = left()
        end = _now() + seconds
        for found in islice(self._pattern.finditer(text, timeout=_on_its_clock(seconds)), after, None):
            yield found
            if _now() > end:
                raise TimeoutError

    def near(self, text: str, data: bytes, hint: Any, at: int = 0) -> Iterator["regex.Match[str]"]:
        """All matches in a text; but for the first, looked for only where a hint has one.

        Args:
            text: where to look.
            data: the same with one byte for each character.
            hint: a pattern of RE2 that has a match wherever this one has one.
            at: where the first may begin.
        """
        seconds = left()
        end = _now() + seconds
        found = self._pattern.search(text, pos=at, timeout=_on_its_clock(seconds))
        count = 0
        while found is not None:
            # How matches of nothing follow each other is the engine's own business; to ask for each of many is slower.
            if found.end() == found.start() or count == _MANY:
                yield from self.finditer(text, count)
                return
            yield found
            count += 1
            if _now() > end:
                raise TimeoutError
            near = hint.search(data, found.end())
            found = near and self._pattern.search(
                text, pos=max(near.start(), found.end()), timeout=_on_its_clock(seconds)
            )


@lru_cache(maxsize=8192)
def compiled(source: str) -> Exact:
    """The exact engine for a pattern, compiled once.

    Raises:
        regex.error: it is not a pattern; `pos` says where.
    """
    import regex

    began = thread_time()
    with _one_at_a_time:
        pattern = regex.compile(_without_fuzzy(translated(source)), regex.V0)
    _compiling.set(_compiling.get() + thread_time() - began)
    return Exact(pattern)


def matches(source: str, text: str) -> Iterator["regex.Match[str]"]:
    """All matches of a pattern in a text.

    Raises:
        TimeoutError: it took longer than `TIMEOUT`, or than what its rule has left.
    """
    hint = sieve(source) if plain(text) else None
    if hint is None:
        return compiled(source).finditer(text)
    data = in_bytes(text)
    first = hint.pattern.search(data)
    return iter(()) if first is None else compiled(source).near(text, data, hint.pattern, first.start())


def places(source: str, text: str) -> Iterator[Span]:
    """Where the matches of a pattern begin and end; where RE2 can tell for certain, the exact engine is not asked.

    Raises:
        TimeoutError: it took longer than `TIMEOUT`, or than what its rule has left.
    """
    small = reduced(source, text)
    if small is None:
        return iter(())
    hint = sieve(small) if plain(text) else None
    if hint is not None and hint.exact:
        left()
        found = [one.span() for one in hint.pattern.finditer(in_bytes(text))]
        # How matches of nothing follow each other is the engine's own business.
        if all(start < end for start, end in found):
            return iter(found)
    return (one.span() for one in matches(small, text))


def matched(source: str, text: str) -> bool:
    """Whether a pattern has a match in a text.

    Raises:
        TimeoutError: it took longer than `TIMEOUT`, or than what its rule has left.
    """
    small = reduced(source, text)
    if small is None:
        return False
    hint = sieve(small) if plain(text) else None
    if hint is not None:
        left()
        told = hint.pattern.search(in_bytes(text)) is not None
        if hint.exact or not told:
            return told
    return compiled(small).search(text) is not None


def _now() -> float:
    return thread_time() - _compiling.get()


def _on_its_clock(seconds: float) -> float:
    """Seconds of one thread as `regex` counts them: it goes by the clock of the process, which all threads drive."""
    return seconds * min(active_count(), _CORES)


def left(timeout: float | None = None) -> float:
    """Seconds that a pattern may take now.

    Raises:
        TimeoutError: none is left.
    """
    seconds = TIMEOUT if timeout is None else timeout
    until = _until.get()
    if until:
        seconds = min(seconds, until - _now())
        if seconds <= 0:
            raise TimeoutError
    return seconds


@contextmanager
def off_the_clock() -> Iterator[None]:
    """What is done in here is on nobody's clock: work that is done once for all rules, in time that the text bounds."""
    began = thread_time()
    try:
        yield
    finally:
        _compiling.set(_compiling.get() + thread_time() - began)


class within:  # noqa: N801  # used as a statement: `with within(2):`
    """Cut off what patterns do in here together after so many seconds; an earlier bound around it holds on."""

    __slots__ = ("_end", "_token")

    def __init__(self, seconds: float) -> None:
        outer = _until.get()
        self._end = _now() + seconds
        if outer:
            self._end = min(self._end, outer)

    def __enter__(self) -> Self:
        self._token = _until.set(self._end)
        return self

    def restart(self, seconds: float) -> None:
        """Give the next piece of work so many seconds, as far as they are left."""
        _until.set(min(self._end, _now() + seconds))

    def __exit__(self, *_: object) -> None:
        _until.reset(self._token)


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
