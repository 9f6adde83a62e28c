"""The clauses of a sentence that may name the issue, each as words in the order in which we would say them."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from assistant.drafting.mirror import shapes
from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.reading import Sentence, Word

Kind = Literal["trouble", "question", "request", "event", "noun"]

LONGEST_SUBJECT = 5
MAX_WORDS = 12
"""A longer clause is the customer's story, and repeating it whole reads like mockery."""

_NO_SUBJECT = frozenset(
    "chance way reason time times thing things point part lot one someone people person guy anyone nobody no about said sun %  lady woman men women girl lad agent rep driver manager teller clerk advisor employee staff".split()
)
_OURS = frozenset("driver courier postman technician engineer guys team staff agent rep".split())
_DONE = frozenset(
    "cancel charge delete block close lose damage suspend ban lock delay change remove disable terminate leave bill overcharge deactivate kick break drop shut raise double reject decline".split()
)
_DONE_TEXT = {"break": "broken", "leave": "left", "lose": "lost", "shut": "shut", "ban": "banned", "drop": "dropped"}
_DONE_TO = frozenset("charge ban block lock bill hack suspend kick disconnect overcharge strand delay refuse deny".split())
_ASKING = frozenset("is are can could do does will has have should".split())
_PERHAPS = frozenset("would 'd should might may must can could".split())
_SEVERAL = frozenset("do are were have".split())
_MISSED = frozenset("get receive see hear find understand recognise recognize remember".split())
_ACTS = frozenset(
    "cancel delete remove reset restart reboot uninstall reinstall stop drop limit charge report skip hide pause block decline refuse reject".split()
)
_NEVER_MINE = frozenset(
    "believe understand stand imagine tell say think wait thank recommend trust stress help live care".split()
)


class Candidate(NamedTuple):
    """A clause in our order and still in their person."""

    kind: Kind
    said: tuple[Word, ...]
    first: int
    last: int
    """The place of its first word in the sentence, and of the one behind its last."""
    subject: Word | None
    verb: Word | None
    points: float


def candidates(sentence: Sentence, shape: str) -> Iterator[Iterator[Candidate]]:
    """Every clause of a sentence that a shape fits, each from its longest to its shortest form.

    Args:
        sentence: the words.
        shape: their letters.
    """
    for pattern, build in _BUILDERS:
        for found in pattern.finditer(shape, overlapped=pattern in _OVERLAPPED):
            made = (build(sentence, shape, found, end) for end in _ends(found))
            yield (one for one in made if one is not None)


def added(text: str, beside: Word, *, joined: bool = False) -> Word:
    """A word of ours between theirs."""
    return Word(text, "", text, "", 0, joined, beside.start, beside.start)


def _ends(found: "regex.Match[str]") -> list[int]:
    """Where a clause may end: behind each of its complements, the last one first."""
    groups = found.re.groupindex
    complements = found.spans("u") if "u" in groups else []
    ends = {end for _, end in complements}
    says = found.start("says") if "says" in groups and found["says"] is not None else found.end()
    ends |= {found.end(), complements[0][0] if complements else says}
    return sorted((end for end in ends if end - found.start() <= MAX_WORDS), reverse=True)


