"""What the sentences of a reply do, by the probe: an impact named, a stock apology, blame, a joke ..."""

from collections.abc import Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import Said, said, surest_of

ACTS = (
    "stock_apology",
    "grovel",
    "names_impact",
    "specific_apology",
    "validates",
    "stock_empathy",
    "stock_thanks",
    "thanks_specific",
    "shares_joy",
    "cheer",
    "humour",
    "blames",
    "curt",
    "defensive",
    "policy",
    "fluff",
    "upsell",
    "reassures",
    "well_wishing",
    "generic_close",
    "stock_offer",
    "redirect",
    "stock_step",
    "interest",
    "stock_question",
    "owned",
    "honest_limit",
    "plain_step",
    "explains",
    "ramble",
    "sneer",
    "warm_opening",
)
"""Those of `acts/sentences/tone.yaml`."""

STOCK = (
    "stock_apology",
    "stock_empathy",
    "stock_thanks",
    "stock_offer",
    "stock_step",
    "stock_question",
    "redirect",
    "generic_close",
    "fluff",
    "policy",
)
"""Acts of a template."""

PERSONAL = ("names_impact", "specific_apology", "validates", "thanks_specific", "owned", "reassures", "interest")
"""Acts that only fit this reader."""

_SURE = 0.5
_NAMED = tuple((name, f"act_{name}") for name in ACTS)


def features(about: About) -> Iterator[Feature]:
    """`act_NAME`: the surest sentence of each act; `templated` and `personal`: shares of the text that do such acts."""
    found = said(about.reply)
    best = surest_of(about.reply)
    for name, feature in _NAMED:
        sure = best[name]
        spans = tuple((one.start, one.end) for one in found if one.acts[name] >= _SURE) if sure >= _SURE else ()
        yield Feature(feature, sure, spans)
    yield _share("templated", STOCK, found)
    yield _share("personal", PERSONAL, found)


def _share(name: str, acts: tuple[str, ...], found: tuple[Said, ...]) -> Feature:
    """How much of the text does one of some acts, each sentence as surely as its surest."""
    sure = [(max(one.acts[act] for act in acts), one) for one in found]
    whole = sum(len(one.text) for _, one in sure) or 1
    spans = tuple((one.start, one.end) for value, one in sure if value >= _SURE)
    return Feature(name, sum(value * len(one.text) for value, one in sure) / whole, spans)
