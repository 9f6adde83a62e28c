"""An article cut into passages: each bullet, step, table row and paragraph by itself, as plain text fit for a reply."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

from tone_rules.value import Value


class Passage(Value):
    """One statement of an article."""

    article: str
    """The article's id."""
    title: str
    heading: str = ""
    text: str
    """Plain text, one or a few sentences, no Markdown."""
    order: int
    step: bool = False
    """True for an item of a numbered list."""
    kind: str = "help"
    """The article's kind."""
    block: int = 0
    """Which bullet, step, row or paragraph of the article it is a piece of."""
    row: bool = False
    """True for a row of a table."""


_LONG, _PIECE = 30, 8
"""Words from which a block is cut, and from which a piece stands by itself."""
_WHOLE = frozenset({"notice", "wording"})
"""Kinds of articles whose words were cleared as they stand."""
_SENTENCE = regex.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\p{Lu}\d£€$\"'(])")
_LEANS = regex.compile(
    r"(?:It|Its|That|This|These|Those|They|Their|He|She|Then|After (?:that|this)|So|But|Otherwise|Until then|Both|"
    r"Not there)\b"
)
"""What begins a sentence that can't be understood without the one before."""
_HEADING = regex.compile(r"^#{1,6}\s+(.*?)#*$")
_BULLET = regex.compile(r"^\s*[-*+]\s+(.*)$")
_STEP = regex.compile(r"^\s*\d{1,2}[.)]\s+(.*)$")
_ROW = regex.compile(r"^\s*\|(.*)\|\s*$")
_RULE = regex.compile(r"^[\s|:-]+$")
_BOLD_LEAD = regex.compile(r"^\*\*(.{2,40}?)[.:]?\*\*[.:]?\s+(.+)$")


def passages_of(article: str, title: str, markdown: str, kind: str = "help") -> list[Passage]:
    """The passages of an article in their order.

    Args:
        article: its id.
        title: its title; a `# heading` that repeats it is dropped.
        markdown: its text. A table's rows become "first column: header value, header value".
        kind: what kind of article it is.
    """
    found = [
        (block, piece, number)
        for number, block in enumerate(_with_what_they_refer_to(list(_blocks(markdown, title))))
        for piece in ((block.text,) if block.shape in ("step", "row") or kind in _WHOLE else _pieces(block.text))
    ]
    return [
        Passage(
            article=article,
            title=title,
            heading=block.heading,
            text=text,
            order=order,
            step=block.shape == "step",
            kind=kind,
            block=number,
            row=block.shape == "row",
        )
        for order, (block, text, number) in enumerate(found)
    ]


class _Block(NamedTuple):
    heading: str
    text: str
    shape: Literal["text", "bullet", "step", "row"] = "text"
    cells: tuple[str, ...] = ()


_SAME_AS = regex.compile(r"\bsame as (\p{L}+)$", regex.I)


def _with_what_they_refer_to(blocks: list[_Block]) -> Iterator[_Block]:
    """The blocks; a cell "same as Standard" is followed by that row's cell of the same column."""
    rows = [block.cells for block in blocks if block.cells]
    for block in blocks:
        cells = list(block.cells)
        for place, cell in enumerate(cells):
            found = _SAME_AS.search(cell)
            other = next((row for row in rows if found and row != block.cells and row[0].startswith(found[1])), None)
            if other is not None and place < len(other):
                cells[place] = f"{cell} ({other[place]})"
        yield block._replace(text=_row(cells)) if cells else block


def _pieces(text: str) -> Iterator[str]:
    """A long block in pieces of a few sentences, so that one that speaks of five things doesn't answer a sixth."""
    if len(text.split()) <= _LONG:
        yield text
        return
    piece: list[str] = []
    for sentence in _SENTENCE.split(text):
        if piece and len(" ".join(piece).split()) >= _PIECE and not _LEANS.match(sentence):
            yield " ".join(piece)
            piece = []
        piece.append(sentence)
    yield " ".join(piece)


def _blocks(markdown: str, title: str) -> Iterator[_Block]:
    heading, paragraph = "", list[str]()
    columns: list[str] = []

    def flush() -> Iterator[_Block]:
        if paragraph:
            text = plain(" ".join(paragraph))
            paragraph.clear()
            if text:
                yield _Block(heading, text)

    previous_item: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        indented = line.startswith(("  ", "\t")) and line.strip()
        if previous_item and indented and not _BULLET.match(line) and not _STEP.match(line):
            previous_item[0] += " " + line.strip()
            continue
        if previous_item:
            yield _Block(heading, plain(previous_item[0]), "step" if previous_item[1] == "step" else "bullet")
            previous_item = []
        row, item, step = _ROW.match(line), _BULLET.match(line), _STEP.match(line)
        if row:
            yield from flush()
            if _RULE.match(line):
                continue
            cells = [plain(cell) for cell in row[1].split("|")]
            if not columns:
                columns = cells
            else:
                yield _Block(heading, "", "row", _named(columns, cells))
            continue
        columns = []
        if found := _HEADING.match(line):
            yield from flush()
            heading = plain(found[1])
            heading = "" if heading.lower() == title.lower() else heading
        elif item or step:
            yield from flush()
            matched = item or step
            assert matched is not None  # noqa: S101  # one of the two matched, which mypy can't see
            previous_item = [matched[1], "step" if step else "bullet"]
        elif not line.strip():
            yield from flush()
        elif (found := _BOLD_LEAD.match(line)) and not paragraph:
            heading = plain(found[1]).rstrip(".:")
            paragraph.append(found[2])
        else:
            paragraph.append(line.strip().lstrip("> "))
    if previous_item:
        yield _Block(heading, plain(previous_item[0]), "step" if previous_item[1] == "step" else "bullet")


def _named(columns: list[str], cells: list[str]) -> tuple[str, ...]:
    """The cells of a row; a bare amount takes with it what its column says of it ("£20 a month")."""
    found = list(cells[:1])
    for column, cell in zip(columns[1:], cells[1:], strict=False):
        name = column.lower()
        if cell in ("", "-") or not _BARE.fullmatch(cell) or _PLAIN_COLUMN.search(name):
            found.append(cell)
        else:
            found.append(f"{cell} {name}" if name.startswith(("a ", "per ", "each ")) else f"{name} {cell}")
    return tuple(found)


_BARE = regex.compile(r"[£€$]? ?[\d.,]+ ?%?")
_PLAIN_COLUMN = regex.compile(r"price|cost|fee|charge|when|time|^.{30}")


def _row(cells: list[str]) -> str:
    """A row as a sentence: the first cell names it, the others follow."""
    rest = [cell for cell in cells[1:] if cell and cell != "-"]
    return f"{cells[0]}: {', '.join(rest)}." if rest else cells[0]


_LINK = regex.compile(r"!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_REFERENCE = regex.compile(r"\s*\((?:see |article )?[a-z]{1,6}-?k?\d{1,4}\)", regex.I)


def plain(markdown: str) -> str:
    """A line of Markdown as plain text; `[text](url)` keeps both, an article's id in brackets goes."""
    text = _LINK.sub(lambda found: found[1] if found[1] == found[2] else f"{found[1]} ({found[2]})", markdown)
    text = regex.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    text = regex.sub(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)", r"\1", text)
    text = regex.sub(r"<(https?://[^>]+)>", r"\1", text)
    text = regex.sub(r"<[^>]{1,200}>", "", text)
    return " ".join(_REFERENCE.sub("", text).replace("\\", "").split())
