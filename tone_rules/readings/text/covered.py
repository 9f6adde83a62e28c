"""Which places of a text some spans cover, asked many times."""

from bisect import bisect_left
from collections.abc import Iterable


class Covered:
    """Spans of a text, joined where they overlap; each question takes time logarithmic in their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether a span shares a character with one of them."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start
