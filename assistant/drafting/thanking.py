"""A reply to praise: thanks that pick up who or what is praised, and a word for what was told beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.drafting.compose import Part, Plan
from assistant.drafting.mirror import praised_thing
from assistant.drafting.people import person_in
from assistant.drafting.phrasing import slots_of
from assistant.drafting.plays import lead_of

if TYPE_CHECKING:
    from assistant.drafting.writing import Writing

DETAIL, CLOSE = 3, 4
"""Weights of what picks up a detail, and of last words that would fit any praise."""


def thanks(w: "Writing", helped: Sequence[Plan], variants: int) -> list[Plan]:
    """The candidates: those of the entry of first aid, or the play's where somebody is named whom the entry can't name.

    Args:
        w: the message being answered.
        helped: the candidates of the entry.
        variants: how many are wanted of the play.
    """
    named = person_in(w.message, w.brand.name)
    if named and w.aid is not None and not any("person" in slots_of(one.say) for one in w.aid.open):
        helped = ()
    return [_detailed(w, one, number) for number, one in enumerate(helped or map(_plain(w), range(variants)))]


def _plain(w: "Writing") -> Callable[[int], Plan]:
    """What the play says, by variant."""
    person, thing = person_in(w.message, w.brand.name), praised_thing(w.message, w.triage.topic)

    def plan(number: int) -> Plan:
        lead = "person" if person and number != 1 else "topic" if thing and number != 2 else "calm"  # the third variant
        text = w.say(lead_of(w.play, lead), f"praise{lead}", number, {"person": person or "", "topic": thing or ""})
        parts = [*w.disclosure(), *w.greeting(number), Part(text=text, weight=0)]
        if w.play.close and number % 2 == 0:
            parts.append(Part(text=w.say(w.play.close, "close", number), weight=CLOSE))
        named = {"person": person, "topic": thing}.get(lead)
        return Plan(parts=tuple(parts), why=f"thanks, and names {named}" if named else "a plain thank you")

    return plan


def _detailed(w: "Writing", plan: Plan, number: int) -> Plan:
    """Thanks with a word for what was told beside the praise, in place of last words that would fit any."""
    if w.dial in ("none", "name") or w.topic_only:
        return plan
    told = (w.say(say, say[0].say, number, slots) for say, slots in w.book.praised.told(w.message))
    details = [Part(text=text[0].upper() + text[1:], weight=DETAIL, does="names a detail") for text in told if text]
    if not details:
        return plan
    kept = [one for one in plan.parts if not one.does.startswith("says what happens") and one.weight < CLOSE]
    return plan.model_copy(update={"parts": (*kept, *details)})
