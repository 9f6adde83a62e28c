"""Words that say outright whether somebody did well or badly, whatever the rest of the message sounds like."""

import regex

_SCOLDS = regex.compile(
    r"\b(?:rude\w*|awful|terribl[ey]|worst|horribl[ey]|disgust\w*|disgrac\w*|useless|unhelpful|ignored|shouted"
    r"|laughed at|lied"
    r"|appalling|shocking|pathetic|disappoint\w*|never again|agony|(?:could(?:n['’]?t| not)) (?:have )?care)",
    regex.I,
)


def scolds(message: str) -> bool:
    """Whether a message says outright that something or somebody was bad."""
    return _SCOLDS.search(message[:4_000]) is not None


_DID_WELL = regex.compile(
    r"\b(?:that['’]?s|this is) how (?:you|it|to)\b|\b(?:legends?|(?<!five )(?<!\d )(?:absolute )?stars?|heroe?s?"
    r"|top (?:service|marks|man|"
    r"lady|bloke)|well done|credit to|hats? off|above and beyond|couldn['’]?t be happier|so impressed"
    r"|brilliant (?:service|"
    r"team|help)|(?:great|fantastic|excellent|amazing|superb) (?:service|help|people|team|job)"
    r"|give (?:that|this|the|him|her|them) (?:(?:man|woman|lady|lad|guy|team|crew|driver|engineer) )?an? (?:raise"
    r"|pay ?rise|medal"
    r"|promotion|bonus|biscuit|day off)|(?:is|was|are|were) (?:an? )?(?:absolute |total |proper )?(?:wizards?|angels?"
    r"|gems?|"
    r"lifesavers?|saints?|dreams?)|made (?:my|our|her|his|their) (?:day|week|year|night))\b",
    regex.I,
)


def did_well(message: str) -> bool:
    """Whether a message says outright that somebody did well."""
    return _DID_WELL.search(message[:4_000]) is not None
