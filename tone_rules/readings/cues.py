"""The pattern language of the rule files, and one search for all patterns at once.

A pattern is an RE2 expression over the folded message (lower case, no accents, straight quotes), with four liberties:

- a space stands for whatever may stand between two words of one sentence, ` ?` for that or nothing;
- ` .. ` stands for up to three words between, ` ... ` for up to ten, in the same sentence;
- `.{0,N}` stands for up to N characters of one line that begin and end at the edge of a word;
- `<name>` stands for any word of the list `name` in `words.yaml`;
- an apostrophe may be missing ("can't" finds "cant").

A pattern begins and ends at the edge of a word, except where it begins or ends with another character or `.*`.
RE2 runs in time linear in the text, so no message can make a pattern hang.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import re2
from pydantic import BeforeValidator, ConfigDict, Field

from tone_rules.errors import ConfigurationError
from tone_rules.located import read
from tone_rules.value import Value

FOLDER = Path(__file__).parent
NEAR = 110
"""Characters between two things said of each other: about two short sentences."""

MAX_HITS = 20
"""Places reported of one pattern in one message: enough evidence for a person, and a bound for hostile text."""

_BETWEEN = r"[^\w.!?;\n]+"
_EDGE = r"[^\w\n]"
_PERHAPS = r"[^\w.!?;\n]*"
_WORD = r"[\w'-]+(?:\.\d+)?"
_NEAR = rf"(?:{_BETWEEN}{_WORD}){{0,3}}{_BETWEEN}"
_FAR = rf"(?:{_BETWEEN}{_WORD}){{0,10}}{_BETWEEN}"
_GAP = re.compile(r"( ?)\.\{0,(\d+)\}(?=(.?))")
_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")
_LIST = re.compile(r"<([a-z_]+)>")


class Span(NamedTuple):
    """Where a pattern was found; `end` exclusive."""

    start: int
    end: int


def _mapping(value: Any) -> Any:
    return {"match": value} if isinstance(value, str) else value


class Cue(Value):
    """One pattern, and what else must or must not stand in the message."""

    match: str
    near: str | None = None
    """Counts only where this stands within `NEAR` characters, before or after."""
    also: str | None = None
    """Counts only where this stands somewhere too."""
    unless: str | None = None
    """Doesn't count where this stands anywhere."""
    reason: str | None = None
    """Said in the evidence where the words alone don't explain it."""


Cues = tuple[Annotated[Cue, BeforeValidator(_mapping)], ...]


