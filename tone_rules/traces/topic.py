"""Sensitive topics: a note on a divorce shows in "separation". The topics are in `topics.yaml`."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from pydantic import RootModel

from tone_rules.located import read
from tone_rules.patterns import compiled, matches, words
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span, read_once


class _Topics(RootModel[Mapping[str, tuple[str, ...]]]):
    """Patterns by topic."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the reply touches a topic of this fact that neither the public texts nor the customer raise."""
    if not any(map(str.isalpha, fact.value)):
        return
    for topic in _raised(read_once(fact.value)).difference(*map(_raised, known.all)):
        yield from (found.span() for found in matches(topics()[topic], reply.text))


@lru_cache(maxsize=256)
def _raised(reading: Reading) -> frozenset[str]:
    """The topics of a text that is read once."""
    return frozenset(name for name, source in topics().items() if compiled(source).search(reading.text))


@cache
def topics() -> dict[str, str]:
    """One pattern for each topic."""
    read_topics = read(Path(__file__).with_name("topics.yaml"), _Topics, "the sensitive topics").root
    return {name: words(list(patterns), ignorecase=True) for name, patterns in read_topics.items()}
