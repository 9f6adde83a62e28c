"""`cause`: why something went wrong, as the reply tells it: `held up by the strike`, `because of an upgrade`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.claims import own_acts
from tone_rules.claims.acts import trimmed
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "cause"
_EVENTS = (
    r"strikes?|walk-?outs?|industrial action|shortages?|backlogs?|bottlenecks?|migrations?|power cuts?|storms?|"
    r"snow(?:fall)?|floods?|flooding|heatwaves?|roadworks|customs|embargo|cyber-?attacks?|hacks?|ddos|"
    r"patch(?:es)?|anti-?virus|firmware|glitch(?:es)?|outages?|stock ?take|"
    r"stocktaking|recalls?|sick leave|sickness|(?:staff|driver|crew|supplier|carrier|supply|supply chain|server|"
    r"system|security|software|database|warehouse|network|payment|technical|computer|routing|sorting|printing|"
    r"labelling) (?:problems?|issues?|trouble|errors?|faults?|glitch(?:es)?|failures?|outages?|upgrades?|updates?|"
    r"changes?|switch|move|delays?|shortages?|sickness|hiccups?|crash(?:es)?|overload)|mix-?ups?|maintenance works?|"
    r"rebuild|overload(?:ed)?|understaffed|short[- ]staffed|bank holiday"
)
_BY = (
    r"because of|due to|owing to|down to|caused by|as a result of|on account of|(?:is|are|was|were|been|being|got|"
    r"gets|[’']s) (?:\w+ly |still |now |just )?(?:held up (?:by|at|in|behind)|held back by|delayed by|blocked by|"
    r"hit by|caught (?:up )?in|stuck (?:behind|in|at|with)|waiting (?:on|for)|held (?:at|in|by)|affected by|"
    r"slowed by|triggered by|set off by|knocked out by)|(?:comes?|came|stems?|stemmed|results?|resulted) from|"
    r"(?:the )?(?:cause|reason|culprit|root cause|trouble)(?: here| behind (?:it|this|that))? (?:is|was|"
    r"turned out to be)"
)
_CLEFT = (
    r"(?:it|that|this)(?:[’']s| is| was) (?:nearly always|almost always|usually|normally|probably|most likely|"
    r"likely|just|only|simply|really|actually|generally) (?:a|an|the|your|our|some)|(?:it|that)(?:[’']s| is|"
    r" was) (?:that|the|an?|our) [^.!?;\n,]{3,60} (?:that|which|who) (?:\w+ed|broke|upset|did|got|made|took|knocked|"
    r"threw|hit|sent|has|have|is)"
)
_HAPPENED = (
    r"(?:was|were) (?:\w+ )?(?:\w+ing|\w+ed|late|short|ill|sick|down|out|off|full|broken|lost|sent|built|held)|"
    r"(?:had|have|has) (?:a |an |to |called|gone|broken|failed|been)|went|got|broke|failed|moved|called|fell|"
    r"ran|crashed|flooded|forgot|missed|lost|changed|switched|"
    r"overslept|burnt|burned|collapsed|exploded|shut|jammed|froze|blew|burst|tripped|overheated"
)
_DID = (
    r"(?:dropped|wired|fitted|installed|plugged|overloaded|overcharged|overwatered|washed|dried|spilt|spilled|bent|"
    r"forced|unplugged|misread|misused|mishandled|misplaced|mistyped|deleted|knocked|scratched|overfilled|broke|"
    r"damaged|left it (?:on|out|in)|ignored|forgot|(?:used|bought|chose|ordered|typed|entered|put|gave|followed) "
    r"(?:in )?(?:a cheap|an? old|an? unsuitable|the wrong|another)|didn[’']t (?:read|follow|check|charge|clean|plug|"
    r"close|tighten|use)|never (?:read|charged|cleaned))"
)
CUE = (
    rf"(?i)\b(?:{_BY}|because|hence|explains|why|what|{_EVENTS}|{_CLEFT})\b|\b(?:the|an?|one of|our|some|someone|"
    rf"somebody) [^.!?,;:\n]{{0,50}}\b(?:{_HAPPENED})\b|\byou\b[^.!?,;:\n]{{0,20}} {_DID}\b"
)
_SAID = Pattern(rf"\b(?:{_BY}|because)\b(?P<cause>[^.!?;\n]{{2,90}})")
_CLEFT_SAID = Pattern(rf"\b(?:{_CLEFT})\b[^.!?;,\n]{{0,60}}")
_TOLD = Pattern(
    rf"\W*(?:and |but |so |it turns out |turns out )?(?:the|an?|one of (?:the|our)|our|some|someone|"
    rf"somebody) (?:[\w’'-]+ ){{1,3}}?(?:{_HAPPENED})\b"
)
"""A tale of what happened on the brand's side."""
_MAY_TELL = Pattern(rf"\b(?:{_HAPPENED})\b")
_THEIR_DOING = Pattern(
    rf"\b(?:because|since|what happens when|down to) you(?:[’']ve|[’']d| have| had)? (?:\w+ly )?{_DID}\b|"
    rf"\byou(?:[’']ve| have| must have|[’']d)? (?:\w+ly )?{_DID}\b[^.!?\n]{{0,30}} (?:wrong|wrongly|badly|incorrectly|"
    r"backwards|upside down|too (?:hot|hard|long|tight|often|much))\b"
)
"""The customer did it."""
_EVENT = Pattern(rf"\b(?:{_EVENTS})\b")
_MAYBE = Pattern(r"\b(?:may|might|could|perhaps|maybe|possibly|if|whether|you (?:say|said|wrote|mentioned))\b")
_THANKS = Pattern(r"\b(?:thank(?:s| you)|sorry|glad|grateful|pleased|appreciate|love|happy)\b")
_HENCE = Pattern(
    r"\bhence the\b|\bwhich explains\b|\b(?:is|was|are) what[’'](?:s|re) \w+ing\b|"
    r"\bthat[’']s what happened (?:with|to)\b|"
    r"\bthat[’']s why (?:it|your?|they|we|the)\b[^.!?\n]{0,20}\b(?:was|were|got|sent|had|has|failed|broke|"
    r"bounced|is|are)\b"
)
_HABIT = Pattern(r"(?:it|that|this)(?:[’']s| is| was) (?:nearly always|almost always|usually|normally)\b")
_THEIRS = Pattern(
    r"\b(?:you|you[’']ve|you[’']re|anyone|anybody|nobody|everyone|people|still) (?:\w+ )?(?:be |been |was |were |"
    r"are |is )?(?:\w+ )?$"
)
_US = Pattern(
    r"^\s*(?:(?:on|for)\s)?(?:a |an |the |your |our |any |some )?(?:reply|replies|answer|news|us|me|you|word|"
    r"support|help|someone|somebody|response|call|update|yours?|this|that|it|so long|days?|weeks?|what)\b"
)
_GENERIC = frozenset(
    map(
        stem,
        listed(
            """issue problem thing time way day side end part moment people case reason like little bit really whole
            know see go come make work"""
        ),
    )
)


