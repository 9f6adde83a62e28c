"""Questions and requests: "how to get back into your account", "you'd like us to unlock your account"."""

import regex

from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.parts import Candidate, added, main_verb, one_phrase, subject_head
from assistant.drafting.mirror.reading import Sentence, Word


def how(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "How do I X" as "how to X"."""
    word = sentence[found.start("w")].lower
    if word not in ("how", "where") or sentence[found.start("x")].lower not in (
        "do",
        "can",
        "could",
        "would",
        "should",
        "does",
        "to",
    ):
        return None
    if shape[found.start("s")] in "NDC" and sentence[found.start("s")].lower not in ("one", "someone", "anyone"):
        return None
    if shape[found.start("s")] == "Y" and set(shape[found.end("s") : end]) & {"y", "Y"}:
        return None
    start, verb = sentence[found.start()], main_verb(sentence, shape, found.span("b"))
    if word == "where" and (shape[found.start("s")] != "I" or verb is None or verb.lemma in ("stand", "be", "go")):
        return None
    said = (added(word, start), added("to", start), *sentence[found.start("b") : end])
    return Candidate("question", said, found.start(), end, None, verb, 11.0)


def how_to(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "How to X" as it stands."""
    word = sentence[found.start("w")].lower
    if word not in ("how", "where"):
        return None
    said = (added(word, sentence[found.start()]), *sentence[found.start("b") : end])
    return Candidate("question", said, found.start(), end, None, main_verb(sentence, shape, found.span("b")), 9.5)


def why(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Why is X" as "why X is"."""
    word = sentence[found.start("w")].lower
    if word not in ("why", "when", "where", "what", "how") or sentence[found.start("s")].lower == "they":
        return None
    order = _inverted(sentence, shape, found, end)
    if (
        order is None
        or (word == "what" and shape[found.start("s")] == "I")
        or (word == "how" and "J" not in shape[found.end("s") : end])
    ):
        return None
    if word == "how" or (found.end("v") < end and sentence[found.end("s")].lower == "of"):
        return None
    said = (added(word, sentence[found.start()]), *order)
    points = 9.0 + (0.5 if word == "why" else 0)
    return Candidate(
        "question",
        said,
        found.start(),
        end,
        subject_head(sentence, found.span("s")),
        main_verb(sentence, shape, found.span("v")),
        points,
    )


def whether(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Can I X", "do you X" as "whether ..."."""
    start = sentence[found.start()]
    if start.lower not in words("asking") or (found["n"] and shape[found.start("s")] == "I"):
        return None
    who, verb = sentence[found.start("s")].lower, main_verb(sentence, shape, found.span("v"))
    theirs = (
        verb is not None
        and verb.lemma in words("done_by_anyone")
        and not set(shape[found.start("v") : end]) & set("ImMyY")
    )
    if who == "you" and start.lower == "can" and theirs and not found["n"]:
        rest = sentence[found.start("v") : end]
        said = (added("whether", start), added("you", start), added("can", start), *rest)
        return Candidate("question", said, found.start(), end, None, verb, 9.0)
    if who in ("you", "they") or (
        verb is not None and verb.lemma in ("help", "please", "know", "guess", "believe", "think")
    ):
        if (
            who not in ("you", "they")
            or verb is None
            or start.lemma not in ("do", "be", "will")
            or verb.lemma not in words("offered")
        ):
            return None
        rest = sentence[found.start("v") : end]
        if start.lower == "are" and verb.lower == "going":
            said = (added("whether", start), added("we", start), added("'re", start, joined=True), *rest)
            return Candidate("question", said, found.start(), end, None, verb, 9.0)
        if start.lower != "do":
            return None
        return Candidate(
            "question", (added("whether", start), added("we", start), *rest), found.start(), end, None, verb, 9.0
        )
    order = _inverted(sentence, shape, found, end)
    if (
        order is None
        or who in ("they", "this", "that", "it")
        or sentence[found.start("s")].tag == "VBG"
        or not one_phrase(sentence, found.span("s"))
    ):
        return None
    return Candidate(
        "question",
        (added("whether", start), *order),
        found.start(),
        end,
        subject_head(sentence, found.span("s")),
        verb,
        8.0,
    )


def _inverted(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> tuple[Word, ...] | None:
    """A question's words as a statement: "is my account locked" gives "my account is locked"."""
    aux, subject = sentence[found.start("x")], sentence[found.start("s") : found.end("s")]
    negation = sentence[found.start("n") : found.end("n")] if found["n"] else ()
    rest = list(sentence[found.end("s") : end])
    if not rest and aux.lemma != "be":
        return None
    if aux.lemma == "do" and not negation:
        place = next((at for at, one in enumerate(rest) if shape[found.end("s") + at] in "BXVL"), None)
        if place is None or aux.lower == "did":
            return None
        if aux.lower == "does":
            rest[place] = rest[place]._replace(text=third_person(rest[place].lower))
        return (*subject, *rest)
    if aux.text.startswith("'"):
        aux = aux._replace(text={"'s": "is", "'re": "are"}.get(aux.text, aux.text), joined=False)
    aux = aux._replace(text=aux.text.lower())
    if not rest:
        return (*subject, aux)
    return (*subject, aux, *negation, *rest)


def third_person(verb: str) -> str:
    """The form of a verb behind "it"."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if regex.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if regex.search(r"[^aeiou]y$", verb) else f"{verb}s"


def a_way(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Is there a way to X" as "how to X"."""
    if sentence[found.start("x")].lemma != "be" or (
        found["w"] and sentence[found.start("w")].lower not in ("way", "chance", "option", "anyway")
    ):
        return None
    if found["a"] and sentence[found.start("a")].lower not in ("anyway", "anyways"):
        return None
    start = sentence[found.start()]
    group = "b" if found["b"] else "c"
    to = () if found["b"] else (added("to", start),)
    said = (added("how", start), *to, *sentence[found.start(group) : end])
    return Candidate("question", said, found.start(), end, None, sentence[found.end(group) - 1], 10.0)


def how_many(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "How many X can I ..." as "how many X you can ...", "How long does X take" as "how long X takes"."""
    start = sentence[found.start("w")]
    helping = ("can", "will", "do", "does", "should", "must", "could")
    if start.lower != "how" or sentence[found.start("x")].lower not in helping:
        return None
    aux, who = sentence[found.start("x")], sentence[found.start("o") : found.end("o")]
    mine, done = shape[found.start("o")] == "I", list(sentence[found.start("v") : end])
    if aux.lower == "does":
        at = found.end("v") - found.start("v") - 1
        done[at] = done[at]._replace(text=third_person(done[at].lower))
    asked = sentence[found.start("q") : found.end("s")]
    subject = (added("you", start),) if mine else who
    said = (added("how", start), *asked, *subject, *(() if aux.lemma == "do" else (aux,)), *done)
    return Candidate("question", said, found.start(), end, None, sentence[found.end("v") - 1], 9.5)


def asked(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """An indirect question, as "whether ..."."""
    if sentence[found.start("k")].lemma not in ("wonder", "know", "tell", "ask", "confirm", "check", "see"):
        return None
    if sentence[found.start("k") + 1].lower not in ("if", "whether") or sentence[found.start("s")].lower in (
        "it",
        "they",
        "this",
        "that",
    ):
        return None
    said = (added("whether", sentence[found.start("k")]), *sentence[found.start("s") : end])
    return Candidate("question", said, found.start("s"), end, None, main_verb(sentence, shape, found.span("v")), 9.0)


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
    if verb.lemma in words("mending") or verb.tag not in ("VB", "VBP"):
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
