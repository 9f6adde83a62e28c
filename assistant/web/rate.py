"""How many requests one person, or one unknown address, may make: a bucket that fills again as time goes by."""

import threading
import time
from collections import OrderedDict

MOST_KEPT = 50_000
"""Buckets; the one that was asked longest ago goes first, which by then is full again or an attacker's."""


class Rate:
    """Buckets by key, each of `burst` tokens that come back at `per_minute`. Safe to use from many threads."""

    def __init__(self, per_minute: float, burst: int) -> None:
        """All buckets begin full."""
        self._each, self._burst = 60.0 / per_minute, burst
        self._lock = threading.Lock()
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one; 0 where there was one, else the seconds until there is (nothing is taken then)."""
        now = time.monotonic()
        with self._lock:
            full = max(now, self._full_at.get(key, now)) + self._each
            missing = full - now - self._burst * self._each
            if missing > 0:
                return missing
            self._full_at[key] = full
            self._full_at.move_to_end(key)
            if len(self._full_at) > MOST_KEPT:
                self._full_at.popitem(last=False)
        return 0.0