class Told(NamedTuple):
    """A cause by its words."""

    words: frozenset[str]
    tale: bool = False
    """A whole tale, told in many words: it is held to be made up only where not one of them is known."""
    blames: bool = False
    """An event or a thing is named as what caused it."""


@once
def claims(page: Page) -> Iterator[Claim]:
    """Causes that are told, and events that only a cause would name."""
    taken: list[tuple[int, int]] = []
    for found in _SAID.finditer(page.text):
        clause = page.clause(found.start())
        if _hypothetical(clause) or _ours(page, found.start()) or _US.match(found["cause"]):
            continue
        if _THEIRS.search(page.text[max(0, found.start() - 30) : found.start() + 1]):
            continue
        said = page.text[
            found.start("cause") : max(
                found.start("cause") + 3, min(found.end(), _clause_end(page, found.start("cause")))
            )
        ]
        end = found.start("cause") + len(said.rstrip(" ,"))
        taken.append((found.start(), end))
        blames = _EVENT.search(said) is not None and not _because(found[0])
        yield Claim(SORT, found.start(), end, Told(_content(said), blames=blames), clause)
    for found in _THEIR_DOING.finditer(page.text):
        clause = page.clause(found.start())
        if not clause.question and not clause.negated and not _MAYBE.search(clause.text):
            taken.append(found.span())
            yield Claim(SORT, *found.span(), Told(_content(found[0]), blames=True), clause)
    for found in _CLEFT_SAID.finditer(page.text):
        clause = page.clause(found.start())
        if not (_hypothetical(clause) or clause.instructs):
            taken.append(found.span())
            blames = _HABIT.match(found[0]) is not None or _EVENT.search(found[0]) is not None
            yield Claim(SORT, *found.span(), Told(_content(found[0]), blames=blames), clause)
    for clause in page.clauses if _MAY_TELL.search(page.text) else ():
        if _TOLD.match(clause.text) and not (_hypothetical(clause) or own_acts.own(clause) or clause.who == "person"):
            wanted = _content(clause.text)
            if len(wanted) > 1 and not any(start < clause.end and clause.start < end for start, end in taken):
                taken.append((clause.start, clause.end))
                start, end = trimmed(clause)
                yield Claim(SORT, start, end, Told(wanted, tale=True), clause)
    for found in _HENCE.finditer(page.text):
        start, end = page.sentence(found.start())
        clause = page.clause(found.start())
        if not _hypothetical(clause) and not any(first < end and start < last for first, last in taken):
            taken.append((start, end))
            yield Claim(SORT, start, end, Told(_content(page.text[start:end])), clause)
    for found in _EVENT.finditer(page.text):
        clause = page.clause(found.start())
        if not _hypothetical(clause) and not any(start <= found.start() < end for start, end in taken):
            yield Claim(SORT, *found.span(), Told(_content(found[0])), clause)


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for the cause's words in one sentence of a source, or in what the customer wrote."""
    from tone_rules.claims.weighing import Weighed, coverage

    wanted, tale, _ = claim.value
    if not wanted:
        return Weighed("supported")
    said = page(situation.message or "").about.union(*(page(turn.text).about for turn in situation.thread))
    share, source, words = coverage(wanted, evidence)
    if tale:
        return Weighed("supported" if share > 0 or wanted & said else "absent", source, words)
    if share >= 0.5 or len(wanted & said) / len(wanted) >= 0.5:
        return Weighed("supported", source, words)
    return Weighed("absent", source, words)


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)


def firm(claim: Claim) -> bool:
    """Whether an event, or the usual suspect, is blamed in so many words."""
    return bool(claim.value.blames)


def _because(said: str) -> bool:
    return said.lower().startswith("because ") and not said.lower().startswith("because of")


def _clause_end(page: Page, place: int) -> int:
    return page.clause(place).end


def _hypothetical(clause: Clause) -> bool:
    return clause.question or clause.conditional or clause.negated


def _ours(page: Page, place: int) -> bool:
    """Whether it gives the reason of a request or of what the signer does, which needs no source."""
    clause = page.clause(place)
    start, _ = clause.sentence
    before = [one for one in page.clauses if one.sentence[0] == start and one.start <= clause.start]
    return any(
        own_acts.own(one) or one.instructs or _THANKS.search(one.text) or "can’t" in one.text or "can't" in one.text
        for one in before
    )
