"""The secret as it is, in another case, and with other spaces and punctuation."""

import random
import re

from values import Secret

from transformations import Told, tells

CODES = ("code", "phone", "postcode")
NUMBERED = ("code", "phone", "postcode", "amount", "date")


def bare(text: str) -> str:
    """Its letters and digits."""
    return "".join(one for one in text if one.isalnum())


def groups(chance: random.Random, text: str) -> list[str]:
    """Cut into two to four characters each, not as it was."""
    found, start = [], 0
    while start < len(text):
        step = chance.choice([2, 3, 3, 4])
        found.append(text[start : start + step])
        start += step
    return found


def _joined(one: Secret, chance: random.Random, by: str) -> Told:
    made = by.join(groups(chance, bare(one.text)))
    return made if made != one.text and by in made else None


@tells("verbatim")
def verbatim(one: Secret, _: random.Random) -> Told:
    """As it is."""
    return one.text


@tells("verbatim")
def as_stored(one: Secret, _: random.Random) -> Told:
    """As a system holds it, odd characters and all."""
    return one.stored or None


@tells("verbatim")
def in_quotes(one: Secret, chance: random.Random) -> Told:
    """In quotation marks of some country."""
    left, right = chance.choice(["“”", "‘’", '""', "«»", "„“"])
    return f"{left}{one.text}{right}"


@tells("verbatim")
def in_brackets(one: Secret, chance: random.Random) -> Told:
    """In brackets, after a general word."""
    left, right = chance.choice(["()", "[]", "【】"])
    return f"what we have {left}{one.text}{right}"


@tells("verbatim")
def between_dashes(one: Secret, _: random.Random) -> Told:
    """With no space between the value and the marks around it."""
    return f"this—{one.text}—in full" if one.shape != "phone" else f"this ({one.text})/"


@tells("verbatim")
def emphasised(one: Secret, chance: random.Random) -> Told:
    """In Markdown."""
    mark = chance.choice(["**", "*", "`", "_", "~~"])
    return f"{mark}{one.text}{mark}"


@tells("verbatim")
def twice(one: Secret, _: random.Random) -> Told:
    """Said, and said again."""
    return f"{one.text} (yes, {one.text})"


@tells("case", "code", "name", "email", "address", "postcode", "note")
def lower_case(one: Secret, _: random.Random) -> Told:
    """All in small letters."""
    return one.text.lower() if one.text != one.text.lower() else None


@tells("case", "code", "name", "email", "address", "postcode", "note")
def upper_case(one: Secret, _: random.Random) -> Told:
    """All in capitals."""
    return one.text.upper() if one.text != one.text.upper() else None


@tells("case", "code", "name", "email", "address", "note")
def mixed_case(one: Secret, chance: random.Random) -> Told:
    """Capitals here and there."""
    made = "".join(chance.choice([letter.lower(), letter.upper()]) for letter in one.text)
    return made if made != one.text else None


@tells("spacing", *CODES)
def spaced_out(one: Secret, _: random.Random) -> Told:
    """A space after each character."""
    return " ".join(bare(one.text))


@tells("spacing", *CODES)
def regrouped_by_spaces(one: Secret, chance: random.Random) -> Told:
    """In other groups than it was."""
    return _joined(one, chance, " ")


@tells("spacing", *CODES)
def regrouped_by_hyphens(one: Secret, chance: random.Random) -> Told:
    """With hyphens."""
    return _joined(one, chance, "-")


@tells("spacing", *CODES)
def regrouped_by_dots(one: Secret, chance: random.Random) -> Told:
    """With dots."""
    return _joined(one, chance, ".")


@tells("spacing", *CODES)
def regrouped_by_slashes(one: Secret, chance: random.Random) -> Told:
    """With slashes or underscores."""
    return _joined(one, chance, chance.choice(["/", "_", "|", " / "]))


@tells("spacing", *CODES)
def joined(one: Secret, _: random.Random) -> Told:
    """With nothing between its characters."""
    return bare(one.text) if bare(one.text) != one.text else None


@tells("spacing", *CODES)
def comma_by_comma(one: Secret, _: random.Random) -> Told:
    """Read out with commas."""
    return ", ".join(bare(one.text))


@tells("spacing", *CODES)
def with_pauses(one: Secret, chance: random.Random) -> Told:
    """Read out in groups with dots of suspense."""
    return _joined(one, chance, chance.choice(["… ", "... ", " – ", ", then "]))


@tells("spacing", *CODES, "address", "name", "note")
def over_lines(one: Secret, chance: random.Random) -> Told:
    """With a line break in the middle."""
    if one.shape in {"address", "name", "note"}:
        return re.sub(r"\s+", "\n", one.text, count=3) if " " in one.text else None
    return _joined(one, chance, "\n")


@tells("spacing")
def odd_spaces(one: Secret, chance: random.Random) -> Told:
    """With spaces that aren't the common one."""
    odd = chance.choice(["\u00a0", "\u2009", "\u202f", "\u3000", "  ", "\t"])
    if " " in one.text:
        return one.text.replace(" ", odd)
    return _joined(one, chance, odd) if one.shape in CODES else None


@tells("spacing", *CODES)
def no_break_hyphens(one: Secret, chance: random.Random) -> Told:
    """With hyphens that aren't the common one."""
    return _joined(one, chance, chance.choice(["\u2011", "\u2013", "\u2212", "\u00b7"]))


@tells("spacing", *CODES)
def in_a_list(one: Secret, chance: random.Random) -> Told:
    """Group by group, numbered like a list."""
    parts = groups(chance, bare(one.text))
    return "first " + parts[0] + "".join(f", next {part}" for part in parts[1:]) if len(parts) > 1 else None


@tells("spacing", *CODES)
def with_words_between(one: Secret, chance: random.Random) -> Told:
    """In two halves with a word between them."""
    text = bare(one.text)
    between = chance.choice([" followed by ", " and then ", " plus ", " with "])
    return text[: len(text) // 2] + between + text[len(text) // 2 :]
