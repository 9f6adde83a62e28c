"""`relationship`: the reply says, or lets everybody conclude, that this person is a patient, client or the like."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from typing_extensions import override

from tone_rules.patterns import matches
from tone_rules.rule import Definition, Hit, Location, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

Certainty = Literal["stated", "supposed"]

_CUT = re.compile(
    r"(?<!\d)[,;:](?!\d)\s*|[()–—]\s*|\s-\s"
    r"|\b(?=(?:and|but|so|or|because|although|though|while|which|who|that|if|whether|unless|until|when|whenever|once"
    r"|where|what|how)\b)"
    r"|\b(?=(?:after|before|since|as) (?:you|we|I|it|he|she|they)\b)",
    re.I,
)
"""Where a clause may begin."""
_LINK = re.compile(
    r"(?:and|but|or|then|so|please|just|simply|also|first|next|now|instead|always|do|kindly|that|to start)\b[\s,]*",
    re.I,
)
_UNTOLD = re.compile(r"\b(?:whether|anyone|anybody)\b", re.I)
"""What follows is said of nobody."""
_SUPPOSING = re.compile(
    r"(?:(?:only|even|just|but|and|or|so) )?(?:if|whether|unless|until|should you|in case|wherever|once|as soon as"
    r"|(?:after|before) you(?:[’']ve| have))\b",
    re.I,
)
_WHENEVER = re.compile(r"(?:and |but |or )?(?:when|whenever|where|while|after|before|as|since)\b", re.I)
_PAST = re.compile(
    r"\b(?:was|were|wasn[’']t|weren[’']t|had|hadn[’']t|did|didn[’']t|has been|have been|[’']ve been|got|came|went|told"
    r"|said|gave|made|took|saw|left|put|sent|kept|found|lost|paid|spoke|ran|met|brought|sold|[a-z]{2,}ed"
    r"|yesterday|that (?:day|morning|afternoon|evening|night)|last (?:\w+day|week|month|year|time))\b",
    re.I,
)
_ORDER = re.compile(
    r"(?:do(?:n[’']t| not)|never|make sure|be sure|feel free|let|remember to|try|check|open|bring|ring|call|phone|dial|log"
    r"|sign|go|tap|click|press|see|look|take|keep|send|message|dm|email|write|have|use|show|ask|visit|book|freeze|lock"
    r"|block|report|contact|review|update|reset|set|choose|pick|select|enter|type|speak|talk|give|tell|follow|read"
    r"|download|add|link|move|hold|quote|put|pop|drop|stop|leave|change|cancel|order|submit|upload|share|find|get|turn"
    r"|switch|treat|protect|start|wait|watch|avoid|complete|fill|scan|note|allow|consult|continue|view|manage|need)\b",
    re.I,
)
_YOU_MAY = re.compile(
    r"\byou(?: can| could| may| might| should| must| need| have to| will need| want| would| wish|[’']d(?: need| like)?"
    r"|[’']ll (?:find|see|need|get|be able|want)| will (?:find|see|get|be able|want))\b|\b(?:can|could|will|would) you\b",
    re.I,
)
_WE_MAY = re.compile(
    r"\b(?:I|we)(?: can| could| would| may| might|[’']d)\b|\b(?:can|could|may|would) (?:I|we)\b"
    r"|\bso (?:that )?(?:I|we)\b|\b(?:like|happy|glad|love|able|hope|want) to\b",
    re.I,
)
_REFUSED = re.compile(
    r"\b(?:can[’']?t|cannot|can not|couldn[’']t|unable|not able|not allowed|won[’']t|mustn[’']t|never|don[’']t)\b"
    r"[^,;]{0,30}\b(?:say|confirm|deny|discuss|share|comment|speak|talk|go into|tell|look|see|access|answer|check|open)\b",
    re.I,
)
_ATTRIBUTED = re.compile(
    r"\byou(?:[’']ve)? (?:say|said|write|wrote|mention|mentioned|described?|feel|felt|think|believe|suspect|report"
    r"|reported|told us)\b",
    re.I,
)
_FEELING = re.compile(
    r"\b(?:sorry|glad|happy|sad|good|great|lovely|hard|upsetting|disappointed|delighted|pleased|sadden\w*)"
    r" to (?:hear|see|read|learn|know)\b",
    re.I,
)
_IN_ORDER_TO = re.compile(
    r"\bto (?:[\w’'-]+ ){1,4}$|\b(?:by|before|after|from|without|when) \w+ing (?:[\w’'-]+ ){0,3}$", re.I
)
_MAY_BE = re.compile(r"[\w’' -]{0,24}?\s(?:can|could|may|might|should|would|must)\b")
_IN_GENERAL = re.compile(
    r"(?: \w+)?\s(?:(?:is|are) (?:always|never|only|usually|protected|free|shown|listed|available|printed)"
    r"|(?:shows?|lists?|appears?|updates?|stays?|includes?|covers?|renews?|tells?|says?|depends?|works?|counts?))\b",
    re.I,
)
_NO_MODIFIER = frozenset(
    """about of on in for to with at and or is was are were the a an from by as if when that which who not no
    message post review comment question feedback words photo tweet note nearest""".split()  # noqa: SIM905
)

_BEFORE_IT = r"(?: [\w’'-]+ly| not| never| also| just| already| only| first| then| recently| originally| wrongly)?"
_FIRST = r"(?:we|I|our [\w-]+|the [\w-]+|Dr\.? \w+|they)"
_STANDING = (
    r"(?:thank(?:s| you)|grateful|appreciat\w+|value)[^.!?\n]{0,30}\b(?:being|having been|remaining|staying|as)(?: an?| one"
    r" of our| our| such an?)?(?: [\w-]+){0,2} (?:PEOPLE)",
    r"as an? (?:(?:valued|loyal|long-?standing|existing|private|new|regular) )?(?:PEOPLE)(?: of ours| with us| here),?",
    r"as an? (?:valued|loyal|long-?standing|existing|regular) (?:PEOPLE)",
    r"(?:as|being) (?:an?|one of our) (?:[\w-]+ )?(?:PEOPLE),? (?:you(?: should have| deserved?| will know| know| had| were|[’']ve)|your|we)",
    r"(?:an?|every|any|no) (?:[\w-]+ )?(?:PEOPLE) (?:like you|such as you|of your|as \w+ as you)",
    r"(?:you(?:[’']re| are| were|[’']ve been| have been)|having you as|have you as|seeing you as)(?: \w+ly| still| now)?"
    r"(?: an?| one of our| our| among our)(?: [\w-]+){0,2} (?:PEOPLE)",
    r"(?:other|fellow) (?:PEOPLE)s? (?:like|besides|than) you(?:rself)?",
    r"(?:a |\w+ |all these |so many )(?:years?|decades?|months)(?: of [\w-]+)? (?:together|with us|at our|as an? (?:PEOPLE))",
    r"you(?:[’']ve| have)(?: \w+ly)? been (?:with|coming to|banking with|seeing|loyal to) (?:us|our|the practice|Dr)",
    r"(?:being|been|stayed|staying|stuck|sticking) with us (?:for|since|so|all|over|through)",
    r"with us since (?:\d{4}|the)",
    r"welcome (?:you )?back",
    r"(?:your|the) (?:[\w-]+ )?(?:loyalty|trust in us|relationship with us|history with us|time with us|years with us)",
    r"your (?:[\w-]+ )?(?:custom|business)(?= (?:with|is|means|over|and|all|for|matters)|[.,!])",
    r"(?:see|seeing|welcome|welcoming|have|having) you (?:again|back|next)",
    r"(?:I|we|(?:our|the|my) [\w-]+|every(?:one|body)(?: here)?|Dr\.? \w+)(?: \w+ly| do| does| still| all)?"
    r" (?:remember|recall|recogni[sz]e)s? (?:you\b|your|him|her|that (?:day|morning|afternoon|evening|visit|call))",
    r"(?:I|we)(?:[’']ve| have)? (?:just )?(?:looked|pulled|brought|checked) (?:you|your name|your details) up",
)
"""Ways to say that somebody has been here, whatever the trade. PEOPLE stands for what they are called."""
_DENIED = (
    r"(?:no|n[’']t any|n[’']t an?|not any|never had an?) (?:record|trace|sign|file|booking|account|entry|PEOPLE|THING)"
    r"[^.!?\n]{0,24}\b(?:of|for|under|with|in|by|called) (?:you|your|yours|that name|this name|him|her)\b",
    r"you(?:[’']re| are| were|[’']ve)(?:n[’']t| not| never)(?: actually| even| currently)?(?: been)?(?: an?| one of our| our)?"
    r" (?:PEOPLE|registered|on our (?:books|list)|with us|known to us)",
    r"you (?:don[’']t|do not|didn[’']t|never)(?: actually| even| currently)? (?:have|had|hold|held)"
    r" (?:an?|any|your) (?:\w+ )?(?:THING) (?:with|at|here|from)",
    r"(?:I|we)(?:[’']ve| have|[’']d| had)? never (?:even )?(?:treated|seen|met|had|served|dealt with)"
    r" (?:you|him|her|this person|this patient)\b",
    r"(?:can[’']?t|cannot|couldn[’']t|don[’']t|didn[’']t) (?:find|see|have|trace) you(?: \w+)? (?:on|in|under|among|as)\b",
    r"not (?:an?|one of our) (?:current |actual |real )?(?:PEOPLE)s? (?:of ours|here|with us|at this)",
)
"""A denial tells as much: it shows that the list was looked at, and what the next silence means."""
_THINGS_THAT_HAPPENED = (
    rf"(?:the|that|this|those) (?:[\w-]+ )?THING (?:that |which )?(?:you|{_FIRST})(?:[’']ve| have| had)?{_BEFORE_IT}"
    r" (?:\w+ed|made|gave|did|took|sold|sent|put|had|set up|wrote|paid|bought|lost)",
    r"(?:the|those|these|that) (?:[\w-]+ )?THING (?:was|were|has been|have been|went)(?: [\w-]+){1,3} (?:to|for|from|with) you",
    r"(?:I|we)(?:[’']ve| have)?(?: can| could)?(?: also| just| now)? (?:see|saw|found|located|pulled up|looked up|traced"
    r"|opened) (?:the|both|two|those|that|an?)(?: [\w-]+)? THING",
    r"your (?:very )?(?:next|last|first|recent|latest|previous|upcoming|second|final) THING",
)
"""What happened to this person's thing, in words that need no `your`, or a point in time that makes it theirs."""


