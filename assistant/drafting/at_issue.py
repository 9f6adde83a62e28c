"""Whether what triage calls the topic is what a customer is after."""

import regex

from assistant.triage import Triage

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
