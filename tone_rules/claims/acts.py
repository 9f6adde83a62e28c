"""Which acts a clause of a reply promises to this customer, and whether it denies them instead."""

import re

from tone_rules.claims.clauses import Clause
from tone_rules.claims.patterns import Pattern

_PROMISE = Pattern(
    r"\w[’']s (?:\w+ly |already |now |just )?(?:coming|going|being|moved|changed|switched|booked|boxed|sorted|"
    r"done|in the post|on (?:its|"
    r"their) way)|\bowe (?:us |me )?nothing|\bwon[’']t be charged|"
    r"\byou(?:[’']re| are) (?:now )?(?:at|in|first|next|top|on)\b|"
    r"\byou won[’']t (?:have to )?pay\b|\bexpect (?:a|an|your|the|it|full)\b|\b(?:is|are) (?:now |all )?yours\b|"
    r"^\W*(?:and )?(?:no charge|free of charge|at no (?:extra )?cost|no cost|all free|free)\b|\b(?:travel|ride|stay|"
    r"park|eat|drink|swim|enter) (?:\w+ )?free\b|\b(?:I|we)(?:[’'](?:ll|m|re|ve|d))?(?:\s(?:will|shall|can|could|am|"
    r"are|have|had|would|do|did|just|also|gladly|happily|of course|already|personally|now|then|be|going|like|love|"
    r"happy|glad|able|to|always|both|all))*\s?(?=\w)|\blet (?:me|us)\b|\bhappy to\b|\bhere[’']s (?:a|your)\b|"
    r"\bconsider\b|\benjoy\b|\bhave (?:a|your|the) \w+ on us|\byou(?:[’'](?:ll|re|ve)| will| can| are| get|"
    r" have)? ?(?:also |still |now |all )?(?:get|gets|getting|have|receive|be|see|keep|due|entitled|owed|expect|"
    r"choose|find|claim|been)\b|\byou get\b|\byou[’']re (?:getting|due|owed|entitled)\b|\byou(?:[’']ve|"
    r" have) been\b|\b(?:is|are|was|were|be|been|gets?|got|being|it[’']s|that[’']s|[’']ll|goes|comes|leaves?|lands?|"
    r"arrives?|starts?|has|have)\b|\b(?:a|the|your|yours|another|every|each|any|both|all|our|this|"
    r"that)\b[^.!?\n]{0,40}\b(?:will|[’']ll|goes|comes|leaves?|is|are|has|have)\b"
)
_NOTHING_TO_PAY = Pattern(
    r"(?:no|without|not)\b[^.!?\n]{0,20}\b(?:charge|cost|fee|surcharge|pay\w*|limit|problem|matter|longer|only|need|"
    r"questions)|nothing (?:more |extra |else )?(?:to pay|is owed|due)|(?:costs?|owe) (?:you |us |me )?nothing|"
    r"nobody[’']ll charge|n[’']t (?:have to |need to )?pay\b|"
    r"(?:won[’']t|not|n[’']t) (?:be )?(?:cost|charged?)\b|not a penny|nothing on top"
)
BY_HAND = frozenset(
    (
        "refund",
        "replace",
        "compensate",
        "credit",
        "discount",
        "apply_code",
        "waive",
        "cover_cost",
        "extend",
        "upgrade",
        "free",
        "prioritise",
    )
)
"""Whoever is the subject, these cost the brand something."""
_SERVICES = frozenset(("cancel", "repair", "book", "deliver", "restore"))
"""These are promises only where the brand or its person does them for this customer."""
_PROMISED = BY_HAND | _SERVICES
_SENDS = Pattern(
    r"\b(?:I|we)(?:[’'](?:ll|ve|re|m)| will| have| are| am| can| could)(?: (?!not\b)\w+){0,2} (?:send|sending|sent|"
    r"post|posting|posted|ship|shipping|shipped|dispatch|dispatching|dispatched|deliver|delivering|delivered|"
    r"courier|collect|collecting)\b(?: (?:out|off))?(?!\s(?:\w+\s){0,4}(?:link|message|dm|form|e-?mail|details|"
    r"steps|code|note|reply|photos?|pictures?|guide|instructions|update|feedback|word|text|request|question|report|"
    r"answer|list|thanks|love|comments?|here|below|thread|as|this|that|screenshots?|post|idea|suggestion|point|page|"
    r"map)\b)|\b(?:leaves?|goes out|go out|ships|will (?:ship|go out|be (?:sent|posted|shipped|delivered|dispatched|"
    r"with you))|[’']ll (?:ship|go out|be with you)|(?:it|yours|ones?|they|order|parcel|box|replacement|card|"
    r"package|letter|pair)(?: will|[’']ll) (?:arrive|land|leave|reach you)|(?:I|we)(?:[’'](?:ll|ve|re)| will| have|"
    r" are| can) (?:\w+ ){0,2}(?:pop|put|popped|stick|get|drop)\b[^.!?\n]{0,40} (?:in the post|(?:out|over) to you|"
    r"to your door|through your door)|\w*(?:boxed up|(?:coming|heading|headed|going) your way|at your door|"
    r"on your (?:porch|doorstep))|"
    r"(?:guarantee|promise|make sure|so) (?:\w+ ){1,3}(?:reach(?:es)?|gets? to) you|"
    r"(?:is|are|has been|have been|being) (?:being |already |now |just )?(?:sent|"
    r"posted|shipped|dispatched|on (?:its|their) way))\b"
)
_GIVES = Pattern(
    r"\b(?:sen[dt]|sending|get|gets|getting|have|leaves?|go|goes|going|ship\w*|post\w*|gives?|giving|bring\w*|"
    r"order\w*|yours|arrang\w*|make|making|made|on its way|coming|comes)\b"
)
_IDLE = Pattern(
    r"\b(?:sorry|apolog\w+|apologies|thanks?|thank you)\b[^.!?\n]{0,30}\bfor (?:the|your|any|all the) \w+|"
    r"\bover (?:my|our|her|his|their) dead body\b|"
    r"\bback (?:to (?:you|me|us|normal|work|school|bed|life|basics|zero|"
    r"square one)|on (?:track|its feet|your feet)|into (?:shape|gear))\b|\b(?:an?|the|your|this|"
    r"that) (?:[\w-]+ ){0,2}"
    r"(?:e-?mail|message|text|notice|reminder|update|alert|notification|confirmation|post|note|answer|reply|link|"
    r"survey|form|newsletter)s? (?:will |[’']ll )?(?:go|goes|is|are|be|been|lands?|leaves?|arrives?|comes?|"
    r"reaches)\b|"
    r"\b(?:gave|give|have|having|get) (?:it|that|this) (?:a |some )?(?:fresh|new)\b|"
    r"\b(?:get|gets|getting|send|sends|sending|sent|have|order|give|giving|post|"
    r"ship)\b(?: \w+){0,2} an? (?:brand[- ]new|new|fresh) (?:link|password|address|number|date|name|e-?mail|code|"
    r"version|message|time|slot|look|start|thread|login|pin|quote|update|confirmation|invoice|ticket number)\b|"
    r"\b(?:feel|feels|feeling|set|hands|sugar|gluten|worry|step|duty|toll|hassle|stress|ad|break|breaks|"
    r"for)[- ]free\b|\bfree (?:to|time|up|from|hand|evening|afternoon|morning|text)\b|\btax[- ]free\b|"
    r"\bfree trial ends\b|\bcredit (?:card|cards|union|score|to|where|check|goes to)\b|\bto (?:her|his|their|"
    r"the team[’']s|your) credit\b|\b(?:face|fresh) book|\bbook(?:s|ed)? (?:club|shop|a flight earlier)\b|"
    r"\bnew (?:one|ones) (?:to|on) (?:me|us)\b"
)
_ASKED = Pattern(
    r"\b(?:about|asked? for|asking for|want(?:ed|s)?|hop(?:e|ed|ing) for|wait(?:ed|ing)? for|request(?:ed)? (?:a|"
    r"the|your)|see whether|find out|check(?:ing)? (?:if|that|whether|on)|look(?:ing)? (?:at|into)|see if|chas(?:e|"
    r"ing)|read about)\b"
)
_NOUNS = Pattern(
    r"\b(?:refund|replacement|cancellation|credit|discount|voucher|booking|repair|exchange|delivery|upgrade|"
    r"return)s? (?:page|form|policy|team|desk|request|status|rules?|terms|process|option|window|note|centre|center|"
    r"time|link|button)\b"
)
_FOR_YOU = Pattern(
    r"\b(?:I|we)(?:[’'](?:ll|m|re|ve|d)| will| can| could| have| are| am| shall)\b|"
    r"\byour(?:s)?\b[^.!?\n]{0,30}(?:\b(?:is|are|will|has|have)\b|[’'](?:ll|s)\b)|\b(?:she|he|they|"
    r"you)(?:[’']ll| will)\b|\b(?:it|they|one|this|that)(?:[’'](?:s|ll)|"
    r" will| is| has| are) (?:be |been |now |being )?\w+ed\b|\bwill (?:be )?"
)


