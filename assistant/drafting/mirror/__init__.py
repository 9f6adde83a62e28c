"""Naming the issue: the customer's own clause turned into ours ("I can't log in" gives "you can't log in").

Only a clause that reads well after turning gets out. Where none does there is the thing it is about ("your Xbox"), then
the noun that triage found, then None, and the play's own words stand in.
"""

from collections.abc import Iterator, Sequence

import regex

from assistant.drafting.durations import span_in
from assistant.drafting.mirror import gate, nouns
from assistant.drafting.mirror.asides import without_asides
from assistant.drafting.mirror.clauses import MAX_WORDS, candidates
from assistant.drafting.mirror.letters import letters
from assistant.drafting.mirror.lists import mended, says_something, words
from assistant.drafting.mirror.parts import Candidate, Kind, added
from assistant.drafting.mirror.person import turned
from assistant.drafting.mirror.reading import Sentence, sentences
from assistant.drafting.mirror.topics import topic_of
from tone_rules.value import Value

__all__ = ["MAX_WORDS", "Issue", "Kind", "issue_of", "name_issue", "praised_thing", "says_something", "words"]

SURE = 6.5
"""Points from which a clause is said; below it the noun is safer."""


_OURS = regex.compile(r"(?i)\bsorry,? (?:but |that )?we\b[^.!?\n]*")
"""Our own words that a customer quotes: their "we" is us."""


class Issue(Value):
    """What a message is about, in words that may follow "sorry" (trouble), "about" (noun), "you'd like to know" ..."""

    kind: Kind
    text: str
    """The clause where one is sure, else the noun."""
    source: str
    """The customer's words that it came from."""
    start: int = 0
    end: int = 0
    """Their place in the message."""
    noun: str | None = None
    """The thing alone, fit to follow "with": "your Xbox", "the refund"."""
    span: str | None = None
    """How long it took or lasted: "nine days"."""


def name_issue(
    message: str, topic: str | None = None, *, topic_only: bool = False, hidden: Sequence[tuple[int, int]] = ()
) -> Issue | None:
    """The best name for what a message is about, None where nothing in it can be named well.

    Args:
        message: the customer's words.
        topic: the noun that triage found, as the customer wrote it.
        topic_only: the industry lets a reply name the topic and affirm nothing.
        hidden: places of the message that must not be repeated, such as orders to a model.

    Raises:
        ConfigurationError: the language pipeline that is set can't be loaded.
    """
    hidden = [*hidden, *(one.span() for one in _OURS.finditer(message, timeout=0.2))]
    shown = _without(message, hidden)
    if topic_only:
        named = topic_of(shown)
        if named is not None:
            return Issue(
                kind="noun",
                text=named[0],
                source=message[named[1] : named[2]],
                start=named[1],
                end=named[2],
                noun=named[0],
            )
        return _of_topic(topic)
    read = [one for one in sentences(message) if not any(_overlap(one, place) for place in hidden)]
    shapes = [letters(one) for one in read]
    noun = nouns.error_code(shown) or nouns.best(read, shapes, topic)
    span = span_in(shown)
    ranked = sorted(_clauses(read, shapes, topic, noun), key=lambda one: -one[0])
    if ranked and ranked[0][0] >= SURE:
        _, text, kind, start, end = ranked[0]
        return Issue(
            kind=kind,
            text=text,
            source=message[start:end],
            start=start,
            end=end,
            noun=noun[0] if noun else None,
            span=span,
        )
    if noun is not None:
        return Issue(
            kind="noun",
            text=noun[0],
            source=message[noun[1] : noun[2]],
            start=noun[1],
            end=noun[2],
            noun=noun[0],
            span=span,
        )
    found = None if topic and nouns.refused_topic(read, topic) else _of_topic(topic)
    return found.model_copy(update={"span": span}) if found else None


def issue_of(message: str, topic: str | None = None) -> Issue | None:
    """`name_issue` of a message, or of a topic alone where the message is empty."""
    return name_issue(message, topic) if message else _of_topic(topic)


def praised_thing(message: str, topic: str | None) -> str | None:
    """The topic, where the customer speaks of it as a thing of theirs or ours ("this blanket", "my boots")."""
    if not topic or _unfit(topic):
        return None
    place = r"(?<!\b(?:behind|at|near|by|from|outside) )"
    pointed = rf"{place}\b(?:this|these|the|my|our|your|that|those) (?:\w+ ){{0,2}}?{regex.escape(topic)}\b"
    return _with_article(topic) if regex.search(pointed, message, regex.I, timeout=0.2) else None


