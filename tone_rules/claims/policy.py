"""`policy`: how things are and what is allowed, as the reply states it: `one device per account`, `in stock`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.claims import own_acts
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.claims.tables import table
from tone_rules.formats.words import STOP, listed, stem
from tone_rules.screen import PatternSet
from tone_rules.sieve import widened

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence, Stated
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "policy"
CUE = (
    r"(?i)\bper (?:account|person|customer|household|order|user|subscription|licen[cs]e|device|booking|table|room|"
    r"member|day)\b|\bpolic|\ballow|\bonly\b|\blimit|\bmaximum\b|\bminimum\b|\brequire|\bmust\b|\bneeds?\b|"
    r"\beligible\b|\bentitle|\bsupport|\bcompatible\b|\bworks? (?:\w+ )?(?:with|on)\b|\b(?:runs?|"
    r"plays?) (?:\w+ )?(?:with|on)\b|\bstock\b|\bsold out\b|\bavailable\b|"
    r"\bproof\b|proof\b|\bresistant\b|\bvegan\b|\bvegetarian\b|\bgluten|\bnuts?\b|\ballerg|\borganic\b|"
    r"\bcertified\b|made (?:in|from|of|by|with)\b|\bcontains?\b|\bcovered\b|\bwarrant|\bguarantee|\binclude|"
    r"\bwe (?:never|always|don[’']t|do not|no longer)\b|\bdesigned\b|\bcomes? with\b|\bships?\b|\bmachine[- ]wash|"
    r"\bdishwasher|\bsafe\b|\bencrypt|\bterms\b|\bnot (?:accepted|permitted|possible|valid)\b|\bdata\b|\bdetails\b|"
    r"\bpasswords?\b|\bstep[- ]free\b|\bwheelchair|\baccessible\b|\bno longer\b|\bdiscontinued\b|\bfragrance|"
    r"\bdairy\b|\bhalal\b|\bkosher\b|\bcruelty|\bfeature\b|\bmeasure\b|\brules\b|\binsured\b|\bprice[- ]match|"
    r"\bsuitable\b|\bfine (?:for|with)\b|\bok(?:ay)? (?:for|with)\b|\bcarbon|\brecycl|\bsustainab|\bbiodegr|"
    r"\bcompost|\bplastic|\bfair ?trade|\beco\b|\bethical|\bclimate|\bnet[- ]zero|\brenewable|\bopen\b|\bclosed\b|"
    r"\bparking\b|\bmatch\b|\bship|\bdeliver|\bworldwide\b|\babroad\b|\blaw\b|\blegally\b|\bleft\b|\bremaining\b|"
    r"\bany ?time\b|\bwhenever\b|\bno matter\b|\beven after\b|\bany (?:time|point)\b|\bwithout\b|\bas long as\b"
)


class Feature(NamedTuple):
    """One feature: how a reply states it, and how a source speaks of it."""

    name: str
    said: Pattern
    told: Pattern | None
    """None where only a source with the reply's own words will do: safe for dogs is not safe for cats."""


class Features(NamedTuple):
    """All features that are known."""

    each: tuple[Feature, ...]
    screen: PatternSet
    """Says quickly which of them a text may state."""

    def in_text(self, text: str) -> Iterator[Feature]:
        """Those that a text may state."""
        hits = self.screen.hits(text)
        yield from self.each if hits is None else (self.each[at] for at in sorted(hits))


@lru_cache(maxsize=1)
def _features() -> Features:
    each = tuple(
        Feature(
            name,
            Pattern("|".join(one["said"])),
            None if one.get("strict") == "true" else Pattern("|".join([*one["said"], *one.get("told", ())])),
        )
        for name, one in table("features").items()
    )
    return Features(each, PatternSet([widened(f"(?i:{one.said.source})") or "" for one in each]))


_GENERIC = frozenset(
    map(
        stem,
        listed("thing way one time customer lot bit make get go come know sure yes all just right good great back now"),
    )
)


@once
def claims(page: Page) -> Iterator[Claim]:
    """Clauses that state a feature, a limit or a rule; what the signer does or offers is none."""
    for feature in _features().in_text(page.text):
        for found in feature.said.finditer(page.text):
            clause = page.clause(found.start())
            if not _states(clause):
                continue
            end = clause.start + len(clause.text.rstrip(" ,.;!"))
            start = clause.start + len(clause.text) - len(clause.text.lstrip(" ,;"))
            yield Claim(SORT, start, max(end, found.end()), (feature.name, _content(clause.text)), clause)


@once
def stated(page: Page) -> Iterator[Claim]:
    """Every feature that a source names."""
    for feature in _features().each:
        for found in feature.told.finditer(page.text) if feature.told else ():
            clause = page.clause(found.start())
            yield Claim(SORT, *found.span(), (feature.name, _content(clause.text)), clause)


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for a source that speaks of the feature, or for half of the clause's words in one sentence."""
    from tone_rules.claims.weighing import Weighed, closeness, coverage

    name, wanted = claim.value
    said = page(situation.message or "").about
    subject = claim.about | said
    best, source, words = -1, None, ""
    if name == "covered" and not claim.negated and (denied := _excluded(claim, evidence)):
        return Weighed("contradicted", denied.source, denied.claim.clause.text)
    for one in evidence.stated(SORT):
        if one.claim.value[0] == name and (near := closeness(subject, one.about)) > best:
            best, source, words = near, one.source, one.claim.clause.text
    if best > 0:
        return Weighed("supported", source, words)
    share, nearest, sentence = coverage(wanted, evidence)
    if share >= 0.67 or not wanted:
        return Weighed("supported", nearest, sentence)
    return Weighed("doubtful" if best == 0 and name == "covered" else "absent", nearest or source, sentence or words)


def _excluded(claim: Claim, evidence: "Evidence") -> "Stated | None":
    """What a source says is not covered, and the sentence of a claim says is: `everything, bulbs too`."""
    start, end = claim.clause.sentence
    read = claim.clause.page
    said = _content(read.text[start:end])
    for one in evidence.stated(SORT):
        if one.claim.value[0] == "covered" and one.claim.negated and (_content(one.claim.clause.text) - _COVER) & said:
            return one
    return None


_COVER = frozenset(map(stem, listed("cover covered warranty guarantee insurance damage")))
_RULES = frozenset(("allowed", "covered", "ever"))
"""Rules, which a reply draws from others; what a thing is made of or safe for can't be."""


def firm(claim: Claim) -> bool:
    """Whether it is a feature of a thing or a place."""
    return claim.value[0] not in _RULES


_UNKNOWN = Pattern(
    r"\b(?:nothing (?:here|in \w+)|don[’']t know|do not know|not sure|can[’']t (?:say|tell|see)|no idea|whether|"
    r"can[’']t promise|won[’']t guess)\b"
)


def _states(clause: Clause) -> bool:
    return not (
        clause.question
        or clause.conditional
        or clause.instructs
        or clause.who == "person"
        or own_acts.own(clause)
        or _UNKNOWN.search(clause.text)
    )


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)
