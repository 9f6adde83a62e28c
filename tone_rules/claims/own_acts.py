"""What whoever signs does in person: ring, look, ask, pass on. It needs no source, only somebody who keeps it."""

from tone_rules.claims.clauses import Clause
from tone_rules.claims.patterns import Pattern

_VERBS = (
    r"answer|ask|call|chas|check|come back|confirm|contact|dig|dm|drop|e-?mail|escalat|feed|find|flag|follow|"
    r"forward|get|give|go|hand|hear|help|investigat|keep|know|let|listen|log|look|mak|mention|messag|meet|not|open|"
    r"own|pass|phone|pick|ping|point|post|pull|push|put|rais|reach|read|remind|repl|report|ring|rung|say|see|"
    r"sen[dt]|share|shar|show|sit|sort|speak|stay|take|taken|tak|talk|tell|test|text|thank|trac|try|turn|updat|walk|"
    r"watch|work|writ|explain|add"
)
_WE_VERBS = (
    r"answer|ask|call|chas|check|come back|be in touch|confirm|contact|dig|dm|e-?mail|escalat|feed|flag|follow|"
    r"forward|get back|hear|investigat|keep|know|let|listen|log|look|mention|messag|not|open|pass|phone|ping|point|"
    r"post (?:an?|the) (?:update|note)|rais|read|remind|repl|report|ring|rung|share|speak|talk|tell|test|text|thank|"
    r"trac|updat|watch|work|writ|explain"
)
"""Of a brand that says `we`, only talking and looking are taken for what whoever signs does."""
_AUX = (
    r"(?:[’'](?:ll|m|ve|d|re))?(?:\s(?:will|am|are|have|can|could|shall|would|be|also|just|now|personally|already|"
    r"then|both|going|to|like|happily|gladly|do))*\s"
)
_I = Pattern(rf"\b(?:I{_AUX}(?:{_VERBS})|we{_AUX}(?:{_WE_VERBS}))\w*")
_FROM_ME = Pattern(
    r"\b(?:from me|by me|with me|hear from (?:me|us)|(?:message|word|answer|reply|call|e-?mail|update|"
    r"news) from (?:me|us)|stays? with me|on my (?:desk|list)|in my hands|my (?:next|first) (?:call|job|task)|"
    r"ask for me)\b"
)
_SEEN_TO = Pattern(
    r"\bI[’'](?:m|ll be) (?:doing (?:it|that|this)|on it|\w+ing (?:it|that|this) (?:myself|personally|now))\b|"
    r"\bI[’']ll (?:see to|do) (?:it|that|this)\b"
)
_DONE = Pattern(r"\b(?:I|we)(?:[’']ve| have)\s(?:(?:just|also|already|now)\s)?\w+")
_GOING = Pattern(r"\b(?:I|we)(?:[’']m|[’']re| am| are)\s(?:\w+ )?\w+ing\b")
_OFFER = Pattern(r"\b(?:I|we) (?:can|could)\b|\b(?:would|[’']d) (?:like|love)\b")
_VAGUE = Pattern(
    r"\b(?:see (?:why|how|the point|that|what)|get (?:that|it|why|how)|know (?:how|that|what|why|who|when|of|the|"
    r"it)|hear you|read (?:that|this)|(?:work|am|are) (?:at|for|on|with)|hope|understand|say (?:that|so)|"
    r"look forward|say (?:here|whether)|go through|help\b)"
)
"""Sight, insight and good wishes: nobody need keep them."""


def own(clause: Clause) -> bool:
    """Whether whoever signs says what they do themself."""
    kept: dict[Clause, bool] = clause.page.kept.setdefault(own, {})
    if clause not in kept:
        kept[clause] = bool(_I.search(clause.text) or _FROM_ME.search(clause.text))
    return kept[clause]


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
