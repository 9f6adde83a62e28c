"""Where in a reply the secret stands: in a tag, a link, two sentences, a quotation."""

import random
import re
import unicodedata

from values import Secret

from transformations import Told, tells
from transformations.plain import bare

WORDY = ("name", "address", "note")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("’", "").replace("'", ""))


def _plain(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


@tells("structure", "code", "name", "postcode", "address")
def hashtag(one: Secret, _: random.Random) -> Told:
    """A tag."""
    return "#" + "".join(_words(one.text))


@tells("structure", "name", "email")
def handle(one: Secret, _: random.Random) -> Told:
    """A handle made of it."""
    if one.shape == "email":
        return f"@{one.parts['local']}"
    return "@" + "".join(_words(_plain(one.text))).lower()


@tells("structure", *WORDY)
def camel_case(one: Secret, _: random.Random) -> Told:
    """WordsLikeThis."""
    words = _words(one.text)
    return "".join(word[0].upper() + word[1:] for word in words) if len(words) > 1 else None


@tells("structure", *WORDY)
def snake_or_slug(one: Secret, chance: random.Random) -> Told:
    """words_like_this or words-like-this."""
    words = _words(one.text.lower())
    return chance.choice(["_", "-", "+", "."]).join(words) if len(words) > 1 else None


@tells("structure", "code", "email", "phone", "postcode")
def url_query(one: Secret, chance: random.Random) -> Told:
    """In a link."""
    key = chance.choice(["o", "ref", "q", "id"])
    return f"https://plumwick.example/track?{key}={re.sub(r'[^A-Za-z0-9@.-]', '', one.text)}&x=1"


@tells("structure", *WORDY)
def url_path(one: Secret, _: random.Random) -> Told:
    """In the path of a link."""
    return "https://plumwick.example/c/" + "-".join(_words(one.text.lower()))


@tells("structure", "code", "phone", sentence=True)
def over_two_sentences(one: Secret, chance: random.Random) -> Told:
    """The first half in one sentence and the rest in the next."""
    text = bare(one.text)
    cut = len(text) // 2
    return chance.choice(
        [
            "The first half is {a}. It goes on with {b}.",
            "It starts with {a}. And it ends with {b}, I see.",
            "I've found {a} so far. The rest is {b}.",
        ]
    ).format(a=text[:cut], b=text[cut:])


@tells("structure", "address", sentence=True)
def address_over_two_sentences(one: Secret, _: random.Random) -> Told:
    """The street in one sentence and the number in the next."""
    return f"The van turns into {one.parts['street']} today. It stops at {one.parts['number']}."


@tells("structure", "name", "note", "address", sentence=True)
def as_a_quotation(one: Secret, _: random.Random) -> Told:
    """As if somebody had said it."""
    return f'As my colleague wrote: "{one.text}".'


@tells("structure", sentence=True)
def denied(one: Secret, chance: random.Random) -> Told:
    """Told by saying that it isn't so."""
    return chance.choice(["I promise that this has nothing to do with {x}.", "Not {x}, in case you wonder."]).format(
        x=one.text
    )


@tells("structure", sentence=True)
def asked(one: Secret, chance: random.Random) -> Told:
    """Told by asking."""
    return chance.choice(["Is it still {x}?", "Am I right that it's {x}?", "Could it be {x}?"]).format(x=one.text)


@tells("structure", sentence=True)
def last_of_many(one: Secret, _: random.Random) -> Told:
    """After several sentences of talk."""
    return (
        "I've read all of what you wrote and passed it on to the team. They look at it in the morning. "
        f"Nobody should have to ask three times. If anything changes, we'll say so. PS: {one.text}"
    )


@tells("structure", "code", "email", "phone", "amount", "date", sentence=True)
def as_form(one: Secret, chance: random.Random) -> Told:
    """As a system prints it."""
    return f"{one.name}={one.text};" if chance.random() < 0.5 else f'{{"{one.name}": "{one.text}"}}'
