"""Where a reply's links lead, and whether it says so."""

import re
from collections.abc import Iterator

from tone_rules.content import stems
from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import LINK

_WORDS = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_GENERAL = re.compile(
    r"(?:contact|support|help|chat|hc|ticket|requests?|new|categories|dashboard|home|faq|en|us|uk|gb|html?|php|articles?"
    r"|status|locator|support)",
    re.IGNORECASE,
)
_TO_PEOPLE = re.compile(r"contact|ticket|request|chat|categor|feedback|uservoice|forum|dashboard", re.IGNORECASE)
_BEFORE = 90
"""Characters in front of a link that may say what it is for."""
_PLAIN = re.compile(
    r"\b(?:more|information|info|details?|link|here|article|page|guide|visit|click|learn|check|see|steps|help)\b",
    re.IGNORECASE,
)


def features(about: About) -> Iterator[Feature]:
    """`links`: there is one; `link_deep`: one that leads to a page of its own; `link_home`: one that leads to a front
    page; `link_to_people`: to a form, a chat or a ticket; `link_named`: the words in front say what it is for;
    `link_fits`: its words or those in front are the message's; `link_bare`: hardly any words beside it.
    """
    reply = about.reply
    found = list(LINK.finditer(reply))
    spans = tuple(one.span() for one in found)
    asked = stems(about.message or "")
    deep = home = people = named = fits = 0.0
    for one in found:
        host, _, path = _SCHEME.sub("", one[0].rstrip(".,!?)")).partition("/")
        path = path.partition("?")[0]
        own = {word.lower() for word in _WORDS.findall(path) if not _GENERAL.fullmatch(word)}
        is_deep = bool(own) or bool(re.search(r"\d{4,}", path)) or (bool(path) and len(path) < 12 and len(host) < 12)
        is_people = bool(_TO_PEOPLE.search(host + "/" + path)) and not re.search(r"\d{6,}-\w", path)
        deep = max(deep, float(is_deep and not is_people))
        home = max(home, float(not is_deep))
        people = max(people, float(is_people))
        front = reply[max(0, one.start() - _BEFORE) : one.start()]
        front = re.split(r"[.!?\n]\s", front)[-1]
        words = stems(_PLAIN.sub(" ", front))
        named = max(named, min(1.0, len(words) / 4) * (1 - 0.5 * is_people))
        shared = (words | stems(" ".join(own))) & asked
        fits = max(fits, min(1.0, len(shared) / 2))
    yield Feature("links", float(bool(found)), spans)
    yield Feature("link_deep", deep, spans)
    yield Feature("link_home", home * (1 - deep), spans)
    yield Feature("link_to_people", people, spans)
    yield Feature("link_named", named, spans)
    yield Feature("link_fits", fits, spans)
    rest = len(stems(LINK.sub(" ", reply)))
    yield Feature("link_bare", float(bool(found)) * max(0.0, 1 - rest / 8), spans)
