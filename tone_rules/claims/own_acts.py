"""What whoever signs does in person: ring, look, ask, pass on. It needs no source, only somebody who keeps it."""

import re

from tone_rules.claims.clauses import Clause

_VERBS = (
    r"answer|ask|call|chas|check|come back|confirm|contact|dig|dm|drop|e-?mail|escalat|feed|find|flag|follow|"
    r"forward|get|"
    r"give|go|hand|hear|help|investigat|keep|know|let|listen|log|look|mak|mention|messag|meet|not|open|own|pass|"
    r"phone|pick|"
    r"ping|point|post|pull|push|put|rais|reach|read|remind|repl|report|ring|rung|say|see|sen[dt]|share|shar|show|"
    r"sit|sort|speak|"
    r"stay|take|taken|tak|talk|tell|test|text|thank|trac|try|turn|updat|walk|watch|work|writ|explain|add"
)
_WE_VERBS = (
    r"answer|ask|call|chas|check|come back|be in touch|confirm|contact|dig|dm|e-?mail|escalat|feed|flag|follow|forward|get back|hear|"
    r"investigat|keep|know|let|listen|log|look|mention|messag|not|open|pass|phone|ping|point|post (?:an?|the) (?:update|note)|rais|read|"
    r"remind|repl|report|ring|rung|share|speak|talk|tell|test|text|thank|trac|updat|watch|work|writ|explain"
)
"""Of a brand that says `we`, only talking and looking are taken for what whoever signs does."""
_AUX = (
    r"(?:[’'](?:ll|m|ve|d|re))?(?:\s(?:will|am|are|have|can|could|shall|would|be|also|just|now|personally|already|then|"
    r"both|going|to|like|happily|gladly|do))*\s"
)
_I = re.compile(rf"\b(?:I{_AUX}(?:{_VERBS})|we{_AUX}(?:{_WE_VERBS}))\w*", re.IGNORECASE)
_FROM_ME = re.compile(
    r"\b(?:from me|by me|with me|hear from (?:me|us)|(?:message|word|answer|reply|call|e-?mail|update|"
    r"news) from (?:me|us)|"
    r"stays? with me|on my (?:desk|list)|in my hands|my (?:next|first) (?:call|job|task)|ask for me)\b",
    re.IGNORECASE,
)
_SEEN_TO = re.compile(
    r"\bI[’'](?:m|ll be) (?:doing (?:it|that|this)|on it)\b|\bI[’']ll (?:see to|do) (?:it|that|this)\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:I|we)(?:[’']ve| have)\s(?:(?:just|also|already|now)\s)?\w+", re.IGNORECASE)
_GOING = re.compile(r"\b(?:I|we)(?:[’']m|[’']re| am| are)\s(?:\w+ )?\w+ing\b", re.IGNORECASE)
_OFFER = re.compile(r"\b(?:I|we) (?:can|could)\b|\b(?:would|[’']d) (?:like|love)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:see (?:why|how|the point|that|what)|get (?:that|it|why|how)|know (?:how|that|what|why|who|when|of|the|"
    r"it)|hear you|read (?:that|this)|"
    r"(?:work|am|are) (?:at|for|on|with)|hope|understand|say (?:that|so)|look forward|say (?:here|whether)|"
    r"go through|help\b)",
    re.IGNORECASE,
)
"""Sight, insight and good wishes: nobody need keep them."""


def own(clause: Clause) -> bool:
    """Whether whoever signs says what they do themself."""
    text = clause.text
    return bool(_I.search(text) or _FROM_ME.search(text))


def seen_to(clause: Clause) -> bool:
    """Whether the sentence says that whoever signs does it: `The page gets its picture today, I'm doing it`."""
    start, end = clause.sentence
    return _SEEN_TO.search(clause.page.text, start, end) is not None


def kept(clause: Clause) -> bool:
    """Whether that is something to be kept, and no offer, insight or denial."""
    text = clause.text
    if clause.question or clause.negated or _VAGUE.search(text):
        return False
    if _OFFER.search(text) and not clause.will:
        return False
    return bool(clause.will or done(clause) or _GOING.search(text) or _FROM_ME.search(text))


def done(clause: Clause) -> bool:
    """Whether it is said as done already."""
    return bool(_DONE.search(clause.text)) and not clause.will
