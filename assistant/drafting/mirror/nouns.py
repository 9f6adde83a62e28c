"""The thing that a message is about, as a noun that may follow "with": "your Xbox", "the refund", "error CE-1234"."""

from collections import Counter
from collections.abc import Sequence

import regex

from assistant.drafting.mirror import gate, shapes
from assistant.drafting.mirror.lists import mended, words
from assistant.drafting.mirror.person import turned
from assistant.drafting.mirror.reading import Sentence, Word

LONGEST = 5
"""Words of a noun that is repeated."""
_MORE_OFTEN_VERBS = frozenset(
    """shows says keeps works goes takes stops cuts drops crashes freezes breaks leaks fails arrives comes sounds
    looks feels smells records plays turns runs""".split()  # noqa: SIM905  # a list of words quoted one by one reads worse
)
_ERROR = regex.compile(
    r"(?i)\berror(?: code)?s?:? ?(?:code |number )?\"?([a-z]{1,4}-?\d[\w-]{1,12}|0x[0-9a-f]{4,10}|\d{3,5})\b"
)


def best(sentences: Sequence[Sentence], shapes_of: Sequence[str], topic: str | None) -> tuple[str, int, int] | None:
    """The noun with the place of its words in the message; None where nothing is sure enough."""
    ranked: list[tuple[float, str, int, int]] = []
    for number, (sentence, shape) in enumerate(zip(sentences, shapes_of, strict=True)):
        if gate.for_machines(sentence):
            continue
        for found in shapes.THING.finditer(shape):
            said = sentence[found.start() : found.end()]
            before = sentence[found.start() - 1].lower if found.start() else ""
            fit = _one_phrase(sentence, found.span()) and _pointed_at(said, before, topic)
            text = _named(said, opening=found.start() == 0) if fit else None
            if text is not None:
                points = _points(said, shape, found, sentence, topic) - min(number, 6) * 0.4
                ranked.append((points, text, said[0].start, said[-1].end))
    named = Counter(text.split()[-1].lower() for _, text, _, _ in ranked)
    ranked = [
        (points + min(0.7 * (named[text.split()[-1].lower()] - 1), 2), text, start, end)
        for points, text, start, end in ranked
    ]
    top = max(ranked, key=lambda one: one[0], default=None)
    return (top[1], top[2], top[3]) if top is not None and top[0] >= 1.5 else None


def refused_topic(sentences: Sequence[Sentence], topic: str) -> bool:
    """Whether the topic's word stands in the message as a part of another thing: "toilet" in "toilet paper"."""
    last = topic.lower().split()[-1]
    for sentence in sentences:
        for place, one in enumerate(sentence):
            before = sentence[place - 1].lower if place else ""
            aside = one.relation in ("compound", "amod") or before in ("like", "as", "than")
            if one.lower == last and (aside or _from(sentence, place)):
                return True
    return False


def _from(sentence: Sentence, place: int) -> bool:
    near = [one.lower for one in sentence[max(0, place - 2) : place]]
    return bool({"from", "via"} & set(near))


def error_code(message: str) -> tuple[str, int, int] | None:
    """An error's code as the customer wrote it."""
    found = _ERROR.search(message)
    if found is None:
        return None
    code = found[1].upper() if found[1][0].isalpha() else found[1]
    return f"error {code}", found.start(), found.end()


def _named(said: Sequence[Word], *, opening: bool) -> str | None:
    head = next((one for one in reversed(said) if one.tag.startswith("N")), None)
    if (
        head is None
        or head.lemma in words("empty") | words("vague")
        or head.lower in words("empty")
        or (head.lower in words("not_things") and len(said) < 3)
        or head.lemma in words("times")
        or head.lower in words("claimants")
        or (head.lower in _MORE_OFTEN_VERBS and len(said) > 1)
    ):
        return None
    kept = list(said)
    while kept and (
        kept[0].tag in ("CC", "VBG")
        or kept[0].tag in ("JJS", "JJR", "RB", "CD")
        or (
            kept[0].lower
            in (
                "this",
                "these",
                "that",
                "those",
                "a",
                "an",
                "some",
                "any",
                "all",
                "no",
                "another",
                "each",
                "every",
                "both",
                "the",
            )
            and kept[0].tag in ("DT", "PDT")
        )
    ):
        kept.pop(0)
    if kept and kept[0].lower == "own":
        kept.pop(0)
    while kept and kept[-1].tag in ("POS", "VBZ"):
        kept.pop()
    if (
        any(one.lower in words("vague") for one in kept)
        or not kept
        or len(kept) > LONGEST
        or gate.refused(kept)
        or not all(map(gate.known, kept))
    ):
        return None
    described = [one for one in kept if one.tag in ("JJ", "VBN", "RB") and one is not head]
    if len(described) == 1 and _wrong(described[0]):
        kept.remove(described[0])
    text = turned(kept, opening=opening)
    if text is None or gate._TWICE.search(text):
        return None
    if text.startswith(("your ", "the ")):
        return text
    if opening and len(kept) == 1 and head.text[1:].islower() and head.lower in words("common"):
        return f"the {head.lower}"
    name = (kept[0].tag.startswith("NNP") and kept[0].text[:1].isupper()) or (
        head.tag.startswith("NNP") and any(map(str.isupper, head.text))
    )
    return text if name and not (said[0].lower == "the" and head.tag == "NN") else f"the {text}"