class _Clause(NamedTuple):
    """A clause around a match: what stands before the match in it, and after."""

    before: str
    after: str
    sentence_before: str
    asked: bool


class Relationship(Definition):
    """Flags a clause that takes for granted that this person is one of the brand's patients, clients or the like.

    Instructions, conditions and what holds for everybody tell nothing and are left alone ("check your statement", "if
    your card was stolen", "your statement shows the date"). A question, an offer or a refusal that takes it for granted
    is `supposed`. The message's arguments are the words that tell.
    """

    extends: Literal["relationship"]
    people: Strings = ("customer",)
    """What somebody in the relation is called."""
    things: Strings = ()
    """What only somebody in the relation has; patterns in the singular."""
    common: Strings = ()
    """What anybody may have: it tells only where something happened to it."""
    done: Strings = ()
    """What was done to them, as participle and past: `treated`, `saw|seen`."""
    did: Strings = ()
    """What they did, in the past: `missed`, `opened an account`."""
    phrases: Strings = ()
    """Wordings that tell by themselves."""
    supposed: bool = False
    """Look for what is taken for granted in passing and not for what is stated."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each wording that tells, none inside another."""
        last = 0
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            for at, to in sorted(self._told(sentence), key=lambda one: (one[0], -one[1])):
                if start + at >= last:
                    last = start + to
                    yield Hit(start + at, last, (text[start + at : last],))

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """All words and wordings."""
        yield from super().patterns()
        for name in ("people", "things", "common", "done", "did", "phrases"):
            yield from (((name, index), one) for index, one in enumerate(getattr(self, name)))

    def _told(self, sentence: str) -> Iterator[tuple[int, int]]:
        wanted: Certainty = "supposed" if self.supposed else "stated"
        cuts = [0, *(one.end() for one in _CUT.finditer(sentence)), len(sentence)]
        for reading, source in self._sources:
            for found in matches(source, sentence):
                start, end = found.start("it"), found.end("it")
                clause = _clause(sentence, cuts, start, end)
                if reading != "standing" and "mod" in found.re.groupindex and _other_noun(found["mod"]):
                    continue
                certainty = _standing(clause) if reading == "standing" else _read(clause, reading)
                if certainty == wanted:
                    yield start, end

    @cached_property
    def _sources(self) -> tuple[tuple[str, str], ...]:
        people, things = "|".join(self.people), "|".join((*self.things, *self.common))
        made: list[tuple[str, str]] = []
        standing = [*_STANDING, *_DENIED, *self.phrases]
        filled = (
            one.replace("PEOPLE", f"(?:{people})").replace("THING", f"(?:{things or people})") for one in standing
        )
        made.append(("standing", rf"(?mi)(?:^|[^\w’'])(?P<it>{'|'.join(filled)})"))
        whose = r"(?:your|his|her|your \w+[’']s)"
        for reading, nouns in (("things", self.things), ("common", self.common)):
            if nouns:
                body = (
                    rf"{whose if reading == 'things' else 'your'} (?P<mod>(?:[\w’'-]+ ){{0,3}}?)(?:{'|'.join(nouns)})s?"
                )
                made.append((reading, rf"(?mi)\b(?P<it>{body})\b"))
        if things:
            events = (one.replace("THING", f"(?:{things})s?") for one in _THINGS_THAT_HAPPENED)
            made.append(("event", rf"(?mi)\b(?P<it>{'|'.join(events)})\b"))
        if self.done:
            done = "|".join(self.done)
            passive = (
                r"(?:you|your (?:son|daughter|mum|mom|mother|dad|father|wife|husband|partner|child|baby|nan|gran))"
                r"(?: were| was|[’']ve been| have been| has been| had been|[’']d been| weren[’']t| wasn[’']t| got"
                r"|[’']re being| are being)"
            )
            made.append(
                (
                    "event",
                    rf"(?mi)\b(?P<it>{passive}{_BEFORE_IT} (?:{done})"
                    rf"|{_FIRST}(?:[’']ve| have| has| had|[’']d| did(?:n[’']t| not))?{_BEFORE_IT} (?:{done}) (?:you|your name))\b",
                )
            )
        if self.did:
            made.append(
                ("event", rf"(?mi)\b(?P<it>you(?:[’']ve| have|[’']d| had)?{_BEFORE_IT} (?:{'|'.join(self.did)}))\b")
            )
        return tuple(made)


