"""`sequence`: words and parts of speech in a row."""

from collections.abc import Iterator
from collections.abc import Sequence as Row
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import override

from tone_rules.blocks import Block, Blocks
from tone_rules.patterns import TIMEOUT, compiled, off_the_clock
from tone_rules.rule import Around, CouldNotRun, Definition, Hit, Location, Strings
from tone_rules.value import Value

if TYPE_CHECKING:
    from spacy.language import Language

    from tone_rules.language import Tagged

NO_TAGS = "it needs parts of speech, and the pipeline that was given does not tag them (Penn tags)"


class Step(Value):
    """One token of the row: a word, a Penn tag, or both."""

    pattern: str = ""
    """Of the whole word."""
    tag: str = ""
    """A pattern too, found anywhere in the tag: `NN` takes NNS, `MD|VB` either."""
    negate: bool = False
    skip: int = Field(default=0, ge=0, le=100)
    """How many other words may stand between it and the word that the search starts from, or comes from."""


class Place(NamedTuple):
    """A step, or one of the places that its `skip` lets pass."""

    step: Step
    number: int
    passes: bool


class Sequence(Definition):
    """Flags a row of tokens in a sentence. The message's arguments are its words, one by one.

    The search starts from the first step with a pattern, or where none has one from the first with a tag.
    """

    extends: Literal["sequence"]
    scope: Strings = ("sentence",)
    tokens: Annotated[tuple[Step, ...], BeforeValidator(lambda one: [one] if isinstance(one, dict) else one)] = Field(
        min_length=1
    )
    ignorecase: bool = False

    @model_validator(mode="after")
    def _anchored(self) -> Self:
        if all(one.negate or not (one.pattern or one.tag) for one in self.tokens):
            raise ValueError("a sequence needs a token with a pattern or a tag that is not negated; add one")
        return self

    @property
    @override
    def scopes(self) -> tuple[str, ...]:
        return tuple(map(_of_sentences, self.scope))

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """Each row of words that fits.

        Raises:
            TimeoutError: a pattern took too long.
            CouldNotRun: the steps name tags and the pipeline that was given has none.
            ConfigurationError: none was given and the one that the settings name can't be loaded.
        """
        for block in blocks.of(self.scopes):
            if self._possible(block):
                with off_the_clock():
                    words = self._words(block.text, around)
                for hit in self._hits(words):
                    yield block.placed(hit)

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Patterns of words and of tags."""
        yield from super().patterns()
        for index, step in enumerate(self.tokens):
            yield from (
                (("tokens", index, name), one) for name, one in (("pattern", step.pattern), ("tag", step.tag)) if one
            )

    def _words(self, text: str, around: Around) -> Row["Tagged"]:
        from tone_rules.language import Tagged, tagged

        named = any(one.tag for one in self.tokens)
        if around.nlp is None and named:
            return tagged(text)
        doc = (around.nlp or _splitting())(text)
        words = [Tagged(one.text, one.tag_, one.idx) for one in doc if not one.is_space]
        if words and named and not doc.has_annotation("TAG"):
            raise CouldNotRun(NO_TAGS)
        return words

    def _possible(self, block: Block) -> bool:
        """Whether the pattern that the search starts from is in the text at all."""
        step = self._places[self._anchor].step
        if not step.pattern or "^" in step.pattern or "$" in step.pattern:
            return True
        return compiled(self._flags + step.pattern).search(block.text, timeout=TIMEOUT) is not None

    def _hits(self, words: Row["Tagged"]) -> Iterator[Hit]:
        at = self._anchor
        for index, word in enumerate(words):
            if not self._fits(self._places[at].step, word):
                continue
            right = self._reach(self._places[at:], words, index, 1)
            left = self._reach(self._places[:at][::-1], words, index - 1, -1) if right is not None else None
            if right is not None and left is not None:
                row = words[left + 1 : right]
                end = row[-1].start + len(row[-1].text)
                yield Hit(row[0].start, end, tuple(one.text for one in row))

    def _reach(self, places: Row[Place], words: Row["Tagged"], at: int, by: int) -> int | None:
        """The word behind the last one that places take from `at` on, or None where they do not fit."""
        index = 0
        while index < len(places):
            place = places[index]
            if not 0 <= at < len(words):
                return at if all(one.step.negate for one in places[index:]) else None
            fits = self._fits(place.step, words[at])
            more = any(one.number == place.number for one in places[index + 1 :])
            if not fits and not more:
                return None
            index += 1
            while fits and index < len(places) and places[index].number == place.number:
                index += 1
            at += by
        return at

    def _fits(self, step: Step, word: "Tagged") -> bool:
        if not step.pattern and not step.tag:
            return True
        tagged = not step.tag or compiled(step.tag).search(word.tag, timeout=TIMEOUT) is not None
        worded = not step.pattern or (
            compiled(f"{self._flags}(?:{step.pattern})").fullmatch(word.text, timeout=TIMEOUT) is not None
        )
        if step.negate:
            return (not step.tag or not tagged) and (not step.pattern or not worded)
        return tagged and worded

    @cached_property
    def _flags(self) -> str:
        return "(?i)" if self.ignorecase else ""

    @cached_property
    def _places(self) -> tuple[Place, ...]:
        return tuple(
            Place(step, number, passes)
            for number, step in enumerate(self.tokens)
            for passes in ([True] * step.skip + ([False] if step.pattern or step.tag else []))
        )

    @cached_property
    def _anchor(self) -> int:
        places = [(index, one) for index, one in enumerate(self._places) if not one.step.negate]
        worded = [index for index, one in places if one.step.pattern]
        return (worded or [index for index, one in places if one.step.tag])[0]


def _of_sentences(scope: str) -> str:
    """A scope narrowed to the sentences in it."""
    first = scope.split(".")[0].strip()
    if first == "sentence":
        return scope
    if first in ("text", "paragraph"):
        return "sentence" + scope.strip().removeprefix(first)
    return f"sentence & {scope}"


@cache
def _splitting() -> "Language":
    """A pipeline that only splits words, for rows without tags."""
    import spacy

    return spacy.blank("en")
