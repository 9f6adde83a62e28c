"""`relationship`: the reply says, or lets everybody conclude, that this person is a patient, client or the like."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from typing_extensions import override

from tone_rules.automata import automaton
from tone_rules.clauses import Certainty, clause_at, said_of, said_outright
from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import left, matches
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.sieve import readable
from tone_rules.situation import Situation

if TYPE_CHECKING:
    import regex

_NO_MODIFIER = frozenset(
    """about of on in for to with at and or is was are were the a an from by as if when that which who not no
    message post review comment question feedback words photo tweet note nearest own
    don't doesn't didn't isn't aren't wasn't won't can't couldn't wouldn't shouldn't haven't hasn't""".split()  # noqa: SIM905
)
"""Words that make the noun behind them another's, or a topic: `your question about the account`."""
_BEFORE_IT = r"(?: [\w’'-]+ly| not| never| also| just| already| only| first| then| recently| originally| wrongly)?"
_FIRST = r"(?:we|I|he|she|our [\w-]+|the [\w-]+|Dr\.? \w+|they)"
_WHOSE = r"(?:your|his|her|your \w+[’']s)"
_BEING = (
    r"(?:you|your (?:son|daughter|mum|mom|mother|dad|father|wife|husband|partner|child|baby|nan|gran))"
    r"(?: were| was|[’']ve been| have been| has been| had been|[’']d been| weren[’']t| wasn[’']t| got"
    r"|[’']re being| are being)"
)
_DID = (
    rf"{_FIRST} did(?:n[’']t| not)?(?: \w+ly)? (?:offer|tell|see|call|ring|warn|advise|charge|bill|treat|refund|ask"
    r"|show|give|refer|book|write to|explain to) you"
)
_DOING = rf"{_FIRST}(?:[’']ve| have| has| had|[’']d| did(?:n[’']t| not))?"
_STANDING = (
    r"(?:thank(?:s| you)|grateful|appreciat\w+|value)[^.!?\n]{0,30}\b(?:being|having been|remaining|staying|as)"
    r"(?: an?| one of our| our| such an?)(?: [\w-]+){0,2} (?:PEOPLE)s?",
    r"as an? (?:(?:valued|loyal|long-?standing|existing|private|new|regular) )?(?:PEOPLE)(?: of ours| with us| here),?",
    r"as (?:an? |one of our )(?:most )?(?:valued|loyal|long-?standing|existing|regular|longest|best) (?:PEOPLE)s?",
    r"you(?:[’']ve been| have been|[’']re| are)(?: still| now)? an? (?:PEOPLE) since",
    r"(?:as|being) (?:an?|one of our) (?:[\w-]+ )?(?:PEOPLE),?"
    r" (?:you(?: should have| deserved?| will know| know| had| were|[’']ve)|your|we)",
    r"(?:an?|every|any|no) (?:[\w-]+ )?(?:PEOPLE) (?:like you|such as you|of your|as \w+ as you)",
    r"(?:you(?:[’']re| are| were|[’']ve been| have been)|having you as|have you as|seeing you as)"
    r"(?: \w+ly| still| now)?(?: an?| one of our| our| among our)(?: [\w-]+){0,2} (?:PEOPLE)",
    r"(?:other|fellow) (?:PEOPLE)s? (?:like|besides|than) you(?:rself)?",
    r"(?:a |\w+ |all these |so many )(?:years?|decades?|months)(?: of [\w-]+)?"
    r" (?:together|with us|at our|as an? (?:PEOPLE))",
    r"you(?:[’']ve| have)(?: \w+ly)? been (?:with|coming to|banking with|seeing|loyal to) (?:us|our|the practice|Dr)",
    r"(?:being|been|stayed|staying|stuck|sticking) with us (?:for|since|so|all|over|through)",
    r"with us since (?:\d{4}|the)",
    r"(?:PEOPLE) (?:since \d{4}|(?:for|of) (?:[\w-]+ ){1,3}years)",
    r"thank(?:s| you)(?: \w+)? for (?:sticking|staying|banking|saving|investing|being) with \w+",
    r"your (?:husband|wife|partner|son|daughter|mum|mother|dad|father)(?: has| had)? (?:rang|called|phoned|wrote|signed"
    r"|came|visited|spoke to|told us|asked us)",
    r"you (?:asked|told|instructed|authori[sz]ed|allowed) us to (?:close|open|cancel|move|transfer|stop|change|switch"
    r"|pay|send|sell|buy|book|hold|block)",
    r"look(?:ing)? forward to (?:your|the) next",
    r"you(?: \w+)? (?:sat|waited|stood|lay|stayed|visited|queued|arrived|left|spoke|dealt)(?: \w+){0,2}"
    r" (?:with us|here|us\b)",
    r"(?:you|yourself) (?:included|among them)|(?:the|all|other) people we (?:treat|see|serve|look after) like you",
    r"(?:who|you)(?:[’']s| has|[’']ve| have)? (?:trusted|chosen|banked with|saved with|come to|stayed with|relied on)"
    r" us\b",
    r"(?:years?|decades?|months) of (?:custom|business|loyalty|trust|support|banking|saving|being|coming)",
    r"(?:the|that|our|my) (?:call|conversation|meeting|discussion|talk) (?:with|we had with|I had with) you",
    r"as (?:we|I|our [\w-]+|the [\w-]+|Dr\.? \w+)(?: \w+)? (?:explained|told|discussed|agreed|said|mentioned|warned"
    r"|advised)(?: to)? (?:you|at the time|on the (?:phone|day)|in (?:the|our) (?:letter|call|meeting|e-?mail)"
    r"|when you)",
    r"welcome (?:you )?back",
    r"(?:your|the) (?:[\w-]+ )?(?:loyalty|trust in us|relationship with us|history with us|time with us|years with us)",
    r"your (?:[\w-]+ )?(?:custom|business)(?: (?:with|is|means|over|and|all|for|matters)|[.,!])",
    r"(?:see|seeing|welcome|welcoming|have|having) you (?:again|back|next)",
    r"(?:I|we|(?:our|the|my) [\w-]+|every(?:one|body)(?: here)?|Dr\.? \w+)(?: \w+ly| do| does| still| all)?"
    r" (?:remember|recall|recogni[sz]e)s? (?:you\b|your|him|her|that (?:day|morning|afternoon|evening|visit|call))",
    r"(?:I|we)(?:[’']ve| have)? (?:just )?(?:looked|pulled|brought|checked) (?:you|your name|your details) up",
)
"""Ways to say that somebody has been here, whatever the trade. PEOPLE stands for what they are called."""
_ON_FILE = (
    r"(?:our|the|my) (?:records?|notes|files?|systems?|log|books|paperwork)"
    r" (?:show|say|tell|state|suggest|confirm|indicate|have|list)s?(?: us| me)?(?: that)?"
    r" (?:you|your|his|her|(?:an?|no|two|three|four|several|some|\d+) (?:missed|late|unpaid|overdue|cancelled"
    r"|failed|earlier|outstanding|appointments?|visits?|payments?|calls|sessions?|consultations?))\b",
    r"looking at (?:the|your) (?:notes|file|records?|chart)|checked your (?:file|notes|records?|account|chart)",
    r"(?:you|your \w+|his|her)(?: \w+)? (?:was|were|has been|have been) (?:taken off|removed from|put on|added to|on)"
    r" (?:the|our) (?:list|books|register|waiting list|records)",
    r"the reason (?:that |why )?you (?:waited|were|had|did|didn[’']t|got|saw|paid|owe|haven[’']t)",
    r"(?:sorry|glad|happy|sad|delighted|pleased|hope|hoping|hear|upset)[^.!?\n]{0,40}\b(?:the|that|your)"
    r"(?: [\w-]+){1,2}"
    r" (?:we|I|our [\w-]+|Dr\.? \w+) (?:did|got|fitted|made|gave|arranged|drew up|won|set up|put in|took out|sorted"
    r"|treated|handled|worked on)(?: for)?(?: you)?",
    r"(?:honou?r|pleasure|privilege|joy|delight)(?: it was| it[’']s been)? (?:to|of)"
    r" (?:represent\w*|act\w* for|advis\w*|help\w*|assist\w*|serv\w*|look\w* after) you",
    r"we(?:[’']ve| have)? (?:represented|acted for|advised|insured|treated|looked after|banked|served|helped) you"
    r" (?:before|since|for|in|on|last|over|through)",
    r"we(?:[’']ve| have) been (?:looking after|managing|treating|insuring|advising|handling|seeing|caring for"
    r"|acting for|serving) (?:you|your|his|her)",
    r"so you(?: already)? know how we (?:work|do|are|operate)|as you(?:[’']ll| will| may| might)?"
    r" (?:recall|remember|know from)|we (?:did|do) (?:write|call|ring|phone|send|refill|renew|tell|warn|post"
    r"|email|e-mail|text)(?: to)? (?:you|your|it|them|on the|last|in)",
    r"we did (?:write|call|ring|phone|warn|email|text)\b",
)
"""What somebody can only know who has looked, or was there."""
_DENIED = (
    r"(?:nobody|no[ -]one|nothing)(?: \w+){0,3} (?:of|by|with|under|in) (?:that|this|your) name",
    r"(?:no|n[’']t any|n[’']t an?|not any|never had an?) (?:record|trace|sign|file|booking|account|entry|PEOPLE|THING)"
    r"[^.!?\n]{0,24}\b(?:of|for|under|with|in|by|called) (?:you|your|yours|that name|this name|him|her)\b",
    r"you(?:[’']re| are| were|[’']ve)(?:n[’']t| not| never)(?: actually| even| currently)?(?: been)?"
    r"(?: an?| one of our| our)? (?:PEOPLE|registered|on our (?:books|list)|with us|known to us)",
    r"you (?:don[’']t|do not|didn[’']t|never)(?: actually| even| currently)? (?:have|had|hold|held)"
    r" (?:an?|any|your) (?:\w+ )?(?:THING) (?:with|at|here|from)",
    r"(?:I|we)(?:[’']ve| have|[’']d| had)? never (?:even )?(?:treated|seen|met|had|served|dealt with)"
    r" (?:you|him|her|this person|this patient)\b",
    r"(?:can[’']?t|cannot|couldn[’']t|don[’']t|didn[’']t) (?:find|see|have|trace) you"
    r"(?: \w+)? (?:on|in|under|among|as)\b",
    r"not (?:an?|one of our) (?:current |actual |real )?(?:PEOPLE)s? (?:of ours|here|with us|at this)",
)
"""A denial tells as much: it shows that the list was looked at, and what the next silence means."""
_OF_SOMETHING_ELSE = Lazy(
    r"[’']?s?(?: [\w-]+)? (?:posts?|comments?|messages?|tweets?|questions?|reviews?|repl(?:y|ies)|photos?|words)\b",
    re.IGNORECASE,
)
"""What makes of a thing no more than what it is written about: `your follow-up post`."""
_NOTHING_TOLD = Lazy(
    r"you(?: still)? owe (?:nothing|us nothing|us an? (?:review|rating|reply|answer))"
    r"|I(?:[’']ve| have|[’']d)? (?:\w+ )?(?:told|gave|given|asked|offered|promised|quoted|shown|sent) you"
    r"|the (?:photo|picture|sign|page|site|app|website|map|film|video|wording|label|post|article|ad|screen)"
    r" (?:told|gave|showed|offered|asked|warned|informed) you|the order (?:you|in)",
    re.IGNORECASE,
)
"""Idioms, and what was said in this very thread."""
_AS_IT_IS = Lazy(r"\b(?:in your case|for your (?:case|records?))$", re.IGNORECASE)
_HAPPENED = (
    rf"(?:the|that|this|those) (?:[\w-]+ )?THING (?:that |which )?(?:you|{_FIRST})(?:[’']ve| have| had)?{_BEFORE_IT}"
    r" (?:\w+ed|made|gave|did|took|sold|sent|put|had|set up|wrote|paid|bought|lost)",
    r"(?:the|those|these|that) (?:[\w-]+ )?THING (?:was|were|has been|have been|went)"
    r"(?: [\w-]+){1,3} (?:to|for|from|with) you",
    r"(?:I|we)(?:[’']ve| have)?(?: can| could)?(?: also| just| now)? (?:see|saw|found|located|pulled up"
    r"|looked up|traced|opened) (?:the|both|two|those|that|an?)(?: [\w-]+)? THING",
    r"(?:I|we)(?:[’']ve| have) \w+(?: [\w’'-]+){1,4} (?:on|to|from|in|off|against) (?:the|that) THING",
    r"(?:we|I)(?:[’']ve| have)? (?:sent|posted|issued|mailed) (?:the|a) (?:[\w-]+ )?THING (?:on \w+day|yesterday"
    r"|last \w+|this morning|to your?)",
    r"the (?:[\w-]+ )?THING was \w+ by (?:our|one of our|dr|me|us)",
    r"the (?:[\w-]+ )?THING (?:was|were|has been|have been) \w+ (?:twice|by mistake|in error|back to you)",
    r"the (?:[\w-]+ )?THING on (?:the \d\w*|\w+day)(?: \w+)? (?:was|were|went|took|ran|had)",
    r"the (?:[\w-]+ )?THING (?:that |which )?you (?:pay|hold)",
    r"your (?:very )?(?:next|last|first|recent|latest|previous|upcoming|second|final) THING",
)
"""What happened to this person's thing, in words that need no `your`, or a point in time that makes it theirs."""


