"""What makes a reply exact: menu paths, things to press, numbers, times, names; and who does what."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tone_rules.measures.about import About, Feature

FILE = Path(__file__).with_name("particulars.yaml")


def features(about: About) -> Iterator[Feature]:
    """One a family of `particulars.yaml`, 1 at as many places as the file says."""
    data = about.reply.replace("’", "'").encode("ascii", "replace")
    for name, (pattern, full) in _families().items():
        spans = tuple(found.span() for found in pattern.finditer(data))
        yield Feature(name, min(1.0, len(spans) / full), spans)


@cache
def _families() -> dict[str, tuple[Any, int]]:
    import re2
    import yaml

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["families"]
    return {name: (re2.compile(one["pattern"].strip().encode(), options), one["full"]) for name, one in told.items()}