def one_phrase(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the parse has these words as one phrase: all but one of them hang on another of them."""
    first, end = span
    outward = [at for at in range(first, end) if not first <= sentence[at].head < end or sentence[at].head == at]
    return len(outward) == 1


def group_of(sentence: Sentence, found: "regex.Match[str]") -> Sentence:
    """The words of a verb group."""
    return sentence[found.start("v") : found.end("v")]


def _main(sentence: Sentence, shape: str, span: tuple[int, int]) -> Word | None:
    """The last verb of a group."""
    places = [place for place in range(*span) if shape[place] in "XVBLG"]
    return sentence[places[-1]] if places else None


def _head(sentence: Sentence, span: tuple[int, int]) -> Word | None:
    """The noun that a subject is about: the last one of its first phrase."""
    nouns = [one for one in sentence[slice(*span)] if one.tag.startswith(("N", "PRP", "DT", "EX"))]
    for place in range(*span):
        if not span[0] <= sentence[place].head < span[1] or sentence[place].head == place:
            return sentence[place]
    return nouns[-1] if nouns else None


def _clause(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    subject, verb = _head(sentence, found.span("s")), _main(sentence, shape, found.span("v"))
    said, who = list(sentence[found.start() : end]), sentence[found.start("s") : found.end("s")]
    if subject is None or verb is None or not troubled(said) or len(who) > LONGEST_SUBJECT:
        return None
    if not one_phrase(sentence, found.span("s")) or who[0].tag in ("VBG", "VBN"):
        return None
    if any(one.tag == "CC" for one in who) and group_of(sentence, found)[0].tag == "VBZ":
        return None
    if subject.lower in ("they", "someone", "some", "one", "nobody", "anyone", "everyone") or any(
        one.lower in _NO_SUBJECT for one in who
    ):
        return None
    mine = shape[found.start("s")] == "I"
    group = sentence[found.start("v") : found.end("v")]
    denied = any(one.lower in ("n't", "not", "never") for one in group)
    able = any(one.lower in ("ca", "can", "could") for one in group)
    if mine and verb.lemma in words("thinking") and not (denied and able and verb.lemma not in _NEVER_MINE):
        return None
    if (mine and _own_act(said, verb, denied)) or (not denied and any(one.lower in _PERHAPS for one in group)):
        return None
    said = _agreeing(said, subject, found.end("s") - found.start())
    if (
        subject.tag == "NN"
        and any(one.lower in _SEVERAL for one in group[:1])
        and not any(one.tag == "CC" for one in who)
    ):
        return None
    if shape[found.start("s")] in "NJ" and _common(who, found.start()):
        said[0] = said[0]._replace(text=said[0].lower)
        said = said if subject.tag == "NNS" else [added("the", said[0]), *said]
    usual = mine and denied and group[0].lower == "do" and verb.lemma not in _MISSED
    points = 10.0 + (1 if shape[found.start("s")] in "mI" else 0) - (3 if usual else 0)
    return Candidate("trouble", tuple(said), found.start(), end, subject, verb, points)


def _common(who: Sequence[Word], place: int) -> bool:
    """Whether a subject without an article is no name: only the sentence's beginning gave it its capital."""
    if who[0].tag in ("NN", "NNS", "JJ"):
        return who[-1].tag in ("NN", "NNS") and not who[-1].text[:1].isupper() or len(who) == 1
    alone = place == 0 and len(who) == 1 and who[0].text[1:].islower()
    return alone and who[0].lower in words("common")


def _own_act(said: Sequence[Word], verb: Word, denied: bool) -> bool:
    """Whether the customer tells what they did or are, which is no trouble by itself: "I cancelled the trial"."""
    plain = verb.lemma == "be" and not any(one.tag == "IN" for one in said)
    if plain and any(
        one.relation in ("ROOT", "ccomp", "conj", "advcl", "parataxis") and one.tag.startswith("NN") for one in said
    ):
        return True
    if denied:
        return verb.lemma in _ACTS | {"miss", "lose", "break", "damage", "forget", "mean", "fail"}
    if verb.tag == "VBN" and any(one.lemma in ("be", "get") or one.lower in ("'m", "'re") for one in said[:5] if one is not verb):
        return False
    if verb.lemma == "keep":
        following = next((one for one in said if one.tag == "VBG"), None)
        return following is None or following.lemma not in ("get", "lose", "have", "be", "see", "receive", "miss", "fail")
    if verb.lemma == "be":
        return not any(one.tag in ("JJ", "VBN", "RP", "RB", "NN", "IN") and troubled([one]) for one in said)
    if verb.lemma in ("have", "get", "face", "experience", "receive", "see", "encounter"):
        return not any(one.lower in words("signs") or (one.tag in ("JJ", "VBN") and troubled([one])) for one in said)
    if any(one.lower in ("track", "count", "weight", "hope", "patience", "faith", "nerve", "mind", "temper", "interest") for one in said):
        return True
    return verb.lemma in _ACTS or not troubled([verb])


def _agreeing(said: list[Word], subject: Word, at: int) -> list[Word]:
    """The verb as its subject and its auxiliary want it: "videos were", "didn't get"."""
    for place in range(at, min(at + 4, len(said) - 1)):
        if (
            said[place].lower in ("n't", "not")
            and said[place - 1].lemma == "do"
            and said[place + 1].tag in ("VBN", "VBD", "VBZ")
        ):
            said[place + 1] = said[place + 1]._replace(text=said[place + 1].lemma, tag="VB")
    if subject.tag not in ("NNS", "NNPS"):
        return said
    for place in range(at, min(at + 2, len(said))):
        several = {"is": "are", "was": "were", "has": "have", "does": "do", "'s": "are"}.get(said[place].lower)
        if several is not None and said[place].tag in ("VBZ", "VBD"):
            said[place] = said[place]._replace(text=several, joined=False)
    return said


def _bare(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    said = list(sentence[found.start() : end])
    verb = _main(sentence, shape, found.span("v"))
    if verb is None or not troubled(said):
        return None
    before = shape[: found.start()]
    if before.endswith("A") and (shape[found.start()] not in "XRn" or before.rfind("I") <= max(before.rfind("H"), before.rfind("Y"))):
        return None
    first = next(one for one in said if shape[sentence.index(one)] in "XVLG")
    letter, lower = shape[sentence.index(first)], first.lower
    if letter == "X" and (said[said.index(first) + 1 :] or [first])[0].lower not in ("n't", "not", "never", "been"):
        return None
    if letter == "X" and lower in ("are", "do", "did", "were"):
        return None
    if verb.lemma in words("thinking"):
        return None
    if letter == "V" and first.tag == "VBZ" or lower in ("wo", "does", "has", "is", "was"):
        who = [added("it", first)]
    elif letter == "L" and lower == "been":
        who = [added("you", first), added("'ve", first, joined=True)]
    elif letter == "G":
        who = [added("you", first), added("'re", first, joined=True)]
    elif first.lemma in _DONE_TO and first.tag in ("VBN", "VBD") and not any(one.tag.startswith("N") for one in said[1:3]):
        who = [added("you", first), added("were", first)]
    elif letter == "V" and first.tag == "VBP" and first.lemma not in ("keep", "get"):
        return None
    else:
        who = [added("you", first)]
    lowered = [one._replace(text=one.text.lower()) if place == 0 else one for place, one in enumerate(said)]
    return Candidate("trouble", (*who, *lowered), found.start(), end, None, verb, 8.0 - 2 * (who[0].text == "it"))


def _state(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    subject = _head(sentence, found.span("s"))
    said = list(sentence[found.start() : end])
    if subject is None or not troubled(said) or subject.lower in words("empty"):
        return None
    at = found.end("s") - found.start()
    if shape[found.start("s")] in "NJGL" and (not subject.tag.startswith("NNP") or subject.lower in words("common")):
        said[0] = said[0]._replace(text=said[0].lower)
        if subject.tag != "NNS":
            said.insert(0, added("the", said[0]))
            at += 1
    number = "are" if subject.tag in ("NNS", "NNPS") else "is"
    said.insert(at, added(number, said[at]))
    return Candidate("trouble", tuple(said), found.start(), end, None, None, 8.0)


def _lack(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    if sentence[found.start("s")].lower != "no":
        return None
    noun = sentence[found.end("s") - 1]
    if noun.lower in words("empty") and noun.lower not in (
        "response",
        "reply",
        "answer",
        "help",
        "message",
        "service",
        "access",
    ):
        return None
    number = "are" if noun.tag in ("NNS", "NNPS") else "is"
    start = sentence[found.start()]
    contraction = added("'s", start, joined=True) if number == "is" else added("are", start)
    still = (
        [added("still", start)]
        if found["r"] and "still" in [one.lower for one in sentence[found.start() : found.start("s")]]
        else []
    )
    core = [
        one._replace(text=one.text.lower()) if place == 0 else one
        for place, one in enumerate(sentence[found.start("s") : end])
    ]
    return Candidate(
        "trouble", (added("there", start), contraction, *still, *core), found.start(), end, None, None, 7.0
    )


def _how(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    if sentence[found.start("w")].lower != "how" or sentence[found.start("x")].lower not in (
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
    start = sentence[found.start()]
    said = (added("how", start), added("to", start), *sentence[found.start("b") : end])
    return Candidate("question", said, found.start(), end, None, _main(sentence, shape, found.span("b")), 11.0)


def _how_to(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    word = sentence[found.start("w")].lower
    if word not in ("how", "where"):
        return None
    said = (added(word, sentence[found.start()]), *sentence[found.start("b") : end])
    return Candidate("question", said, found.start(), end, None, _main(sentence, shape, found.span("b")), 9.5)


def _why(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
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
    if word == "how":
        return None
    said = (added(word, sentence[found.start()]), *order)
    points = 9.0 + (0.5 if word == "why" else 0)
    return Candidate(
        "question",
        said,
        found.start(),
        end,
        _head(sentence, found.span("s")),
        _main(sentence, shape, found.span("v")),
        points,
    )


def _whether(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    start = sentence[found.start()]
    if start.lower not in _ASKING or (found["n"] and shape[found.start("s")] == "I"):
        return None
    who, verb = sentence[found.start("s")].lower, _main(sentence, shape, found.span("v"))
    if (
        who in ("you", "they")
        or verb is not None
        and verb.lemma in ("help", "please", "know", "guess", "believe", "think")
    ):
        if who not in ("you", "they") or verb is None or start.lemma not in ("do", "be", "will") or verb.lemma not in (
            "have", "offer", "sell", "stock", "ship", "deliver", "accept", "take", "support", "plan", "charge", "open", "close", "make", "release", "go", "provide", "allow", "do", "include", "refund", "add", "cover",
        ):  # fmt: skip
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
    if order is None or who in ("they", "this", "that", "it") or sentence[found.start("s")].tag == "VBG" or not one_phrase(sentence, found.span("s")):
        return None
    return Candidate(
        "question", (added("whether", start), *order), found.start(), end, _head(sentence, found.span("s")), verb, 8.0
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


def _wish(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    before = [one.lemma for one in sentence[found.start() : found.start("b")]]
    if not {"need", "want", "like", "love", "wish", "try", "wan", "look", "hope"} & set(before) or "not" in before:
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


def _help(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
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
        said = (added("help", start), *sentence[found.spans("u")[0][0] : end])
    return Candidate("request", said, found.start(), end, None, verb, 7.0)


def _do(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    verb = sentence[found.end("b") - 1]
    if verb.lemma not in words("doings") or (
        "x" in found.groupdict() and sentence[found.start("x")].lower not in ("can", "could", "would", "will", "please")
    ):
        return None
    start = sentence[found.start()]
    if verb.lemma in ("make", "stop") or verb.tag not in ("VB", "VBP"):
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


def _about(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    noun = sentence[found.start("h")]
    if noun.lemma not in ("issue", "problem", "trouble", "difficulty", "problems", "issues", "difficulties"):
        return None
    start = sentence[found.start()]
    if sentence[found.start() + 1].lower not in ("with", "on", "in", "when") and shape[found.start() + 1] != "G":
        return None
    said = (
        added("you", start),
        added("'re", start, joined=True),
        added("having", start),
        added("trouble", start),
        *sentence[found.start() + 1 : end],
    )
    return Candidate("trouble", said, found.start(), end, None, None, 8.5)


def _passive(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    who = [one.lower for one in sentence[found.start("s") : found.end("s")]]
    verb = _main(sentence, shape, found.span("v"))
    if who[0] not in ("you", "they") and who[-1] not in _OURS or verb is None:
        return None
    if verb.lemma not in _DONE or verb.tag not in ("VBD", "VBN") or "n" in shape[found.start("v") : found.end("v")]:
        return None
    past = verb.lower if verb.lower.endswith(("ed", "t", "n")) else None
    past = _DONE_TEXT.get(verb.lemma, past)
    if past is None or any(one.lower == "without" for one in sentence[found.end("o") : end]):
        return None
    core = sentence[found.start("o") : found.end("o")]
    several = shape[found.start("o")] == "M" or core[-1].tag == "NNS"
    said = (*core, added("were" if several else "was", verb), added(past, verb), *sentence[found.end("o") : end])
    if shape[found.start("o")] == "M":
        said = (added("you", core[0]), *said[1:])
    return Candidate("trouble", said, found.start("s"), end, None, None, 9.5)


def _a_way(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    if sentence[found.start("x")].lemma != "be" or (found["w"] and sentence[found.start("w")].lower not in ("way", "chance", "option", "anyway")):
        return None
    if found["a"] and sentence[found.start("a")].lower not in ("anyway", "anyways"):
        return None
    start = sentence[found.start()]
    group = "b" if found["b"] else "c"
    to = () if found["b"] else (added("to", start),)
    said = (added("how", start), *to, *sentence[found.start(group) : end])
    return Candidate("question", said, found.start(), end, None, sentence[found.end(group) - 1], 10.0)


def _how_many(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    start = sentence[found.start("w")]
    if start.lower != "how" or sentence[found.start("x")].lower not in ("can", "will", "do", "should", "must", "could"):
        return None
    aux = () if sentence[found.start("x")].lower == "do" else (sentence[found.start("x")],)
    asked = sentence[found.start("q") : found.end("s")]
    said = (added("how", start), *asked, added("you", start), *aux, *sentence[found.start("v") : end])
    return Candidate("question", said, found.start(), end, None, sentence[found.end("v") - 1], 9.5)


def _asked(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    if sentence[found.start("k")].lemma not in ("wonder", "know", "tell", "ask", "confirm", "check", "see"):
        return None
    if sentence[found.start("k") + 1].lower not in ("if", "whether") or sentence[found.start("s")].lower in ("it", "they", "this", "that"):
        return None
    said = (added("whether", sentence[found.start("k")]), *sentence[found.start("s") : end])
    return Candidate("question", said, found.start("s"), end, None, _main(sentence, shape, found.span("v")), 9.0)


def _stop(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    verb = sentence[found.start("v")]
    if sentence[found.start()].lemma not in ("stop", "quit") or not (troubled([verb]) or verb.lemma in ("log", "kick", "sign")):
        return None
    said = (added("it", verb), added("keeps", verb), verb, *sentence[found.end("v") : end])
    return Candidate("trouble", said, found.start(), end, None, None, 11.0)


def troubled(said: Sequence[Word]) -> bool:
    """Whether words tell of something wrong."""
    known = words("trouble")
    for place, one in enumerate(said):
        if (
            one.lemma in ("log", "sign", "kick", "boot", "time", "lock")
            and one.tag != "VB"
            and "out" in [two.lower for two in said[place + 1 : place + 4]]
        ):
            return True
    return any(
        one.lower in ("n't", "not", "never", "no", "cannot", "nt") or one.lemma in known or one.lower in known
        for one in said
    ) or any(one.lemma == "keep" and (other.tag == "VBG") for one, other in zip(said, said[1:], strict=False))


_BUILDERS = (
    (shapes.CLAUSE, _clause),
    (shapes.BARE, _bare),
    (shapes.STATE, _state),
    (shapes.LACK, _lack),
    (shapes.HOW, _how),
    (shapes.HOW_TO, _how_to),
    (shapes.WHY, _why),
    (shapes.WHETHER, _whether),
    (shapes.WISH, _wish),
    (shapes.HELP, _help),
    (shapes.DO, _do),
    (shapes.DO_FOR, _do),
    (shapes.ABOUT, _about),
    (shapes.PASSIVE, _passive),
    (shapes.A_WAY, _a_way),
    (shapes.ASKED, _asked),
    (shapes.STOP, _stop),
    (shapes.HOW_MANY, _how_many),
)
_OVERLAPPED = frozenset({shapes.CLAUSE})
