"""A message as the rules see it: lower case, plain letters, character for character as long as the original."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_ALIKE = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "…": ".", "ß": "s", "ø": "o", "ł": "l", "đ": "d", "æ": "a", "œ": "o", "ı": "i",
}  # fmt: skip

_UNSEEN = {"Cf", "Cc", "Zs", "Zl", "Zp"}

_HANDLE = re.compile(r"(?<![\w@.])@\s?[A-Za-z0-9_][A-Za-z0-9_.\-]{0,60}(?:@[A-Za-z0-9.\-]{1,80})?")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>]{1,2000}", re.IGNORECASE)


def fold(text: str) -> str:
    """`text` in lower case without accents, curly marks or invisible characters; offsets stay what they were."""
    if text.isascii():
        return text.lower().translate(_SPACES)
    return "".join(map(_folded, text))


def masked(folded: str, text: str) -> str:
    """The folded text with handles and links blanked out: they are names, not words of the message."""
    for pattern in (_LINK, _HANDLE):
        folded = blank(folded, [found.span() for found in pattern.finditer(text)])
    return folded


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spaces in place of `spans`, which are in order and don't overlap."""
    pieces, place = [], 0
    for start, end in spans:
        pieces += [text[place:start], " " * (end - start)]
        place = end
    return "".join([*pieces, text[place:]])


def handles(text: str) -> list[tuple[int, int, str]]:
    """Every @handle: where it stands, and its name without the @, in lower case."""
    return [(one.start(), one.end(), one.group()[1:].strip().lower()) for one in _HANDLE.finditer(text)]


_SPACES = str.maketrans({"\t": " ", "\r": " ", "\x0b": " ", "\x0c": " "})


@cache
def _folded(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    if character == "\n":
        return character
    if unicodedata.category(character) in _UNSEEN:
        return " "
    plain = unicodedata.normalize("NFKD", character.lower())
    base = "".join(one for one in plain if not unicodedata.combining(one))
    return base if len(base) == 1 else character.lower() if len(character.lower()) == 1 else character
