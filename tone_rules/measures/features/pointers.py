"""Where a reply's links lead, and whether it says so."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from tone_rules.content import stems
from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import LINK, links

_WORDS = re.compile(r"[A-Za-z]{3,}")
_SCHEME = re.compile(r"(?i)^https?://(?:www\.)?")
_GENERAL = re.compile(
    r"(?i)(?:contact|support|help|chat|hc|tickets?|requests?|new|categories|dashboard|home|faq|en|us|uk|gb|html?|php"
    r"|articles?|status|locator|care|service)"
)
_TO_PEOPLE = re.compile(r"(?i)contact|ticket|request|chat|categor|feedback|uservoice|forum|dashboard")
_ARTICLE = re.compile(r"\d{6,}-\w")
_NUMBERED = re.compile(r"\d{4,}")
_SHORTENED = 12
"""A host and a path of fewer characters each are a shortened link, which leads to a page of its own."""
_BEFORE = 90
"""Characters in front of a link that may say what it is for."""
_SENTENCE = re.compile(r"[.!?\n]\s")
_SAYS_LITTLE = re.compile(
    r"(?i)\b(?:more|information|info|details?|link|here|article|page|guide|visit|click|learn|check|see|steps|help)\b"
)


class Pointer(NamedTuple):
    """One link of a reply."""

    start: int
    end: int
    kind: Literal["deep", "home", "to_people"]
    """To a page of its own, to a front page, or to a form, a chat or a ticket."""
    words: str
    """What its path says."""


@lru_cache(maxsize=256)
def pointers(reply: str) -> tuple[Pointer, ...]:
    """The links of a reply."""
    return tuple(_pointer(one) for one in links(reply))


def _pointer(link: re.Match[str]) -> Pointer:
    host, _, path = _SCHEME.sub("", link[0].rstrip(".,!?)")).partition("/")
    path = path.partition("?")[0]
    words = " ".join(word.lower() for word in _WORDS.findall(path) if not _GENERAL.fullmatch(word))
    kind: Literal["deep", "home", "to_people"] = "home"
    if _TO_PEOPLE.search(f"{host}/{path}") and not _ARTICLE.search(path):
        kind = "to_people"
    elif words or _NUMBERED.search(path) or (path and len(path) < _SHORTENED and len(host) < _SHORTENED):
        kind = "deep"
    return Pointer(*link.span(), kind, words)


def features(about: About) -> Iterator[Feature]:
    """Five numbers about the links.

    `link_deep`: one leads to a page of its own; `link_home`: only to a front page; `link_named`: the words in front
    say what it is for; `link_fits`: its words or those in front are the message's; `link_bare`: hardly any words
    beside it.
    """
    reply = about.reply
    found = pointers(reply)
    asked = stems(about.message or "") if found else frozenset[str]()
    named = fits = 0.0
    for one in found:
        front = _SENTENCE.split(reply[max(0, one.start - _BEFORE) : one.start])[-1]
        words = stems(_SAYS_LITTLE.sub(" ", front))
        named = max(named, min(1.0, len(words) / 4) * (0.5 if one.kind == "to_people" else 1.0))
        fits = max(fits, min(1.0, len((words | stems(one.words)) & asked) / 2))
    kinds = {one.kind for one in found}
    spans = {kind: tuple((one.start, one.end) for one in found if one.kind == kind) for kind in kinds}
    every = tuple((one.start, one.end) for one in found)
    yield Feature("link_deep", float("deep" in kinds), spans.get("deep", ()))
    yield Feature("link_home", float("home" in kinds and "deep" not in kinds), spans.get("home", ()))
    yield Feature("link_named", named, every)
    yield Feature("link_fits", fits, every)
    yield Feature("link_bare", max(0.0, 1 - len(stems(LINK.sub(" ", reply))) / 8) if found else 0.0, every)
