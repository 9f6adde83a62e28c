"""Whether a reply is courteous, particular, or neither.

Courtesy lifts a reply that says little, and adds little to one that speaks of just this case.
"""

from collections.abc import Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import said, surest_of
from tone_rules.measures.features.echo import shared_words
from tone_rules.measures.features.phrases import places

COURTESIES = (
    ("greets",),
    ("thanks",),
    ("apology",),
    ("offers",),
    ("softens",),
    ("closes",),
    ("wishes",),
    ("hurt", "understands", "interjection"),
)
"""Kinds of courtesy, by their families of phrases; an exclamation mark counts as a wish does."""


def features(about: About) -> Iterator[Feature]:
    """`courtesies`: kinds of courtesy, four make a whole; `particular`: what only fits this case; and how they meet."""
    reply = about.reply
    found = places(reply)
    pieces = said(reply)
    best = surest_of(reply)

    def act(*names: str) -> float:
        return max(best[name] for name in names)

    kinds = [any(found[name] for name in names) for names in COURTESIES]
    kinds[6] |= "!" in reply
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
    redirect = act("redirect", "stock_step")
    yield Feature("sent_away", redirect * (1 - courtesies) * (1 - particular))
    yield Feature("abrupt", float(bool(found["abrupt_start"])) * (1 - felt))
    yield Feature("felt_or_courteous", max(felt, 0.6 * courtesies))
    yield Feature("one_sentence", 1.0 if len(pieces) <= 1 else 0.4 if len(pieces) == 2 else 0.0)
