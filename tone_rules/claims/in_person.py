"""`in_person`: what only a person can do, such as `I'll ring you`: where a bot says so, a source must, too."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.acts import trimmed
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "in_person"
_DOES = (
    r"\b(?:I|we)(?:[’'](?:ll|m going to|ve)| will| am going to| have)(?: (?:just|personally|also|now|"
    r"then))* (?:ring|rung|call|called|phone|phoned|visit|visited|meet|met|walk|walked|drive|drove|driven|pop over|"
    r"popped over|go (?:and|over|down)|gone (?:and|over|down)|speak (?:to|with)|spoken (?:to|with)|talk to|"
    r"talked to|shake|look after|keep an eye)\b"
)
CUE = f"(?i){_DOES}"
_IN_PERSON = Pattern(_DOES)


@once
def claims(page: Page) -> Iterator[Claim]:
    """Clauses in which the writer does what takes a body or a voice."""
    for clause in page.clauses:
        if _IN_PERSON.search(clause.text) and not clause.negated and not clause.question:
            stems = {stem(one) for one in clause.words if one not in STOP and not one.isdigit()}
            start, end = trimmed(clause)
            yield Claim(SORT, start, end, frozenset(stems) | {one for one in clause.about if one[0] == "@"}, clause)


def weigh(claim: Claim, evidence: "Evidence", _situation: "Situation") -> "Weighed":
    """Look for a source that says most of it in one sentence."""
    from tone_rules.claims.weighing import Weighed, coverage

    share, source, words = coverage(claim.value, evidence)
    return Weighed("supported" if share >= 0.5 else "absent", source, words)
