"""What was counted: of one part, and of all parts together. Sums: they don't grow with the rows."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from eval.stats import Interval

BINS = 10
"""Columns of a histogram from 0 to 1."""
WORST = 50
"""Offenders that are kept."""
LOWEST = 20
"""Low scores that are kept."""
BAD = 1_000
"""Bad rows that are kept; all are counted."""
GROUPS = 60
"""Channels that are told apart; what comes after them is counted as `OTHER`."""
AGENTS = 5_000
OTHER = "(other)"
UNKNOWN = "(unknown)"
_Z = 1.959964
"""The 97.5% point of the normal distribution."""
_FEW = 30
"""Values below which a mean gets no interval: its distribution is not yet near the normal one."""

T = TypeVar("T")
Rank = tuple[float, ...]


@dataclass(slots=True)
class Sums:
    """A measure's values, as far as a mean and its interval need them."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    bins: list[int] = field(default_factory=lambda: [0] * BINS)

    def count(self, value: float) -> None:
        """One more value, from 0 to 1."""
        self.n += 1
        self.total += value
        self.squares += value * value
        self.bins[min(BINS - 1, int(value * BINS))] += 1

    def add(self, other: "Sums") -> None:
        """All of another's values."""
        self.n += other.n
        self.total += other.total
        self.squares += other.squares
        self.bins = [one + more for one, more in zip(self.bins, other.bins, strict=True)]

    @property
    def mean(self) -> float | None:
        """None of nothing."""
        return self.total / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The normal interval of the mean at 95%; None of fewer than 30 values."""
        if self.n < _FEW:
            return None
        mean = self.total / self.n
        spread = max(0.0, (self.squares - self.n * mean * mean) / (self.n - 1))
        half = _Z * math.sqrt(spread / self.n)
        return Interval(low=max(0.0, mean - half), high=min(1.0, mean + half))


@dataclass(slots=True)
class Counts:
    """Replies of one kind: all of them, those of a month, of a channel, of a person."""

    replies: int = 0
    blocked: int = 0
    incomplete: int = 0
    flagged: int = 0
    """With at least one finding."""
    rules: Counter[str] = field(default_factory=Counter)
    """Replies with at least one finding of the rule."""
    packs: Counter[str] = field(default_factory=Counter)
    measures: dict[str, Sums] = field(default_factory=dict)
    """Of the sample alone."""

    def add(self, other: "Counts") -> None:
        """All of another's replies."""
        self.replies += other.replies
        self.blocked += other.blocked
        self.incomplete += other.incomplete
        self.flagged += other.flagged
        self.rules.update(other.rules)
        self.packs.update(other.packs)
        for name, sums in other.measures.items():
            self.measures.setdefault(name, Sums()).add(sums)


@dataclass(slots=True)
class Place:
    """Where a reply stands."""

    file: int
    row: int
    id: str | None = None
    link: str | None = None
    channel: str | None = None
    day: str | None = None


@dataclass(slots=True)
class Offender:
    """A reply with findings."""

    place: Place
    blocking: int
    errors: int
    warnings: int
    suggestions: int
    rules: list[str]
    digest: str
    """Of the wording: one that was sent many times is one offender."""

    @property
    def rank(self) -> tuple[int, ...]:
        """The worst first."""
        found = (-self.blocking, -self.errors, -self.warnings, -self.suggestions)
        return (*found, self.place.file, self.place.row)


@dataclass(slots=True)
class Low:
    """A reply of the sample that measures low."""

    place: Place
    tone: float
    helpfulness: float | None
    advice: str | None
    digest: str

    @property
    def rank(self) -> tuple[float, ...]:
        """The lowest first."""
        known = [one for one in (self.tone, self.helpfulness) if one is not None]
        return (sum(known) / len(known), self.place.file, self.place.row)


@dataclass(slots=True)
class Bad:
    """A row that could not be used."""

    file: int
    row: int
    reason: str


@dataclass(slots=True)
class Skipped:
    """A rule that did not run."""

    reason: str
    required: bool
    replies: int


@dataclass(slots=True)
class Hit:
    """One finding, for the export."""

    place: Place
    rule: str
    level: str
    blocking: bool
    start: int
    end: int


@dataclass(slots=True)
class Example:
    """The words of a reply around one finding; what a sensitive rule matched is blotted out in all of it."""

    file: int
    row: int
    before: str
    match: str
    after: str
    message: str


@dataclass(slots=True)
class Tally:
    """All that one part, or every part, gave."""

    rows: int = 0
    """Records, readable or not."""
    empty: int = 0
    """Rows in which nothing was sent, blank lines among them."""
    undated: int = 0
    """Rows whose date could not be read."""
    bad: int = 0
    bad_rows: list[Bad] = field(default_factory=list)
    total: Counts = field(default_factory=Counts)
    findings: Counter[str] = field(default_factory=Counter)
    """By rule, each place counted."""
    months: dict[str, Counts] = field(default_factory=dict)
    weeks: dict[str, Counts] = field(default_factory=dict)
    channels: dict[str, Counts] = field(default_factory=dict)
    agents: dict[str, Counts] = field(default_factory=dict)
    not_run: dict[str, Skipped] = field(default_factory=dict)
    unchecked: Counter[str] = field(default_factory=Counter)
    """Replies on which a rule of the pack did not run."""
    worst: list[Offender] = field(default_factory=list)
    lowest: list[Low] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    """Of a part alone, and only where they are to be exported."""
    examples: dict[str, list[Example]] = field(default_factory=dict)
    """By rule, and only where they are asked for."""

    def add(self, other: "Tally", examples: int) -> None:
        """All of the part that comes next; at most so many examples of each rule are kept."""
        self.rows += other.rows
        self.empty += other.empty
        self.undated += other.undated
        self.bad += other.bad
        self.bad_rows += other.bad_rows[: BAD - len(self.bad_rows)]
        self.total.add(other.total)
        self.findings.update(other.findings)
        self.unchecked.update(other.unchecked)
        for mine, theirs, most in (
            (self.months, other.months, None),
            (self.weeks, other.weeks, None),
            (self.channels, other.channels, GROUPS),
            (self.agents, other.agents, AGENTS),
        ):
            for name, counts in theirs.items():
                known = name in mine or most is None or len(mine) < most
                mine.setdefault(name if known else OTHER, Counts()).add(counts)
        for rule, skipped in other.not_run.items():
            seen = self.not_run.setdefault(rule, Skipped(skipped.reason, skipped.required, 0))
            seen.replies += skipped.replies
        self.worst = foremost([*self.worst, *other.worst], WORST, lambda one: one.rank, lambda one: one.digest)
        self.lowest = foremost([*self.lowest, *other.lowest], LOWEST, lambda one: one.rank, lambda one: one.digest)
        for rule, found in other.examples.items():
            held = self.examples.setdefault(rule, [])
            held += found[: examples - len(held)]


def foremost(found: Iterable[T], most: int, rank: Callable[[T], Rank], text: Callable[[T], str]) -> list[T]:
    """The first by rank, each wording once."""
    kept: dict[str, T] = {}
    for one in sorted(found, key=rank):
        kept.setdefault(text(one), one)
        if len(kept) == most:
            break
    return list(kept.values())
