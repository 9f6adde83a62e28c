"""A text read once into clauses: who acts in each, whether it promises, asks, denies or sets a condition."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, wraps
from typing import Any, Literal, TypeVar, cast

from tone_rules.claims.concepts import Mention, mentions
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.atoms import Atom, atoms
from tone_rules.formats.words import STOP, listed, stem
from tone_rules.sentences import sentence_spans

T = TypeVar("T")
Who = Literal["brand", "person", "customer"]

_CUT = Pattern(
    r"[;–—](?=\s)|:(?=\s)|\)\s|\s\(|,(?=\s)|\s(?=(?:and|but|so|then|because|since|as|until|while|"
    r"though)\s(?:then\s)?(?:I|we|you|it|they|he|she|that|this|there|yours?|the|our|a|an|any|every|each|nothing|"
    r"my)(?:[’']\w+)?\s)"
)
_I = Pattern(r"\b(?:I|I[’'](?:ll|m|ve|d)|myself)\b", case=True)
_WE = Pattern(r"\b(?:we|we[’'](?:ll|re|ve|d)|our|us)\b")
_SUBJECT = Pattern(r"\b(I|we|you|it|they|he|she|that|this|yours)\b")
_NEGATED = Pattern(
    r"(?:n[’']t\b|\b(?:not|no|never|nobody|none|nothing|neither|nor|cannot|without|unable|refuse|isnt|wont|cant|"
    r"dont)\b)"
)
_CONDITION = Pattern(
    r"(?:^|[,;:(\s])(?:if|unless|whether|in case|should (?:you|it|they|that)|provided|as long as|once|"
    r"when(?:ever)?|the moment|"
    r"as soon as|by the time|"
    r"anyone who|those who|where (?:a|the|you|it))\b"
)
_FORWARD = Pattern(
    r"\b(?:will|shall|going to|gonna|about to)\b|[’']ll\b|\b(?:is|are|be|being|gets?|goes?|comes?|leaves?|arrives?|"
    r"lands?|due|expect|by|on (?:its|their|the) way|starts?|opens?|reach(?:es)?|takes?|consider|guarantee|promise|"
    r"see|ready|ships?)\b"
)
_WILL = Pattern(r"\b(?:will|shall|going to|gonna)\b|[’']ll\b")
_IMPERATIVE = frozenset(
    listed(
        """add allow ask book bring call cancel check choose clean click close come dm do drop dry email fill follow get
        give go have head hold keep leave let lift log look make message move note open order pick please pop
        plug pop power press pull push put raise read register remove reply reset restart return ring run save
        scan select send set show sign start stay stop switch take tap tell text track try turn type unplug
        update use wait wash wipe write"""
    )
)
_LEAD = frozenset(listed("please and then first next now just or so but also instead either to do don t otherwise"))
_FEELS = Pattern(
    r"\b(?:sorry|awful|horribl[ey]|miserabl[ey]|maddening|infuriating|frustrating|rotten|rough|stressful|annoying|"
    r"no way to|too long|no fun|a long|no use|no good|disappointing|upsetting|wretched|grim|dreadful|unacceptable|"
    r"wears?|painful|hard to)\b"
)


_DOES = Pattern(
    r"[’'](?:ll|re|ve|d)\b| (?:will|can|could|have|are|get|need|may|might|should|must|still|do|don[’']t|pay|choose|"
    r"want|were|had|did|just|also|only|won[’']t|can[’']t|shouldn[’']t|never|always|would|keep|see|find|order|book|"
    r"return|send|start|cancel|claim)\b"
)
_OPENING = 12
"""Characters into a clause within which a pronoun is taken for its subject."""


def _acts(pronoun: re.Match[str]) -> bool:
    """Whether a `you` is one who does something, and not one to whom something is done."""
    return pronoun.start() <= _OPENING or _DOES.match(pronoun.string, pronoun.end()) is not None


class Clause:
    """One clause of a sentence."""

    def __init__(self, page: "Page", start: int, end: int, sentence: tuple[int, int]) -> None:
        self.page = page
        self.start = start
        self.end = end
        self.sentence = sentence
        self.text = page.text[start:end]
        """Its words as they stand."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words and numbers, in lower case."""
        return tuple(one.text for one in self.page.atoms if self.start <= one.start < self.end)

    @cached_property
    def about(self) -> frozenset[str]:
        """What it is about: the stems of its content, and its concepts as `@concept`."""
        stems = {stem(one) for one in self.words if one not in STOP and len(one) > 1 and not one.isdigit()}
        return frozenset(stems | {f"@{one.concept}" for one in self.mentions})

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The concepts that begin in it."""
        return tuple(one for one in self.page.mentions if self.start <= one.start < self.end)

    @cached_property
    def question(self) -> bool:
        """Whether its sentence asks."""
        return self.page.text[self.sentence[0] : self.sentence[1]].rstrip("\"'”’) ").endswith("?")

    @cached_property
    def negated(self) -> bool:
        """Whether something in it denies."""
        return self.page.denies and _NEGATED.search(self.text) is not None

    @cached_property
    def conditional(self) -> bool:
        """Whether it sets a condition."""
        return self.page.conditional and _CONDITION.search(self.text) is not None

    @cached_property
    def instructs(self) -> bool:
        """Whether it tells the customer what to do."""
        first = next((one for one in self.words if one not in _LEAD), "")
        return first in _IMPERATIVE

    @cached_property
    def forward(self) -> bool:
        """Whether it may say what is going to happen."""
        return _FORWARD.search(self.text) is not None

    @cached_property
    def will(self) -> bool:
        """Whether it says so by `will` or the like."""
        return self.page.foretells and _WILL.search(self.text) is not None

    @cached_property
    def feels(self) -> bool:
        """Whether its sentence feels with the customer: what it names is theirs."""
        return self.page.feels and _FEELS.search(self.page.text, *self.sentence) is not None and not self.will

    @cached_property
    def who(self) -> Who:
        """Who acts: by the first pronoun that can; the brand where it has none."""
        found = next((one for one in _SUBJECT.finditer(self.text) if one[1].lower() != "you" or _acts(one)), None)
        word = found[1].lower() if found else ""
        if found and found[1] == "I":
            return "person"
        if word == "you" or (self.instructs and word != "we"):
            return "customer"
        return "brand"


class Page:
    """A text, and on demand what stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: dict[object, Any] = {}
        """What was read of it, by its reader."""

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Words and numbers."""
        return atoms(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every concept that it names."""
        return tuple(mentions(self.text, ((one.text, one.start, one.end) for one in self.atoms if not one.number)))

    @cached_property
    def about(self) -> frozenset[str]:
        """What the whole text is about."""
        stems = {stem(one.text) for one in self.atoms if one.text not in STOP and len(one.text) > 1 and not one.number}
        return frozenset(stems | {f"@{one.concept}" for one in self.mentions})

    @cached_property
    def denies(self) -> bool:
        """Whether anything in it denies."""
        return _NEGATED.search(self.text) is not None

    @cached_property
    def conditional(self) -> bool:
        """Whether anything in it sets a condition."""
        return _CONDITION.search(self.text) is not None

    @cached_property
    def foretells(self) -> bool:
        """Whether anything in it says what will be."""
        return _WILL.search(self.text) is not None

    @cached_property
    def feels(self) -> bool:
        """Whether anything in it feels with the customer."""
        return _FEELS.search(self.text) is not None

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses in order."""
        return tuple(self._clauses())

    def _clauses(self) -> Iterator[Clause]:
        at = 0
        for line in self.text.split("\n"):
            for first, last in sentence_spans(line) if line else ():
                sentence = (at + first, at + last)
                start = sentence[0]
                for cut in _CUT.finditer(self.text, *sentence):
                    if cut.start() > start and any(map(str.isalpha, self.text[start : cut.start()])):
                        yield Clause(self, start, cut.start(), sentence)
                        start = cut.end()
                if start < sentence[1]:
                    yield Clause(self, start, sentence[1], sentence)
            at += len(line) + 1

    def clause(self, place: int) -> Clause:
        """The clause that holds a place."""
        return self.clauses[max(0, bisect_right(self._begins, place) - 1)]

    @cached_property
    def _begins(self) -> list[int]:
        return [one.start for one in self.clauses]

    def figures(self, start: int, end: int) -> frozenset[str]:
        """The numbers within a part of it."""
        return frozenset(one.text for one in self.atoms if one.number and start <= one.start < end)

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        return self.clause(place).sentence


@lru_cache(maxsize=512)
def page(text: str) -> Page:
    """A text as it is kept for the next check, such as the next keystroke."""
    return Page(text)


def once(read: Callable[[Page], Iterator[T]]) -> Callable[[Page], tuple[T, ...]]:
    """A reader of pages that reads each page once."""

    @wraps(read)
    def reading(of: Page) -> tuple[T, ...]:
        found = of.kept.get(read)
        if found is None:
            found = of.kept[read] = tuple(read(of))
        return cast("tuple[T, ...]", found)

    return reading
