"""Requests: "you'd like to cancel your plan", "you'd like us to unlock your account", "help with your boiler cover"."""

import regex

from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.parts import Candidate, added
from assistant.drafting.mirror.reading import Sentence, Word


def wish(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "I want to X" as "you'd like to X"."""
    before = [one.lemma for one in sentence[found.start() : found.start("b")]]
    if not {"need", "want", "like", "love", "wish", "try", "wan", "look", "hope"} & set(before) or "not" in before:
        return None
    if (found.start() and shape[found.start() - 1] == "w") or any(
        one.tag in ("VBD", "VBN") and one.lemma in ("want", "need", "like", "love", "wish")
        for one in sentence[found.start() : found.start("b")]
    ):
        return None
    verb = sentence[found.end("b") - 1]
    if verb.lemma in (
        "know",
        "ask",
        "say",
        "report",
        "thank",
        "complain",
        "speak",
        "talk",
        "see",
        "let",
        "have",
        "be",
        "hear",
        "tell",
        "make",
        "stop",
        "prevent",
        "avoid",
        "believe",
        "give",
        "share",
        "point",
        "contact",
        "stay",
        "like",
        "love",
        "understand",
        "call",
        "figure",
        "find",
        "pay",
    ):
        return None
    start = sentence[found.start("b")]
    if any(one.lower in ("them", "him", "her") for one in sentence[found.start("b") : end]):
        return None
    said = (
        added("you", start),
        added("'d", start, joined=True),
        added("like", start),
        *sentence[found.start("b") : end],
    )
    return Candidate("request", said, found.start("b"), end, None, verb, 7.5 + (1 if "try" in before else 0))


def helping(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Help me X" as "help you X"."""
    if sentence[found.start("h")].lower not in ("help", "assist", "assistance"):
        return None
    start = sentence[found.start()]
    if found["b"]:
        verb = sentence[found.end("b") - 1]
        said = (added("help", start), added("you", start), verb, *sentence[found.end("b") : end])
    else:
        verb = None
        if sentence[found.spans("u")[0][0]].lower not in ("with", "on", "getting", "regarding", "about"):
            return None
        first = sentence[found.spans("u")[0][0]]
        first = first if first.tag == "VBG" else first._replace(text="with")
        said = (added("help", start), first, *sentence[found.spans("u")[0][0] + 1 : end])
    return Candidate("request", said, found.start(), end, None, verb, 7.0)


def doing(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Please X" as "you'd like us to X"."""
    verb = sentence[found.end("b") - 1]
    if verb.lemma not in words("doings") or (
        "x" in found.groupdict() and sentence[found.start("x")].lower not in ("can", "could", "would", "will", "please")
    ):
        return None
    start = sentence[found.start()]
    compared = verb.lemma == "make" and any(one.tag == "JJR" for one in sentence[found.end("b") : end])
    if (verb.lemma in words("mending") and not compared) or verb.tag not in ("VB", "VBP"):
        return None
    said = (
        added("you", start),
        added("'d", start, joined=True),
        added("like", start),
        added("us", verb),
        added("to", verb),
        verb._replace(text=verb.lower, joined=False),
        *sentence[found.end("b") : end],
    )
    return Candidate("request", said, found.start(), end, None, verb, 6.5)


def letting(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Let us X" as "you'd like to X"."""
    verb = sentence[found.end("b") - 1]
    if sentence[found.start()].lower != "let" or verb.lemma in words("thinking") | words("telling"):
        return None
    said = (*_you_would_like(sentence[found.start()]), added("to", verb), *sentence[found.start("b") : end])
    return Candidate("request", said, found.start(), end, None, verb, 6.5)


def a_chance(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Any chance you could X" as "you'd like us to X"."""
    start, verb = sentence[found.start()], sentence[found.end("b") - 1]
    if sentence[found.start() + 1].lemma not in ("chance", "possibility", "way") or verb.lemma in words("thinking"):
        return None
    said = (*_you_would_like(start), added("us", verb), added("to", verb), *sentence[found.start("b") : end])
    return Candidate("request", said, found.start(), end, None, verb, 7.5)


def _you_would_like(start: Word) -> tuple[Word, ...]:
    return added("you", start), added("'d", start, joined=True), added("like", start)
