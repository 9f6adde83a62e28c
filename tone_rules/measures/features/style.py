"""How a reply is put: marks, emoji, capitals, a name said, a signature, questions, long words, bare orders."""

import re
from collections.abc import Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import said
from tone_rules.measures.spelling import mended

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_HANDLE = re.compile(r"^(?:\.?@[\w.]{0,39}\w[\s,:]{0,3}){1,12}")
_GREETED = re.compile(r"\b(?:hi|hello|hey|dear|thanks|thank you|sorry|morning|there)[,!]? ([A-Z][a-zà-ÿ]{1,20})\b[^'’]")
_VOCATIVE = re.compile(r", ([A-Z][a-z]{2,20})[.!?,:]")
_ROLES = frozenset(
    [
        "there",
        "all",
        "everyone",
        "team",
        "folks",
        "guys",
        "sir",
        "madam",
        "we",
        "this",
        "you",
        "your",
        "please",
        "for",
        "it",
        "the",
    ]
)
_PERSON = re.compile(r"(?:[\^*~/-–—]\s?|(?<=[.!?] ))[A-Z][a-z]{2,15}\.?\s*$")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF❤]|[:;]-?[)D(]")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_SHOUT = re.compile(r"\b[A-Z]{4,}\b")
_ORDER = re.compile(
    r"(?:read|see|check|use|contact|visit|refer|ask|wait|call|email|go|try|restart|submit|fill|look|follow|send|dm|open"
    r"|click|search|download|report|delete|update|make|provide|review|note|remember)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]{2,60}[\"”]")
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z0-9]{1,}")
_PAREN = re.compile(r"\([^)]{3,}\)")


def features(about: About) -> Iterator[Feature]:
    """A dozen numbers, each 0 to 1."""
    reply = about.reply
    plain = mended(_LINK.sub(" ", _HANDLE.sub("", reply)))
    words = _WORD.findall(plain)
    count = max(1, len(words))
    marks = [(one.start(), one.end()) for one in re.finditer("!+", reply)]
    heavy = sum(end - start for start, end in marks)
    yield Feature("exclaims", min(1.0, len(marks)), tuple(marks))
    yield Feature("exclaims_more", min(1.0, max(0, heavy - 1) / 3), tuple(marks[1:]))
    emoji = tuple(one.span() for one in _EMOJI.finditer(reply))
    yield Feature("emoji", min(1.0, len(emoji) / 2), emoji)
    named = [one for one in (*_GREETED.finditer(reply), *_VOCATIVE.finditer(reply)) if one[1].lower() not in _ROLES]
    yield Feature("name_said", min(1.0, len(named)), tuple(one.span(1) for one in named[:1]))
    yield Feature("signed_by_name", float(_PERSON.search(reply) is not None))
    yield Feature("shouts", min(1.0, len(_SHOUT.findall(plain)) / 2))
    yield Feature("asks_back", min(1.0, plain.count("?") / 2))
    yield Feature("long_words", min(1.0, max(0.0, sum(map(len, words)) / count - 3.5) / 2))
    yield Feature("names_things", min(1.0, len(_PROPER.findall(plain)) / 4))
    yield Feature("quotes_it", min(1.0, len(_QUOTED.findall(plain))))
    yield Feature("aside", min(1.0, len(_PAREN.findall(plain))))
    pieces = said(reply)
    lengths = [len(one.text.split()) for one in pieces]
    yield Feature("long_sentences", min(1.0, max(0.0, max(lengths, default=0) - 22) / 25))
    yield Feature("varied", min(1.0, (max(lengths, default=0) - min(lengths, default=0)) / 20))
    orders = tuple((one.start, one.end) for one in pieces if _ORDER.match(one.text))
    courteous = re.search(r"\b(?:please|pls|thank|sorry|happy|glad|hope|let's)", plain, re.IGNORECASE)
    yield Feature("bare_orders", 0.0 if courteous else min(1.0, len(orders) / 2), orders)
    yield Feature("few_words", min(1.0, max(0.0, 1 - len(words) / 25)))
    warm = courteous or re.search(r"[!:][)D]?|\b(?:hi|hello|hey|we'?d like|welcome|help)\b", plain, re.IGNORECASE)
    yield Feature("curt", 0.0 if warm else min(1.0, max(0.0, 1 - len(words) / 40)))
    yield Feature("wordy", min(1.0, max(0.0, (len(words) - 70) / 70)))
    yield Feature("commas", min(1.0, plain.count(",") / count * 8))
