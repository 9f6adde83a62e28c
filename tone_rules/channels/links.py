"""Where X and Mastodon see a link: the published rules of twitter-text 3, with and without a scheme.

Read at github.com/twitter/twitter-text (regular expressions and extractor) and, for what Mastodon changes, at
github.com/mastodon/mastodon (`config/initializers/twitter_regex.rb`). A link begins where no letter, digit or one of
`@ # $` stands before it; its host ends in a top-level domain or in punycode; its path and query end in no punctuation.
Without a scheme it must not follow `. - _ /` either, and only the ASCII and Latin part of its host counts.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tone_rules.formats.lazy import Lazy

Span = tuple[int, int]

LONGEST_LABEL = 63
"""Octets between two dots of a host. Source: RFC 1035, 2.3.4."""

_DIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LATIN = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
)
_HOST = rf"[^\x00-\x20!-,./:-@\[-^`{{-\x7f\ufffe\ufeff\uffff{_DIRECTIONAL}{_SPACES}]"
"""A letter of a host as X has it: anything but ASCII's other signs, spaces and marks of direction."""
_TLD = Lazy(r"(?i)xn--[0-9a-z]+|[a-z]+(?![0-9a-z@+-])")
_NATIVE_TLD = Lazy(r"[^\W\d_]+")
_BEFORE = Lazy(r"[A-Za-z0-9@＠$#＃\ufffe\ufeff\uffff]")
_BEFORE_BARE = "-_./"
_PORT = Lazy(r":[0-9]+")
_SHORTENED = Lazy(r"(?i)https?://t\.co/[a-z0-9]+")
_DOTTED = Lazy(r"[^\s.]\.[^\s.]")
"""Without which there is no host."""


class Dialect(NamedTuple):
    """What differs from place to place."""

    start: re.Pattern[str]
    """A scheme, if there is one, and a host with at least one dot."""
    joined: re.Pattern[str]
    """A host that follows a link without a space, as words of other scripts do; its first group never matches."""
    path: re.Pattern[str]
    path_end: re.Pattern[str]
    query: re.Pattern[str]
    query_end: re.Pattern[str]


def _dialect(schemes: str, path: str, path_end: str, beyond: str) -> Dialect:
    return Dialect(
        re.compile(rf"(?i)(?:({schemes})://|(?<!{_HOST})(?<!\.))({_HOST}+(?:\.{_HOST}+)+)"),
        re.compile(rf"(?i)(?:(\b\B)|[^\x00-\x7f＠＃\ufffe\ufeff\uffff])({_HOST}+(?:\.{_HOST}+)+)"),
        re.compile(rf"(?i)/(?:{path}|\((?!\)){path}*(?:\({path}+\){path}*)?\))*"),
        re.compile(f"(?i){path_end}"),
        re.compile(rf"(?i)\?[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@{beyond}]*"),
        re.compile(rf"(?i)[a-z0-9_&=#/\-{beyond}]"),
    )


@lru_cache(maxsize=1)
def _ascii_host() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![a-z0-9_{_LATIN}-])(?:[a-z0-9_{_LATIN}-]+\.)+")


@lru_cache(maxsize=1)
def _x() -> Dialect:
    return _dialect(
        "https?",
        rf"[a-z0-9\u0400-\u04ff!*';:=+,.$/%#\[\]\-\u2010-\u2015_~&|@{_LATIN}]",
        rf"[a-z0-9\u0400-\u04ff=_#/+\-{_LATIN})]",
        "",
    )


@lru_cache(maxsize=1)
def _mastodon() -> Dialect:
    return _dialect(
        "https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini",
        r"[^\s<>()?]",
        r"[^\s(?!*\"'「」<>;:=,.$%\[\]~&|@]",
        "\xa0-\U0010fffd",
    )


def x_links(text: str) -> Iterator[Span]:
    """Each stretch of a text that X counts as a link, in order."""
    return _links(text, _x(), bare=True) if _DOTTED.search(text) else iter(())


