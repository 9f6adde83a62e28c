"""`commitment`: what a brand says it does for a customer: refund, replace, send, waive, book and the like."""

import re
from collections.abc import Iterator

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once
from tone_rules.claims.concepts import known
from tone_rules.claims.patterns import Pattern

SORT = "commitment"
NEARER = 1
"""A denial that is any nearer than a statement outweighs it."""
CUE = (
    r"(?i)with you|arriv|land|reach|through your|refund|reimburs|replac|exchang|swap|resen[dt]|remake|compensat|"
    r"credit|voucher|gift|goodwill|discount|%|"
    r"waive|cancel|repair|mend|fix|book|schedul|slot|extend|extension|upgrad|free|complimentary|back\b|money|new\b|"
    r"fresh|another|again|on (?:us|me|the house)|make (?:it|this|that) up|code|coupon|promo|fee|charge|cover|pay\b|"
    r"hold|held|keep|kept|reserv|sav(?:e|ed)|send|sent|post|ship|deliver|dispatch|leave|on (?:its|their|the) way|"
    r"cost|nothing|release|launch|out in|coming|inspect|visit|off\b|add|scrap|drop|lift|wip|take|took|collect|"
    r"trouble|extra|bonus"
)
_PROMISE = Pattern(
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
    r"questions)|nothing (?:more |extra |else )?to pay|costs? (?:you )?nothing"
)
_BY_HAND = frozenset(
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
    )
)
"""Whoever is the subject, these cost the brand something."""
_SERVICES = frozenset(("cancel", "repair", "book", "deliver"))
"""These are promises only where the brand or its person does them for this customer."""
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
    r"to your door|through your door)|(?:is|are|has been|have been|being) (?:being |already |now |just )?(?:sent|"
    r"posted|shipped|dispatched|on (?:its|their) way))\b"
)
_GIVES = Pattern(
    r"\b(?:sen[dt]|sending|get|gets|getting|have|leaves?|go|goes|going|ship\w*|post\w*|gives?|giving|bring\w*|"
    r"order\w*|arrang\w*|make|making|made|on its way|coming|comes)\b"
)
_IDLE = Pattern(
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


@once
def claims(page: Page) -> Iterator[Claim]:
    """Each clause that promises an act, with the acts it promises."""
    for clause in page.clauses:
        acts = acts_in(clause)
        if acts:
            start, end = trimmed(clause)
            yield Claim(SORT, start, end, acts, clause)


@once
def stated(page: Page) -> Iterator[Claim]:
    """Each clause of a source that names an act."""
    acts = known().acts
    for clause in page.clauses:
        found = frozenset(one.concept for one in clause.mentions if one.concept in acts)
        if found:
            yield Claim(SORT, clause.start, clause.end, found, clause)


def same(claim: Claim, other: Claim) -> bool | None:
    """Whether a source says of the same acts that they are done; False where it says that they are not."""
    mine, theirs = claim.value, other.value
    if not isinstance(mine, frozenset) or not isinstance(theirs, frozenset) or not mine & theirs:
        return None
    return not denies(other.clause)


def denies(clause: Clause) -> bool:
    """Whether a clause says that something is not done: `no exchanges`, and not `no charge`."""
    return clause.negated and not _NOTHING_TO_PAY.search(clause.text)


def acts_in(clause: Clause) -> frozenset[str]:
    """The acts that a clause of a reply promises, if any."""
    if clause.question or not clause.mentions or denies(clause) or clause.conditional:
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
        if one.concept in _BY_HAND or (one.concept in _SERVICES and _done_for(clause, one.concept)):
            found.add(one.concept)
    if not found or _ASKED.search(text):
        return frozenset()
    if clause.instructs and clause.who == "customer":
        found &= {"compensate", "discount", "free", "waive"}
    return frozenset(found)


_FOR_YOU = Pattern(
    r"\b(?:I|we)(?:[’'](?:ll|m|re|ve|d)| will| can| could| have| are| am| shall)\b|"
    r"\byour(?:s)?\b[^.!?\n]{0,30}\b(?:is|are|will|has|have|[’']ll)\b|\b(?:it|they|one|this|that)(?:[’'](?:s|ll)|"
    r" will| is| has| are) (?:be |been |now |being )?\w+ed\b|\bwill (?:be )?"
)


def _done_for(clause: Clause, concept: str) -> bool:
    if clause.who == "customer":
        return False
    return (_SENDS if concept == "deliver" else _FOR_YOU).search(clause.text) is not None


def trimmed(clause: Clause) -> tuple[int, int]:
    """Where a clause stands without what joins it to its neighbours."""
    text = clause.text
    left = len(text) - len(text.lstrip(" ,;:–—-"))
    joined = re.match(r"(?:and|but|so|then)\s", text[left:], re.IGNORECASE)
    left += joined.end() if joined else 0
    return clause.start + left, clause.start + len(text.rstrip(" ,;:–—-.!?"))
