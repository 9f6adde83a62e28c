"""How a secret shows in a reply: one file a sort of trace. A trace is a part that tells the whole."""

from collections.abc import Callable, Iterator

from tone_rules.situation import Fact, Situation
from tone_rules.traces import address, counted, day, email, identifier, money, note, person, tenure, topic
from tone_rules.traces.reading import Known, Reading, Span

TRACES: tuple[Callable[[Fact, Reading, Known], Iterator[Span]], ...] = tuple(
    one.traces for one in (identifier, email, address, person, money, day, counted, note, topic, tenure)
)

_BETWEEN_TEXTS = "\nqqq\n"
"""A word that no text holds, so that nothing is read across two of them."""


def known_in(situation: Situation) -> Known:
    """What may be said in this situation: public facts and sources, and the customer's own words."""
    public = [one.value for one in situation.facts if one.visibility == "public"]
    public += [one.text for one in situation.sources if one.kind == "fact"]
    brand = [one.text for one in situation.sources if one.kind not in ("goodwill", "thread", "fact")]
    brand += [one.url for one in situation.sources if one.url]
    if situation.agent:
        public.append(situation.agent.name)
    said = [turn.text for turn in situation.thread] + [situation.message or ""]
    return Known(*map(_BETWEEN_TEXTS.join, (brand, public, said)))


def traces_of(fact: Fact, reply: Reading, known: Known) -> list[Span]:
    """Every place where this fact shows, overlapping ones as one, in order."""
    merged: list[Span] = []
    for start, end in sorted({span for trace in TRACES for span in trace(fact, reply, known)}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
