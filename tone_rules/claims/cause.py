"""`cause`: why something went wrong, as the reply tells it: `held up by the strike`, `because of an upgrade`."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims import own_acts
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, page
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "cause"
_EVENTS = (
    r"strikes?|walk-?outs?|industrial action|shortages?|backlogs?|bottlenecks?|migrations?|power cuts?|storms?|snow(?:fall)?|floods?|flooding|"
    r"heatwaves?|roadworks|customs|embargo|cyber-?attacks?|hacks?|ddos|stock ?take|stocktaking|recalls?|sick leave|sickness|"
    r"(?:staff|driver|crew|supplier|carrier|supply|supply chain|server|system|software|database|warehouse|network|payment|technical|"
    r"computer|routing|sorting|printing|labelling) (?:problems?|issues?|trouble|errors?|faults?|glitch(?:es)?|failures?|outages?|upgrades?|updates?|changes?|switch|move|delays?|shortages?|sickness|hiccups?|crash(?:es)?|overload)|"
    r"mix-?ups?|maintenance works?|rebuild|overload(?:ed)?|understaffed|short[- ]staffed|bank holiday"
)
_BY = (
    r"because of|due to|owing to|down to|caused by|as a result of|on account of|(?:is|are|was|were|been|being|got|gets|[’']s) (?:\w+ly |still |now |just )?(?:held up (?:by|at|in|behind)|"
    r"held back by|delayed by|blocked by|hit by|caught (?:up )?in|stuck (?:behind|in|at|with)|waiting (?:on|for)|held (?:at|in|by)|affected by|slowed by|triggered by|set off by|knocked out by)|"
    r"(?:comes?|came|stems?|stemmed|results?|resulted) from|(?:the )?(?:cause|reason|culprit|root cause|trouble)(?: here| behind (?:it|this|that))? (?:is|was|turned out to be)"
)
_CLEFT = (
    r"(?:it|that|this)(?:[’']s| is| was) (?:nearly always|almost always|usually|normally|probably|most likely|likely|just|only|simply|really|actually|generally) (?:a|an|the|your|our|some)"
    r"|(?:it|that)(?:[’']s| is| was) (?:that|the|an?|our) [^.!?;\n,]{3,60} (?:that|which|who) (?:\w+ed|broke|upset|did|got|made|took|knocked|threw|hit|sent|has|have|is)"
)
CUE = rf"(?i)\b(?:{_BY}|because|{_EVENTS}|{_CLEFT})\b"
_SAID = re.compile(rf"\b(?:{_BY}|because(?! of))\b(?P<cause>[^.!?;\n]{{2,90}})", re.IGNORECASE)
_CLEFT_SAID = re.compile(rf"\b(?:{_CLEFT})\b[^.!?;,\n]{{0,60}}", re.IGNORECASE)
_EVENT = re.compile(rf"\b(?:{_EVENTS})\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:you|you[’']ve|you[’']re|anyone|anybody|nobody|everyone|people|still) (?:\w+ )?(?:be |been |was |were |are |is )?(?:\w+ )?$",
    re.IGNORECASE,
)
_US = re.compile(
    r"^\s*(?:(?:on|for)\s)?(?:a |an |the |your |our |any |some )?(?:reply|replies|answer|news|us|me|you|word|support|help|someone|somebody|response|call|update|yours?|this|that|it|so long|days?|weeks?|what)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    map(
        stem,
        listed(
            "issue problem thing time way day side end part moment people case reason like little bit really whole still way know see go come make work"
        ),
    )
)


def claims(page: Page) -> Iterator[Claim]:
    """Causes that are told, and events that only a cause would name."""
    taken: list[tuple[int, int]] = []
    for found in _SAID.finditer(page.text):
        clause = page.clause(found.start())
        if _hypothetical(clause) or _ours(page, found.start()) or _US.match(found["cause"]):
            continue
        if _THEIRS.search(page.text[max(0, found.start() - 30) : found.start() + 1]):
            continue
        end = found.start("cause") + len(found["cause"].rstrip(" ,"))
        taken.append((found.start(), end))
        yield Claim(SORT, found.start(), end, _content(found["cause"]), clause)
    for found in _CLEFT_SAID.finditer(page.text):
        clause = page.clause(found.start())
        if not (_hypothetical(clause) or clause.instructs):
            taken.append(found.span())
            yield Claim(SORT, *found.span(), _content(found[0]), clause)
    for found in _EVENT.finditer(page.text):
        clause = page.clause(found.start())
        if not _hypothetical(clause) and not any(start <= found.start() < end for start, end in taken):
            yield Claim(SORT, *found.span(), _content(found[0]), clause)


def stated(page: Page) -> Iterator[Claim]:
    """Nothing apart: a cause may be told in any words."""
    yield from ()


def same(claim: Claim, other: Claim) -> bool | None:
    """Causes are compared by their words."""
    return None


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for the cause's words in one sentence of a source, or in what the customer wrote."""
    from tone_rules.claims.weighing import Weighed, coverage

    wanted = claim.value
    if not wanted:
        return Weighed("supported")
    said = page(situation.message or "").about.union(*(page(turn.text).about for turn in situation.thread))
    share, source, words = coverage(wanted, evidence)
    if share >= 0.5 or len(wanted & said) / len(wanted) >= 0.5:
        return Weighed("supported", source, words)
    return Weighed("absent", source, words)


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)


def _hypothetical(clause: Clause) -> bool:
    return clause.question or clause.conditional or clause.negated


def _ours(page: Page, place: int) -> bool:
    """Whether it gives the reason of a request or of what the signer does, which needs no source."""
    clause = page.clause(place)
    start, _ = clause.sentence
    before = [one for one in page.clauses if one.sentence[0] == start and one.start <= clause.start]
    return any(own_acts.own(one) or one.instructs or "can’t" in one.text or "can't" in one.text for one in before)
