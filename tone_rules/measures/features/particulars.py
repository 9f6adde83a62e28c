"""What makes a reply exact: menu paths, things to press, numbers, times, names; and who does what."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tone_rules.measures.about import About, Feature
from tone_rules.measures.features.searched import Searched

FILE = Path(__file__).with_name("particulars.yaml")


def features(about: About) -> Iterator[Feature]:
    """One a family of `particulars.yaml`, 1 at as many places as the file says."""
    searched, full = _families()
    for name, spans in searched.places(about.reply).items():
        yield Feature(name, min(1.0, len(spans) / full[name]), spans)


@cache
def _families() -> tuple[Searched, Mapping[str, float]]:
    import yaml

    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["families"]
    patterns = {name: one["pattern"].strip() for name, one in told.items()}
    return Searched(patterns, case_sensitive=True), {name: one["full"] for name, one in told.items()}
