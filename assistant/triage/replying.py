"""Whether a message wants an answer from the brand at all."""

import re
from collections.abc import Sequence

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.triage.answers import Evidence, Intent, Sentiment
from assistant.triage.rules import reply_rule
from tone_rules.readings.folding import handles
from tone_rules.readings.search import Cue, Hits, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_REVIEWS = frozenset({"app_store", "google_play", "google_business", "trustpilot", "tripadvisor", "yelp"})
"""Places where every text is addressed to the business."""


def reply(
    context: CustomerContext,
    brand: Brand | None,
    hits: Hits,
    *,
    intents: Sequence[Intent],
    sentiment: Sentiment,
    serious: bool,
    about: bool,
    problems: bool,
) -> tuple[bool, tuple[Evidence, ...]]:
    """Whether to reply, and where not, the words that say so.

    `serious` is an escalation, sure or possible, or sarcasm: these always get a person. `about` is that it
    has a topic, `problems` that something went wrong.
    """
    message, rule = context.message, reply_rule()
    for kind, cues in (("spam", rule.spam), ("machine", rule.machine)):
        found = hits.of(cues)
        if found and not serious:
            return False, _evidence(message, found, kind)
    if serious:
        return True, ()
    if not _LETTERS.search(message):
        unhappy = sentiment == "negative" or "?" in message
        return unhappy, () if unhappy else (_whole(message, "no words"),)
    if context.thread and context.thread[-1].role == "brand":
        return True, ()
    found = hits.of(rule.chat)
    if found and not problems:
        return False, _evidence(message, found, "asks nothing of the brand")
    asks = hits.any(rule.asks)
    review = context.channel in _REVIEWS
    found = hits.of(rule.rants)
    if found and not asks and not problems:
        return False, _evidence(message, found, "a rant without a service issue")
    if review or asks:
        return True, ()
    if _to_another(context, brand) and not problems:
        return False, (_whole(message, "addressed to another user"),)
    found = hits.of(rule.bystander) if context.thread and context.thread[-1].role != "brand" else []
    if found and not problems and not handles(message):
        return False, _evidence(message, found, "talk between customers")
    nothing = tuple(intents) == ("other",) and not about and sentiment == "neutral" and not problems
    if (
        nothing
        and not hits.any(rule.trouble)
        and "?" not in message
        and not handles(message)
        and not context.attachments
    ):
        return False, (_whole(message, "asks nothing of the brand"),)
    return True, ()


def _to_another(context: CustomerContext, brand: Brand | None) -> bool:
    """Whether the message opens with another user's handle, in a thread where another user spoke."""
    leading = handles(context.message)
    if not leading or context.message[: leading[0][0]].strip() or not context.thread:
        return False
    others = {(turn.author or "").lstrip("@").lower() for turn in context.thread if turn.role == "brand"}
    name = re.sub(r"\W", "", brand.name.lower()) if brand else ""
    first = leading[0][2]
    to_brand = first in others or (name != "" and (name in re.sub(r"\W", "", first)))
    return not to_brand and any(turn.role == "other" for turn in context.thread)


def _whole(message: str, reason: str) -> Evidence:
    return Evidence(label="no_reply", start=0, end=min(len(message), 200), match=message[:200], reason=reason)


def _evidence(message: str, found: Sequence[tuple[Cue, Span]], reason: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(label="no_reply", start=span.start, end=span.end, match=message[span.start : span.end], reason=reason)
        for _, span in found[:4]
    )
