"""Sensitive topics: a note on a divorce shows in "separation". The topics are in `topics.yaml`."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from pydantic import RootModel

from tone_rules.formats.words import words_of
from tone_rules.located import read
from tone_rules.patterns import matched, places, words
from tone_rules.sieve import can_match
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span

_NOT_SO = frozenset(("no", "false", "n", "none", "0", "unknown", "null"))


class _Topics(RootModel[Mapping[str, tuple[str, ...]]]):
    """Patterns by topic."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the reply touches a topic of this fact that neither the public texts nor the customer raise."""
    shown = _raised(reply.text)
    if shown:
        for topic in shown & _raised(_told(fact)) - _raised(known.said.text):
            source = topics()[topic]
            if not any(matched(source, one.text) for one in known.public):
                yield from places(source, reply.text)


def _told(fact: Fact) -> str:
    """What a fact says in words: its name and its value, and nothing where the value is a plain no."""
    value = fact.value.strip()
    return "" if value.casefold() in _NOT_SO else f"{' '.join(words_of(fact.name))}; {value}"


@lru_cache(maxsize=1024)
def _raised(text: str) -> frozenset[str]:
    """The topics of a short text."""
    if not can_match(_any_topic(), text):
        return frozenset()
    return frozenset(name for name, source in topics().items() if matched(source, text))


@cache
def _any_topic() -> str:
    return words([one for group in _read().values() for one in group], ignorecase=True)


@cache
def topics() -> dict[str, str]:
    """One pattern for each topic."""
    return {name: words(list(patterns), ignorecase=True) for name, patterns in _read().items()}


@cache
def _read() -> Mapping[str, tuple[str, ...]]:
    return read(Path(__file__).with_name("topics.yaml"), _Topics, "the sensitive topics").root
