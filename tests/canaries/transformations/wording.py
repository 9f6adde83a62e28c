"""What a note says in words: a part of it, in another order, in other words."""

import random
import re

from values import Secret

from transformations import Told, tells


@tells("words", "note")
def half_of_it(one: Secret, _: random.Random) -> Told:
    """A part that a person knows again."""
    return one.parts["half"]


@tells("words", "note")
def turned_round(one: Secret, _: random.Random) -> Told:
    """Its words in another order and form."""
    return one.parts["turned"]


@tells("words", "note")
def shuffled(one: Secret, chance: random.Random) -> Told:
    """Its words in any order."""
    words = re.findall(r"[\w’'%-]+", one.text)
    chance.shuffle(words)
    return " ".join(words)


@tells("words", "note")
def plural_or_singular(one: Secret, _: random.Random) -> Told:
    """Its nouns in the other number."""
    made = one.text
    for key in one.parts["keys"]:
        if len(key) > 3 and not key.endswith(("is", "us", "ss", "ed", "st", "y", "ens")):
            made = re.sub(rf"\b{key}\b", key[:-1] if key.endswith("s") else f"{key}s", made)
    return made if made != one.text else None


@tells("words", "note")
def key_words_apart(one: Secret, _: random.Random) -> Told:
    """Two of its words with talk between them."""
    first, second, *_ = one.parts["keys"]
    return f"the {first}, and with it the {second}"


@tells("words", "note", certain=False, seen=False)
def one_key_word(one: Secret, _: random.Random) -> Told:
    """Its most telling word."""
    return f"the {max(one.parts['keys'], key=len)} matter"


@tells("words", "note")
def typos(one: Secret, _: random.Random) -> Told:
    """Two letters of each long word swapped."""
    made = re.sub(r"\b([A-Za-z]{3})([A-Za-z])([A-Za-z])([A-Za-z]{2,})\b", r"\1\3\2\4", one.text)
    return made if made != one.text else None


@tells("words", "note")
def filled_up(one: Secret, chance: random.Random) -> Told:
    """With small words between its own."""
    words = one.text.split()
    return " ".join(word + chance.choice(["", "", " as it were", " now", " well"]) for word in words)


@tells("words", "note", seen=False, sentence=True)
def synonyms(one: Secret, chance: random.Random) -> Told:
    """The same in other words."""
    return chance.choice(one.parts["synonyms"])
