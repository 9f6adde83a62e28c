"""Blocks: the parts of a text that a rule's scope names, each with its true place in the text."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tone_rules.rule import Hit
from tone_rules.sentences import paragraph_spans, sentence_spans

_START = ((0, 0),)
SCOPES = (
    *("text", "sentence", "paragraph", "heading", "list", "blockquote", "table", "raw", "summary"),
    *("link", "strong", "emphasis", "code", "attr", "alt"),
)
"""What a scope can begin with; `heading.h2`, `table.cell` and the like say it closer, and an ending which files."""
_SIZED = frozenset(("raw", "summary"))
_INLINE = frozenset(("link", "strong", "emphasis", "code"))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text as rules see it, and where each of its characters stands."""

    text: str
    sections: frozenset[str]
    """What it is: `{"text", "heading", "h2", "md"}`."""
    segments: tuple[tuple[int, int], ...] = _START
    """Where a run of characters begins: in the block, and in the whole text. Ascending in the block."""

    def source(self, at: int) -> int:
        """The place in the whole text of a character of the block."""
        start, place = self.segments[bisect_right(self.segments, at, key=lambda one: one[0]) - 1]
        return place + at - start

    def source_end(self, end: int) -> int:
        """The place just behind the character before `end`."""
        return self.source(end - 1) + 1 if end else self.source(0)

    def placed(self, hit: Hit) -> Hit:
        """A hit in the block as a hit in the whole text."""
        if hit.whole:
            return hit._replace(start=0, end=0)
        if self.segments == _START:
            return hit
        if hit.start == hit.end:
            at = self.source_end(hit.end) if hit.end == len(self.text) else self.source(hit.start)
            return hit._replace(start=at, end=at)
        start = self.source(hit.start)
        return hit._replace(start=start, end=max(start, self.source_end(hit.end)))

    def part(self, start: int, end: int, *sections: str) -> "Block":
        """A stretch of this block, which is `sections` too."""
        first = bisect_right(self.segments, start, key=lambda one: one[0])
        inside = ((at - start, place) for at, place in self.segments[first:] if at < end)
        return Block(self.text[start:end], self.sections.union(sections), ((0, self.source(start)), *inside))


class Blocks:
    """A text and its blocks, cut up no further than the scopes that are asked for need."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        inline: Sequence[Block] = (),
        counts: Callable[[], dict[str, int]] = dict,
        comments: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Take what a format's reader found.

        Args:
            text: the whole text.
            blocks: its blocks, in order; each character of prose is in one of them.
            inline: what stands inside them and has a scope of its own, such as the text of a link.
            counts: how many of each kind of element there are, for metrics.
            comments: what the text says to whoever checks it, each with its place.
        """
        self.text = text
        self.comments = tuple(comments)
        self.counts = counts
        self._blocks = tuple(blocks)
        self._inline = tuple(inline)
        self._cut: dict[str, tuple[Block, ...]] = {}
        self._of: dict[tuple[str, ...], tuple[Block, ...]] = {}

    @classmethod
    def plain(cls, text: str, *sections: str) -> "Blocks":
        """A text without markup: all of it is one block."""
        return cls(text, (Block(text, frozenset(("text", *sections))),))

    def of(self, scopes: tuple[str, ...]) -> tuple[Block, ...]:
        """The blocks that fit one of the scopes; `&` joins what must all fit, `~` negates."""
        if scopes not in self._of:
            found = {id(one): one for scope in scopes for one in self._fitting(scope)}
            self._of[scopes] = tuple(found.values())
        return self._of[scopes]

    def _fitting(self, scope: str) -> Iterable[Block]:
        wanted, unwanted = _read(scope)
        if unwanted and wanted & _SIZED:
            return ()
        return [
            one
            for one in self._family(wanted)
            if wanted <= one.sections and not any(names <= one.sections for names in unwanted)
        ]

    def _family(self, wanted: frozenset[str]) -> tuple[Block, ...]:
        """The blocks among which those that are `wanted` must be."""
        name = next((one for one in ("sentence", "paragraph", "raw", "summary") if one in wanted), "")
        if not name:
            return self._inline if wanted & _INLINE else self._blocks
        if name not in self._cut:
            self._cut[name] = tuple(self._made(name))
        return self._cut[name]

    def _made(self, name: str) -> Iterable[Block]:
        match name:
            case "sentence":
                return (
                    one.part(start, end, name)
                    for one in self._blocks
                    if "attr" not in one.sections
                    for start, end in sentence_spans(one.text)
                )
            case "paragraph":
                prose = (one for one in self._blocks if not one.sections & _NO_PARAGRAPH)
                return (one.part(start, end, name) for one in prose for start, end in paragraph_spans(one.text))
            case "raw":
                return (Block(self.text, frozenset(("raw",))),)
            case _:
                return (self._summary(),)

    def _summary(self) -> Block:
        """Paragraphs, lists and quotes, an empty line between each two."""
        text, segments = "", []
        for one in self._blocks:
            if not one.sections & _NO_SUMMARY:
                text += "\n\n" if text else ""
                segments += [(len(text) + at, place) for at, place in one.segments]
                text += one.text
        return Block(text, frozenset(("summary",)), tuple(segments) or _START)


@lru_cache(maxsize=256)
def _read(scope: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """What a scope asks for, and what it rules out."""
    parts = [one.strip() for one in scope.split("&")]
    wanted = frozenset(name for one in parts if not one.startswith("~") for name in one.split("."))
    return wanted, tuple(frozenset(one[1:].strip().split(".")) for one in parts if one.startswith("~"))


_NO_SUMMARY = frozenset(("heading", "table", "attr"))
_NO_PARAGRAPH = _NO_SUMMARY | {"list", "blockquote"}


def unknown_scopes(scopes: Iterable[str]) -> list[str]:
    """The names in some scopes that begin no block that is ever read."""
    firsts = (part.strip().removeprefix("~").split(".")[0].strip() for one in scopes for part in one.split("&"))
    return [one for one in firsts if one not in SCOPES]
