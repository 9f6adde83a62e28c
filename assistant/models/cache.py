"""Answers that were given before, in memory: the same question to the same model is asked once."""

from collections import OrderedDict
from threading import Lock

MOST = 2_000
"""Answers; the one used longest ago goes first."""


class Cache:
    """Answers by key. Nothing is written anywhere: customers' words are in them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> str | None:
        """The answer of a key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
