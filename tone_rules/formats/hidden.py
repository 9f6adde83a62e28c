"""Text inside a text: Base64, hexadecimal, HTML entities and percent signs."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from tone_rules.formats.lazy import Lazy

_ESCAPED = Lazy(r"[^\s&%]{0,80}(?:(?:&#?\w{1,8};|%[0-9A-Fa-f]{2})[^\s&%]{0,80}){1,40}")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{8,400}={0,2}(?![\w+/=])")
_HEX = Lazy(r"(?<!\w)(?:0x)?((?:[0-9A-Fa-f]{2}[ :]?){5,200})(?!\w)")


class Hidden(NamedTuple):
    """What a stretch of a text, in its characters, says once it is decoded."""

    text: str
    start: int
    end: int


def hidden(text: str) -> Iterator[Hidden]:
    """Every stretch that reads as plain ASCII once it is decoded."""
    if "&" in text or "%" in text:
        for found in _ESCAPED.finditer(text):
            plain = html.unescape(unquote(found[0]))
            if plain != found[0]:
                yield Hidden(plain, *found.span())
    for found in _BASE64.finditer(text):
        plain = _plain(_from_base64(found[0]))
        if plain and any(map(str.isupper, found[0])) and any(map(str.islower, found[0])):
            yield Hidden(plain, *found.span())
    for found in _HEX.finditer(text):
        plain = _plain(bytes.fromhex(re.sub(r"[ :]", "", found[1])))
        if plain:
            yield Hidden(plain, *found.span())


def _from_base64(written: str) -> bytes:
    try:
        return base64.b64decode(written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _plain(raw: bytes) -> str:
    return raw.decode("ascii") if raw and all(one in b"\n\t" or 32 <= one < 127 for one in raw) else ""