def acts_in(clause: Clause) -> frozenset[str]:
    """The acts that a clause of a reply promises, if any."""
    kept: dict[Clause, frozenset[str]] = clause.page.kept.setdefault(acts_in, {})
    if clause not in kept:
        kept[clause] = _acts_in(clause)
    return kept[clause]


def denies(clause: Clause) -> bool:
    """Whether a clause says that something is not done: `no exchanges`, and not `no charge`."""
    return clause.negated and not _NOTHING_TO_PAY.search(clause.text)


def trimmed(clause: Clause) -> tuple[int, int]:
    """Where a clause stands without what joins it to its neighbours."""
    text = clause.text
    left = len(text) - len(text.lstrip(" ,;:–—-"))
    joined = re.match(r"(?:and|but|so|then)\s", text[left:], re.IGNORECASE)
    left += joined.end() if joined else 0
    return clause.start + left, clause.start + len(text.rstrip(" ,;:–—-.!?"))


def _acts_in(clause: Clause) -> frozenset[str]:
    if not any(one.concept in _PROMISED for one in clause.mentions):
        return frozenset()
    if clause.question or denies(clause) or clause.conditional:
        return frozenset()
    text = clause.text
    if not _PROMISE.search(text):
        return frozenset()
    idle = [found.span() for pattern in (_IDLE, _NOUNS) for found in pattern.finditer(text)]
    found: set[str] = set()
    for one in clause.mentions:
        at = one.start - clause.start
        if any(start <= at < end for start, end in idle):
            continue
        if one.concept == "replace" and " " in clause.page.text[one.start : one.end] and not _GIVES.search(text):
            continue
        if one.concept in BY_HAND or (one.concept in _SERVICES and _done_for(clause, one.concept)):
            found.add(one.concept)
    if not found or _ASKED.search(text):
        return frozenset()
    if clause.instructs and clause.who == "customer":
        found &= {"compensate", "discount", "free", "waive"}
    return frozenset(found)


def _done_for(clause: Clause, concept: str) -> bool:
    if clause.who == "customer":
        return False
    return (_SENDS if concept == "deliver" else _FOR_YOU).search(clause.text) is not None
