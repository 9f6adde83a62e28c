"""The customer's own noun for what a message is about.

There is no tagger here: a noun counts because a list of things people buy and services they use has it, or because it
stands where only a thing stands ("I ordered a ...", "my ... broke"). Where that leaves a doubt there is no topic.
"""

import re
from functools import cache

import re2

from assistant.brand import Brand
from assistant.triage.answers import Evidence
from assistant.triage.rules import topic_rule
from tone_rules.readings.rules import mood_lexicon
from tone_rules.readings.search import Span

_FAR = 6000
"""Characters that are read: a post names its topic early."""

_UNKNOWN_NOUN = r"([a-z][a-z'-]{2,24})"
_MODEL_BEFORE = re.compile(r"((?:\b[A-Za-z]*[A-Z0-9][\w.-]{0,20} ){1,2})$")
_MODEL = re.compile(r"[A-Za-z].*\d|\d{3}")
_MODEL_AFTER = re.compile(r"^(?: (?:\d[\w.]{0,6}|Pro|Max|Plus|Mini|Air|Ultra|One|Series \w))+\b")
_NUMBER = re.compile(r"\d")
_THING, _SERVICE, _FRAMED, _AGAIN = 2.0, 1.0, 2.0, 0.5


_PREPOSITIONS = frozenset(
    {"in", "of", "at", "to", "for", "on", "by", "with", "from", "and", "or", "is", "was", "i", "you"}
)


def topic(message: str, folded: str, brand: Brand | None = None) -> Evidence | None:
    """The noun as the customer wrote it, with a model name beside it; None where it isn't sure.

    Args:
        message: the message.
        folded: the same, folded, with handles, links and instructions blanked.
        brand: its name is never a topic.
    """
    text = folded[:_FAR]
    points: dict[Span, float] = {}
    framed = _framed(message, text)
    listed = _listed(text)
    seen: dict[str, int] = {}
    for span in listed:
        noun = _singular(text[span.start : span.end])
        seen[noun] = seen.get(noun, 0) + 1
    services = frozenset(map(_singular, topic_rule().services))
    for span in listed:
        noun = _singular(text[span.start : span.end])
        score = _SERVICE if noun in services else _THING
        score += _FRAMED if any(one.start <= span.start and span.end <= one.end for one in framed) else 0.0
        points[span] = score + _AGAIN * min(seen[noun] - 1, 2)
    if not points:
        own = _name_words(brand)
        points = {span: _FRAMED for span in framed if text[span.start : span.end] not in own}
    if not points:
        return None
    best = max(points, key=lambda span: (points[span], -span.start))
    start, end = _with_model(message, best, brand) if best in listed else best
    return Evidence(label="topic", start=start, end=end, match=message[start:end])


def _listed(text: str) -> list[Span]:
    """Nouns of the list; those that are also verbs or adjectives only after a determiner."""
    ambiguous, determiners = frozenset(map(_singular, topic_rule().ambiguous)), frozenset(topic_rule().determiners)
    apart = [Span(*match.span()) for match in _elsewhere().finditer(text)]
    found = []
    for match in _nouns().finditer(text):
        span = Span(*match.span())
        if any(one.start <= span.start and span.end <= one.end for one in apart):
            continue
        if text[span.end : span.end + 1] == " " and _nouns().match(text, span.end + 1):
            continue
        if _singular(match.group()) not in ambiguous or _determined(text, span.start, determiners):
            found.append(span)
    return found


def _determined(text: str, place: int, determiners: frozenset[str]) -> bool:
    """Whether a determiner stands before a place, with at most one adjective between."""
    before = _words_before(text, place)
    if not before or before[-1] in determiners:
        return bool(before)
    between = before[-1]
    return (
        len(before) > 1
        and before[0] in determiners
        and between not in _PREPOSITIONS
        and not _nouns().fullmatch(between)
    )


def _words_before(text: str, place: int) -> list[str]:
    return re.findall(r"[\w']+(?=[^.!?\n]*$)", text[max(0, place - 30) : place])[-2:]


def _framed(message: str, text: str) -> list[Span]:
    """What stands where only a thing stands: no stop word, and no name of a person."""
    stop = frozenset(topic_rule().not_topics) | frozenset(mood_lexicon().swearing)
    apart = [Span(*match.span()) for match in _compared().finditer(text)]
    found = []
    for frame in _frames():
        for match in frame.finditer(text):
            span = Span(*match.span(1))
            words = message[span.start : span.end]
            if (
                any(one.start <= span.start and span.end <= one.end for one in apart)
                or match.group(1) in stop
                or _singular(match.group(1)) in stop
                or words[0].isupper()
                or words.endswith("ing")
            ):
                continue
            found.append(span)
    return found


def _with_model(message: str, span: Span, brand: Brand | None) -> Span:
    """The span with a model name before it ("OfficeMate 3200 printer") or after it ("tablet 11 Pro")."""
    start, end = span
    before = _MODEL_BEFORE.search(message[max(0, start - 44) : start])
    own = _name_words(brand)
    if before:
        words = [word for word in before[1].split() if word.lower() not in own]
        kept = words if any(map(_MODEL.search, words)) else []
        if kept and message[: start - len(" ".join(kept)) - 1].strip():
            start = message.rindex(kept[0], 0, start)
    after = _MODEL_AFTER.search(message[end : end + 30])
    if after and _NUMBER.search(after[0]) and _singular(message[span.start : end].lower()) not in _numbered():
        after = None
    return Span(start, end + (after.end() if after else 0))


def _name_words(brand: Brand | None) -> frozenset[str]:
    return frozenset(brand.name.lower().split()) if brand else frozenset()


def _singular(noun: str) -> str:
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun


@cache
def _nouns() -> "re2._Regexp":
    nouns = sorted({*topic_rule().nouns, *topic_rule().services}, key=len, reverse=True)
    return re2.compile(r"\b(?:" + "|".join(re.escape(noun) for noun in nouns) + r")s?\b")


@cache
def _numbered() -> frozenset[str]:
    return frozenset(map(_singular, topic_rule().numbered))


@cache
def _elsewhere() -> "re2._Regexp":
    nouns = "|".join(re.escape(noun) for noun in sorted({*topic_rule().nouns, *topic_rule().services}))
    places = "|".join(f"(?:{pattern})" for pattern in topic_rule().elsewhere)
    return re2.compile(r"\b(?:" + places.replace("NOUN", f"(?:{nouns})s?") + r")\b")


@cache
def _compared() -> "re2._Regexp":
    return re2.compile(r"\b(?:like|than|as [a-z]+ as) (?:a|an|my|the|some) [a-z'-]+\b")


@cache
def _frames() -> "tuple[re2._Regexp, ...]":
    return tuple(re2.compile(r"\b" + frame.replace("NOUN", _UNKNOWN_NOUN)) for frame in topic_rule().framed)
