"""The places a reply can stand: one YAML file a channel, with its limit, its counting and its rules."""

from functools import cache
from importlib.resources import files
from typing import Literal

Counting = Literal["characters", "weighted", "graphemes", "bytes", "emoji_bytes", "mastodon"]


@cache
def channel_names() -> tuple[str, ...]:
    """The names of all channels that ship, sorted."""
    found = (item.name for item in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))
