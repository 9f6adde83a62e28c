"""Tables: a CSV export of saved replies or of articles, whatever its delimiter and its names for the columns."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

Column = Literal["title", "text", "body", "url", "tags", "visibility", "draft", "published"]

NAMES: dict[Column, tuple[str, ...]] = {
    "title": (
        *("title", "name", "subject", "question", "macro", "macro title", "macro name", "reply name", "heading"),
        *("saved reply name", "template name", "shortcut", "short code", "shortcode", "headline", "label", "article"),
    ),
    "text": (
        *("text", "reply", "response", "message", "answer", "canned response", "saved reply", "reply text", "comment"),
        *("comment value", "macro text", "snippet", "template", "template text", "message body", "content", "actions"),
    ),
    "body": ("body", "article body", "html body", "body html", "html", "markdown", "article text"),
    "url": ("url", "link", "html url", "permalink", "article url", "source url", "canonical url", "web url"),
    "tags": ("tags", "tag", "labels", "label names", "category", "categories", "folder", "section", "group", "topic"),
    "visibility": ("visibility", "audience", "access"),
    "draft": ("draft", "status", "state"),
    "published": ("published", "is published", "active", "enabled"),
}
"""Common names of the columns, in small letters with a space for every other sign; the first that is there counts."""

_DELIMITERS = ",;\t|"


class Row(NamedTuple):
    """One row: its number (the header is row 1), the cells by column, and what is wrong with it, if anything."""

    number: int
    cells: dict[Column, str]
    wrong: str | None = None


class Table(NamedTuple):
    """A table, and whether it holds articles or saved replies."""

    kind: Literal["articles", "replies"]
    rows: list[Row]


class NotATableError(Exception):
    """The header names no column with texts."""


def read_table(text: str) -> Table:
    """Read a CSV text.

    A column named as the body of an article, or one with addresses beside the texts, makes it a table of articles.

    Raises:
        NotATableError: no header, or one that names no column with texts; the message lists what would do.
    """
    text, delimiter = _named_delimiter(text)
    with _fields_of_any_size(len(text)):
        headers = {one: next(csv.reader(io.StringIO(text, newline=""), delimiter=one), []) for one in _DELIMITERS}
        best = delimiter or max(_DELIMITERS, key=lambda one: (len(_columns(headers[one])), len(headers[one])))
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=best), [])
        columns = _columns(header)
        if "body" not in columns and "text" not in columns:
            raise NotATableError(
                "no column with texts: name it 'text' for saved replies or 'body' for articles "
                f"(the header reads: {', '.join(one.strip()[:40] for one in header[:12]) or 'nothing'})"
            )
        articles = "body" in columns or "url" in columns or _plain(header[columns.get("title", 0)]) == "question"
        if articles and "body" not in columns:
            columns["body"] = columns.pop("text")
        return Table("articles" if articles else "replies", list(_rows(text, best, header, columns)))


def _rows(text: str, delimiter: str, header: Sequence[str], columns: dict[Column, int]) -> Iterator[Row]:
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    last = len(records) if _unclosed(text, delimiter) else 0
    for number, cells in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        wrong = None
        if number == last:
            wrong = "a quote opens here and never closes, so the rest of the file hangs on it; close it"
        elif any(cell.strip() for cell in cells[len(header) :]):
            wrong = f"{len(cells)} cells under {len(header)} headings; put quotes round a text that holds '{delimiter}'"
        yield Row(number, {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}, wrong)


def _columns(header: Sequence[str]) -> dict[Column, int]:
    """Where each column stands that the header names."""
    plain = [_plain(one) for one in header]
    named = {column: next((name for name in names if name in plain), None) for column, names in NAMES.items()}
    return {column: plain.index(name) for column, name in named.items() if name is not None}


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()).split())


def _named_delimiter(text: str) -> tuple[str, str | None]:
    """The text without the line `sep=;` by which spreadsheets name their delimiter, and that delimiter."""
    named = re.match(r"\"?sep=(.)\"?\n", text)
    return (text[named.end() :], named[1]) if named else (text, None)


def _unclosed(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


@contextmanager
def _fields_of_any_size(size: int) -> Iterator[None]:
    """Long texts are judged by who uses the table, not cut off by the reader."""
    before = csv.field_size_limit(max(size + 1, 131_072))
    try:
        yield
    finally:
        csv.field_size_limit(before)
