"""`promise`: what will happen beside refunds and the like: `whoever comes will have the notes`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims import own_acts
from tone_rules.claims.acts import acts_in, trimmed
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "promise"
UNHEARD = True
"""Without sources it is passed over: much of it is pleasantry."""
CUE = (
    r"(?i)\b(?:will|shall|going to)\b|[’']ll\b|\b(?:is|are) (?:getting|being|having|coming|returning|adding|"
    r"changing)\b"
)
_WILL = Pattern(CUE.removeprefix("(?i)"))
_IDLE = Pattern(
    r"\b(?:will|[’']ll) (?:\w+ )?(?:be (?:able|glad|happy|pleased|delighted|thrilled|pink|chuffed|over the moon|"
    r"missed|here|sorry|there)|stay|ask|help|need|love|enjoy|know|see|like|find|want|agree|make (?:the|his|her|"
    r"their) (?:day|"
    r"week)|probably|hopefully|hear|keep|try|do (?:our|my) best|have to|understand|think)\b|\byou(?:[’']ll| will)\b|"
    r"\bhope\b|\bif\b|\bwhen\b"
)
_GENERIC = frozenset(
    map(stem, listed("will get come go make take have back way thing one time day soon next new now still full"))
)


@once
def claims(page: Page) -> Iterator[Claim]:
    """Clauses that say what will happen, where whoever signs is not the one who does it."""
    for clause in page.clauses if _WILL.search(page.text) else ():
        if (
            not _WILL.search(clause.text)
            or _IDLE.search(clause.text)
            or clause.question
            or any(one.conditional for one in page.clauses if one.sentence == clause.sentence)
            or clause.negated
        ):
            continue
        if clause.who != "brand" or clause.instructs or own_acts.own(clause) or acts_in(clause):
            continue
        wanted = _content(clause.text)
        if len(wanted) >= 2:
            start, end = trimmed(clause)
            yield Claim(SORT, start, end, wanted, clause)


def weigh(claim: Claim, evidence: "Evidence", _situation: "Situation") -> "Weighed":
    """Look for the promise's words in one sentence of a source."""
    from tone_rules.claims.weighing import Weighed, coverage

    wanted = claim.value
    share, source, words = coverage(wanted | {one for one in claim.about if one[0] == "@"}, evidence)
    return Weighed("supported" if share >= 0.34 else "absent", source, words)


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)
