"""A small guess at the language of a message, offline: its script, letters that only one language has, common words."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import re2

from tone_rules.located import read
from tone_rules.readings.rules import FOLDER
from tone_rules.value import Value

UNKNOWN = "und"

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_MOST_TOKENS = 400
_HINT = 1.0
"""Words that the language in the customer's profile counts beforehand; the brand's own languages count half."""

_LETTER = 1.5
_ENOUGH = 2.0
"""Common words, or one and a telling letter, that a guess needs."""

_SCRIPT_SHARE = 0.3


class LanguageProfiles(Value):
    """`language.yaml`."""

    profiles: Mapping[str, tuple[str, ...]]
    scripts: Mapping[str, str]
    letters: Mapping[str, str]
    names: Mapping[str, str]
    """Of the languages, in English."""
    examples: Mapping[str, tuple[str, ...]]


def language(message: str, hint: str | None = None, usual: Sequence[str] = ()) -> str:
    """The ISO 639-1 code of the language of `message`, "und" where it is too short to tell.

    Args:
        message: the text.
        hint: what the customer's profile says; decides where the text doesn't.
        usual: the brand's languages; they weigh in where two are close.
    """
    text = message[:8000].lower().replace("’", "'")
    letters = sum(character.isalpha() for character in text)
    by_script = _script(text, letters)
    if by_script:
        return by_script
    scores: dict[str, float] = defaultdict(float)
    words = _words()
    for number, token in enumerate(_TOKEN.finditer(text)):
        if number >= _MOST_TOKENS:
            break
        for code in words.get(token.group(), ()):
            scores[code] += 1
    for code, marks in profiles().letters.items():
        if any(mark in text for mark in marks):
            scores[code] += _LETTER
    if hint and scores:
        scores[hint] += _HINT
    for code in usual:
        if code in scores:
            scores[code] += _HINT / 2
    best = max(scores, key=lambda code: (scores[code], code == hint, code in usual, code == "en"), default=None)
    if best is None or scores[best] < _ENOUGH:
        return hint or UNKNOWN
    return best


@cache
def profiles() -> LanguageProfiles:
    """The profiles that ship."""
    return read(FOLDER / "language.yaml", LanguageProfiles, "the language profiles")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, words in profiles().profiles.items():
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(dict.fromkeys(codes)) for word, codes in found.items()}


@cache
def _scripts() -> "tuple[tuple[str, re2._Regexp], ...]":
    return tuple((code, re2.compile(pattern)) for code, pattern in profiles().scripts.items())


def _script(text: str, letters: int) -> str | None:
    if not letters or text.isascii():
        return None
    for code, pattern in _scripts():
        found = len(pattern.findall(text))
        if found >= 2 and found / letters >= _SCRIPT_SHARE:
            ukrainian = code == "ru" and any(mark in text for mark in profiles().letters["uk"])
            return "uk" if ukrainian else code
    return None
