"""What we did to them, or never did, told without a doer: "you were charged twice", "your bin was never emptied"."""

import regex

from assistant.drafting.mirror import trouble
from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.parts import Candidate, added, main_verb
from assistant.drafting.mirror.reading import Sentence, Word

_DONE_TEXT = {"break": "broken", "leave": "left", "lose": "lost", "shut": "shut", "ban": "banned", "drop": "dropped"}


def passive(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "you charged me twice" as "you were charged twice"."""
    who = [one.lower for one in sentence[found.start("s") : found.end("s")]]
    verb = main_verb(sentence, shape, found.span("v"))
    if (who[0] not in ("you", "they") and who[-1] not in words("ours")) or verb is None:
        return None
    before = sentence[found.start() - 1] if found.start() else None
    if before is not None and before.lower in ("what", "which", "that", "how", "much", "when"):
        return None
    if (
        verb.lemma not in words("done")
        or verb.tag not in ("VBD", "VBN")
        or "n" in shape[found.start("v") : found.end("v")]
    ):
        return None
    past = verb.lower if verb.lower.endswith(("ed", "t", "n")) else None
    past = _DONE_TEXT.get(verb.lemma, past)
    if past is None or any(one.lower == "without" for one in sentence[found.end("o") : end]):
        return None
    core = sentence[found.start("o") : found.end("o")]
    several = shape[found.start("o")] == "M" or core[-1].tag == "NNS"
    done = verb._replace(text=past, tag="VBN", joined=False)
    said = (*core, added("were" if several else "was", verb), done, *sentence[found.end("o") : end])
    if shape[found.start("o")] == "M":
        said = (added("you", core[0]), *said[1:])
    if before is not None and before.lower == "why":
        return Candidate("question", (added("why", before), *said), found.start("s"), end, None, None, 9.5)
    return Candidate("trouble", said, found.start("s"), end, None, None, 9.5)


def stop(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "stop crashing when I X" as "it keeps crashing when you X"."""
    verb = sentence[found.start("v")]
    if sentence[found.start()].lemma not in ("stop", "quit") or not (
        trouble.troubled([verb]) or verb.lemma in ("log", "kick", "sign")
    ):
        return None
    said = (added("it", verb), added("keeps", verb), verb, *sentence[found.end("v") : end])
    return Candidate("trouble", said, found.start(), end, None, None, 11.0)


_TAKING = frozenset({"take", "charge", "bill", "debit", "deduct"})


def charged(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "you're still taking £10 every month" as "you're still being charged £10 every month"."""
    start, group = sentence[found.start()], sentence[found.start("v") : found.end("v")]
    verb = group[-1]
    if start.lower not in ("you", "they") or verb.lemma not in _TAKING or _denied(group):
        return None
    if found.start() and sentence[found.start() - 1].lower in ("what", "which", "that", "how", "if", "when", "said"):
        return None
    amount = sentence[found.start("c") : found.end("c")]
    if amount[0].tag != "$" or not any(one.tag == "CD" for one in amount):
        return None
    still = [added("still", verb)] if any(one.lower == "still" for one in group) else []
    helped = [one.lower for one in group[:-1] if one.tag.startswith(("VB", "MD"))]
    if verb.tag == "VBG" and helped in (["'re"], ["are"]):
        done = [added("'re", start, joined=True), *still, added("being", verb)]
    elif verb.tag == "VBN" and helped in (["'ve"], ["have"]):
        done = [added("'ve", start, joined=True), *still, added("been", verb)]
    elif verb.tag in ("VBD", "VBN") and not helped:
        done = [*still, added("were", verb)]
    else:
        return None
    rest = _without_us(sentence[found.end("c") : end])
    said = (added("you", start), *done, added("charged", verb), *amount, *rest)
    return Candidate("trouble", said, found.start(), end, None, None, 11.5)


def never_done(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "they never emptied our bin" as "your bin was never emptied"."""
    verb, thing = sentence[found.start("v")], sentence[found.start("o") : found.end("o")]
    if sentence[found.start()].lower not in ("you", "they") or verb.lemma in words("thinking") | words("light"):
        return None
    if sentence[found.start() + 1].lower != "never" or not verb.lower.endswith("ed"):
        return None
    number = "were" if thing[-1].tag in ("NNS", "NNPS") else "was"
    done = verb._replace(tag="VBN", joined=False)
    said = (*thing, added(number, verb), added("never", verb), done, *sentence[found.end("o") : end])
    return Candidate("trouble", said, found.start(), end, None, None, 11.0)


def untold(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "nobody told me X" as "nobody told you X"."""
    if sentence[found.start()].lower not in words("nobody") or sentence[found.start() + 1].lemma not in _TELLING:
        return None
    said = tuple(
        one._replace(text=one.text.lower()) if place == 0 else one
        for place, one in enumerate(sentence[found.start() : end])
    )
    return Candidate("trouble", said, found.start(), end, None, None, 12.0)


_TELLING = frozenset({"tell", "inform", "warn", "notify"})


def _denied(group: Sentence) -> bool:
    return any(one.lower in ("n't", "not", "never") for one in group)


def _without_us(said: Sentence) -> tuple[Word, ...]:
    """The words without "off me" and "from us"."""
    for place in range(len(said) - 1):
        if said[place].lower in ("off", "from") and said[place + 1].lower in ("me", "us"):
            return (*said[:place], *said[place + 2 :])
    return said
