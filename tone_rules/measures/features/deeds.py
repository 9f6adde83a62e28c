"""What a reply does for the reader, by the probe: gives a step, answers, takes it on, asks back, sends away ..."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tone_rules.content import stems
from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import Said, links, said, surest

DEEDS = (
    "step",
    "generic_step",
    "answer",
    "status",
    "done",
    "will",
    "look",
    "feedback",
    "ask",
    "ask_vague",
    "contact",
    "contact_reason",
    "link_specific",
    "link_generic",
    "refuse",
    "elsewhere",
    "alternative",
    "followup",
    "praise",
    "boast",
    "blame",
    "noise",
    "not_us",
)
USEFUL = ("step", "answer", "status", "done", "will", "alternative", "followup", "link_specific")
"""Deeds that leave the reader better off."""
IDLE = ("courtesy", "apology", "offer", "look", "feedback", "boast", "noise", "ask_vague", "link_generic")
"""Deeds that fit any message."""
EMPTY = (
    *("courtesy", "apology", "offer", "feedback", "boast"),
    *("generic_close", "stock_thanks", "stock_apology", "stock_empathy", "well_wishing", "fluff", "grovel"),
)
"""Deeds beside which a sentence hardly does another."""

_SURE = 0.5
_APART = 2
"""Characters between a sentence and the link that it speaks of."""
_UNLINKED = 0.2
"""What is left of "here's how to ..." where there is no link."""
_ENOUGH = 14
"""So many content words in useful sentences say all that a public reply can hold."""


def features(about: About) -> Iterator[Feature]:
    """One a deed, as sure as its surest sentence, and what they come to together.

    `substance`: content words in sentences that do something useful, as surely as they do it, 1 at fourteen; `idle`:
    the share of the text that fits any message; `only_sends_away`, `only_asks`: sent elsewhere, or asked back, and
    nothing else; `leads_nowhere`: none of all that; `contact_or_nothing`: that, or a
    way to write to; `refuses_flat`: a refusal without another way; `useful_kinds`: how
    many different useful deeds.
    """
    found = deeds(about.reply)
    best = surest(found)
    for name in DEEDS:
        yield Feature(f"does_{name}", best[name], _spans(found, (name,)) if best[name] >= _SURE else ())
    useful = [_most(one, USEFUL) for one in found]
    idle = [_most(one, IDLE) for one in found]
    told = [len(stems_of(one.text)) for one in found]
    net = [max(0.0, one - 0.7 * other) for one, other in zip(useful, idle, strict=True)]
    substance = sum(one * words for one, words in zip(net, told, strict=True))
    yield Feature("substance", min(1.0, substance / _ENOUGH), _spans(found, USEFUL))
    whole = sum(len(one.text) for one in found) or 1
    yield Feature(
        "idle", sum(len(one.text) * sure for one, sure in zip(found, idle, strict=True)) / whole, _spans(found, IDLE)
    )
    most = max(net, default=0.0)
    away = max(best["contact"], best["elsewhere"])
    yield Feature("only_sends_away", away * (1 - most) * (1 - best["ask"]), _spans(found, ("contact", "elsewhere")))
    way_on = max(away, best["ask"], best["contact_reason"], best["link_generic"], 0.5 * best["look"])
    nowhere = (1 - most) * (1 - way_on)
    yield Feature("leads_nowhere", nowhere)
    yield Feature("contact_or_nothing", max(nowhere, best["contact"]), _spans(found, ("contact",)))
    yield Feature("only_asks", max(best["ask"], best["ask_vague"]) * (1 - most), _spans(found, ("ask", "ask_vague")))
    way = max(best[name] for name in ("alternative", "step", "link_specific", "done", "will"))
    yield Feature("refuses_flat", best["refuse"] * (1 - way), _spans(found, ("refuse",)))
    yield Feature("useful_kinds", min(1.0, sum(best[name] for name in USEFUL) / 3))


@lru_cache(maxsize=1024)
def stems_of(sentence: str) -> frozenset[str]:
    """The stems of the content words of a sentence, which several families look at."""
    return stems(sentence)


@lru_cache(maxsize=256)
def deeds(reply: str) -> tuple[Said, ...]:
    """The sentences of a reply with what they do.

    None gives a link where there is no link, and what fits any message does nothing else as surely.
    """
    places = [one.start() for one in links(reply)]
    return tuple(_settled(one, any(one.start <= place <= one.end + _APART for place in places)) for one in said(reply))


def _settled(one: Said, linked: bool) -> Said:
    left = 1 - _most(one, EMPTY)
    acts = {name: left * sure for name, sure in one.acts.items()}
    acts.update((name, one.acts[name]) for name in EMPTY)
    if not linked:
        acts["link_specific"] *= _UNLINKED
    return one._replace(acts=acts)


def _most(one: Said, names: Sequence[str]) -> float:
    return max(map(one.acts.__getitem__, names))


def _spans(found: Sequence[Said], names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in found if _most(one, names) >= _SURE)
