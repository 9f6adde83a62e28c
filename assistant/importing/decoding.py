"""Bytes of unknown encoding to clean text."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


class UnreadableError(Exception):
    """The bytes are not text in any encoding that is tried."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding that was guessed: "" for what is sure (UTF-8, a byte order mark, declared).

    Tried in this order: a byte order mark, UTF-8, the encoding a web page declares, Windows-1252.

    Raises:
        UnreadableError: none of them fits, or it isn't text.
    """
    text, guessed = _decoded(data)
    if "\0" in text:
        raise UnreadableError("it holds NUL bytes, so it is not text or in an encoding that can't be told")
    return text.replace("\r\n", "\n").replace("\r", "\n"), guessed


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError as error:
                raise UnreadableError(f"it says it is {encoding} and is not, from byte {error.start} on") from None
    declared = _DECLARED.search(data[:4096])
    for encoding, guessed in (("utf-8", ""), (declared[1].decode() if declared else "utf-8", ""), ("cp1252",) * 2):
        try:
            return data.decode(encoding), "Windows-1252" if guessed else ""
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableError("its encoding can't be told; save it as UTF-8")


def cleaned(text: str) -> str:
    """Text without control characters and with no more than one blank line in a row."""
    return re.sub(r"\n{3,}", "\n\n", _CONTROL.sub("", text)).strip()


def one_line(text: str) -> str:
    """Text on a single line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())