class Relationship(Blockwise):
    """Flags a clause that takes for granted that this person is one of the brand's patients, clients or the like.

    Instructions, conditions and what holds for everybody tell nothing and are left alone ("check your statement", "if
    your card was stolen", "your statement shows the date"). A question, an offer or a refusal that takes it for granted
    is `supposed`. The message's arguments are the words that tell.
    """

    pattern_lists = ("people", "things", "common", "done", "did", "phrases")

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
        wanted: Certainty = "supposed" if self.supposed else "stated"
        last = 0
        for start, end, certainty in _readings(self._sources, text):
            if certainty == wanted and start >= last:
                last = end
                yield Hit(start, end, (text[start:end],))

    @cached_property
    def _sources(self) -> tuple[tuple[str, str], ...]:
        """How a match is to be read, and what to look for."""
        people, things = "|".join(self.people), "|".join((*self.things, *self.common))
        outright = "|".join((*_STANDING, *_ON_FILE, *_DENIED, *self.phrases))
        outright = outright.replace("PEOPLE", f"(?:{people})").replace("THING", f"(?:{things or people})")
        made = [("outright", rf"(?mi)(?:^|[^\w’'])({outright})")]
        for reading, whose, nouns in (("things", _WHOSE, self.things), ("common", "your", self.common)):
            if nouns:
                body = rf"{whose} ((?:[\w’'-]+ ){{0,3}}?)(?:{'|'.join(nouns)})s?"
                made.append((reading, rf"(?mi)\b({body})\b"))
        events = [one.replace("THING", f"(?:{things})s?") for one in _HAPPENED] if things else []
        if self.done:
            done = "|".join(self.done)
            events += [_DID, rf"{_BEING}{_BEFORE_IT} (?:{done})", rf"{_DOING}{_BEFORE_IT} (?:{done}) (?:you|your name)"]
        if self.did:
            events.append(rf"you(?:[’']ve| have|[’']d| had)?{_BEFORE_IT} (?:{'|'.join(self.did)})")
        if events:
            made.append(("event", rf"(?mi)\b({'|'.join(events)})\b"))
        return tuple(made)