class Words(Value):
    """`words.yaml`: named lists of words."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[str, ...]] = Field(init=False)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """The named lists that patterns may use."""
    return read(FOLDER / "words.yaml", Words, "the word lists of the rules").__pydantic_extra__


def expression(pattern: str) -> str:
    """The RE2 expression of a pattern.

    Raises:
        KeyError: it names a list that `words.yaml` does not have.
    """
    lists = word_lists()
    open_start = not (pattern[0].isalnum() or pattern[0] in "(<") or pattern.lstrip("(").startswith("<money>")
    open_end = not (pattern[-1].isalnum() or pattern[-1] in ")>?+*") or pattern.endswith((".*", "\\?", "\\)"))
    body = _optional_end(pattern.removeprefix(".*").removesuffix(".*"))
    while _LIST.search(body):
        body = _LIST.sub(lambda found: "(?:" + "|".join(lists[found[1]]) + ")", body)
    parts = _CLASS.split(_GAP.sub(_gap, body))
    body = "".join(part if number % 2 else _spaced(part) for number, part in enumerate(parts))
    return ("" if open_start else r"\b") + f"(?:{body})" + ("" if open_end else r"\b")


def _optional_end(pattern: str) -> str:
    """A pattern whose last group is optional, with the space before that group optional too."""
    if not pattern.endswith(")?"):
        return pattern
    depth = 0
    for place in range(len(pattern) - 2, -1, -1):
        depth += {")": 1, "(": -1}.get(pattern[place], 0)
        if depth == 0:
            break
    if not pattern[:place].endswith(" ") or pattern[:place].endswith((" .. ", " ... ")):
        return pattern
    return f"{pattern[: place - 1]}(?: {pattern[place:-1]})?"


def _spaced(part: str) -> str:
    """A stretch of a pattern outside character classes, its spaces and apostrophes put into RE2."""
    part = part.replace("'", "'?").replace(" ... ", _FAR).replace(" .. ", _NEAR)
    return part.replace(" ?", _PERHAPS).replace(" ", _BETWEEN)


def _gap(found: re.Match[str]) -> str:
    """`.{0,N}` in RE2: after a word it begins with an edge, and it ends with one unless an optional part follows."""
    before, most, after = found.groups()
    stretch = f".{{0,{most}}}" if after in " $?\\[" else f"(?:.{{0,{most}}}{_EDGE})?"
    return f"{before}{stretch}" if before else f"(?:{_EDGE}{stretch})?"


class Search:
    """Many patterns compiled together: one pass tells which of them can be in a text."""

    def __init__(self) -> None:
        self._filter = re2.Filter()
        self._numbers: dict[str, int] = {}
        self._compiled: list[Any] = []

    def add(self, pattern: str, path: Path | str) -> None:
        """Add a pattern of the file `path`; the same one twice is one.

        Raises:
            ConfigurationError: it does not compile, or names an unknown word list.
        """
        if pattern in self._numbers:
            return
        try:
            self._numbers[pattern] = self._filter.Add(expression(pattern))
        except KeyError as error:
            raise ConfigurationError.at(path, f"'{pattern}': words.yaml has no list named {error}") from None
        except re2.error as error:
            raise ConfigurationError.at(path, f"'{pattern}' is not an RE2 expression: {error}") from None

    def add_all(self, cues: Sequence[Cue], path: Path | str) -> None:
        """Add every pattern of some cues."""
        for cue in cues:
            for pattern in (cue.match, cue.near, cue.also, cue.unless):
                if pattern is not None:
                    self.add(pattern, path)

    def compile(self) -> None:
        """Make it ready; nothing can be added afterwards."""
        self._filter.Compile()
        self._compiled = [self._filter.re(number) for number in range(len(self._numbers))]

    def read(self, text: str) -> "Hits":
        """Search a folded text."""
        return Hits(text, frozenset(self._filter.Match(text) or ()), self._numbers, self._compiled)


class Hits:
    """What a search found in one text."""

    def __init__(self, text: str, possible: frozenset[int], numbers: dict[str, int], compiled: list[Any]) -> None:
        self._text = text
        self._possible = possible
        self._numbers = numbers
        self._compiled = compiled
        self._found: dict[int, tuple[Span, ...]] = {}

    def spans(self, pattern: str) -> tuple[Span, ...]:
        """Where a pattern stands, at most `MAX_HITS` places."""
        number = self._numbers[pattern]
        if number not in self._possible:
            return ()
        if number not in self._found:
            self._found[number] = tuple(self._places(number))
        return self._found[number]

    def of(self, cues: Sequence[Cue], idioms: Sequence[Cue] = ()) -> list[tuple[Cue, Span]]:
        """The cues that count, each with its places that no idiom covers."""
        standing = [cue for cue in cues if self._numbers[cue.match] in self._possible and self._stands(cue)]
        if not standing:
            return []
        covered = [
            span
            for idiom in idioms
            if self._numbers[idiom.match] in self._possible and self._stands(idiom)
            for span in self.spans(idiom.match)
        ]
        found = []
        for cue in standing:
            spans = [span for span in self.spans(cue.match) if not _touched(span, covered)]
            if cue.near is not None:
                others = [span for span in self.spans(cue.near) if not _touched(span, covered)]
                spans = [joined for span in spans if (joined := _with_nearest(span, others))]
            found += [(cue, span) for span in spans]
        return found

    def any(self, cues: Sequence[Cue], idioms: Sequence[Cue] = ()) -> bool:
        """Whether one of the cues counts."""
        return bool(self.of(cues, idioms))

    def _stands(self, cue: Cue) -> bool:
        return (cue.also is None or bool(self.spans(cue.also))) and (cue.unless is None or not self.spans(cue.unless))

    def _places(self, number: int) -> Iterator[Span]:
        for count, found in enumerate(self._compiled[number].finditer(self._text)):
            if count >= MAX_HITS:
                return
            start, end = found.span()
            if end > start:
                yield Span(start, end)


def _touched(span: Span, covered: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in covered)


def _with_nearest(span: Span, others: Sequence[Span]) -> Span | None:
    """The stretch from a span to the nearest of the others, None where all are too far."""
    distances = [(max(other.start - span.end, span.start - other.end), other) for other in others]
    if not distances:
        return None
    distance, other = min(distances)
    if not 0 <= distance <= NEAR:
        return None
    return Span(min(span.start, other.start), max(span.end, other.end))
