"""How firmly a clause binds: a promise to this customer in so many words, or a rule, a hope, a habit, a condition."""

from tone_rules.claims import own_acts
from tone_rules.claims.acts import acts_in
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause
from tone_rules.claims.patterns import Pattern

_HEDGED = Pattern(
    r"\b(?:should|may|might|could|can|would|ought|usually|normally|generally|typically|often|sometimes|mostly|tends?|"
    r"possibl[ey]|perhaps|maybe|probably|hopefully|hop(?:e|es|ed|ing)|aim(?:s|ing)?|try(?:ing)?|tries|plan(?:s|ned)?|"
    r"likely|roughly|meant to|supposed to|in most cases|as a rule|depend(?:s|ing)?|ask(?:s|ed|ing)?|"
    r"request(?:s|ed|ing)?|look(?:ing)? into|see (?:if|whether)|find out|want(?:s|ed)?|wish|says?|said|told|whoever|"
    r"anyone|anybody|everyone|everybody|each|every|any|always|whenever|someday|rather|prefer|think|believe|reckon|"
    r"guess)\b"
)
"""Possibilities, habits and wishes."""
_ALL_OF_IT = Pattern(r"\bevery (?:last |single )?(?:penny|cent|pound|euro|dollar)\b")
_GENERAL = Pattern(
    r"^\W*(?:(?:and|but|so|then) )?([A-Za-z]+s) (?:are|go|come|leave|take|get|land|arrive|ship|will|can|have)\b"
)
"""What is said of all: `refunds go back to the card`."""
_NOT_ALL = frozenset(("yours", "this", "his", "hers", "ours", "theirs", "us", "always"))
_ONESELF = Pattern(r"\b(?:I|we)(?:[’'](?:ll|m|ve|re)| will| have| are| am| shall)\b(?! not\b)")
_YOURS = Pattern(
    r"\byou(?:[’'](?:ll|re)| will| are) (?:\w+ ){0,2}?(?:get|have|see|be|receive|hear|getting|having|seeing|"
    r"receiving)"
    r"\b|\byou(?:[’']ve| have) been\b|^\W*(?:just )?(?:consider|expect)\b|\bhere[’']s (?:a|your|the)\b"
)
_SOON = (
    r"(?:today|tonight|tomorrow|overnight|this (?:morning|afternoon|evening|week)|next week|first thing|"
    r"(?:by|on|before) (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|\d|end|noon|close|lunch|tea|supper))"
)
_FORETOLD = Pattern(
    r"\b(?:will|[a-z]+[’']ll)\b|[’']ll\b|\b(?:is|are|[a-z]+[’']s|has|have) (?:\w+ly |already |now |just |all )?"
    r"(?:being |been |getting |on (?:its|their|the) way|coming|going|boxed|in the post|sorted)"
    rf"|\b(?:goes|go|comes|come|leaves?|lands?|ships?|arrives?|is|are|[’']s) [^.!?\n]{{0,40}}\b{_SOON}"
)
_HANDED_OVER = Pattern(r"\bon (?:us|the house)\b|\b(?:is|are) (?:now |all )?yours\b|^\W*(?:no charge|free of charge)\b")
_TO_YOU = Pattern(r"\b(?:you|your|yours|her|him|his|their|them)\b")
_MONEY = frozenset(("refund", "compensate", "credit", "discount", "waive", "cover_cost", "free", "apply_code"))
_GOODS = frozenset(("deliver", "upgrade", "extend", "prioritise"))


def bound(clause: Clause) -> bool:
    """Whether a clause says for certain what is done for this customer."""
    if clause.question or clause.instructs or _under_condition(clause) or _hedged(clause):
        return False
    general = _GENERAL.search(clause.text)
    if general and general[1].lower() not in _NOT_ALL:
        return False
    return any(one.search(clause.text) for one in (_ONESELF, _YOURS, _FORETOLD))


def grants(claim: Claim) -> bool:
    """Whether a commitment is one of money, goods or a visit to this customer."""
    clause, acts = claim.clause, claim.value
    if not (bound(clause) or _handed_over(clause)):
        return False
    if acts & _MONEY:
        return True
    to_you = _TO_YOU.search(clause.text) is not None
    return ("replace" in acts and (clause.will or to_you)) or (bool(acts & _GOODS) and to_you)


def _handed_over(clause: Clause) -> bool:
    """Whether it is given away in so many words: `it's on the house`."""
    if clause.question or clause.instructs or _under_condition(clause) or _hedged(clause):
        return False
    return _HANDED_OVER.search(clause.text) is not None


def foretells(claim: Claim) -> bool:
    """Whether a time is one by which this customer is promised something, and not by the signer in person."""
    clause = claim.clause
    if claim.loose or clause.negated or own_acts.own(clause) or own_acts.seen_to(clause) or not bound(clause):
        return False
    return bool(acts_in(clause)) or _TO_YOU.search(clause.text) is not None


def _hedged(clause: Clause) -> bool:
    return any(
        found[0].lower() != "every" or not _ALL_OF_IT.match(clause.text, found.start())
        for found in _HEDGED.finditer(clause.text)
    )


def _under_condition(clause: Clause) -> bool:
    """Whether its sentence sets a condition before it or behind it."""
    return any(one.conditional for one in clause.page.clauses if one.sentence == clause.sentence)
