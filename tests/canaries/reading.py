"""A text as the oracle reads it: without disguises, and with numbers in words as numbers."""

import base64
import binascii
import html
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from words import FOREIGN_MONTHS, MONTHS, NATO, ONES, ORDINALS, TENS

_ALIKE = str.maketrans("асеорхуівнкмтøłđıþ", "aceopxyibhkmtoldip")
SKELETON = str.maketrans("oil", "011")
LEET = str.maketrans("4310578", "aeiostb")
_NUMBER = {word: str(number) for number, word in enumerate(ONES)} | {"oh": "0", "o": "0", "nought": "0"}
_ORDINAL = {word: str(number) for number, word in enumerate(ORDINALS)} | {"thirtieth": "30"}
_LETTER = {word.lower().replace("-", ""): letter.lower() for letter, word in NATO.items()}
_TENS = {word: 10 * number for number, word in enumerate(TENS) if word}
MONTH = {
    unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()[: 4 if name[:3] == "jui" else 3]: n
    for names in (MONTHS, *FOREIGN_MONTHS.values())
    for n, name in enumerate(names, 1)
}


class Read(NamedTuple):
    """A text as the oracle reads it."""

    tokens: tuple[str, ...]
    """Words and numbers, plain and small."""
    spelled: tuple[str, ...]
    """The same with numbers and letters that are in words as characters."""
    counted: tuple[int | str, ...]
    """The same with numbers of several words as integers."""
    squeezed: str
    """Letters and digits alone."""
    raw: str
    """The plain small text with its punctuation."""


def plain(text: str) -> str:
    """Small letters and digits without marks, disguises and invisible characters."""
    text = urllib.parse.unquote(html.unescape(text)).replace("\u20e3", "")
    shown = "".join(_character(one) for one in unicodedata.normalize("NFKD", text))
    return shown.casefold().translate(_ALIKE)


def _character(one: str) -> str:
    if unicodedata.category(one) in {"Mn", "Me", "Cf"}:
        return ""
    value = unicodedata.digit(one, None)
    return one if value is None else str(value)


@lru_cache(maxsize=4_096)
def read(text: str) -> Read:
    """Read a text; what programs pack is unpacked, and what is back to front is read from the back too."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text) + "\n" + _unpacked(text)
    raw = plain(text)
    raw = re.sub(r"(?<=\w)['’](?=\w)", "", raw)
    tokens = tuple(re.findall(r"[^\W_]+", raw))
    spelled = tuple(_spelled(re.findall(r"[^\W_]+", raw.replace("x-ray", "xray"))))
    return Read(tokens, spelled, tuple(_counted(tokens)), "".join(tokens), raw)


def _unpacked(text: str) -> str:
    found = []
    for one in re.findall(r"[A-Za-z0-9+/]{8,}={0,2}", text):
        try:
            found.append(base64.b64decode(one, validate=True).decode())
        except (binascii.Error, UnicodeDecodeError):
            continue
    if "backwards" in text:
        found.append(text[::-1])
    return "\n".join(found)


def _spelled(tokens: Sequence[str]) -> Iterable[str]:
    times = 1
    for at, one in enumerate(tokens):
        if one in {"double", "triple"}:
            times = 2 if one == "double" else 3
            continue
        if one == "for" and at + 1 < len(tokens) and _LETTER.get(tokens[at + 1], "-") == tokens[at - 1]:
            continue
        if at and tokens[at - 1] == "for" and at > 1 and _LETTER.get(one, "-") == tokens[at - 2]:
            continue
        value = _NUMBER.get(one) or _LETTER.get(one) or one
        if one in _TENS:
            following = tokens[at + 1] if at + 1 < len(tokens) else ""
            value = str(_TENS[one] // 10) if 0 < int(_NUMBER.get(following, "0")) < 10 else str(_TENS[one])
        yield value * times
        times = 1


def _counted(tokens: Sequence[str]) -> Iterable[int | str]:
    """Runs of number words as one integer each, "one hundred and eighteen" as 118."""
    total = part = 0
    within = False
    for at, one in enumerate(tokens):
        number = _NUMBER.get(one) if one != "o" else None
        number = _ORDINAL.get(one, number)
        if number is not None and one not in {"oh", "zero", "nought"}:
            value = int(number)
            units = part % 100 >= 20 and value < 10 and part % 10 == 0
            if within and (units or (part % 100 == 0 and (part or total))):
                part += value
            else:
                if within:
                    yield total + part
                total, part = 0, value
            within = True
        elif one in _TENS:
            if within and part % 100 == 0 and (part or total):
                part += _TENS[one]
            else:
                if within:
                    yield total + part
                total, part = 0, _TENS[one]
            within = True
        elif one == "hundred" and within:
            part *= 100
        elif one == "thousand" and within:
            total, part = (total + part) * 1_000, 0
        elif one == "and" and within and at + 1 < len(tokens) and (part % 100 == 0) and _counts(tokens[at + 1]):
            continue
        else:
            if within:
                yield total + part
                total, part, within = 0, 0, False
            if found := re.fullmatch(r"(\d{1,9})(?:st|nd|rd|th)?", one):
                yield int(found[1])
            elif one in {"oh", "zero", "nought"}:
                yield 0
            elif found := re.fullmatch(r"(\d{1,2})([a-z]{2,3})", one):
                yield int(found[1])
                yield found[2]
            else:
                yield one
    if within:
        yield total + part


def _counts(token: str) -> bool:
    return token in _NUMBER or token in _TENS
