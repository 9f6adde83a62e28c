"""The first public reply where a specialist takes over: care, the safe action, who follows up."""

from typing import TYPE_CHECKING

from assistant.drafting import Draft
from assistant.drafting.answer import statement
from assistant.drafting.compose import Part, Plan
from assistant.drafting.plays import Holding
from assistant.passages import Passage

if TYPE_CHECKING:
    from assistant.drafting.writing import Writing


def holding_drafts(w: "Writing", variants: int) -> list[Draft]:
    """What may be said before a specialist takes over: care, the safe action, who follows up."""
    if w.triage.escalation is None:
        return []
    holding = w.book.holding(w.triage.escalation)
    why = f"holding reply; {holding.owner} takes over"
    plans = []
    found = w.library.wording(holding.wording) if holding.wording else None
    if found is not None:
        plans.append(_in_their_words(w, found, holding, why))
    for number in range(len(holding.say)):
        text = w.say(holding.say, holding.id, number, w.reach.slots())
        part = Part(text=text, weight=0, verbatim=True)
        plans.append(Plan(parts=(*w.greeting(number), part), why=why))
    text = w.say((holding.short,), holding.id, 0, w.reach.slots())
    last = Plan(parts=(Part(text=text, weight=0, verbatim=True),), why=why)
    return w.finished(plans)[:variants] or w.finished([last])


def _in_their_words(w: "Writing", found: Passage, holding: Holding, why: str) -> Plan:
    """The brand's cleared text alone, or a help passage with care before it and what follows it."""
    sources = (found.article,)
    if w.library.is_cleared(found):
        part = Part(text=found.text, weight=0, verbatim=True)
        return Plan(parts=(part,), why=f"{why}; cleared wording", sources=sources)
    said = [found, *w.library.following(found)]
    parts = [Part(text=statement(one.text), weight=place, verbatim=True) for place, one in enumerate(said)]
    care = holding.care.say if holding.care else ""
    return Plan(parts=(Part(text=care, weight=1), *parts), why=f"{why}; in the brand's words", sources=sources)
