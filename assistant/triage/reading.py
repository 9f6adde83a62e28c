"""`triage`: every question about a message, in the order in which the answers depend on each other."""

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.triage.answers import Evidence, Triage
from assistant.triage.dangers import dangers
from assistant.triage.replying import reply
from assistant.triage.rules import search
from assistant.triage.situation import root_cause, situation
from assistant.triage.topic import topic
from assistant.triage.urgency import urgency
from assistant.triage.wishes import intents as wished
from assistant.triage.wishes import mockery, sentiment
from tone_rules.readings import read_message
from tone_rules.readings.language import language


def triage(context: CustomerContext, brand: Brand | None = None) -> Triage:
    """Answer what a message is, from rules and a small model: the same message always gets the same answers.

    What its words show is read by `tone_rules.readings`; here it meets the channel, the thread, the customer and the
    brand. Every piece of evidence has offsets into `context.message`.

    Raises:
        ConfigurationError: a rule file that ships with this package is wrong.
    """
    message = context.message
    reading = read_message(message)
    hits = search().read(reading.folded)
    mocked = mockery(reading)
    intents, mood = wished(reading, sarcasm=bool(mocked)), sentiment(reading, sarcasm=bool(mocked))
    escalation, review, danger = dangers(context, reading)
    about = topic(message, reading.folded, brand)
    answer, silence = reply(
        context,
        brand,
        hits,
        intents=intents,
        sentiment=mood,
        serious=bool(reading.sarcasm or escalation or reading.review),
        about=about is not None,
        problems=reading.problems,
    )
    if not answer and any(one.reason in ("spam", "machine") for one in silence):
        intents, mood, mocked = ("other",), "neutral", ()
        review, danger = None, ()
    soon, pressing = urgency(context, hits, escalation=escalation, review=review, heat=reading.mood.heat)
    shown = (*reading.wished(intents), *danger, *mocked, *reading.orders, *reading.mood.evidence[:12])
    evidence: tuple[Evidence, ...] = (
        *shown,
        *silence,
        *pressing,
        *([about] if about else []),
        *situation(message, reading.folded),
    )
    return Triage(
        intents=intents,
        sentiment=mood,
        arousal=reading.arousal,
        sarcasm=bool(mocked),
        urgency=soon,
        escalation=escalation,
        review=review,
        reply=answer,
        language=language(message, context.customer.language, brand.languages if brand else ()),
        instructions=reading.instructions,
        topic=about.match if about else None,
        root_cause=root_cause(reading.folded, intents) if answer else None,
        evidence=evidence,
    )
