"""The terms of a grant, and whether a reply that promises it keeps them: `if the report is accepted`, `over £50`."""

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from tone_rules.claims.acts import denies
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, page
from tone_rules.claims.concepts import known
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence, Stated
    from tone_rules.claims.weighing import Outcome, Weighed
    from tone_rules.situation import Situation

Kept = Literal["kept", "open", "dropped"]
"""`open`: nothing shows that the customer meets them; `dropped`: somebody must decide first, and the reply has it
decided."""

_TERM = Pattern(
    r"\b(?:if|unless|once|when|whenever|as soon as|provided(?: that)?|as long as|subject to|on condition(?: that)?|"
    r"upon|only (?:where|for|after)|after (?:your|the|a|an|our|we|it|they)|until|in case of)\b[^,.;:!?\n]{2,120}|"
    r"\b(?:over|above|more than|at least|under|below|from) [£$€] ?\d[\d,.]{0,9}|"
    r"\b(?:within|after) [^,.;:!?\n]{2,30}? (?:of|from) (?:the|your|its|a|an|our|being|arriving) [^,.;:!?\n]{2,60}"
)
_OFTEN = Pattern(r"once (?:an?|per|every|more|again)\b")
_DECISION = Pattern(
    r"\b(?:accept|approv|confirm(?:ed|s)?\b|agree[sd]?\b|inspect|assess|verif|review|check|examin|authori[sz]|eligib|"
    r"qualif|uph[eo]ld|grant|judg|decid|decision|found to)"
)
_DISCRETION = Pattern(
    r"\b(?:we|agents?|staff|managers?|teams?|desks?|crews?|branches|branch|shops?|stores?|it) (?:may|might)\b|"
    r"\bdiscretion\b|\bcase by case\b|\bgoodwill\b"
)
_WAIVED = Pattern(
    r"\b(?:whatever|regardless|no matter|without (?:a|any|the|your)|no (?:\w+ )?(?:needed|questions|required)|"
    r"don[’']t need|never mind|even (?:if|after|when)|any ?time|whenever you|always|all of|everything|"
    r"used or not)\b"
)
"""A reply that sets terms aside in so many words."""
_COMMON = frozenset(
    map(stem, listed("day week month hour working time order item product customer us way go get one new way within"))
)


_CARRIES = frozenset(("deliver",))
"""Whatever is granted is also carried: `30 days from delivery` grants no replacement."""


class Terms(NamedTuple):
    """What a sentence of a source makes its grant depend on."""

    words: frozenset[str]
    """Stems and figures of its conditions; empty where it has none."""
    decision: bool
    """Somebody must accept, approve or check first, or may do as they see fit."""


@lru_cache(maxsize=512)
def _terms(sentence: str) -> Terms:
    said = [found[0] for found in _TERM.finditer(sentence) if not _OFTEN.match(found[0])]
    words = frozenset().union(*(_content(page(one)) for one in said)) - _COMMON
    decision = any(_DECISION.search(one) for one in said) or _DISCRETION.search(sentence) is not None
    return Terms(words, decision)


def terms_of(stated: "Stated") -> Terms:
    """The terms in the sentence of a grant."""
    start, end = stated.claim.clause.sentence
    return _terms(stated.claim.clause.page.text[start:end])


def waived(claim: Claim) -> bool:
    """Whether the sentence of a claim sets terms aside: `whatever the report says`, `always`."""
    start, end = claim.clause.sentence
    return _WAIVED.search(claim.clause.page.text, start, end) is not None


def kept(claim: Claim, stated: "Stated", situation: "Situation") -> Kept:
    """Whether a promise keeps the terms of what grants it.

    A term is kept where the reply says it, in any of its sentences, or where the customer's own words or a public fact
    show that it is met; that somebody accepted or approved, no customer can say.
    """
    terms = terms_of(stated)
    if not terms.words and not terms.decision:
        return "kept"
    read = claim.clause.page
    aside = waived(claim)
    if not aside and any(one.conditional for one in read.clauses if one.sentence == claim.clause.sentence):
        return "kept"
    if terms.decision:
        told = [read.text] if not aside else []
        told += [one.value for one in situation.facts if one.visibility == "public"]
        told += [turn.text for turn in situation.thread if turn.role == "brand"]
        return "kept" if any(_DECISION.search(one) for one in told) else "dropped"
    if aside:
        return "open"
    told = [read.text, situation.message or "", *(turn.text for turn in situation.thread)]
    told += [one.value for one in situation.facts if one.visibility == "public"]
    return "kept" if any(terms.words & _content(page(one)) for one in told) else "open"


def _another_matter(stated: "Stated", evidence: "Evidence", situation: "Situation") -> bool:
    """Whether another source speaks of the customer's matter and this one doesn't: of delays, and not of returns."""
    said = [situation.message or "", *(turn.text for turn in situation.thread if turn.role != "brand")]
    asked = frozenset().union(*(_content(page(one)) for one in said)) - _COMMON
    shared = {name: asked & _content(text) for name, _, text in evidence.pages}
    return not shared.get(stated.source) and any(shared.values())


def _content(read: Page) -> frozenset[str]:
    acts = known().acts
    stems = {stem(one.text) if not one.number else one.text for one in read.atoms if one.text not in STOP}
    return frozenset(stems | {f"@{one.concept}" for one in read.mentions if one.concept not in acts})


def on_terms(claim: Claim, evidence: "Evidence", situation: "Situation", acts: frozenset[str]) -> "Weighed | None":
    """What the terms of the grants of some acts make of a promise; None where one of them is kept.

    `contradicted` where somebody must decide first and this customer is promised it for certain; `doubtful` where
    nothing shows that the customer meets the terms, or where all customers are told without them.
    """
    from tone_rules.claims.weighing import Weighed, firm

    certain = firm(claim)
    acts = acts - _CARRIES or acts
    worst: tuple[Kept, Stated] | None = None
    for one in evidence.stated(claim.sort):
        if not one.claim.value & acts or denies(one.claim.clause):
            continue
        how = kept(claim, one, situation)
        if how == "kept" or (how == "open" and not certain and not waived(claim)):
            return None
        if worst is None or how == "dropped":
            worst = (how, one)
    if worst is None:
        return None
    how, nearest = worst
    start, end = nearest.claim.clause.sentence
    outcome: Outcome = "contradicted" if how == "dropped" and certain else "doubtful"
    if how == "open" and certain and situation.message and _another_matter(nearest, evidence, situation):
        outcome = "absent"
    return Weighed(outcome, nearest.source, nearest.claim.clause.page.text[start:end])
