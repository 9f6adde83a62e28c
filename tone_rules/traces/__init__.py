"""How a secret shows in a reply: one file a sort of trace. A trace is a part that tells the whole."""

from collections.abc import Callable, Iterator

from tone_rules.situation import Fact
from tone_rules.traces import address, counted, day, email, identifier, money, note, person, tenure, topic, word, yes_no
from tone_rules.traces.known import Known, known_in
from tone_rules.traces.reading import Reading, Span

TRACES: tuple[Callable[[Fact, Reading, Known], Iterator[Span]], ...] = tuple(
    one.traces for one in (identifier, email, address, person, money, day, counted, note, word, topic, tenure, yes_no)
)
"""What looks for one sort of trace each: a fact, the reply and what may be said, to spans of the reply."""

__all__ = ["TRACES", "Known", "Reading", "known_in", "traces_of"]


def traces_of(fact: Fact, reply: Reading, known: Known) -> list[Span]:
    """Every place where this fact shows, overlapping ones as one, in order."""
    spans = {span for trace in TRACES for span in trace(fact, reply, known)}
    spans |= {
        (start, end)
        for inner, start, end in reply.hidden
        if any(True for trace in TRACES for _ in trace(fact, inner, known))
    }
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
