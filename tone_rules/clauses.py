"""What a clause does with something it speaks of: states it, supposes it, or tells somebody what to do.

Told by words alone and for English; quick, and sure enough to tell "your card was declined" from "check your card".
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal, NamedTuple

from tone_rules.formats.lazy import Lazy

Certainty = Literal["stated", "supposed"]

_FAR = 400
"""Characters on each side of a match that are looked at."""
_MANY = 6
"""Clauses before it that may govern."""

_CUT = Lazy(
    r"[,;:](?=\s)\s*|[()–—]\s*|\s-\s"
    r"|\b(?=(?:and|but|so|or|because|although|though|while|which|who|that|if|whether|unless|until|when|whenever|once"
    r"|where|what|how)\b)"
    r"|\b(?=(?:after|before|since|as) (?:you|we|I|it|he|she|they)\b)",
    re.IGNORECASE,
)
"""Where a clause may begin."""
_LINK = Lazy(
    r"(?:@\w+|(?:and|but|or|then|so|please|just|simply|also|first|next|now|instead|always|do|kindly|to start|hi|hello"
    r"|hey|thanks|thank you)\b)[\s,!]*",
    re.IGNORECASE,
)
_ON = Lazy(r"(?:that|which|who|what|how|where|whom)\b", re.IGNORECASE)
"""A clause that begins so hangs on the one before it."""
_AND = Lazy(r"(?:and|or)\b", re.IGNORECASE)
_LEADS_IN = Lazy(r"(?:for|in|on|with|under|from|at|inside|within|about|as for)\b", re.IGNORECASE)
_FINITE = Lazy(
    r"\b(?:we|I|you|they|he|she|is|are|was|were|has|have|had|will|can|could|may|might|should|would|must|did|does|do"
    r"|(?<!the )(?<!an )(?<!your )(?<!our )[a-z]{2,}ed)\b|[’'](?:ve|ll|s|re|d)\b",
    re.IGNORECASE,
)
"""Signs of a subject of its own, or of a verb that needs one."""
_UNTOLD = Lazy(r"\b(?:whether|anyone|anybody|who(?:m)?ever|whichever|wherever)\b", re.IGNORECASE)
"""What follows is said of nobody."""
_SUPPOSING = Lazy(
    r"(?:(?:only|even|just|but|and|or|so) )?(?:if|whether|unless|until|should you|in case|wherever|once|as soon as"
    r"|(?:after|before) you(?:[’']ve| have))\b",
    re.IGNORECASE,
)
_WHENEVER = Lazy(r"(?:and |but |or )?(?:when|whenever|where|while|after|before|as|since)\b", re.IGNORECASE)
_PAST = Lazy(
    r"\b(?:was|were|wasn[’']t|weren[’']t|had|hadn[’']t|did|didn[’']t|has been|have been|[’']ve been|got|came|went|told"
    r"|said|gave|made|took|saw|left|put|sent|kept|found|lost|paid|spoke|ran|met|brought|sold|[a-z]{2,}ed"
    r"|yesterday|that (?:day|morning|afternoon|evening|night)|last (?:\w+day|week|month|year|time))\b",
    re.IGNORECASE,
)
_ORDER = Lazy(
    r"(?:do(?:n[’']t| not)|never|make sure|be sure|feel free|let|remember to|try|check|open|bring|ring|call|phone|dial"
    r"|log|sign|go|tap|click|press|see|look|take|keep|send|message|dm|email|write|have|use|show|ask|visit|book|freeze"
    r"|lock|block|report|contact|review|update|reset|set|choose|pick|select|enter|type|speak|talk|give|tell|follow|read"
    r"|download|add|link|move|hold|quote|put|pop|drop|stop|leave|change|cancel|order|submit|upload|share|find|get|turn"
    r"|switch|treat|protect|start|wait|watch|avoid|complete|fill|scan|note|allow|consult|continue|view|manage|need"
    r"|remove|unlink|back|run|restart|delete|install|clear|disable|enable|connect|compare|head|navigate|reply|respond"
    r"|request|raise|register|claim|apply|pay|transfer|top|print|return|provide|include|mention|state|confirm|verify"
    r"|reach|browse|refresh|plug|hide|search|expect|begin|collect|save|sort|consider|think|swap|replace|edit|hand|drop|return)\b",
    re.IGNORECASE,
)
_YOU_MAY = Lazy(
    r"\byou(?: can| could| may| might| should| must| need| have to| will need| want| would| wish|[’']d(?: need| like)?"
    r"|[’']ll (?:find|see|need|get|be able|want)| will (?:find|see|get|be able|want))\b"
    r"|\b(?:can|could|will|would) you\b"
    r"|\b(?:I|we)(?:[’']d| would)? (?:suggest|recommend|advise)\b",
    re.IGNORECASE,
)
_WE_MAY = Lazy(
    r"\b(?:I|we|they)(?: can| could| would| may| might|[’']d)\b|\b(?:can|could|may|would) (?:I|we)\b"
    r"|\bso (?:that )?(?:I|we|they)\b|\b(?:like|happy|glad|love|able|hope|want) to\b",
    re.IGNORECASE,
)
_COULD_BE = Lazy(
    r"\b(?:can|could|may|might|should|would|will|must)(?: \w+)? be (?:\w+ )?\w+(?:ed|en|nt|ld|id)\b", re.IGNORECASE
)
"""What may be done has not happened: `can be sent`."""
_REFUSED = Lazy(
    r"\b(?:can[’']?t|cannot|can not|couldn[’']t|unable|not able|not allowed|won[’']t|mustn[’']t|never|don[’']t)\b"
    r"[^,;]{0,30}\b(?:say|confirm|deny|discuss|share|comment|speak|talk|go into|tell|look|see|access|answer|check"
    r"|open)\b",
    re.IGNORECASE,
)
_ATTRIBUTED = Lazy(
    r"\byou(?:[’']ve)? (?:say|said|write|wrote|mention|mentioned|described?|feel|felt|think|believe|suspect|report"
    r"|reported|told us)\b",
    re.IGNORECASE,
)
_FEELING = Lazy(
    r"\b(?:sorry|glad|happy|sad|good|great|lovely|hard|upsetting|disappointed|delighted|pleased|sadden\w*)"
    r" to (?:hear|see|read|learn|know)\b",
    re.IGNORECASE,
)
_IN_ORDER_TO = Lazy(
    r"\bto (?:[\w’'-]+ ){1,4}$|\b(?:by|before|after|from|without|when) \w+ing (?:[\w’'-]+ ){0,3}$", re.IGNORECASE
)
_MAY_BE = Lazy(r"[\w’' -]{0,24}?\s(?:can|could|may|might|should|would|must)\b")
"""In small letters: May is a month."""
_IN_GENERAL = Lazy(
    r"(?: \w+)?\s(?:(?:is|are) (?:always|never|only|usually|protected|free|shown|listed|available|printed)"
    r"|(?:shows?|lists?|appears?|updates?|stays?|includes?|covers?|renews?|tells?|says?|depends?|works?|counts?))\b",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """A clause around a match in its sentence."""

    before: str
    """The clause up to the match."""
    after: str
    """The clause from the match on."""
    sentence_before: str
    governors: tuple[str, ...]
    """The clauses that it hangs on; for one that only leads in ("in your account"), the next and all before."""
    asked: bool
    """Whether the sentence is a question."""


def clause_at(sentence: str, start: int, end: int) -> Clause:
    """The clause around a span of characters of one sentence; a span over several goes to the end of the last."""
    cuts = _cuts(sentence)
    first, last = bisect_right(cuts, start) - 1, bisect_left(cuts, end)
    begins, ends = max(cuts[first], start - _FAR), min(cuts[last], end + _FAR)
    governors: list[str] = []
    at, clause = first, sentence[begins:ends].lstrip()
    while at > max(0, first - _MANY) and _hangs(clause):
        at -= 1
        clause = sentence[cuts[at] : cuts[at + 1]][:_FAR].lstrip()
        governors.append(clause)
    whole = sentence[begins:ends].lstrip()
    if _LEADS_IN.match(whole) and not _FINITE.search(whole):
        near = (*range(max(0, first - _MANY), first), *range(last, min(last + 1, len(cuts) - 1)))
        governors += [sentence[cuts[one] : cuts[one + 1]][:_FAR].lstrip() for one in near]
    asked = sentence.rstrip("\"'”’) ").endswith("?")
    before = sentence[max(0, start - _FAR) : start]
    return Clause(sentence[begins:start].lstrip(), sentence[end:ends], before, tuple(governors), asked)


def said_outright(clause: Clause) -> Certainty | None:
    """How sure the clause makes words that tell by themselves: None under a condition, or where said of nobody."""
    if _SUPPOSING.match(clause.before) or _UNTOLD.search(clause.sentence_before):
        return None
    refused = _REFUSED.search(clause.sentence_before[-80:] if _AND.match(clause.before) else clause.before)
    return "supposed" if clause.asked or refused else "stated"


def said_of(clause: Clause, *, event: bool = False, past: bool = False) -> Certainty | None:
    """How sure the clause makes it that the reader has the thing matched, or that it happened to them.

    Args:
        clause: the clause around it.
        event: the match tells by itself of something that happened.
        past: only something that happened tells.

    Returns:
        `stated`; `supposed` in a question, an offer or a refusal; None in an instruction, under a condition, for what
        holds in general, and for what the reader is said to have said.
    """
    before, after = clause.before, clause.after
    if _SUPPOSING.match(before) or _UNTOLD.search(clause.sentence_before):
        return None
    happened = event or _PAST.search(_COULD_BE.sub(" ", f"{before} … {after}")) is not None
    if not happened and (past or _WHENEVER.match(before)):
        return None
    if any(_instructs(one) for one in (before, *clause.governors)):
        return None
    if _ATTRIBUTED.search(clause.sentence_before[-40:]):
        return None
    if not _FEELING.search(before):
        offered = _WE_MAY.search(before) is not None
        if offered and not event:
            return "supposed"
        if not offered and _IN_ORDER_TO.search(before):
            return None
    if not event and (_IN_GENERAL.match(after) or _MAY_BE.match(after)):
        return None
    return "supposed" if clause.asked or _REFUSED.search(before) else "stated"


def _instructs(clause: str) -> bool:
    while link := _LINK.match(clause):
        clause = clause[link.end() :]
    return _ORDER.match(clause) is not None or _YOU_MAY.search(clause) is not None


def _hangs(clause: str) -> bool:
    """Whether a clause goes on with the one before: `that is on`, `and the date in`, or nothing but a link."""
    return (
        not clause.strip() or _ON.match(clause) is not None or (bool(_AND.match(clause)) and not _FINITE.search(clause))
    )


@lru_cache(maxsize=16)
def _cuts(sentence: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys((0, *(one.end() for one in _CUT.finditer(sentence)), len(sentence))))
