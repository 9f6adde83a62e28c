"""The topic alone, where nothing may be affirmed: "charges that show twice", never "you were charged twice"."""

from functools import cache
from importlib.resources import files

import re2
import yaml

READ = 1_200
"""Characters of a message that are looked at."""


def topic_of(message: str) -> tuple[str, int, int] | None:
    """The topic's name with the place of the words that show it; None where none is known."""
    text = message[:READ].replace("’", "'").replace("\n", " ")
    for pattern, topic in _topics():
        found = pattern.search(text)
        if found is not None:
            return topic, found.start(), found.end()
    return None


@cache
def _topics() -> "tuple[tuple[re2._Regexp, str], ...]":
    text = files("assistant.drafting.mirror").joinpath("topics.yaml").read_text("utf-8")
    return tuple((re2.compile(f"(?i){one['where']}"), one["topic"]) for one in yaml.safe_load(text))