def _clause(sentence: str, cuts: list[int], start: int, end: int) -> _Clause:
    begins = max(one for one in cuts if one <= start)
    ends = min((one for one in cuts if one >= end), default=len(sentence))
    asked = sentence.rstrip("\"'”’) ").endswith("?")
    return _Clause(sentence[begins:start].lstrip(), sentence[end:ends], sentence[:start], asked)


def _other_noun(modifiers: str) -> bool:
    """Whether what stands between `your` and the noun makes it another's: `your question about the account`."""
    return any(one.casefold() in _NO_MODIFIER for one in modifiers.split())


def _standing(clause: _Clause) -> Certainty | None:
    """How sure a wording makes it that tells by itself."""
    if _SUPPOSING.match(clause.before) or _UNTOLD.search(clause.sentence_before):
        return None
    return "supposed" if clause.asked or _REFUSED.search(clause.before) else "stated"


def _read(clause: _Clause, reading: str) -> Certainty | None:
    """How sure the clause makes it that this person has the thing, or that it happened to them."""
    before, after = clause.before, clause.after
    if _SUPPOSING.match(before) or _UNTOLD.search(clause.sentence_before):
        return None
    if reading == "common" or (reading == "things" and _WHENEVER.match(before)):
        if not _PAST.search(f"{before} … {after}"):
            return None
    head = before
    while head and (link := _LINK.match(head)):
        head = head[link.end() :]
    if _ORDER.match(head) or _YOU_MAY.search(before) or _MAY_BE.match(after):
        return None
    if _ATTRIBUTED.search(clause.sentence_before[-40:]):
        return None
    if not _FEELING.search(before):
        if _WE_MAY.search(before):
            return "supposed"
        if _IN_ORDER_TO.search(before):
            return None
    if reading != "event" and _IN_GENERAL.match(after):
        return None
    return "supposed" if clause.asked or _REFUSED.search(before) else "stated"
