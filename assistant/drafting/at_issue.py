"""What of a customer's matter may be named, and whether what triage calls the topic is what they are after."""

import regex

from assistant.triage import Triage

TOPIC_ONLY = (
    *("bank", "insur", "invest", "broker", "financ", "wealth", "lender", "credit union"),
    *("health", "clinic", "dental", "dentist", "hospital", "pharma", "medical", "therap", "doctor"),
)
"""Parts of an industry's name where a reply names the topic and affirms nothing (no relationship is confirmed)."""

_SENTENCE_END = regex.compile(r"[.!?\n]")


def at_issue(topic: str, message: str, triage: Triage, play: str) -> bool:
    """Whether the topic stands in a sentence that says what is wanted or wrong, or is the only thing named.

    Args:
        topic: as triage names it.
        message: the customer's words, which the evidence points into.
        triage: with its evidence.
        play: the id of the play that answers, which is an intent's name.
    """
    places = [one.start for one in triage.evidence if one.label == "topic"]
    labels = {f"intent:{play}", "sentiment:negative"}
    told = [one.start for one in triage.evidence if one.end > one.start and one.label in labels]
    if not places or not told:
        return bool(topic)
    return any(not _SENTENCE_END.search(message[min(a, b) : max(a, b)]) for a in places for b in told)


def topic_only(industry: str | None) -> bool:
    """Whether a brand of this industry names the topic alone."""
    return any(part in (industry or "").lower() for part in TOPIC_ONLY)
