"""`statistic`: what many, most or a number of others do or see: `most homes see`, `nine in ten`, `on average`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "statistic"
_WHO = (
    r"(?:customers?|people|users?|homes?|guests?|passengers?|members?|owners?|households?|readers?|players?|riders?|"
    r"drivers?|patients?|clients?|parents?|folks?|orders?|parcels?|families|diners?|visitors?|buyers?|shoppers?|"
    r"subscribers?|travellers?|travelers?|students?|tenants?|investors?|savers?|cases?|reports?|reviews?|deliveries|"
    r"returns?|claims?|tickets?|flights?|trains?|batter(?:y|ies)|units?|devices?|phones?|accounts?|pets?|dogs?|"
    r"cats?|kids|children|others|of them|of you|of us|of ours)"
)
_HOW_MANY = (
    r"(?:most|nearly all|almost all|nearly every|almost every|the (?:vast |great |large )?majority of|plenty of|"
    r"lots of|hundreds of|thousands of|millions of|tens of thousands of|dozens of|a (?:large |good |"
    r"small )?(?:share|number|handful|minority|fraction|third|quarter|half) of|half (?:of )?|two[- ]thirds of|"
    r"three[- ]quarters of|(?:fewer than|more than|over) (?:\d|half|a third|a quarter)[\w ]{0,16}? of|"
    r"only a few|very few|\d+(?:\.\d+)? ?(?:%|per ?cent) of|(?:\w+|"
    r"\d+) (?:in|out of) (?:every )?(?:ten|five|three|four|twenty|a hundred|a thousand|\d+))"
)
_SAID = (
    rf"\b(?:{_HOW_MANY}) (?:(?:of )?(?:our|the|all|these|those|other|your) )?(?:[\w-]+ )?{_WHO}\b(?: like (?:yours?|"
    rf"you|this))?|\bmost of (?:our|the) [\w-]+"
    r"|\b(?:\w+|\d+) (?:in|out of) (?:every )?(?:ten|five|a hundred|a thousand|100|10|20|1,?000)\b|\d ?(?:%|"
    r"per ?cent) of [\w ]{2,30}"
    rf"|\bmost who\b|\b{_WHO} (?:usually|typically|normally|generally|on average)\b"
    r"|\b(?:on average|the average \w+)\b|\b(?:hardly|scarcely|barely|almost|nearly) (?:anyone|anybody|nobody|"
    r"no[- ]one|everyone|everybody|none of|any of|every (?:customer|order|parcel|guest|user))\b|\b(?:only|"
    r"just) (?:ever )?(?:a handful|a few|one or two|a tiny)\b[^.!?\n]{0,30}\b(?:of|out of|in|had|seen|reports?)\b|"
    r"\ba handful (?:out )?of\b|\bout of (?:hundreds|thousands|millions)\b|\b(?:nobody|no[- ]one|none|not one|"
    r"not a single one) (?:else|other|of our (?:other )?\w+)\b[^.!?\n]{0,20}\b(?:has|have|had|felt|said|reported|"
    r"complained|mentioned|seen)|\b(?:the )?(?:first|only) (?:report|case|complaint|time|one) (?:we[’']ve|we have|"
    r"of (?:its|this) kind|anyone has|like (?:it|this))|\ban? isolated (?:case|incident|event)\b|\b(?:stud(?:y|ies)|"
    r"research|trials?|tests) (?:show|shows|showed|found|finds?|prove|proves|proved|say|says)\b|\b(?:proven|"
    r"clinically \w+) to\b"
)
CUE = f"(?i){_SAID}"
_MANY = Pattern(_SAID)
_RULED = Pattern(r"\b(?:can|may|must|should|need|usually|tend)\b")
_FEELING = Pattern(
    r"\b(?:would|wouldn[’']t|could|hate|love|dread|expect|agree|deserve|nobody|feel|understand(?:ably)?|like to|"
    r"want|frustrat\w+|annoy\w+|maddening|tiring|too (?:long|many))\b"
)
_GENERIC = frozenset(
    map(
        stem,
        listed(
            """most many people customer customers user like year share number other others still see find get well
            fine"""
        ),
    )
)


@once
def claims(page: Page) -> Iterator[Claim]:
    """What is said of many others, but for what anybody would feel."""
    for found in _MANY.finditer(page.text):
        clause = page.clause(found.start())
        if clause.question or clause.conditional or clause.instructs or _FEELING.search(clause.text):
            continue
        yield Claim(SORT, found.start(), clause.start + len(clause.text.rstrip(" ,.;!")), _content(clause.text), clause)


@once
def stated(page: Page) -> Iterator[Claim]:
    """The same."""
    for found in _MANY.finditer(page.text):
        clause = page.clause(found.start())
        yield Claim(SORT, *found.span(), _content(clause.text), clause)


_FIRM = Pattern(
    r"\b(?:\w+|\d+) (?:in|out of) (?:every )?(?:ten|five|three|four|twenty|a hundred|a thousand|\d+)\b|\d ?(?:%|"
    r"per ?cent) of|"
    r"\b(?:most|nearly all|almost all|the (?:vast |great |large )?majority of|(?:three[- ]quarters|"
    r"two[- ]thirds|half) of)"
    r" (?:of )?(?:our |the |other )?(?:customers?|people|users?|homes?|guests?|households?|drivers?|passengers?|"
    r"owners?)"
    r"\b|\b(?:hardly|scarcely|barely|almost|nearly) (?:anyone|anybody|nobody|no[- ]one|none of|"
    r"any of)\b[^.!?\n]{0,20}"
    r"\b(?:has|have|had|is|are|gets?|got)\b|\b(?:stud(?:y|ies)|research|trials?) (?:show|prove|found|find)|"
    r"\bhandful (?:out )?of\b|\bout of (?:hundreds|thousands|millions)\b"
)


def firm(claim: Claim) -> bool:
    """Whether a share of others is given in so many words, and none of its words is a source's."""
    return _FIRM.search(claim.text) is not None and not _RULED.search(claim.clause.text)


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for a source that says so of many, or for most of the words in one sentence."""
    from tone_rules.claims.weighing import Weighed, coverage

    wanted = claim.value
    for one in evidence.stated(SORT):
        stated_words = one.claim.value
        if isinstance(stated_words, frozenset) and (len(wanted & one.about) >= max(1, len(wanted) // 3)):
            return Weighed("supported", one.source, one.claim.text)
    share, source, words = coverage(wanted, evidence)
    said = page(situation.message or "").about
    if share >= 0.6 or (wanted and wanted <= said):
        return Weighed("supported", source, words)
    return Weighed("absent", source, words)


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)
