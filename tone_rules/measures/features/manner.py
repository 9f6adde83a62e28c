"""Whether a reply is courteous, particular, or neither: courtesy lifts a reply that says little, and adds little to one
that speaks of just this case."""

import re
from collections.abc import Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import said
from tone_rules.measures.features.echo import shared_words
from tone_rules.measures.features.phrases import places

_OFFER = re.compile(
    r"\b(?:(?:happy|glad|love|like|here|want|ready|able|eager|keen) to (?:\w+ ){0,3}(?:help|assist|look|check|get|see|work|take|share"
    r"|sort|fix|hear|point|find|make)|(?:we|i)(?:['’]ll| will| can| would|['’]d)(?: \w+)? (?:help|look|check|see|take|sort|get|make"
    r"|share|pass|do|let)|help[’']?s here|help is here|here to help|let[’']?s|together|got you|can help)\b",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"^(?:\.?@\w+[\s,:]*)*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|welcome|dear)\b", re.IGNORECASE
)
_SOFT = re.compile(
    r"\b(?:could you|would you|can you|may i|might i|mind|if you (?:don[’']t|haven[’']t|could|can|like|[’']d)|when you (?:have|get|can)"
    r"|feel free|you(?:[’']re welcome| may want| might want| can)|we(?:[’']d| would) (?:suggest|recommend|like|love)|just need|to (?:start|begin))\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:hope (?:this|that|it|you|we)|let (?:us|me) know|keep (?:us|me) posted|thank(?:s| you)(?: again)?[.!]|any (?:other )?questions|anytime"
    r"|shout|reach back|get back to|tell us how|come back|cheers)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:please |to |for |if |you |visit|see|check|refer|contact|open|create|submit|this|that|here[’']?s?|the|a|an|our|is|are|have|did|do)\b",
    re.IGNORECASE,
)


def features(about: About) -> Iterator[Feature]:
    """`courtesies`: kinds of courtesy, four make a whole; `particular`: what only fits this case; and how they meet."""
    reply = about.reply
    found = places(reply)
    pieces = said(reply)

    def act(*names: str) -> float:
        return max((max(one.acts[name] for name in names) for one in pieces), default=0.0)

    offers = tuple(one.span() for one in _OFFER.finditer(reply))
    closes = tuple(one.span() for one in _CLOSES.finditer(reply))
    kinds = (
        bool(_GREETS.search(reply)),
        bool(found["thanks"]),
        bool(found["apology"]),
        bool(offers),
        bool(_SOFT.search(reply)),
        bool(closes),
        "!" in reply or bool(found["wishes"]),
        bool(found["hurt"] or found["understands"] or found["interjection"]),
    )
    courtesies = min(1.0, sum(kinds) / 4)
    shared = shared_words(about)
    felt = act("names_impact", "specific_apology", "validates", "thanks_specific", "shares_joy", "reassures", "humour")
    told = act("plain_step", "explains", "owned", "honest_limit", "interest")
    exact = min(1.0, (len(found["number"]) + len(found["menu"]) + len(found["time"])) / 6)
    particular = min(1.0, 0.35 * felt + 0.3 * told + 0.25 * exact + 0.35 * min(1.0, shared / 4))
    yield Feature("courtesies", courtesies)
    yield Feature("particular", particular)
    yield Feature("humane", 1 - (1 - 0.7 * courtesies) * (1 - particular))
    yield Feature("bare", (1 - courtesies) * (1 - particular))
    yield Feature("template_alone", courtesies * max(0.0, 1 - 2 * particular))
    yield Feature("offers", min(1.0, len(offers)), offers)
    yield Feature("softens", float(bool(_SOFT.search(reply))))
    yield Feature("closes", min(1.0, len(closes)), closes)
    yield Feature("greets", float(kinds[0]))
    redirect = act("redirect", "stock_step")
    yield Feature("sent_away", redirect * (1 - courtesies) * (1 - particular))
    first = pieces[0].text if pieces else ""
    yield Feature("abrupt", float(bool(_BARE.match(first))) * (1 - felt))
    yield Feature("felt_or_courteous", max(felt, 0.6 * courtesies))
    sentences = len(pieces)
    yield Feature("one_sentence", 1.0 if sentences <= 1 else 0.4 if sentences == 2 else 0.0)
