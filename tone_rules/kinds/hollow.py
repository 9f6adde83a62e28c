"""`hollow`: nothing is left of a reply when its stock phrases are taken away."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import override

from tone_rules.content import says_something, spoken, stem, stems
from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matched, places, words
from tone_rules.rule import Blockwise, Hit, Location, Strings
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

_HANDLE = Lazy(r"[@#]\w[\w.]*")
_SIGNATURE = Lazy(r"(?:[\^*~]\s?\w{1,12}|[-–—/]\s?[A-Z]\w{0,12})\s*$")
_LAST_NAME = Lazy(r"(?<=[^\w\s,;:])\s+[A-Z]\w+(?:,? [\w ]{3,20})?\s*$")
_LINK = Lazy(
    r"https?://\S+|\b[\w-]+\.[a-z]{2,}/\S*|\b(?:[\w-]+\.)+(?:com|co|org|net|example|uk|io|help)\b", re.IGNORECASE
)
_MAIL = Lazy(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
_GOES_ON = Lazy(
    r"[,;:] (?:and|but|so|though|although|because|as|since|or)\b(?! (?:I[’']m|I am|we[’']re) )", re.IGNORECASE
)
_FIGURE = Lazy(r"\d")
_QUESTION = Lazy(r"\w[^.!?…\n]*\?")
_ANSWER = Lazy(
    r"(?:^|[.!?,:] )(?:yes|yep|yeah|no|nope|not yet|sadly not|indeed"
    r"|(?:it|we|you|they|that|there) (?:does|do|is|are|can|will|has|have)(?:n[’']t| not)?(?=[,.!]))\b",
    re.IGNORECASE,
)
_ASKS = Lazy(r"\b(?:what|which|when|where|who|whose|why|how)\b", re.IGNORECASE)
_EITHER = Lazy(r"\b(?:was|were|is|are) [^?\n]{1,80} or [^?\n]{1,60}\?", re.IGNORECASE)
_RICH = 12
"""Words that tell something, from which no stock phrase can have swallowed all: then the phrases are not looked for."""
_LONG = 18
"""Words from which a sentence tells something beside its sympathy."""
_CUT_OFF = frozenset({"ve", "re", "ll", "d", "s", "t", "m"})
"""What a contraction leaves when its first half was a stock phrase's."""

Phrases = Annotated[Mapping[str, Strings], BeforeValidator(lambda value: value or {})]


