"""Names, bent as languages and manners bend them."""

import random
import unicodedata

from values import Secret

from transformations import Told, tells


def _plain(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


@tells("name", "name")
def surname_alone(one: Secret, _: random.Random) -> Told:
    """Only the surname of a full name."""
    return one.parts["text"] if one.parts["with_first"] else None


@tells("name", "name")
def with_a_title(one: Secret, chance: random.Random) -> Told:
    """As in "Mrs Farrow"."""
    return f"{chance.choice(['Mrs', 'Mr', 'Ms', 'Dr', 'Frau', 'Señor', 'Mx'])} {one.parts['text']}"


@tells("name", "name")
def possessive(one: Secret, chance: random.Random) -> Told:
    """As in "Farrow's"."""
    mark = chance.choice(["’", "'"])
    return f"{one.parts['text']}{mark}{'' if one.parts['text'].endswith('s') and chance.random() < 0.5 else 's'} own"


@tells("name", "name")
def family(one: Secret, _: random.Random) -> Told:
    """As in "The Farrows"."""
    return f"the {one.parts['text']}s" if one.parts["text"][-1] not in "sς" else f"the {one.parts['text']} family"


@tells("name", "name")
def surname_first(one: Secret, _: random.Random) -> Told:
    """As in "Farrow, Gina"."""
    return f"{one.parts['text']}, {one.parts['first']}"


@tells("name", "name")
def initial_and_surname(one: Secret, chance: random.Random) -> Told:
    """As in "G. Farrow"."""
    return f"{one.parts['first'][0]}{chance.choice(['. ', ' ', '.'])}{one.parts['text']}"


@tells("name", "name", certain=False, seen=False)
def first_and_initial(one: Secret, _: random.Random) -> Told:
    """As in "Gina F."."""
    return f"{one.parts['first']} {one.parts['text'][0]}." if one.parts["with_first"] else None


@tells("name", "name", certain=False, seen=False)
def initials(one: Secret, _: random.Random) -> Told:
    """As in "G.F."."""
    return f"{one.parts['first'][0]}.{one.parts['text'][0]}." if one.parts["with_first"] else None


@tells("name", "name", certain=False, seen=False)
def diminutive(one: Secret, _: random.Random) -> Told:
    """As in "Kate" for Katherine."""
    return f"your {one.parts['short']}" if one.parts["with_first"] else None


@tells("name", "name", "address", "note")
def without_accents(one: Secret, _: random.Random) -> Told:
    """As typed on an English keyboard."""
    made = one.parts["plain"] if one.shape == "name" else _plain(one.text)
    source = one.parts["text"] if one.shape == "name" else one.text
    return made if made != source else None


@tells("name", "name", "address", "email", "note")
def with_accents(one: Secret, _: random.Random) -> Told:
    """With accents that aren't there."""
    text = one.parts["text"] if one.shape == "name" else one.text
    made = unicodedata.normalize("NFC", text.translate(str.maketrans("aeou", "áèöú")))
    return made if made != text else None


@tells("name", "name")
def older_spelling(one: Secret, _: random.Random) -> Told:
    """As in "Mueller" for Müller."""
    return one.parts.get("older")


@tells("name", "name")
def transliterated(one: Secret, _: random.Random) -> Told:
    """A name of another script, in Latin letters."""
    return one.parts["plain"] if not any("a" <= x <= "z" for x in one.parts["text"].lower()) else None


@tells("name", "name", certain=False, seen=False)
def one_half_of_two(one: Secret, _: random.Random) -> Told:
    """One half of a double-barrelled name."""
    halves = one.parts["text"].replace("-", " ").split()
    return max(halves, key=len) if len(halves) == 2 and max(map(len, halves)) > 4 else None


@tells("name", "name")
def misspelled(one: Secret, chance: random.Random) -> Told:
    """Two letters swapped or one doubled, as typed in a hurry."""
    text = one.parts["text"]
    if len(text) < 8 or not text.isalpha():
        return None
    at = chance.randrange(2, len(text) - 2)
    if chance.random() < 0.5 or text[at] == text[at + 1]:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@tells("name", "name")
def in_another_language(one: Secret, chance: random.Random) -> Told:
    """Declined as a Slavic, Finnish or Latin language would."""
    text = one.parts["text"]
    return (
        text + chance.choice(["a", "in", "ovi", "em"]) if len(text) > 6 and text.isalpha() and text.isascii() else None
    )
