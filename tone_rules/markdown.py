"""Markdown read into blocks, each character with its true place; code and addresses masked."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from tone_rules.blocks import Block, Blocks

_FRONT_MATTER = re.compile(r"\A(?:---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)|\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+)[ \t]*(?:\n|\Z)")
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>]*[^\s<>.,;:!?'\"”’)\]}*]|\bwww\.[^\s<>]*[^\s<>.,;:!?'\"”’)\]}*]")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[!?/]?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<\?.*?\?>", re.DOTALL)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|dfn|em|i|img|kbd|s|small|span|strong|sub|sup|tt|u)\b", re.IGNORECASE
)
_SILENT = re.compile(r"<(script|style|pre|noscript|iframe|figure|svg)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_MASKED = re.compile(r"<(/?)(?:code|kbd|tt)\b", re.IGNORECASE)
_SCOPES = {"strong_open": "strong", "em_open": "emphasis", "link_open": "link"}
MASK = "*"


def read_markdown(text: str, *sections: str) -> Blocks:
    """The blocks of a text in Markdown (CommonMark with GitHub's tables and strikethrough).

    Args:
        text: the file.
        sections: what every block is besides, such as `md`.
    """
    source = text.replace("\r\n", " \n").replace("\r", "\n").replace("\x00", "\ufffd")
    front = _FRONT_MATTER.match(source)
    if front:
        source = re.sub(r"[^\n]", " ", front[0]) + source[front.end() :]
    reader = _Reader(source, sections)
    for token in _parser().parse(source):
        reader.take(token)
    return Blocks(text, reader.blocks, reader.inline, lambda: dict(reader.counts), reader.comments)


@dataclass
class _Reader:
    """Makes blocks of the parser's tokens."""

    source: str
    sections: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    inline: list[Block] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    comments: list[tuple[int, str]] = field(default_factory=list)
    _within: list[tuple[str, ...]] = field(default_factory=list)
    _cells: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = self.source.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def take(self, token: Token) -> None:
        """Take one block token, in the parser's order."""
        if token.type in ("fence", "code_block"):
            self.counts["pre"] += 1
        elif token.type == "html_block" and token.map:
            self._html(*token.map)
        elif token.type == "inline":
            self._prose(token)
        elif token.nesting > 0:
            names = _names(token)
            self._within.append(names)
            if names:
                self.counts["_".join(names)] += 1
        elif token.nesting < 0:
            self._within.pop()

    def _all_sections(self, *more: str) -> frozenset[str]:
        return frozenset(("text", *self.sections, *more, *(name for names in self._within for name in names)))

    def _prose(self, token: Token) -> None:
        made = _Made(self._places(token), token.content)
        made.add(token.children or ())
        sections = self._all_sections()
        block = Block(made.text, sections, tuple(made.segments) or ((0, made.place(0)),))
        if block.text.strip():
            self.blocks.append(_stripped(block) if sections & {"heading", "table"} else block)
        for name, start, end in made.marked:
            part = block.part(start, end)
            self.inline.append(Block(part.text, sections - {"text"} | {name}, part.segments))
        self.comments += made.comments
        self.blocks += [Block(text, self._all_sections("attr", "alt"), ((0, at),)) for text, at in made.alternatives]
        self.inline += [Block(text, sections - {"text"} | {"code"}, ((0, at),)) for text, at in made.codes]

    def _places(self, token: Token) -> list[tuple[int, int]]:
        """Where each line of an inline token's content begins: in the content, and in the source."""
        places: list[tuple[int, int]] = []
        at = 0
        first = token.map[0] if token.map else 0
        cell = bool(self._within) and "table" in self._within[-1]
        for number, line in enumerate(token.content.split("\n"), first):
            whole = self._lines[number] if number < len(self._lines) else ""
            column = self._column(number, whole, line, cell)
            places.append((at, self._starts[min(number, len(self._lines))] + column))
            at += len(line) + 1
        return places

    def _column(self, number: int, whole: str, line: str, cell: bool) -> int:
        if cell:
            found = whole.find(line.replace("|", r"\|"), self._cells.get(number, 0))
            found = found if found >= 0 else self._cells.get(number, 0)
            self._cells[number] = found + len(line)
            return found
        bare = line.strip()
        if whole.rstrip().endswith(bare):
            return len(whole.rstrip()) - len(bare) - (len(line) - len(line.lstrip()))
        return max(whole.find(bare), 0)

    def _html(self, first: int, end: int) -> None:
        """The text between the tags of a block in HTML; a run that only inline tags interrupt is one block."""
        start, stop = self._starts[first], self._starts[min(end, len(self._lines))] - 1
        html = _SILENT.sub(lambda found: " " * len(found[0]), self.source[start:stop])
        text, segments, at = "", [], 0
        for tag in (*_TAG.finditer(html), None):
            if tag and tag[0].startswith("<!--"):
                self.comments.append((start + tag.start(), _said(tag[0])))
            piece = html[at : tag.start() if tag else len(html)]
            if piece:
                segments.append((len(text), start + at))
                text += piece
            if tag is None or not _INLINE_TAG.match(tag[0]):
                if text.strip():
                    self.blocks.append(_stripped(Block(text, self._all_sections(), tuple(segments))))
                text, segments = "", []
            at = tag.end() if tag else at


class _Made:
    """The text of one inline token, and where each part of it stands."""

    def __init__(self, places: Sequence[tuple[int, int]], content: str) -> None:
        self.text = ""
        self.segments: list[tuple[int, int]] = []
        self.marked: list[tuple[str, int, int]] = []
        self.alternatives: list[tuple[str, int]] = []
        self.codes: list[tuple[str, int]] = []
        self.comments: list[tuple[int, str]] = []
        self._places = places
        self._content = content

    def place(self, at: int) -> int:
        """The place in the source of a character of the content."""
        start, place = self._places[bisect_right(self._places, at, key=lambda one: one[0]) - 1]
        return place + at - start

    def add(self, tokens: Iterable[Token]) -> None:
        """Add the inline tokens, in their order."""
        opened: list[tuple[str, int]] = []
        masked = automatic = False
        for token in tokens:
            at = int(token.meta.get("at", 0))
            if token.type in _SCOPES:
                automatic = token.info == "auto"
                opened.append((_SCOPES[token.type], len(self.text)))
            elif token.type in ("strong_close", "em_close", "link_close") and opened:
                automatic = False
                name, start = opened.pop()
                self.marked.append((name, start, len(self.text)))
            elif token.type == "code_inline":
                self._code(token, at)
            elif token.type == "image":
                self._image(token, at)
            elif token.type in ("softbreak", "hardbreak"):
                self._put("\n", self._content.find("\n", at))
            elif token.type == "html_inline":
                if token.content.startswith("<!--"):
                    self.comments.append((self.place(at), _said(token.content)))
                tag = _MASKED.match(token.content)
                masked = (not tag[1]) if tag else masked
            elif token.type in ("text", "text_special"):
                hidden = masked or automatic
                self._put(MASK * len(token.content) if hidden else _without_urls(token.content), at + automatic)

    def _put(self, text: str, at: int) -> None:
        if text:
            self.segments.append((len(self.text), self.place(max(at, 0))))
            self.text += text

    def _code(self, token: Token, at: int) -> None:
        inside = self._content.find(token.content.split(" ")[0], at + len(token.markup)) if token.content else at
        self.codes.append((token.content, self.place(max(inside, at))))
        self._put(MASK * len(token.content), inside)

    def _image(self, token: Token, at: int) -> None:
        inner = _Made([(0, 0)], token.content)
        inner.add(token.children or ())
        if inner.text:
            self.alternatives.append((inner.text, self.place(at + 2)))


class _State(StateInline):
    """Inline parsing that notes in each token where it began."""

    since = 0

    def append_pending(self, text: str) -> None:
        if not self._pending and not self._pending_buffer:
            self.since = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802  its name in the library
        token = super().pushPending()
        token.meta = {"at": self.since}
        return token

    def push(self, ttype: str, tag: str, nesting: object) -> Token:
        token = super().push(ttype, tag, nesting)  # type: ignore[arg-type]
        token.meta = {"at": self.pos}
        return token


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: object, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)  # type: ignore[arg-type]
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.inline = _Inline()
    return parser.disable(["linkify", "fragments_join", "text_join"], ignoreInvalid=True)


def _names(token: Token) -> tuple[str, ...]:
    """What the element that a token opens makes of the text in it."""
    match token.type:
        case "heading_open":
            return ("heading", token.tag)
        case "list_item_open":
            return ("list",)
        case "blockquote_open":
            return ("blockquote",)
        case "th_open":
            return ("table", "header")
        case "td_open":
            return ("table", "cell")
    return ()


def _said(comment: str) -> str:
    return comment.removeprefix("<!--").removesuffix("-->").strip()


def _without_urls(text: str) -> str:
    return _URL.sub(lambda found: MASK * len(found[0]), text) if "://" in text or "www." in text else text


def _stripped(block: Block) -> Block:
    """The block without white space around it."""
    start = len(block.text) - len(block.text.lstrip())
    return block.part(start, len(block.text.rstrip()))