def _clauses(
    read: Sequence[Sentence], shapes: Sequence[str], topic: str | None, noun: tuple[str, int, int] | None
) -> list[tuple[float, str, Kind, int, int]]:
    found = []
    for number, (sentence, shape) in enumerate(zip(read, shapes, strict=True)):
        if gate.for_machines(sentence):
            continue
        for said, letters_of in _ways(sentence, shape):
            for forms in candidates(said, letters_of):
                for form in forms:
                    one = _pointed(form, noun, read, number)
                    text = turned(one.said, opening=one.first == 0 or not one.said[0].tag)
                    if text is None or not gate.passes(one, text, said):
                        continue
                    source = said[one.first : one.last]
                    points = one.points + _worth(one, text, topic) - 0.4 * min(number, 6)
                    found.append((points, text, one.kind, source[0].start, source[-1].end))
                    break
    return found


def _ways(sentence: Sentence, shape: str) -> Iterator[tuple[Sentence, str]]:
    """A sentence with its letters, and the same without what is told beside its subject."""
    yield sentence, shape
    for plain in without_asides(sentence, shape):
        yield plain, letters(plain)


def _pointed(one: Candidate, noun: tuple[str, int, int] | None, read: Sequence[Sentence], number: int) -> Candidate:
    """A clause about "it" with the thing that "it" points back at, where only one can be meant."""
    first = one.said[0]
    if noun is None or one.kind != "trouble" or first.lower != "it" or len(one.said) < 3 or not first.tag:
        return one
    near = [word for sentence in read[max(0, number - 1) : number + 1] for word in sentence if word.start < first.start]
    place = next((at for at, word in enumerate(near) if word.end == noun[2]), None)
    if place is None or near[place].tag not in ("NN", "NNP") or near[place].lower.endswith("s"):
        return one
    if not near[place].relation.startswith(("nsubj", "obj", "ROOT")) or any(
        word.tag in ("NN", "NNP") and word.relation.startswith(("nsubj", "obj")) for word in near[place + 1 :]
    ):
        return one
    verb = one.said[1]
    if verb.text == "'s":
        verb = verb._replace(text="has" if verb.lemma == "have" else "is", joined=False)
    named = [added(word, first) for word in noun[0].split()]
    named[-1] = near[place]._replace(text=named[-1].text, joined=False)
    return one._replace(said=(*named, verb, *one.said[2:]), points=one.points - 1)


def _worth(one: Candidate, text: str, topic: str | None) -> float:
    """What a clause says beyond others: things that it names, the topic, a subject that can be seen."""
    things = {word.lemma for word in one.said if word.tag.startswith("N")} - words("empty") - words("vague")
    points = min(len(things), 3) * 0.7 + (0.5 if topic and topic.lower() in text.lower() else 0)
    if text.split()[0].split("'")[0] in words("vague") - {"there"} and one.kind == "trouble":
        points -= 2.5 if things else 5
    if one.kind == "question" and text.split()[1] in words("vague") and text.split()[0] != "where":
        points -= 4
    if not things and any(word.lower in ("it", "this", "that", "them") for word in one.said[1:]):
        points -= 5
    points += 1 if any(word.lemma in words("grave") and word.tag.startswith("V") for word in one.said) else 0
    return points - (0.5 if len(text.split()) > 10 else 0)


def _of_topic(topic: str | None) -> Issue | None:
    if not topic or _unfit(topic):
        return None
    text = _with_article(topic)
    return Issue(kind="noun", text=text, source=topic, noun=text)


def _unfit(topic: str) -> bool:
    said = set(topic.lower().split())
    return (
        bool(said & words("refused"))
        or not regex.fullmatch(r"[\w\s'’&/+.-]+", topic)
        or regex.search(r"\d{5,}", topic) is not None
    )


def _with_article(topic: str) -> str:
    """The noun behind "the"; a name is written as it is, and one with digits or capitals inside keeps its case."""
    named = " ".join(mended("names").get(word, word) for word in topic.lower().split())
    if named != topic.lower():
        return named
    plain = topic[1:].islower() or topic.isupper()
    return f"the {topic.lower() if plain else topic}"


def _without(message: str, hidden: Sequence[tuple[int, int]]) -> str:
    """A message of the same length with blanks where nothing may be read."""
    for start, end in hidden:
        message = message[:start] + " " * (end - start) + message[end:]
    return message


def _overlap(sentence: Sentence, place: tuple[int, int]) -> bool:
    return sentence[0].start < place[1] and place[0] < sentence[-1].end
