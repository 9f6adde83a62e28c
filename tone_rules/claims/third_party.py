"""`third_party`: what a reply says that somebody else did: `the courier lost it`, `your neighbour took it`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "third_party"
ALONE = True
"""Where nothing is known of them, all that is said of them is made up."""
_WHO = (
    r"(?:couriers?|drivers?|carriers?|postm[ae]n|postwom[ae]n|postie|post office|mail service|delivery (?:man|woman|"
    r"person|company|firm|guy)|neighbou?rs?|(?:lady|man|woman|bloke|guy|chap|person|family|people|couple) (?:next door|"
    r"across the (?:road|street|hall)|downstairs|upstairs)|suppliers?|manufacturers?|engineers?|technicians?|"
    r"colleagues?|waiters?|waitress(?:es)?|chefs?|cleaners?|riders?|conductors?|installers?|receptionists?|"
    r"housemates?|flatmates?|husband|wife|partner|son|daughter|landlord|porter|concierge|thief|thieves)"
)
_ONE = rf"(?:(?:the|your|our|that|this|a|an|one of (?:the|our|your)|some) (?:\w+ )?{_WHO}|he|she)"
_HAS = r"(?:[’'](?:s|ve|d)| has| have| had| is| are| was| were| must have| will have)?"
_WRONGED = (
    r"(?:lost|stole|stolen|nicked|pinched|dropped|smashed|damaged|broke|broken|threw|thrown|dumped|messed|botched|"
    r"mislaid|misplaced|forgot|forgotten|lied|cheated|misdelivered|let (?:you|us) down|got it wrong|screwed|ate|"
    r"eaten|walked off|ran off|made off|pocketed|swiped|helped (?:him|her)self|tampered)"
)
_TOOK = r"(?:took|taken|kept|opened|signed|collected|picked it up|received|accepted|hid|hidden|moved|sent it back)"
_FATE = (
    r"(?:fired|sacked|dismissed|suspended|disciplined|reprimanded|let go|warned|drunk|hung ?over|lazy|careless|"
    r"incompetent|dishonest|going through|off sick|in trouble|known for|under investigation|arrested|on (?:his|her) "
    r"(?:last|final) warning|on probation|retrained)"
)
_SAID = (
    rf"\b(?:{_ONE}{_HAS}(?: (?:\w+ly|also|just|then|simply|been|now|already|probably|not|never))* "
    rf"(?:{_WRONGED}|{_TOOK}|{_FATE})|"
    rf"(?:the|your|our|their) {_WHO}[’'](?:s|) (?:\w+ )?(?:fault|mistake|doing|error|negligence|blunder)|"
    rf"(?:blame|fault|down to|because of) (?:the|your|our) {_WHO}|(?:the|your|our) {_WHO} (?:is|are|was|were) to blame|"
    r"(?:(?:the )?(?:post office|mail service|depot|warehouse|supplier|carrier)) (?:has |have )?(?:\w+ )?(?:messed|"
    r"lost|failed|botched|forgot)|no longer works? (?:for|with|here)|had (?:a|an|two|several|\w+) (?:\w+ )?warnings?|"
    r"(?:has|have|had|got|given)(?: been)? (?:a|his|her|an official|a final|a written) (?:final |written |formal )?"
    r"warning)\b"
)
CUE = f"(?i){_SAID}"
_MET = Pattern(_SAID)
_SURE = Pattern(rf"\b(?:{_WRONGED}|{_FATE}|fault|blame|mistake|error|negligence|blunder|warnings?|works?)\b")
_NAMED = Pattern(
    r"\b(?:That|It|This)(?:[’']s| was| is| must have been) [A-Z][a-z]+ (?:from|at|in|of) (?:our|the) \w+", case=True
)
_HEDGED = Pattern(
    r"\b(?:may|might|could|can|would|perhaps|maybe|possibly|sometimes|often|usually|whether|if|don[’']t know|"
    r"can[’']t (?:say|tell|discuss)|won[’']t guess|you (?:say|said|wrote|tell)|sounds like|should)\b"
)


@once
def claims(page: Page) -> Iterator[Claim]:
    """What is said of a third person as a fact."""
    for pattern in (_MET, _NAMED):
        for found in pattern.finditer(page.text):
            clause = page.clause(found.start())
            if clause.question or clause.conditional or clause.instructs or _hedged(clause):
                continue
            yield Claim(SORT, *found.span(), _told(found[0]), clause)


stated = claims


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for what was done in the customer's own words, or in a sentence of a source."""
    from tone_rules.claims.weighing import Weighed, coverage

    said = [situation.message or "", *(turn.text for turn in situation.thread)]
    wanted = claim.value
    done = {one for one in wanted if one[0] != "@"}
    if any(done & {stem(one.text) for one in page(text).atoms} for text in said):
        return Weighed("supported")
    share, source, words = coverage(wanted, evidence)
    return Weighed("supported" if share >= _MOST else "absent", source, words)


_MOST = 0.6


def firm(claim: Claim) -> bool:
    """Whether it lays blame, or tells what became of somebody."""
    return bool(_SURE.search(claim.text) or _NAMED.search(claim.text))


def _hedged(clause: Clause) -> bool:
    return _HEDGED.search(clause.text) is not None


def _told(said: str) -> frozenset[str]:
    """The stems of what was done, without who did it."""
    words = (one.text for one in page(said).atoms if one.text not in STOP)
    people = {stem(one.text) for one in page(" ".join(_PEOPLE)).atoms}
    return frozenset(stem(one) for one in words) - people


_PEOPLE = (
    "courier driver carrier postman postie post office mail service delivery company firm neighbour neighbor lady man",
    "woman person supplier manufacturer engineer technician colleague depot warehouse next door thing his her",
)
