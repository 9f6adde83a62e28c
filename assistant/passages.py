"""An article cut into passages: each bullet, step, table row and paragraph by itself, as plain text fit for a reply."""

from collections.abc import Iterator

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
        (heading, piece, step)
        for heading, text, step in _blocks(markdown, title)
        for piece in ((text,) if step or kind in _WHOLE else _pieces(text))
    ]
    return [
        Passage(article=article, title=title, heading=heading, text=text, order=order, step=step, kind=kind)
        for order, (heading, text, step) in enumerate(found)
    ]


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


def _blocks(markdown: str, title: str) -> Iterator[tuple[str, str, bool]]:
    heading, paragraph = "", list[str]()
    columns: list[str] = []

    def flush() -> Iterator[tuple[str, str, bool]]:
        if paragraph:
            text = plain(" ".join(paragraph))
            paragraph.clear()
            if text:
                yield heading, text, False

    previous_item: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        indented = line.startswith(("  ", "\t")) and line.strip()
        if previous_item and indented and not _BULLET.match(line) and not _STEP.match(line):
            previous_item[0] += " " + line.strip()
            continue
        if previous_item:
            yield heading, plain(previous_item[0]), previous_item[1] == "step"
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
                yield heading, _row(columns, cells), False
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
        yield heading, plain(previous_item[0]), previous_item[1] == "step"


def _row(columns: list[str], cells: list[str]) -> str:
    """A row as a sentence: the first cell names it, the others follow; a bare price or time needs no column name."""
    named = cells[0]
    rest = [cell for cell in cells[1:] if cell and cell != "-"]
    return f"{named}: {', '.join(rest)}." if rest and columns else named


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
