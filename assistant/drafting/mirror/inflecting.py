"""Forms of verbs: "goes", "went", "going"."""

import regex

from assistant.drafting.mirror.lists import mended

_DOUBLED = regex.compile(r"(?:[^aeiou]|qu)[aeiou][bdgklmnprt]$")
"""A short vowel before one consonant, which is written twice before an ending."""


def third_person(verb: str) -> str:
    """The form of a verb behind "it"."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if regex.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if regex.search(r"[^aeiou]y$", verb) else f"{verb}s"


def past(verb: str) -> str:
    """The past of a verb's base."""
    known = mended("past").get(verb)
    if known is not None:
        return known
    if verb.endswith("e"):
        return f"{verb}d"
    if regex.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{_stem(verb)}ed"


def going(verb: str) -> str:
    """The -ing form of a verb's base."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if regex.search(r"[^eoy]e$", verb) and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{_stem(verb)}ing"


def _stem(verb: str) -> str:
    once = len(regex.findall(r"[aeiou]+", verb)) == 1
    return verb + verb[-1] if once and _DOUBLED.search(verb) and not verb.endswith(("w", "x", "y")) else verb
