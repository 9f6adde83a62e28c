"""Makes text that a customer wrote harmless in a terminal and in Markdown."""

import re
import unicodedata

_MARKS = re.compile(r"([\\`*_\[\]#|~@]|^[-+=]|(?<=\d)[.)](?= |$)|:(?=/)|(?<=www)\.)", re.IGNORECASE)
"""Marks of Markdown, some of them only where a line begins; `:` and `.` where they would make a link."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def plain(text: str) -> str:
    """The text without what moves a cursor or turns the reading order.

    Line breaks and tabs stay, other control characters (C0, C1, the escape that begins a terminal sequence) and lone
    surrogates show as U+FFFD; bidirectional marks, embeddings, overrides and isolates are dropped. Joiners stay: emoji
    and many scripts are made with them.
    """
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if unicodedata.bidirectional(character) in _BIDI or character in "\u200e\u200f\u061c":
        return ""
    category = unicodedata.category(character)
    return " " if category in ("Zl", "Zp") else "\ufffd" if category in ("Cc", "Cs") else character


_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def one_line(text: str) -> str:
    """The text in one line, runs of white space as one space."""
    return " ".join(plain(text).split())


def inline(text: str) -> str:
    """The text as literal Markdown for a paragraph, a heading or a table cell: one line, nothing in it is markup.

    A backslash before each mark of Markdown (a bare link or mention among them), an entity for HTML's.
    """
    literal = _MARKS.sub(r"\\\1", one_line(text))
    return re.sub(r'[&<>"]', lambda found: _ENTITIES[found.group()], literal)


def fenced(text: str) -> str:
    """The text as a block of code, line by line as it was written, with a fence longer than any in it."""
    text = plain(text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