def _wrong(one: Word) -> bool:
    """Whether an adjective says what is wrong with the thing: the trouble with it follows ("the lost code")."""
    return one.lower in words("trouble") or one.lemma in words("trouble")


def _pointed_at(said: Sequence[Word], before: str, topic: str | None) -> bool:
    """Whether words are a thing that a reply can name: theirs, ours, a thing of the trade, a product's name."""
    head = next((one for one in reversed(said) if one.tag.startswith("N")), None)
    if head is None or any(one.tag.startswith("N") and one.lower in words("empty") for one in said):
        return False
    lower, written = head.lower, set(mended("names").values())
    bare = len(said) == 1 and head.tag == "NN"
    if (before in ("from", "at", "via", "by") and said[0].tag != "PRP$") or (
        before == "to" and said[0].tag not in ("PRP$", "DT")
    ):
        return False
    if bare and before in ("in", "on", "of", "for", "with", "by", "into") and not (topic and lower in topic.lower()):
        return False
    if lower in words("common") or (topic is not None and lower in topic.lower().split()):
        return True
    if any(one.text in written or (any(map(str.isdigit, one.text)) and one.text[:1].isalpha()) for one in said):
        return True
    if said[0].lower in ("my", "our", "your"):
        return True
    spelled = head.tag in ("NN", "NNS") and (lower in gate.vocabulary() or head.lemma in gate.vocabulary())
    if (
        spelled
        and said[0].tag == "DT"
        and said[0].lower not in ("some", "any", "all", "no")
        and head.relation.startswith(("nsubj", "obj", "ROOT"))
    ):
        return not lower.endswith(("ity", "ness", "ism", "ance", "ence", "ing"))
    if spelled and said[0].tag == "DT" and before in ("in", "on", "with", "for", "about", "into"):
        return said[0].lower in ("the", "this") and not lower.endswith(("ity", "ness", "ism", "ance", "ence", "ing"))
    names = [one for one in said if one.tag.startswith("NNP")]
    if names:
        return len(names) > 1 and before not in ("in", "from", "at", "to", "near")
    return len([one for one in said if one.tag in ("NN", "NNS")]) > 1


def _one_phrase(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the parse has the words as one whole phrase, outside quotes."""
    first, end = span
    outward = [
        sentence[place]
        for place in range(first, end)
        if not first <= sentence[place].head < end or sentence[place].head == place
    ]
    if len(outward) != 1 or (first and sentence[first - 1].text in ('"', "''")):
        return False
    return outward[0].relation not in (
        "compound",
        "amod",
        "nummod",
        "nmod:poss",
        "flat",
        "det",
        "advmod",
        "vocative",
        "discourse",
    ) and outward[0].tag.startswith(("N", "CD"))


def _points(
    said: Sequence[Word], shape: str, found: "regex.Match[str]", sentence: Sentence, topic: str | None
) -> float:
    head = next(one for one in reversed(said) if one.tag.startswith("N"))
    points = 0.0
    if any(one.lower in words("kin") for one in said):
        return -9.0
    first = shape[found.start()]
    points += 2 if first == "m" else 1 if first in "Dy" else 0
    points += 1.5 if topic and (head.lower in topic.lower() or topic.lower() in head.lower) else 0
    points += 1 if head.tag.startswith("NNP") and (head.text[:1].isupper()) else 0
    points += (
        1.5 if head.relation.startswith(("nsubj", "obj")) else 0.5 if head.relation in ("obl", "nmod", "ROOT") else 0
    )
    before = sentence[found.start() - 1].lower if found.start() else ""
    points += 1.5 if before in ("with", "on", "in", "into", "for", "about") else 0
    points -= 2 if head.tag.startswith("NNP") and found.start() == 0 and len(said) == 1 else 0
    points -= 1 if not (head.lower in words("common") or first == "m" or head.tag.startswith("NNP")) else 0
    points -= 3 if before in ("like", "as", "than") else 0
    points += 1.5 if head.relation == "ROOT" and not set(shape) & set("XVB") else 0
    points -= 2 if head.relation in ("vocative", "discourse") else 0
    return points
