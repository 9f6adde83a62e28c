"""`triage`: every question about a message, in the order in which the answers depend on each other."""

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.triage.answers import Evidence, Intent, Sentiment, Triage
from assistant.triage.dangers import dangers
from assistant.triage.folding import fold, masked
from assistant.triage.instructions import instructions
from assistant.triage.language import language
from assistant.triage.mood import Mood, mood
from assistant.triage.replying import reply
from assistant.triage.rules import rules
from assistant.triage.sarcasm import sarcasm
from assistant.triage.topic import topic
from assistant.triage.urgency import urgency
from assistant.triage.wishes import Wishes

_OUTRAGE = 0.35
_ASKED = 3.5
"""Points that praise loses beside a question: the question is what waits for an answer."""

_ESCALATED: dict[str, dict[Intent, float]] = {
    "safety": {"product_fault": 2.5},
    "adverse_event": {"product_fault": 2.5},
    "discrimination": {"staff_complaint": 9.0},
    "outage": {"service_outage": 3.0},
    "press": {"how_to": -9.0, "praise": -9.0, "staff_complaint": -9.0, "availability": -9.0},
    "minor": {"praise": -9.0},
    "data_breach": {"how_to": -9.0},
    "fraud": {"how_to": -9.0, "price_question": -9.0},
    "bereavement": {"how_to": -9.0},
    "self_harm": {"praise": -9.0, "feedback_suggestion": -9.0},
}
"""What an escalation says about the intents beneath it."""

_REPORTED: dict[Sentiment, Sentiment] = {"neutral": "negative", "positive": "neutral"}
"""How a message sounds, corrected by the escalation that it reports."""

_NOT_BAD_IN_THEMSELVES = frozenset({None, "press", "minor", "bereavement"})
"""Escalations that a customer can raise without any complaint; the others report something bad in plain words."""


def triage(context: CustomerContext, brand: Brand | None = None) -> Triage:
    """Answer what a message is, from rules alone: the same message always gets the same answers.

    Instructions aimed at a model are found first and hidden from everything else, so that an order in a message never
    becomes an intent. Every piece of evidence has offsets into `context.message`.

    Raises:
        ConfigurationError: a rule file that ships with this package is wrong.
    """
    message = context.message
    orders, folded = instructions(message, fold(message))
    folded = masked(folded, message)
    hits = rules().search.read(folded)
    wishes = Wishes(message, hits)
    feeling = mood(message, folded, hits, wishes.problems)
    mocking = sarcasm(message, hits, feeling, wishes.problems)
    sentiment = "negative" if mocking else feeling.sentiment
    outraged = sentiment == "negative" and feeling.heat >= _OUTRAGE
    escalation, review, danger = dangers(context, hits, outraged=outraged)
    if escalation not in _NOT_BAD_IN_THEMSELVES:
        sentiment = _REPORTED.get(sentiment, sentiment)
    adjust = _adjust(feeling, wishes, sarcastic=bool(mocking), asks="?" in folded)
    for name, more in _ESCALATED.get(escalation or "", {}).items():
        adjust[name] = adjust.get(name, 0.0) + more
    intents = wishes.ranked(adjust)
    about = topic(message, folded, brand)
    answer, silence = reply(
        context,
        brand,
        hits,
        intents=intents,
        sentiment=sentiment,
        serious=bool(mocking or escalation or review),
        about=about is not None,
        problems=bool(wishes.problems),
    )
    if not answer and any(one.reason in ("spam", "machine") for one in silence):
        intents, sentiment = ("other",), "neutral"
    soon, pressing = urgency(context, hits, escalation=escalation, review=review, heat=feeling.heat)
    evidence: list[Evidence] = [*wishes.evidence(intents), *danger, *mocking, *orders, *feeling.evidence[:12]]
    return Triage(
        intents=intents,
        sentiment=sentiment,
        arousal=feeling.arousal,
        sarcasm=bool(mocking),
        urgency=soon,
        escalation=escalation,
        review=review,
        reply=answer,
        language=language(message, context.customer.language, brand.languages if brand else ()),
        instructions=bool(orders),
        topic=about.match if about else None,
        evidence=(*evidence, *silence, *pressing, *([about] if about else [])),
    )


def _adjust(feeling: Mood, wishes: Wishes, *, sarcastic: bool, asks: bool) -> dict[Intent, float]:
    """What the mood says about the intents: praise is praise only where it is meant, and yields to a question."""
    if sarcastic or feeling.sentiment == "negative":
        return {"praise": -20.0}
    if wishes.problems:
        return {"praise": -2.0}
    praise = min(3.0, feeling.good) if feeling.sentiment == "positive" else -0.5
    if not asks:
        return {"praise": praise}
    return {"praise": praise - _ASKED, "how_to": 1.0 if "how_to" in wishes.points else 0.0}
