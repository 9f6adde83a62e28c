"""The places a reply can stand: one YAML file a channel, with its limit, its counting and its rules."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tone_rules.channels.counting import COUNTERS, Counting
from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest, read
from tone_rules.value import Value

FOLDER = Path(__file__).parent

UNITS: dict[Counting, str] = {
    "characters": "characters",
    "weighted": "weighted characters",
    "graphemes": "characters as a reader sees them",
    "bytes": "bytes",
    "emoji_bytes": "characters, emoji by their bytes",
    "mastodon": "characters, links as 23",
}


class Bound(Value):
    """One more bound beside a channel's limit."""

    counting: Counting
    limit: int = Field(gt=0)


class Measured(Value):
    """A text's length by one counting, beside its limit."""

    counted: int
    limit: int | None
    counting: Counting

    @property
    def unit(self) -> str:
        """The counting's unit, in words."""
        return UNITS[self.counting]

    def fits(self, text: str) -> int:
        """How many characters of the text stay within the limit."""
        if self.limit is None or self.counted <= self.limit:
            return len(text)
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if COUNTERS[self.counting](text[:middle]) <= self.limit else (low, middle - 1)
        return low


class Channel(Value):
    """A place where replies are published: the keys of its file."""

    name: str
    title: str | None = None
    """As people write it."""
    limit: int | None = Field(default=None, gt=0)
    """The most that a reply may count, or None where the place sets none that is known."""
    counting: Counting = "characters"
    also: tuple[Bound, ...] = ()
    """Further bounds that hold at the same time."""
    public: bool = True
    markup: Literal["none", "markdown"] = "none"
    """What the place renders; anything else shows as raw signs."""
    max_links: int | None = Field(default=None, gt=0)
    """The most links that a post may hold, or None where there is no bound that is known."""
    one_answer: bool = False
    """Whether there is one answer only, so that a new one takes the old one's place."""
    sla_hours: float | None = Field(default=None, gt=0)
    """Within how many hours a customer here expects an answer."""
    notes: tuple[str, ...] = ()
    """What the place forbids or demands of a reply."""
    status: Literal["verified", "unverified"] = "verified"
    """Whether the limit was read at its source."""
    reference: str | None = None

    def count(self, text: str) -> int:
        """The text's length by the channel's own counting."""
        return COUNTERS[self.counting](text)

    def measured(self, text: str, limit: int | None = None) -> Iterator[Measured]:
        """The text's length by each counting that bounds it here; `limit` takes the place of the channel's own."""
        yield Measured(counted=self.count(text), limit=limit or self.limit, counting=self.counting)
        for bound in self.also:
            yield Measured(counted=COUNTERS[bound.counting](text), limit=bound.limit, counting=bound.counting)


@cache
def channel_names() -> tuple[str, ...]:
    """The names of all channels that ship, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load_channel(name: str) -> Channel:
    """A channel by its name.

    Raises:
        ConfigurationError: there is none of this name (the message names the nearest), or its file is wrong.
    """
    if name not in channel_names():
        raise ConfigurationError.at(FOLDER / f"{name}.yaml", f"no channel '{name}'; {nearest(name, channel_names())}")
    return read(FOLDER / f"{name}.yaml", Channel, "a channel")


__all__ = ["Bound", "Channel", "Counting", "Measured", "channel_names", "load_channel"]