def mastodon_links(text: str) -> Iterator[Span]:
    """Each stretch of a text that Mastodon counts as a link, in order: only with a scheme."""
    return _links(text, _mastodon(), bare=False) if "://" in text else iter(())


@lru_cache(maxsize=1)
def top_level_domains() -> frozenset[str]:
    """The names that end a host, in lower case; those beyond ASCII as they are written."""
    lines = (Path(__file__).parent / "tlds.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def _links(text: str, dialect: Dialect, *, bare: bool) -> Iterator[Span]:
    at, behind = 0, False
    while True:
        joined = dialect.joined.match(text, at) if behind else None
        found = joined or dialect.start.search(text, at)
        if found is None:
            return
        start, host = found.span(2)
        end = _host_end(text, start, host)
        behind = end is not None
        at = host if end is None else end
        before = text[found.start() - 1 : found.start()] if joined is None else ""
        if end is None or _BEFORE.match(before):
            continue
        if found[1] is not None:
            at, _ = _rest(text, end, dialect)
            yield found.start(), _slug_end(text, found.start(), at)
        elif bare and (not before or before not in _BEFORE_BARE):
            parts = list(_ascii_parts(text, start, end))
            yield from parts[:-1]
            if parts:
                rest, path = _rest(text, end, dialect)
                at = rest if path else end
                yield parts[-1][0], rest if path else parts[-1][1]


def _slug_end(text: str, start: int, end: int) -> int:
    """Where a link ends that X has shortened already: its path is one word."""
    short = _SHORTENED.match(text, start, end)
    return short.end() if short else end


def _host_end(text: str, start: int, end: int) -> int | None:
    """Where the longest host that begins at `start` ends, or None where none does."""
    best = None
    labels = text[start:end].split(".")
    at = start
    for label, following in pairwise(labels):
        if label[:1] in "-_" or label[-1:] in "-_" or len(label) > LONGEST_LABEL:
            break
        at += len(label) + 1
        if "_" not in label:
            tld = _tld_end(text, at, at + len(following))
            best = best if tld is None else tld
    return best


def _tld_end(text: str, start: int, end: int) -> int | None:
    """Where the top-level domain that stands at `start` ends, or None where there is none."""
    found = _TLD.match(text, start)
    if found:
        known = found[0][:4].lower() == "xn--" or found[0].lower() in top_level_domains()
        return found.end() if known else None
    native = _NATIVE_TLD.match(text, start, end)
    if native is None or native[0].isascii():
        return None
    longest = min(native.end(), start + 24)
    return next((one for one in range(longest, start, -1) if text[start:one] in top_level_domains()), None)


def _ascii_parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The hosts of ASCII and Latin letters within a host: words of other scripts run into it without a space."""
    at = start
    while found := _ascii_host().search(text, at, end):
        last = _last_tld(text, found.start(), found.end(), end)
        if last is not None:
            yield found.start(), last
        at = found.end() if last is None else last


def _last_tld(text: str, start: int, dots_end: int, end: int) -> int | None:
    """The end of the last top-level domain behind one of the dots from `start` on."""
    for at in range(dots_end, start, -1):
        if text[at - 1] == ".":
            tld = _tld_end(text, at, end)
            if tld is not None:
                return tld
    return None


def _rest(text: str, end: int, dialect: Dialect) -> tuple[int, bool]:
    """Where port, path and query that follow a host end, and whether there is a path."""
    port = _PORT.match(text, end)
    end = port.end() if port else end
    path = dialect.path.match(text, end)
    if path:
        end = _trimmed(text, path.start() + 1, path.end(), dialect.path_end)
    query = dialect.query.match(text, end)
    if query:
        last = _trimmed(text, query.start() + 1, query.end(), dialect.query_end)
        end = last if last > query.start() + 1 else end
    return end, path is not None


def _trimmed(text: str, start: int, end: int, ending: re.Pattern[str]) -> int:
    while end > start and not ending.match(text[end - 1]):
        end -= 1
    return end
