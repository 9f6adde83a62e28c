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
_TELL = 1.5
"""What a word counts that one language alone has."""

_ENOUGH, _ALONE = 2.0, 1.0
"""Common words, or one and a telling letter, that a guess needs; and that it needs where no other language is meant:
for English one word, so that "My card broke." is English, for the others a telling one."""

_SCRIPT_SHARE = 0.3


class LanguageProfiles(Value):
    """`language.yaml`."""

    profiles: Mapping[str, tuple[str, ...]]
    scripts: Mapping[str, str]
    letters: Mapping[str, str]
    tells: Mapping[str, tuple[str, ...]]
    """Words of one language alone."""
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
        for code, worth in words.get(token.group(), {}).items():
            scores[code] += worth
    for code, marks in profiles().letters.items():
        if any(mark in text for mark in marks):
            scores[code] += _LETTER
    enough = _ENOUGH if len(scores) != 1 else _ALONE if "en" in scores else _TELL
    if hint and scores:
        scores[hint] += _HINT
    for code in usual:
        if code in scores:
            scores[code] += _HINT / 2
    best = max(scores, key=lambda code: (scores[code], code == hint, code in usual, code == "en"), default=None)
    if best is None or scores[best] < enough:
        return hint or UNKNOWN
    return best


@cache
def profiles() -> LanguageProfiles:
    """The profiles that ship."""
    return read(FOLDER / "language.yaml", LanguageProfiles, "the language profiles")


@cache
def _words() -> dict[str, dict[str, float]]:
    """What each word counts for each language."""
    found: dict[str, dict[str, float]] = {}
    for worth, lists in ((1.0, profiles().profiles), (_TELL, profiles().tells)):
        for code, words in lists.items():
            for word in words:
                found.setdefault(word, {})[code] = worth
    return found


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
