"""`commitment`: what a brand says it does for a customer: refund, replace, send, waive, book and the like."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.acts import BY_HAND, acts_in, denies, trimmed
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.concepts import known
from tone_rules.claims.firmness import grants
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import stem

if TYPE_CHECKING:
    from tone_rules.claims.concepts import Mention
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

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
    r"trouble|extra|bonus|return|hand|owe|door|porch|inbox|way\b|seat|ticket|expense|prepaid|receipt|includ|at no|"
    r"half|reach|restor|switch|locked|aside|moved|down\b|home\b|done\b|carry|shoulder|absorb|reverse|paid|revers|"
    r"cent\b|penny|sum\b|amount|settle|headed|priorit|vips?\b|queue|front of|top of|fast[- ]?track|first\b|yours\b|"
    r"skip|jump"
)
_KINS = (
    frozenset(("refund", "cover_cost", "compensate", "restore", "claim")),
    frozenset(("free", "waive", "cover_cost", "compensate", "discount")),
    frozenset(("credit", "compensate", "discount", "apply_code")),
    frozenset(("replace", "deliver")),
    frozenset(("repair", "fix", "restore")),
    frozenset(("book", "upgrade")),
)
"""Acts that a policy and a reply tell by each other: `collected at our expense` and `we pay for the pickup`."""
_FAMILIES = (
    frozenset(("refund", "compensate", "credit", "discount", "waive", "cover_cost", "free", "apply_code")),
    frozenset(("replace", "deliver", "repair", "fix", "restore", "book", "upgrade", "inspect", "release", "extend")),
)
"""Money, and goods or work: where a source grants some of it, a promise of it may be another name for the same."""
_THINGS = frozenset(("@meal", "@stay", "@ride"))
"""What is granted by its bare name: `delays over 3 hours: meals, a hotel`."""
_NO_MATTER = frozenset(("free", "waive", "cover_cost"))
"""Acts by which `no` and `not` often grant: `no fee`, `you don't pay`."""
_DENIAL = Pattern(r"n[’']t\b|\b(?:not|no|never|cannot)\b")
_SHARED, _MOST, _FEW = 0.5, 0.7, 3
"""The shares of a clause's words, of more than a few, that one sentence of a source holds where it may, and does, say
the same in other words."""


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


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Hold an act against what the sources grant, in the same words or in those of an act much like it."""
    from tone_rules.claims import granting, weighing

    weighed = weighing.weigh(claim, evidence)
    if weighed.outcome == "supported":
        return granting.on_terms(claim, evidence, situation, claim.value) or weighed
    granted = [one for one in evidence.stated(SORT) if not denies(one.claim.clause)]
    if weighed.outcome == "contradicted" and (claim.value <= _NO_MATTER or not _denied(claim, evidence, situation)):
        weighed = weighing.Weighed("doubtful", weighed.source, weighed.said)
    akin = frozenset().union(*(kin for kin in _KINS if kin & claim.value))
    family = frozenset().union(*(kin for kin in _FAMILIES if kin & claim.value))
    if weighed.outcome != "contradicted":
        told = next((one for one in granted if akin & one.claim.value), None)
        if told is not None:
            supported = weighing.Weighed("supported", told.source, told.claim.text)
            return granting.on_terms(claim, evidence, situation, akin) or supported
        told = next((one for one in granted if family & one.claim.value), None)
        if told is not None:
            return weighing.Weighed("doubtful", told.source, told.claim.text)
    if weighed.outcome == "absent":
        share, source, words = weighing.coverage(claim.about, evidence)
        if any(claim.about & _THINGS & one for _, _, _, one in evidence.about()):
            return weighing.Weighed("doubtful", source, words)
        if share >= _MOST and len(claim.about) > _FEW and not _DENIAL.search(words):
            return weighing.Weighed("supported", source, words)
        if share >= _SHARED and len(claim.about) > _FEW and not claim.value & BY_HAND - {"replace"}:
            return weighing.Weighed("doubtful", source, words)
    return weighed


def _denied(claim: Claim, evidence: "Evidence", situation: "Situation") -> bool:
    """Whether a source denies the act for this case: `no refunds on opened jars` says nothing about a closed one."""
    said = page(situation.message or "").about
    start, end = claim.clause.sentence
    told = said.union(*(one.about for one in claim.clause.page.clauses if start <= one.start < end))
    for one in evidence.stated(SORT):
        if one.claim.value & claim.value and denies(one.claim.clause):
            acts = {word for mention in one.claim.clause.mentions for word in _stems(one.claim.clause, mention)}
            content = {word for word in one.claim.about if word[0] != "@"} - acts
            if not content or content & told:
                return True
    return False


def _stems(clause: Clause, mention: "Mention") -> Iterator[str]:
    words = clause.page.text[mention.start : mention.end].lower().split()
    return (stem(one) for one in words)


def firm(claim: Claim) -> bool:
    """Whether it is promised to this customer for certain."""
    return grants(claim)
