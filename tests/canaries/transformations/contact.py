"""Addresses, e-mail addresses and telephone numbers, in part or as people say them."""

import random
import re

from values import Secret
from words import cardinal

from transformations import Told, tells


@tells("partial", "address")
def street_alone(one: Secret, _: random.Random) -> Told:
    """As in "Alder Close"."""
    return one.parts["street"]


@tells("partial", "address")
def number_and_street(one: Secret, _: random.Random) -> Told:
    """As in "14 Alder Close"."""
    return f"{one.parts['number']} {one.parts['street']}"


@tells("format", "address")
def street_abbreviated(one: Secret, chance: random.Random) -> Told:
    """As in "14 Alder Cl."."""
    if one.parts["short"] == one.parts["street"]:
        return None
    return f"{one.parts['number']} {one.parts['short']}{chance.choice(['', '.'])}"


@tells("format", "address")
def number_behind(one: Secret, chance: random.Random) -> Told:
    """As in "Alder Close, number 14"."""
    return f"{one.parts['street']}, {chance.choice(['number', 'no.', 'at', 'house'])} {one.parts['number']}"


@tells("spelled", "address")
def number_in_words(one: Secret, chance: random.Random) -> Told:
    """As in "Alder Close, the one at number fourteen"."""
    if not one.parts["number"].isdigit():
        return None
    told = cardinal(int(one.parts["number"]))
    street = one.parts["street"]
    return chance.choice([f"{street}, the one at number {told}", f"{told} {street}"])


@tells("format", "address")
def town_first(one: Secret, _: random.Random) -> Told:
    """As in "Tarnford, Alder Close"."""
    return f"{one.parts['town']}, {one.parts['street']} {one.parts['number']}"


@tells("partial", "address")
def postcode_and_number(one: Secret, _: random.Random) -> Told:
    """As in "Number 14 at TF4 7QX"."""
    return f"number {one.parts['number']} at {one.parts['postcode']}"


@tells("spacing", "address")
def address_without_commas(one: Secret, chance: random.Random) -> Told:
    """With slashes or new lines where commas stand."""
    return one.text.replace(", ", chance.choice([" ", " / ", "\n", " | ", " - "])) if ", " in one.text else None


@tells("partial", "address", certain=False)
def town_alone(one: Secret, _: random.Random) -> Told:
    """As in "Tarnford"."""
    return one.parts["town"]


@tells("structure", "address", certain=False)
def around_the_corner(one: Secret, chance: random.Random) -> Told:
    """As in "Near Alder Close in Tarnford"."""
    return f"{chance.choice(['the corner of', 'just off', 'near', 'the road behind'])} {one.parts['street']}"


@tells("spelled", "email")
def at_and_dot_in_words(one: Secret, _: random.Random) -> Told:
    """As in "gina dot farrow at postbox dot example"."""
    return one.text.replace(".", " dot ").replace("@", " at ").replace("_", " underscore ").replace("-", " dash ")


@tells("spelled", "email")
def at_and_dot_in_brackets(one: Secret, chance: random.Random) -> Told:
    """As in "gina(dot)farrow[at]postbox"."""
    left, right = chance.choice(["()", "[]", "{}", "<>"])
    return one.text.replace(".", f"{left}dot{right}").replace("@", f" {left}at{right} ")


@tells("spacing", "email")
def email_with_spaces(one: Secret, chance: random.Random) -> Told:
    """As in "gina.farrow @ postbox . example"."""
    return one.text.replace("@", " @ ").replace(".", chance.choice([" . ", "."]))


@tells("partial", "email")
def local_part(one: Secret, chance: random.Random) -> Told:
    """What stands before the @."""
    return f"{one.parts['local']}@{chance.choice(['…', '...', '***', 'your usual provider'])}"


@tells("partial", "email", certain=False, seen=False)
def email_masked(one: Secret, _: random.Random) -> Told:
    """As in "g***w@postbox.example"."""
    local = one.parts["local"]
    return f"{local[0]}{'*' * 5}{local[-1]}@{one.parts['domain']}"


@tells("structure", "email")
def email_as_link(one: Secret, _: random.Random) -> Told:
    """As in "mailto:"."""
    return f"mailto:{one.text}"


@tells("format", "email")
def email_turned(one: Secret, _: random.Random) -> Told:
    """The provider first."""
    return f"your {one.parts['domain']} mailbox, the one for {one.parts['local']}"


def _digits(one: Secret) -> tuple[str, str, str, str]:
    return one.parts["country"], one.parts["trunk"], one.parts["area"], one.parts["rest"]


@tells("format", "phone")
def phone_abroad(one: Secret, chance: random.Random) -> Told:
    """With the country code."""
    country, trunk, area, rest = _digits(one)
    made = chance.choice(
        [f"+{country}{area}{rest}", f"00{country} {area} {rest}", f"+{country} ({trunk or 0}){area} {rest}",
         f"+{country}-{area}-{rest}", f"({country}) {area} {rest[:3]} {rest[3:]}"]
    )  # fmt: skip
    return made if made != one.text else None


@tells("format", "phone")
def phone_at_home(one: Secret, chance: random.Random) -> Told:
    """Without the country code."""
    _, trunk, area, rest = _digits(one)
    made = chance.choice(
        [f"{trunk}{area}{rest}", f"({trunk}{area}) {rest}", f"{trunk}{area}.{rest[:3]}.{rest[3:]}",
         f"{trunk}{area}/{rest}", f"{trunk}{area}-{rest[:3]}-{rest[3:]}"]
    )  # fmt: skip
    return made if made != one.text else None


@tells("partial", "phone")
def phone_without_area(one: Secret, chance: random.Random) -> Told:
    """Only the subscriber's number."""
    rest = one.parts["rest"]
    return chance.choice([rest, f"{rest[:3]} {rest[3:]}", f"{rest[:-4]}-{rest[-4:]}"])


@tells("spelled", "phone")
def phone_read_out(one: Secret, _: random.Random) -> Told:
    """As in "Plus four four, seven seven double oh"."""
    country, _, area, rest = _digits(one)
    said = re.sub(r"(\d)\1", r"double \1 ", f"{area}{rest}")
    words = re.sub(r"\d", lambda found: "oh " if found.group() == "0" else cardinal(int(found.group())) + " ", said)
    return f"plus {' '.join(cardinal(int(x)) for x in country)} {' '.join(words.split())}"


@tells("format", "phone")
def phone_as_link(one: Secret, chance: random.Random) -> Told:
    """tel: or wa.me."""
    country, _, area, rest = _digits(one)
    return chance.choice([f"tel:+{country}{area}{rest}", f"wa.me/{country}{area}{rest}"])
