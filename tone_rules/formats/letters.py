"""Letters and digits as what they pass for: without case, accents, circles, wide or small forms or another alphabet."""

import unicodedata
from functools import lru_cache

_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԌԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧаеорсухіјѕԁԛԝһοανρκтнкмвᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıłøđ",
    "ABEKMHOPCTYXIJSGWABEZHIKMNOPTYXaeopcyxijsdqwhoavpkthkmbabcdefghijklmnoprstuvwyzilod",
)
"""Cyrillic, Greek and small capital letters that pass for Latin ones, and Latin ones that Unicode takes for other."""
_INVISIBLE = frozenset(("Cf", "Mn", "Me"))
_ENCLOSED = ((0x1F130, 26, "A"), (0x1F150, 26, "A"), (0x1F170, 26, "A"), (0x1F1E6, 26, "A"))
"""Rows of letters in boxes and circles, and of flags, that Unicode gives no plain letter: first, how many, plain."""


def folded(text: str) -> tuple[str, range | list[int]]:
    """A text in plain small letters, and of each letter its place in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = letter.lower() if letter < "\x80" else plain_letters(letter)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


@lru_cache(maxsize=8192)
def plain_letters(letter: str) -> str:
    """What one character passes for: none for an invisible one, several for such as `½` or `ß`."""
    at = ord(letter)
    for first, size, plain in _ENCLOSED:
        if first <= at < first + size:
            return chr(ord(plain) + at - first).lower()
    if letter == "\N{KEYCAP TEN}":
        return "10"
    plain = unicodedata.normalize("NFKD", letter.translate(_LOOKALIKES)).casefold().translate(_LOOKALIKES)
    seen = (one for one in plain if unicodedata.category(one) not in _INVISIBLE)
    return "".join(str(unicodedata.digit(one, one)) if one.isdigit() else one for one in seen)
