"""Sensitive topics: a note on a divorce shows in "separation". The topics are in `topics.yaml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from tone_rules.located import read
from tone_rules.patterns import compiled, matches, words
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span


class _Topics(RootModel[Mapping[str, tuple[str, ...]]]):
    """Patterns by topic."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the reply touches a topic of this fact that neither the public texts nor the customer raise."""
    if all(one.isdigit() or not one.isalpha() for one in fact.value):
        return
    for source in topics().values():
        topic = compiled(source)
        if topic.search(fact.value) and not any(topic.search(one.text) for one in known.all):
            yield from (found.span() for found in matches(source, reply.text))


@cache
def topics() -> dict[str, str]:
    """One pattern for each topic."""
    read_topics = read(Path(__file__).with_name("topics.yaml"), _Topics, "the sensitive topics").root
    return {name: words(list(patterns), ignorecase=True) for name, patterns in read_topics.items()}
