"""Digits in words, in other characters, and only some of them."""

import random
import re

from values import Secret
from words import NATO, ONES, cardinal

from transformations import Told, tells
from transformations.plain import CODES, bare

_KEYCAP = "\ufe0f\u20e3"


def _spoken(text: str, zero: str = "zero", case: bool = True) -> list[str]:
    return [
        zero if one == "0" else ONES[int(one)] if one in "0123456789" else one if case else one.lower() for one in text
    ]


@tells("spelled", *CODES)
def digits_in_words(one: Secret, chance: random.Random) -> Told:
    """Each digit a word."""
    return chance.choice([" ", " ", ", ", "-"]).join(_spoken(bare(one.text)))


@tells("spelled", *CODES)
def digits_with_oh(one: Secret, chance: random.Random) -> Told:
    """Each digit a word and a zero an "oh"."""
    text = bare(one.text)
    return " ".join(_spoken(text, chance.choice(["oh", "O", "nought"]))) if "0" in text else None


@tells("spelled", *CODES)
def doubles(one: Secret, _: random.Random) -> Told:
    """As in "Double four" and "triple seven", as numbers are read out."""
    text = bare(one.text)
    if not re.search(r"(\d)\1", text):
        return None
    said = []
    for found in re.finditer(r"(\d)\1\1|(\d)\2|.", text):
        run = found.group()
        spoken = _spoken(run[0], "oh")[0]
        said.append({1: "", 2: "double ", 3: "triple "}[len(run)] + spoken)
    return " ".join(said)


@tells("spelled", *CODES)
def mixed_words_and_digits(one: Secret, chance: random.Random) -> Told:
    """Some digits as words, the others as digits."""
    text = bare(one.text)
    said = [word if chance.random() < 0.5 else raw for raw, word in zip(text, _spoken(text), strict=True)]
    return " ".join(said)


@tells("spelled", *CODES)
def pairs_in_words(one: Secret, _: random.Random) -> Told:
    """Two digits at a time: "seventy-seven forty"."""

    def said(found: re.Match[str]) -> str:
        text = found.group()
        pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
        return (
            " "
            + " ".join(f"oh {ONES[int(x[1])]}" if x[0] == "0" and len(x) == 2 else cardinal(int(x)) for x in pairs)
            + " "
        )

    text = bare(one.text)
    return " ".join(re.sub(r"[0-9]{2,}", said, text).split()) if re.search(r"[0-9]{4}", text) else None


@tells("spelled", "code", "postcode")
def nato_letters(one: Secret, _: random.Random) -> Told:
    """Letters by the radio alphabet."""
    text = bare(one.text).upper()
    if not re.search("[A-Z]", text):
        return None
    return " ".join(NATO.get(letter, letter) for letter in text)


@tells("spelled", "code", "postcode")
def letters_as_in(one: Secret, _: random.Random) -> Told:
    """As in "P for Papa, H for Hotel", then the digits."""
    text = bare(one.text).upper()
    if not re.search("[A-Z]", text):
        return None
    return ", ".join(f"{letter} for {NATO[letter]}" if letter in NATO else letter for letter in text)


@tells("spelled", *CODES, "amount", "date", "time")
def keycap_digits(one: Secret, _: random.Random) -> Told:
    """Digits as emoji."""
    made = re.sub(r"[0-9]", lambda found: found.group() + _KEYCAP, one.text)
    return made if made != one.text else None


@tells("spelled", *CODES, "amount", "date", "time")
def other_scripts_digits(one: Secret, chance: random.Random) -> Told:
    """Digits of another script or style: fullwidth, Arabic, Devanagari, mathematical, raised, circled."""
    table = chance.choice(
        ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹", "⓪①②③④⑤⑥⑦⑧⑨"]
    )
    made = re.sub(r"[0-9]", lambda found: table[int(found.group())], one.text)
    return made if made != one.text else None


@tells("partial", "code", "phone")
def last_four(one: Secret, chance: random.Random) -> Told:
    """As in "Ending 2219"."""
    lead = chance.choice(
        ["the one ending", "the one ending in", "the one that ends with", "…", "xxxx", "number …", "****"]
    )
    return _with(lead, _ends(one, 4))


@tells("partial", "code", "phone")
def last_three(one: Secret, chance: random.Random) -> Told:
    """As in "Ending 219"."""
    return _with(chance.choice(["the one ending", "the one ending in", "the one with", "...", "***"]), _ends(one, 3))


@tells("partial", "code", "phone", certain=False, seen=False)
def last_two(one: Secret, chance: random.Random) -> Told:
    """As in "Ending 19": too little by itself."""
    return _with(chance.choice(["the one ending", "…"]), _ends(one, 2))


@tells("partial", "code", "phone")
def last_four_in_words(one: Secret, _: random.Random) -> Told:
    """As in "Ending two two one nine"."""
    end = _ends(one, 4)
    return _with("the one ending in", " ".join(_spoken(end))) if end else None


@tells("partial", "code")
def first_part(one: Secret, chance: random.Random) -> Told:
    """As in "Starting PH774"."""
    text = bare(one.text)
    size = max(5, len(text) // 2)
    if len(text) <= size + 1 or sum(x.isdigit() for x in text[:size]) < 3:
        return None
    return _with(chance.choice(["the one starting", "the one that begins with"]), text[:size])


@tells("partial", "code", "phone")
def middle_masked(one: Secret, chance: random.Random) -> Told:
    """Stars in the middle, both ends on show."""
    text, mask = bare(one.text), chance.choice(["*", "x", "•", "·"])
    if len(text) < 8:
        return None
    show = 3
    return text[:show] + mask * (len(text) - 2 * show) + text[-show:]


@tells("partial", "code")
def without_prefix(one: Secret, _: random.Random) -> Told:
    """Only its digits."""
    text = bare(one.text)
    digits = re.sub(r"\D", "", text)
    return digits if digits != text and len(digits) >= 4 else None


@tells("partial", "code", "phone")
def all_but_the_last_two(one: Secret, chance: random.Random) -> Told:
    """The last two characters masked."""
    text = bare(one.text)
    return text[:-2] + chance.choice(["**", "xx", "…", "??"]) if len(text) >= 6 else None


@tells("partial", "postcode", "address", certain=False, seen=False)
def postcode_district(one: Secret, _: random.Random) -> Told:
    """The first half of a postcode."""
    code = one.text if one.shape == "postcode" else one.parts["postcode"]
    return f"the {code.split()[0]} area" if " " in code else None


def _ends(one: Secret, size: int) -> str:
    """The last characters, where something is left before them and they hold at least as many digits as letters."""
    text = bare(one.text)
    end = text[-size:]
    return end if len(text) > size + 1 and sum(x.isdigit() for x in end) * 2 >= size else ""


def _with(lead: str, end: str) -> Told:
    if not end:
        return None
    return f"{lead} {end}" if lead[-1].isalnum() else f"{lead}{end}"
