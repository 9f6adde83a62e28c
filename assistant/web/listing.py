"""The messages of an inbox in the order of its list, with their counts, both kept up as each message changes."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from assistant.web.items import DUE_SOON, QUEUES, WAITING, Item, Mark, Queue

_Place = tuple[tuple[int, float, float], int, Item]
"""Where a message stands: its order, a number by arrival, which no two share, and itself."""


class Listing:
    """Messages by key. What a change costs hardly grows with them; one at a time may change it."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._items: dict[str, Item] = {}
        self._arrived: dict[str, int] = {}
        self._numbers = count()
        self._order: list[_Place] = []
        self._marks: Counter[Mark] = Counter()
        self._channels: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._claims: Counter[str] = Counter()
        self._due: list[float] = []

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[Item]:
        """In the order of the list: most urgent first, then what is due first, then as they came."""
        return (place[2] for place in self._order)

    @property
    def keys(self) -> set[str]:
        """Of all messages."""
        return set(self._items)

    def __getitem__(self, key: str) -> Item:
        return self._items[key]

    def get(self, key: str) -> Item | None:
        """The message of that key."""
        return self._items.get(key)

    def put(self, item: Item) -> None:
        """Add a message, or put it in the place of what it was."""
        if (before := self._items.get(item.key)) is not None:
            self._leave(before)
        else:
            self._arrived[item.key] = next(self._numbers)
        self._items[item.key] = item
        insort(self._order, (item.order, self._arrived[item.key], item))
        self._count(item, 1)
        if (due := _due(item)) is not None:
            insort(self._due, due)

    def drop(self, key: str) -> None:
        """Take a message out."""
        self._leave(self._items.pop(key))
        del self._arrived[key]

    def counts(self, person: str = "") -> dict[Queue, int]:
        """How many messages each filter of the list shows to a person."""
        shown = {queue: sum(self._marks[mark] for mark in fitting) for queue, fitting in QUEUES.items()}
        soon = (datetime.now(UTC) + DUE_SOON).timestamp()
        return {**shown, "all": len(self), "due": bisect_right(self._due, soon), "mine": self._claims[person]}

    @property
    def marks(self) -> Mapping[Mark, int]:
        """How many messages stand where."""
        return self._marks

    @property
    def channels(self) -> list[str]:
        """The channels that the messages came by, sorted."""
        return sorted(self._channels)

    @property
    def reasons(self) -> list[str]:
        """The reasons for which some message is, or may have to be, escalated; sorted."""
        return sorted(self._reasons)

    def _leave(self, item: Item) -> None:
        del self._order[bisect_left(self._order, (item.order, self._arrived[item.key]))]
        self._count(item, -1)
        due = _due(item)
        if due is not None:
            del self._due[bisect_left(self._due, due)]

    def _count(self, item: Item, by: int) -> None:
        for counter, names in (
            (self._marks, [item.mark]),
            (self._channels, [item.context.channel]),
            (self._reasons, item.reasons),
            (self._claims, [item.claim.person] if item.claim and item.mark in WAITING else []),
        ):
            _add(counter, names, by)


def _add(counter: Counter[Any], names: Iterable[str], by: int) -> None:
    for name in names:
        counter[name] += by
        if not counter[name]:
            del counter[name]


def _due(item: Item) -> float | None:
    return item.due.timestamp() if item.due is not None and item.mark in WAITING else None
