"""Words that say outright whether somebody did well or badly, whatever the rest of the message sounds like."""

import regex

_SCOLDS = regex.compile(
    r"\b(?:awful|terribl[ey]|worst|horribl[ey]|disgust\w*|disgrac\w*|appalling|shocking|pathetic|disappoint\w*"
    r"|rude\w*|useless|unhelpful|ignored|shouted|laughed at|lied"
    r"|never again|agony|(?:could(?:n['’]?t| not)) (?:have )?care)",
    regex.I,
)


def scolds(message: str) -> bool:
    """Whether a message says outright that something or somebody was bad."""
    return _SCOLDS.search(message[:4_000]) is not None


_DID_WELL = regex.compile(
    r"\b(?:that['’]?s|this is) how (?:you|it|to)\b"
    r"|\b(?:legends?|(?<!five )(?<!\d )(?:absolute )?stars?|heroe?s?|well done|credit to|hats? off"
    r"|above and beyond|couldn['’]?t be happier|so impressed"
    r"|top (?:service|marks|man|lady|bloke)|brilliant (?:service|team|help)"
    r"|(?:great|fantastic|excellent|amazing|superb) (?:service|help|people|team|job)"
    r"|give (?:that|this|the|him|her|them) (?:(?:man|woman|lady|lad|guy|team|crew|driver|engineer) )?"
    r"an? (?:raise|pay ?rise|medal|promotion|bonus|biscuit|day off)"
    r"|(?:is|was|are|were) (?:an? )?(?:absolute |total |proper )?(?:wizards?|angels?|gems?|lifesavers?|saints?|dreams?)"
    r"|made (?:my|our|her|his|their) (?:day|week|year|night))\b",
    regex.I,
)


def did_well(message: str) -> bool:
    """Whether a message says outright that somebody did well."""
    return _DID_WELL.search(message[:4_000]) is not None