class Hollow(Blockwise):
    """Flags a reply, as a whole, in which no more than `spare` words say anything beside its stock phrases.

    A figure, a link, a question, or a word that the message has too is something; then the reply is not hollow.
    Greeting, handles and signature count for nothing. The argument is what is left, or "nothing".
    """

    pattern_lists = ("sentences", "asked", "idle")

    extends: Literal["hollow"]
    phrases: Phrases = Field(min_length=1)
    """Groups of patterns: each match is a stock phrase."""
    needs: Strings = ()
    """Groups of which one must be found; by default any."""
    sentences: Strings = ()
    """Patterns: a sentence with one of these is sympathy and says nothing, unless it asks something or goes on."""
    empty: Strings = ()
    """Words that say nothing by themselves, in lower case."""
    spare: int = Field(default=0, ge=0)
    min_words: int = Field(default=1, ge=1)
    """Shorter replies, such as "Thanks, Ana.", may hold nothing."""
    max_words: int | None = Field(default=None, ge=1)
    """Longer replies are left to another rule."""
    questions: bool = True
    """Whether a question that is a stock phrase itself, such as "Have you tried the chat?", is something."""
    asked: Strings = ()
    """Patterns of messages that ask for just this, such as a number to ring: no reply to them is hollow."""
    idle: Strings = ()
    """Patterns of what counts for nothing, figures and all, such as opening hours, unless the message asks for them."""
    links: bool = True
    """Whether a link is something."""
    named: bool = True
    """Whether a word of the message is something."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = [one for one in self.needs if one not in self.phrases]
        if unknown:
            raise ValueError(f"'needs' names '{unknown[0]}', which is none of the groups: {', '.join(self.phrases)}")
        return self

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit for the whole text, or none."""
        length = len(text.split())
        if length < self.min_words or (self.max_words is not None and length > self.max_words):
            return
        own = _unsigned(_HANDLE.sub(" ", _MAIL.sub(" ", text)), situation)
        if not self.links:
            own = _LINK.sub(" ", own)
        if self.idle and not (self.asked and situation.message and matched(self._wanted, situation.message)):
            own = _without(self._idle, own)
        if _FIGURE.search(own) or _LINK.search(own) or not matched(self.pattern, text):
            return
        if sum(map(self._tells, spoken(own))) > _RICH:
            return
        left = self._left(self._told(own))
        if _EITHER.search(own) or (_QUESTION.search(left) and (self.questions or self._asks(own))):
            return
        kept = [one for one in spoken(left) if self._tells(one)]
        if len(kept) > self.spare:
            return
        if self.named and situation.message and not stems(situation.message).isdisjoint(map(stem, kept)):
            return
        if situation.message and self._answered(own, situation.message):
            return
        start = len(text) - len(text.lstrip())
        yield Hit(start, len(text.rstrip()), (" ".join(kept) or "nothing",))

    @property
    @override
    def pattern(self) -> str:
        """A stock phrase that the rule needs."""
        return self._needed

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """All phrases."""
        yield from super().patterns()
        for group, found in self.phrases.items():
            yield from ((("phrases", group, index), one) for index, one in enumerate(found))

    def _tells(self, word: str) -> bool:
        return word not in _CUT_OFF and says_something(word) and word.removesuffix("'s") not in self._empty

    def _asks(self, own: str) -> bool:
        """Whether a sentence asks for more than whether the customer has been elsewhere."""
        asking = (own[start:end] for start, end in sentence_spans(own) if "?" in own[start:end])
        return any(
            _ASKS.search(one) or not matched(self.pattern, one) or any(map(self._tells, spoken(one))) for one in asking
        )

    def _answered(self, own: str, message: str) -> bool:
        """Whether the reply answers a question with yes or no, or gives what was asked for."""
        if "?" in message and _ANSWER.search(own):
            return True
        return bool(self.asked) and matched(self._wanted, message)

    def _told(self, text: str) -> str:
        """The text without the sentences that say nothing."""
        if not self.sentences:
            return text
        kept = []
        for start, end in sentence_spans(text):
            one = text[start:end]
            says = one.endswith("?") or len(one.split()) > _LONG or _GOES_ON.search(one)
            if says or not matched(self._nothing, one) or matched(self.pattern, one):
                kept.append(one)
        return " ".join(kept)

    def _left(self, text: str) -> str:
        return _without(self._stock, text)

    @cached_property
    def _empty(self) -> frozenset[str]:
        return frozenset(self.empty)

    @cached_property
    def _stock(self) -> str:
        return words([one for group in self.phrases.values() for one in group], ignorecase=True)

    @cached_property
    def _nothing(self) -> str:
        return words(list(self.sentences), ignorecase=True)

    @cached_property
    def _idle(self) -> str:
        return words(list(self.idle), ignorecase=True)

    @cached_property
    def _wanted(self) -> str:
        return words(list(self.asked), ignorecase=True)

    @cached_property
    def _needed(self) -> str:
        groups = self.needs or tuple(self.phrases)
        return words([one for group in groups for one in self.phrases[group]], ignorecase=True)


def _without(source: str, text: str) -> str:
    """The text with a mark in place of each match."""
    parts: list[str] = []
    at = 0
    for start, end in places(source, text):
        parts.append(text[at:start])
        at = end
    return " … ".join((*parts, text[at:]))


def _unsigned(text: str, situation: Situation) -> str:
    """The text without its signature."""
    text = _SIGNATURE.sub("", text.rstrip())
    agent = situation.agent
    for name in (agent.name, agent.initials) if agent else ():
        if name:
            text = re.sub(rf"[\W_]*\b{re.escape(name)}\b(?:,[\w ]{{2,30}})?\W*$", " ", text)
    return _LAST_NAME.sub("", text)
