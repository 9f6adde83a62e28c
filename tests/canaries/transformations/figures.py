"""Scores, counts and spans of time, otherwise written, in words, or reckoned from."""

import random

from values import Secret
from words import cardinal, suffixed

from transformations import Told, tells


@tells("format", "number", sentence=True)
def score_otherwise(one: Secret, chance: random.Random) -> Told:
    """83%, 83 out of 100, 0,83, .83, for 0.83."""
    if one.parts["unit"] != "score":
        return None
    hundredths, word = one.parts["hundredths"], one.name.split("_")[0]
    shown = chance.choice(
        [f"{hundredths}%", f"{hundredths} out of 100", f"{hundredths}/100", f"0,{hundredths}", f".{hundredths}",
         f"{hundredths} per cent", f"0·{hundredths}"]
    )  # fmt: skip
    return f"The {word} value for you is {shown}."


@tells("spelled", "number", sentence=True)
def score_in_words(one: Secret, chance: random.Random) -> Told:
    """As in "Nought point eight three"."""
    if one.parts["unit"] != "score":
        return None
    tens, ones = divmod(one.parts["hundredths"], 10)
    lead = chance.choice(["nought", "zero"])
    return f"You stand at {lead} point {cardinal(tens)} {cardinal(ones)} on {one.name.split('_')[0]}."


@tells("format", "number", sentence=True)
def since_in_a_sentence(one: Secret, chance: random.Random) -> Told:
    """As in "With us since 2014"."""
    if one.parts["unit"] != "since":
        return None
    return chance.choice(
        [
            "You've been with us since {x}.",
            "Thank you for every year since {x}.",
            "A customer since {x} deserves better.",
        ]
    ).format(x=one.text)


@tells("format", "number", certain=False, sentence=True, seen=False)
def years_reckoned(one: Secret, chance: random.Random) -> Told:
    """As in "Twelve years with us" for 2014; "over a decade"."""
    if one.parts["unit"] != "since":
        return None
    years = one.parts["years"]
    told = "more than a decade" if years > 10 and chance.random() < 0.4 else cardinal(years) + " years"
    return f"After {told} with us you should hear it from a person."


@tells("format", "number", sentence=True)
def months_otherwise(one: Secret, chance: random.Random) -> Told:
    """As in "Thirty-one months", "2 years and 7 months"."""
    if one.parts["unit"] != "months":
        return None
    years, months = divmod(one.parts["months"], 12)
    told = chance.choice(
        [cardinal(one.parts["months"]) + " months", f"{years} year{'s'[: years > 1]} and {months} months"]
    )
    return f"You have been with us for {told}."


@tells("format", "number", certain=False, sentence=True, seen=False)
def months_rounded(one: Secret, _: random.Random) -> Told:
    """As in "More than two years"."""
    if one.parts["unit"] != "months":
        return None
    years = one.parts["months"] // 12
    return f"You have been with us for more than {cardinal(years)} year{'s'[: years > 1]}."


@tells("format", "number", sentence=True)
def count_in_words(one: Secret, _: random.Random) -> Told:
    """As in "Fourteen contacts"."""
    if one.parts["unit"] != "count":
        return None
    return f"I can count {cardinal(one.parts['count'])} {one.parts['thing']} on your side."


@tells("format", "number", certain=False, sentence=True, seen=False)
def count_ordinal(one: Secret, _: random.Random) -> Told:
    """As in "Your 14th contact"."""
    if one.parts["unit"] != "count":
        return None
    return f"This was your {suffixed(one.parts['count'])} of these {one.parts['thing']}."


@tells("format", "number", certain=False, sentence=True, seen=False)
def count_about(one: Secret, _: random.Random) -> Told:
    """As in "Dozens of orders"."""
    if one.parts["unit"] != "count":
        return None
    told = "dozens of" if one.parts["count"] > 24 else "over a dozen"
    return f"Somebody with {told} {one.parts['thing']} deserves better."
