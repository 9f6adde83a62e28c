"""Characters that look alike, that aren't seen, or that stand for others."""

import base64
import random
import re
import urllib.parse

from values import Secret

from transformations import Told, tells

_ALIKE = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")
_LEET = str.maketrans("aeiostAEIOST", "4310574310 57".replace(" ", ""))
TEXTUAL = ("code", "name", "email", "address", "postcode", "note")


def _style(text: str, upper: int, lower: int, digit: int) -> str:
    return "".join(
        chr(upper + ord(one) - 65) if "A" <= one <= "Z"
        else chr(lower + ord(one) - 97) if "a" <= one <= "z"
        else chr(digit + ord(one) - 48) if "0" <= one <= "9" and digit
        else one
        for one in text
    )  # fmt: skip


def _between(text: str, mark: str, chance: random.Random) -> str:
    return "".join(one + (mark if one.isalnum() and chance.random() < 0.5 else "") for one in text)


@tells("disguise", *TEXTUAL)
def homoglyphs(one: Secret, _: random.Random) -> Told:
    """Cyrillic letters that look Latin."""
    made = one.text.translate(_ALIKE)
    return made if made != one.text else None


@tells("disguise")
def fullwidth(one: Secret, _: random.Random) -> Told:
    """Letters and digits as wide as ideographs."""
    made = _style(one.text, 0xFF21, 0xFF41, 0xFF10)
    return made if made != one.text else None


@tells("disguise", *TEXTUAL)
def mathematical(one: Secret, chance: random.Random) -> Told:
    """Bold or double-struck letters of mathematics."""
    styles = [(0x1D400, 0x1D41A, 0x1D7CE), (0x1D5D4, 0x1D5EE, 0x1D7EC), (0x1D670, 0x1D68A, 0x1D7F6)]
    made = _style(one.text, *chance.choice(styles))
    return made if made != one.text else None


@tells("disguise")
def zero_width(one: Secret, chance: random.Random) -> Told:
    """Characters of no width between the others."""
    made = _between(one.text, chance.choice(["\u200b", "\u200c", "\u200d", "\ufeff", "\u2060"]), chance)
    return made if made != one.text else None


@tells("disguise")
def soft_hyphens(one: Secret, chance: random.Random) -> Told:
    """Hyphens that aren't seen."""
    made = _between(one.text, "\u00ad", chance)
    return made if made != one.text else None


@tells("disguise")
def combining_marks(one: Secret, chance: random.Random) -> Told:
    """A stroke or a dot over some characters."""
    made = _between(one.text, chance.choice(["\u0336", "\u0332", "\u0307", "\u20e3"]), chance)
    return made if made != one.text else None


@tells("disguise")
def turned_right_to_left(one: Secret, chance: random.Random) -> Told:
    """Between marks of direction."""
    left, right = chance.choice(
        [("\u202a", "\u202c"), ("\u2066", "\u2069"), ("\u200f", "\u200e"), ("\u202d", "\u202c")]
    )
    return f"{left}{one.text[:4]}{right}{one.text[4:]}"


@tells("disguise", "name", "note", "email", "address")
def leetspeak(one: Secret, _: random.Random) -> Told:
    """Digits for letters."""
    made = one.text.translate(_LEET)
    return made if made != one.text else None


@tells("disguise", "code", "postcode")
def letters_for_digits(one: Secret, _: random.Random) -> Told:
    """O for 0 and l for 1."""
    made = re.sub(r"[01]", lambda found: "O" if found.group() == "0" else "l", one.text)
    return made if made != one.text else None


@tells("disguise", "code", "phone", "name", "email", certain=False)
def reversed_text(one: Secret, _: random.Random) -> Told:
    """Back to front."""
    return f"{one.text[::-1]} (read it backwards)"


@tells("disguise", "code", "phone", "name", "email", "note", certain=False)
def in_base64(one: Secret, _: random.Random) -> Told:
    """As programs pack it."""
    return base64.b64encode(one.text.encode()).decode()


@tells("disguise", "code", "phone", "name", "email", certain=False)
def as_entities(one: Secret, _: random.Random) -> Told:
    """As HTML entities, which a page shows as the characters."""
    return "".join(f"&#{ord(letter)};" for letter in one.text)


@tells("disguise", "code", "name", "email", "address", "note")
def percent_encoded(one: Secret, _: random.Random) -> Told:
    """As in an address of the web."""
    made = urllib.parse.quote(one.text, safe="")
    return f"https://plumwick.example/?q={made}" if made != one.text else None


@tells("disguise", "name", "address", "note")
def starred_letter(one: Secret, _: random.Random) -> Told:
    """One letter of each long word starred out."""
    made = re.sub(r"\b(\w{2})\w(\w{3,})", r"\1*\2", one.text)
    return made if made != one.text else None


@tells("disguise", "name", "note", "address")
def stretched(one: Secret, _: random.Random) -> Told:
    """A space after each letter."""
    return "  ".join(" ".join(word) for word in one.text.split())
