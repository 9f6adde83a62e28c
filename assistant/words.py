"""The words of a question that carry meaning, and what else customers and help pages call the same thing."""

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import re2
import regex
import yaml

_ENDINGS = ("s", "es", "ed", "d", "ing", "er")
_WORD = regex.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’-][^\W_]+)*")
_READ = 5_000
"""Characters of a question that are read."""
_KINDS = ("circles", "things")
_MOST = 60
"""Words of a question that are looked for."""


@cache
def _vocabulary() -> dict[str, list[Any]]:
    text = files("assistant").joinpath("retrieval.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  # BaseLoader builds strings only


@cache
def _stop() -> frozenset[str]:
    return frozenset(_vocabulary()["stop"])


@cache
def _circles(*kinds: str) -> dict[str, frozenset[str]]:
    circles: dict[str, set[str]] = {}
    for circle in (one for kind in kinds for one in _vocabulary()[kind]):
        for word in circle:
            circles.setdefault(word, set()).update(circle)
    return {word: frozenset(others - {word}) for word, others in circles.items()}


@cache
def _phrases() -> tuple["regex.Pattern[str]", dict[str, str]]:
    """What finds the entries of several words, the longest first, and the word that each stands for."""
    meant = {phrase: circle[0] for circle in _vocabulary()["meant"] for phrase in circle[1:]}
    meant = {word: word for word in _circles(*_KINDS) if " " in word} | meant
    longest = sorted(meant, key=lambda one: (-len(one), one))
    return regex.compile(rf"\b(?:{'|'.join(map(regex.escape, longest))})\b"), meant


@lru_cache(maxsize=8192)
def synonyms(term: str, *kinds: str) -> frozenset[str]:
    """The words that mean the same as a word or as its plain form, of all kinds or of some."""
    circles = _circles(*(kinds or _KINDS))
    forms = {
        term,
        *(term.removesuffix(ending) for ending in _ENDINGS),
        *(term.removesuffix(one) + "e" for one in _ENDINGS),
    }
    return frozenset[str]().union(*(circles.get(form, ()) for form in forms)) - {term}


def is_trade(word: str) -> bool:
    """Whether a word is one of the trade ("refund", "swap"), which says what is wanted."""
    return bool(synonyms(word, "circles"))


def is_price(word: str) -> bool:
    """Whether a word only says that a price is asked for ("cost", "how much"), and not of what."""
    return word == "price" or "price" in synonyms(word, "circles")


def speaks(term: str, text: str) -> bool:
    """Whether a text holds a word, in any of its endings, or one that means the same."""
    return stands_in(term, text) or any(f" {word}" in _spaced(text) for word in synonyms(term))


def stands_in(term: str, text: str) -> bool:
    """Whether a text holds a word itself, in any of its endings."""
    stem = term if len(term) < 5 else term[: max(4, len(term) - 2)]
    return f" {stem}" in _spaced(text)


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    """A text in lower case with one space before each word."""
    return " " + " ".join(_APART.split(text[:_READ].lower().replace("’", "'")))


_APART = regex.compile(r"[^\p{L}\d'.,-]+|[.,'-]+(?=\s|$)|(?<=\s)['.,-]+")


def words_of(text: str) -> list[str]:
    """Every word of a text in its order, folded, with those that say nothing left out."""
    found = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text[:_READ]))
    return [word for word in found if word not in _stop() and len(word) > (2 if word[0].isdigit() else 1)]


@lru_cache(maxsize=1024)
def terms_of(text: str) -> tuple[str, ...]:
    """The words of a question that carry meaning, each once, in their order; then its phrases that mean a word."""
    lowered = text[:_READ].lower().replace("’", "'")
    pattern, meant = _phrases()
    said = [meant[phrase] for phrase in pattern.findall(lowered)]
    rest = pattern.sub(" ", lowered) if said else lowered
    return tuple(dict.fromkeys((*words_of(rest)[:_MOST], *said)))


class _Situation(NamedTuple):
    said: Any
    means: tuple[str, ...]


def distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Words less those that mean what one before them means: "how much" and "price" ask for one thing."""
    kept: list[str] = []
    for term in terms:
        if not any(term in synonyms(other) for other in kept):
            kept.append(term)
    return tuple(kept)


@cache
def _situations() -> tuple[_Situation, ...]:
    options = re2.Options()
    options.log_errors = False
    text = files("assistant").joinpath("situations.yaml").read_text("utf-8")
    rows = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # BaseLoader builds strings only
    return tuple(_Situation(re2.compile(row["said"], options), tuple(row["means"])) for row in rows)


@lru_cache(maxsize=1024)
def situation_terms(text: str) -> tuple[str, ...]:
    """The words in which help pages speak of what a customer tells ("nobody knocked" is a "missed" delivery)."""
    lowered = " ".join(text[:_READ].lower().split())
    return tuple(dict.fromkeys(term for one in _situations() if one.said.search(lowered) for term in one.means))
