"""Questions: "how to get back into your account", "why your bill went up", "whether it's safe to wash it"."""

import regex

from assistant.drafting.mirror.inflecting import past, third_person
from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.parts import Candidate, added, main_verb, one_phrase, subject_head
from assistant.drafting.mirror.reading import Sentence, Word
from assistant.drafting.mirror.shapes import BUT_NOT


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
    ours = sentence[found.start("s")].lower == "you"
    if ours and (word not in ("when", "where") or set(shape[found.start("v") : end]) & set("yY")):
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
    if ours:
        order = (added("we", order[0]), *order[1:])
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
    if order is not None and who == "i" and start.lemma == "do" and verb is not None and verb.lemma not in _OWED:
        order = (added("to", start), *order[1:])
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


_OWED = frozenset({"need", "have", "get", "qualify", "pay", "own", "count", "require", "receive", "lose", "earn"})
"""What "do I ...?" asks of how things are; with any other verb it asks what to do."""


def _inverted(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> tuple[Word, ...] | None:
    """A question's words as a statement: "is my account locked" gives "my account is locked"."""
    aux, subject = sentence[found.start("x")], sentence[found.start("s") : found.end("s")]
    negation = sentence[found.start("n") : found.end("n")] if found["n"] else ()
    rest = list(sentence[found.end("s") : end])
    if not rest and aux.lemma != "be":
        return None
    if aux.lemma == "do" and not negation:
        place = next((at for at, one in enumerate(rest) if shape[found.end("s") + at] in "BXVL"), None)
        if place is None or (aux.lower == "did" and rest[place].tag not in ("VB", "VBP")):
            return None
        if aux.lower in ("does", "did"):
            form = third_person if aux.lower == "does" else past
            tag = "VBZ" if aux.lower == "does" else "VBD"
            rest[place] = rest[place]._replace(text=form(rest[place].lower), tag=tag)
        return (*subject, *rest)
    if aux.text.startswith("'"):
        aux = aux._replace(text={"'s": "is", "'re": "are"}.get(aux.text, aux.text), joined=False)
    aux = aux._replace(text=aux.text.lower())
    if not rest:
        return (*subject, aux)
    return (*subject, aux, *negation, *rest)


_WONDERING = frozenset({"know", "tell", "ask", "wonder", "explain", "see", "confirm", "check", "understand", "say"})
_WORD_ON = frozenset({"word", "idea", "update", "news", "clue", "question", "information", "info", "eta"})


def indirect(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Can you tell me when X" as "when X"."""
    asks, word = sentence[found.start("k")], sentence[found.start("w")].lower
    if asks.lemma not in (_WORD_ON if asks.tag.startswith("N") else _WONDERING):
        return None
    who = sentence[found.start("s") : found.end("s")]
    if word not in ("when", "where", "why", "how", "what") or who[0].lower in ("they", "it", "this", "that"):
        return None
    if shape[found.start("k")] == "V" and asks.tag != "VBP":
        return None
    if who[0].lower == "you":
        if word not in ("when", "where") or set(shape[found.start("v") : end]) & set("yYMm"):
            return None
        who = (added("we", who[0]),)
    verb = main_verb(sentence, shape, found.span("v"))
    said = (added(word, asks), *who, *sentence[found.start("v") : end])
    return Candidate("question", said, found.start("w"), end, None, verb, 8.0)


def why_so(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Why is it that X" and "How come X" as "why X"."""
    opener = [one.lower for one in sentence[found.start() : found.start("s")]]
    if opener not in (["why", "is", "it", "that"], ["how", "come"], ["how", "comes"]):
        return None
    if shape[end : end + 1] == "q":
        otherwise = BUT_NOT.match(shape, end)
        if otherwise is None:
            return None
        end = otherwise.end()
    said = (added("why", sentence[found.start()]), *sentence[found.start("s") : end])
    subject = subject_head(sentence, found.span("s"))
    verb = main_verb(sentence, shape, found.span("v"))
    return Candidate("question", said, found.start(), end, subject, verb, 9.5)


_PERMITTED = frozenset({"ok", "okay", "safe", "possible", "fine", "normal", "allowed", "necessary", "legal", "alright"})


def is_it(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Is it safe to X" as "whether it's safe to X"."""
    start, how_so = sentence[found.start()], sentence[found.start("j")]
    if start.lower != "is" or sentence[found.start() + 1].lower != "it" or how_so.lower not in _PERMITTED:
        return None
    if how_so.lower == "ok":
        how_so = how_so._replace(text="OK")
    opening = (added("whether", start), added("it", start), added("'s", start, joined=True), how_so)
    return Candidate("question", (*opening, *sentence[found.start("b") : end]), found.start(), end, None, None, 9.5)


def are_you(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    """Turn "Are you open on X" as "whether we're open on X"."""
    start = sentence[found.start()]
    if start.lower != "are" or sentence[found.start("j")].lower not in ("open", "closed"):
        return None
    opening = (added("whether", start), added("we", start), added("'re", start, joined=True))
    return Candidate("question", (*opening, *sentence[found.start("j") : end]), found.start(), end, None, None, 9.5)


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
    """Turn "How many X can I ..." as "how many X you can ...", "What size does X take" as "what size X takes"."""
    start = sentence[found.start("w")]
    helping = ("can", "will", "do", "does", "should", "must", "could")
    if start.lower not in (("how",) if found["q"] else ("what", "which")) or not (found["q"] or found["s"]):
        return None
    if sentence[found.start("x")].lower not in helping:
        return None
    aux, who = sentence[found.start("x")], sentence[found.start("o") : found.end("o")]
    mine, ours = shape[found.start("o")] == "I", shape[found.start("o")] == "Y"
    if ours and set(shape[found.start("v") : end]) & set("yYMm"):
        return None
    done = list(sentence[found.start("v") : end])
    if aux.lower == "does":
        at = found.end("v") - found.start("v") - 1
        done[at] = done[at]._replace(text=third_person(done[at].lower))
    asked = sentence[found.start("q") : found.end("s")]
    if mine and aux.lemma == "do" and sentence[found.end("v") - 1].lemma not in _OWED:
        subject: Sentence = (added("to", start),)
    else:
        subject = (added("you" if mine else "we", start),) if mine or ours else who
    said = (added(start.lower, start), *asked, *subject, *(() if aux.lemma == "do" else (aux,)), *done)
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
