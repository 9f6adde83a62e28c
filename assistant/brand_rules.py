"""The rules that follow from `brand.yaml` alone: words to avoid, terms as the brand writes them, the signature."""

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from assistant.brand import Brand, WordToAvoid
from assistant.naming import PLACEHOLDERS

Definition = Mapping[str, Any]


def rules_of(brand: Brand) -> Iterator[tuple[str, Definition]]:
    """Each rule by its name in the pack `Brand`, as its file would say it."""
    for avoided in brand.words_to_avoid:
        yield f"Avoid{_camel(avoided.word)}", _avoid(avoided)
    terms = {one.lower(): one for one in brand.words_to_use if one != one.lower()}
    if terms:
        yield "Terms", _terms(terms)
    if brand.signature:
        own = [name for name, settings in brand.channels.items() if settings.signature]
        yield "Signature", _signed(brand.signature, _elsewhere(own))
    for name, settings in brand.channels.items():
        if settings.signature:
            yield f"Signature{_camel(name)}", _signed(settings.signature, [name])


def _avoid(avoided: WordToAvoid) -> Definition:
    word = regex.escape(avoided.word, literal_spaces=True)
    why = {"description": "A word that this brand does not use: words_to_avoid in its brand.yaml."}
    if avoided.replace is not None:
        return {
            "extends": "substitution",
            "message": "We say '%s', not '%s'.",
            "ignorecase": True,
            "action": {"name": "replace"},
            "swap": {word: avoided.replace},
            **why,
        }
    advice = f": {avoided.instead}" if avoided.instead else ""
    message = f"We don't say '%s'{advice}."
    return {"extends": "existence", "message": message, "ignorecase": True, "tokens": [word], **why}


def _terms(terms: Mapping[str, str]) -> Definition:
    """Terms with capitals of their own, written otherwise."""
    return {
        "extends": "substitution",
        "message": "We write '%s', not '%s'.",
        "description": "The brand's own terms have their own capitals: words_to_use in its brand.yaml.",
        "level": "suggestion",
        "action": {"name": "replace"},
        "swap": {regex.escape(written, literal_spaces=True): term for written, term in terms.items()},
    }


def _signed(signature: str, channels: list[str]) -> Definition:
    """A reply ends with the signature's pattern; a pattern that names the agent only where there is one."""
    named = any(f"{{{one}}}" in signature for one in PLACEHOLDERS)
    when = {**({"agent": True} if named else {}), **({"channel": channels} if channels else {})}
    return {
        "extends": "required",
        "level": "suggestion",
        "message": f"Sign as the brand does: {signature}",
        "description": "Who reads a reply sees who answers for it: signature in the brand's brand.yaml.",
        "nonword": True,
        "tokens": [_pattern(signature)],
        **({"when": when} if when else {}),
    }


def _pattern(signature: str) -> str:
    """A signature as a regular expression that any agent's name fits."""
    pattern = str(regex.escape(signature)).replace(r"\{initials\}", r"\w{1,4}")
    return pattern.replace(r"\{name\}", r"\w[\w .'’-]*").replace(r"\{first_name\}", r"\w[\w'’-]*")


def _elsewhere(own: list[str]) -> list[str]:
    """All channels but those with a signature of their own; none where that is all of them."""
    from tone_rules.channels import channel_names

    return [one for one in channel_names() if one not in own] if own else []


def _camel(word: str) -> str:
    return "".join(part.capitalize() for part in regex.findall(r"[^\W_]+", word)) or "Word"
