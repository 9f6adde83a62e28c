"""Triage by a chat model where the rules are unsure. It may add a danger and never takes one away."""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, Field

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.judging import standing
from assistant.models.answer import Usage
from assistant.models.asking import asked
from assistant.models.client import ChatModel
from assistant.triage.answers import ESCALATIONS, INTENTS, Escalation, Evidence, Intent, Sentiment, Triage, Urgency
from prompts import neutral

PROMPT = "triage.v1"
LONGEST = 200
"""Characters of a reason, and of a quote."""
_NOISE = ("spam", "machine")
"""Why the rules want no reply to what nobody wrote to anybody."""
_READ = ("en", "und")
"""Languages that the rules read, or that are not known."""
_ORDER: tuple[Urgency, ...] = ("low", "normal", "high", "critical")
OnUsage = Callable[[Usage], None]


class MessageRead(BaseModel):
    """What the model answers."""

    quote: str = Field(description="the words of the message that show the escalation or review, copied exactly")
    reason: str = Field(description="why, in one short sentence")
    escalation: Escalation | None = Field(description="what a specialist must take over, where the message shows it")
    review: Escalation | None = Field(description="what is possible and not sure")
    intents: list[Intent] = Field(description="what the message is about, most prominent first")
    sentiment: Sentiment
    sarcasm: bool
    reply: bool = Field(description="whether the writer wants something of the brand, or would be glad of an answer")
    language: str = Field(description="ISO 639-1 code of the message's language")


def unsure(seen: Triage, brand: Brand | None) -> bool:
    """Whether the rules leave open what a message is: a danger that is possible, no intent, or a language not spoken.

    What was written by a machine or to nobody is not asked about.
    """
    if any(one.label == "no_reply" and one.reason in _NOISE for one in seen.evidence):
        return False
    unread = _base(seen.language) not in {*(_base(one) for one in (brand.languages if brand else ())), *_READ}
    return seen.review is not None or seen.intents[0] == "other" or unread


def triage_with(
    model: ChatModel,
    context: CustomerContext,
    brand: Brand | None,
    seen: Triage,
    *,
    seconds: float | None = None,
    on_usage: OnUsage | None = None,
) -> Triage:
    """A triage with what a model adds to it; the same where the rules are sure, or where the model fails.

    An escalation or review that the rules found stays. The model's own escalation holds only where the words that
    it quotes stand in the message; otherwise it is a review. Each answer that it changed has a piece of evidence that
    names the model, and so has a failure.

    Args:
        model: whom to ask.
        context: the message and its surroundings.
        brand: whose customer wrote, where that is known.
        seen: what the rules say.
        seconds: what is left for it; the settings' where none is given.
        on_usage: told what the call took; not called where none was made.
    """
    if not unsure(seen, brand):
        return seen
    prompt, key = asked(
        PROMPT,
        brand=brand.name if brand else "a brand",
        industry=brand.industry if brand else None,
        escalations=ESCALATIONS,
        intents=INTENTS,
        thread=context.thread,
        channel=context.channel,
        message=context.message,
    )
    answer = model.ask(prompt, MessageRead, key=key, seconds=seconds)
    if on_usage is not None and answer.usage != Usage():
        on_usage(answer.usage)
    name = model.settings.model
    if answer.value is None:
        failed = f"{name} was asked and gave no answer: {answer.problem}; the rules' answers stand"
        return seen.model_copy(update={"evidence": (*seen.evidence, _evidence("model", failed))})
    return _merged(seen, answer.value, context, name)


def _merged(seen: Triage, read: MessageRead, context: CustomerContext, name: str) -> Triage:
    message = context.message
    quote = standing(read.quote[:LONGEST], message) or ""
    escalation, review = seen.escalation, seen.review
    added = read.escalation if read.escalation != escalation else None
    if added and escalation is None and quote:
        escalation = added
    elif added or read.review:
        review = review or added or read.review
    review = None if review == escalation else review
    known = seen.intents[0] != "other" and _base(seen.language) in _READ
    intents = seen.intents if known else tuple(dict.fromkeys(read.intents)) or seen.intents
    urgency, pressing = seen.urgency, tuple[Evidence, ...]()
    if (escalation, review) != (seen.escalation, seen.review):
        urgency, pressing = _urgency(seen, context, escalation, review)
    changed: dict[str, object] = {
        "intents": intents,
        "sentiment": seen.sentiment if known else read.sentiment,
        "sarcasm": seen.sarcasm or read.sarcasm,
        "escalation": escalation,
        "review": review,
        "urgency": urgency,
        "reply": seen.reply or read.reply or (escalation or review) is not None,
        "language": _language(read.language) if seen.language == "und" else seen.language,
    }
    evidence = tuple(_shown(seen, changed, read, message, quote, name))
    return seen.model_copy(update={**changed, "evidence": (*seen.evidence, *evidence, *pressing)})


def _urgency(
    seen: Triage, context: CustomerContext, escalation: Escalation | None, review: Escalation | None
) -> tuple[Urgency, tuple[Evidence, ...]]:
    """How soon, by the rules for it, now that there is a danger; never later than before."""
    from assistant.triage.rules import search
    from assistant.triage.urgency import urgency
    from tone_rules.readings import read_message

    reading = read_message(context.message)
    hits = search().read(reading.folded)
    soon, evidence = urgency(context, hits, escalation=escalation, review=review, heat=reading.mood.heat)
    return (soon, evidence) if _ORDER.index(soon) > _ORDER.index(seen.urgency) else (seen.urgency, ())


def _shown(
    seen: Triage, changed: dict[str, object], read: MessageRead, message: str, quote: str, name: str
) -> Iterator[Evidence]:
    """Evidence for each answer that the model changed, or that it changed none."""
    told = [one for one, value in changed.items() if value != getattr(seen, one) and one != "urgency"]
    said = " ".join(neutral(read.reason).split())[:LONGEST]
    start = message.find(quote) if quote else 0
    for one in told:
        value = changed[one]
        shown = ", ".join(value) if isinstance(value, tuple) else value
        label = f"{one}:{shown}" if isinstance(shown, str) else one
        if one in ("escalation", "review"):
            yield Evidence(
                label=label, start=start, end=start + len(quote), match=quote, reason=f"by the model {name}: {said}"
            )
        else:
            yield _evidence(label, f"by the model {name}")
    if not told:
        yield _evidence("model", f"{name} was asked and adds nothing")


def _evidence(label: str, reason: str) -> Evidence:
    return Evidence(label=label, start=0, end=0, match="", reason=reason)


def _language(code: str) -> str:
    """A language's code, or that it is not known."""
    return code.lower() if len(code) == 2 and code.isascii() and code.isalpha() else "und"


def _base(language: str) -> str:
    return language.split("-")[0]