@lru_cache(maxsize=32)
def _readings(sources: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[int, int, Certainty], ...]:
    """What tells in a text, by place and the longest first: a rule and its milder twin look at the same."""
    told: list[tuple[int, int, Certainty]] = []
    for begin, end in sentence_spans(text):
        sentence = text[begin:end]
        for reading, source in sources:
            for found in _matches(source, sentence):
                left()
                if reading in ("things", "common") and not _NO_MODIFIER.isdisjoint(found[2].casefold().split()):
                    continue
                at, to = found.span(1)
                if _tells_nothing(sentence, at, to):
                    continue
                clause = clause_at(sentence, at, to)
                if reading == "outright":
                    certainty = said_outright(clause)
                else:
                    certainty = said_of(clause, event=reading == "event", past=reading == "common")
                if certainty is not None:
                    told.append((begin + at, begin + to, certainty))
    return tuple(sorted(told, key=lambda one: (one[0], -one[1])))


def _tells_nothing(sentence: str, start: int, end: int) -> bool:
    return (
        _NOTHING_TOLD.match(sentence, start) is not None
        or _OF_SOMETHING_ELSE.match(sentence, end) is not None
        or _AS_IT_IS.search(sentence[max(0, start - 4) : end]) is not None
    )


def _matches(source: str, text: str) -> "Iterator[re.Match[str] | regex.Match[str]]":
    """All matches, by RE2 where it takes the pattern: it compiles in a fraction of the time and is linear."""
    pattern = _linear(source)
    return iter(pattern.finditer(text)) if pattern is not None and readable(text) is not None else matches(source, text)


@lru_cache(maxsize=64)
def _linear(source: str) -> Any:
    import re2

    try:
        return automaton(source)
    except re2.error:
        return None
