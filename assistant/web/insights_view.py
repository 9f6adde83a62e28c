"""The Insights page as HTML: what the team's decisions say, each figure with its interval and the number behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from pydantic import Field

from assistant import insights
from assistant.insights import Decided, Figures
from assistant.store import Head, head
from assistant.store.outcomes import OutcomeKind
from assistant.web.desk import Desk
from assistant.web.views import label, render, shown
from tone_rules.share import Share
from tone_rules.value import Value

Period = Literal["4", "12", "26", "all"]
By = Literal["channel", "intent", "person"]

PERIODS: Mapping[Period, str] = {"4": "Last 4 weeks", "12": "Last 12 weeks", "26": "Last half year", "all": "All kept"}
GROUPS: Mapping[By, str] = {"channel": "Channel", "intent": "Intent", "person": "Person"}
OUTCOMES: Mapping[OutcomeKind, str] = {
    "csat": "Customer rating",
    "follow_up": "Mood in the follow-up",
    "resolved": "Resolved",
}

TOO_FEW = 10
"""Below so many a share is not told: of nine, its interval is some 60 points wide (Wilson)."""
OF_A_PERSON = 30
"""Decisions below which nothing is told of a person: so few say more about their messages than about them."""
OF_A_WEEK = 5
"""Below so many a week is no point of a curve."""
MOST_ROWS = 12

Outcomes = Mapping[str, Sequence[tuple[OutcomeKind, float]]]


class Wanted(Value):
    """What somebody wants to see: sent by the browser, so bounded and checked here."""

    period: Period = "12"
    channel: str = Field(default="", max_length=60)
    intent: str = Field(default="", max_length=60)
    by: By = "channel"
    number: int = Field(default=0, ge=0)
    """Counts up in a page with what it asks; given back, so that it can tell an older answer from the newest."""

    def takes(self, one: Decided) -> bool:
        """Whether a decision fits the channel and the intent."""
        return self.channel in ("", one.channel) and self.intent in ("", one.intent)

    def since(self, now: datetime) -> datetime | None:
        """When the period began; None for all there is."""
        return None if self.period == "all" else now - timedelta(weeks=int(self.period))


class Numbers:
    """The decisions of a store, read again only where something was recorded since. Safe to use from many threads."""

    def __init__(self, desk: Desk) -> None:
        """Those of the desk's store."""
        self._desk = desk
        self._lock = Lock()
        self._kept: tuple[Head, tuple[Decided, ...]] | None = None

    def decided(self) -> tuple[Decided, ...]:
        """Every decision whose texts are still kept, oldest first.

        Raises:
            StoreError: the store can't be read.
        """
        with self._lock:
            at = head(self._desk.store)
            if self._kept is None or self._kept[0] != at:
                self._kept = at, insights.decided(self._desk.store, self._desk.brand)
            return self._kept[1]

    def outcomes(self) -> Outcomes:
        """What became of replies, by message."""
        return insights.outcomes_by_message(self._desk.store)


class Tile(NamedTuple):
    """One figure: what it is, its value, and in small print how sure it is."""

    name: str
    value: str
    told: str
    before: str = ""
    bar: Any = ""


class Row(NamedTuple):
    """One line of the table of groups."""

    name: str
    figures: Figures
    as_it_was: Any
    light: Any
    in_time: Any


class Chart(NamedTuple):
    """A plot with its title, the classes and names of its curves, and what it says in words."""

    name: str
    title: str
    note: str
    keys: Sequence[tuple[str, str]]
    svg: Any


def insights_html(numbers: Numbers, wanted: Wanted, now: datetime | None = None) -> str:
    """The page below the bar, for one choice of period, channel and intent."""
    now = now or datetime.now(UTC)
    everything, outcomes = numbers.decided(), numbers.outcomes()
    since = wanted.since(now)
    fitting = [one for one in everything if wanted.takes(one)]
    rows = [one for one in fitting if since is None or one.at >= since]
    told = insights.figures(rows, outcomes)
    before = None
    if since is not None:
        earlier = [one for one in fitting if since - (now - since) <= one.at < since]
        before = insights.figures(earlier, outcomes)
    return render(
        "insights",
        wanted=wanted,
        periods=PERIODS,
        groups=GROUPS,
        channels=_names(everything, lambda one: one.channel),
        intents=_names(everything, lambda one: one.intent),
        everything=len(everything),
        rows=rows,
        figures=told,
        few=TOO_FEW,
        least=OF_A_PERSON,
        of_a_week=OF_A_WEEK,
        first=rows[0].at if rows else None,
        last=rows[-1].at if rows else None,
        headline=headline(told),
        tiles=_tiles(told, before) if rows else (),
        charts=_charts(rows) if rows else (),
        table=_table(rows, outcomes, wanted.by),
        unnamed=_unnamed(rows) if wanted.by == "person" else 0,
        outcomes={kind: name for kind, name in OUTCOMES.items() if kind in told.outcomes},
        rules=_rules(rows),
        overrides=_overrides(rows),
        causes=_causes(rows),
        query=urlencode({"period": wanted.period, "channel": wanted.channel, "intent": wanted.intent}),
        share=_percent,
        hours=_hours,
    )


def headline(told: Figures) -> str:
    """What the figures say, in a sentence."""
    many = f"{told.decisions:,} decision{'' if told.decisions == 1 else 's'}"
    if told.published < TOO_FEW:
        return f"{many}, {told.published} of them published: too few to say how good the drafts are."
    return (
        f"Of {told.published:,} published replies, {_percent(told.as_it_was)} went out as drafted "
        f"and {_percent(told.light)} with at most a light edit."
    )


def _names(rows: Iterable[Decided], of: Callable[[Decided], str]) -> list[tuple[str, str]]:
    return sorted(((name, label(shown(name))) for name in {of(one) for one in rows}), key=lambda one: one[1].lower())


def _percent(share: Share) -> str:
    return "–" if share.rate is None else f"{share.rate:.0%}"


def _hours(hours: float | None) -> str:
    if hours is None:
        return "–"
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} d"


def _tiles(told: Figures, before: Figures | None) -> list[Tile]:
    parts: list[tuple[str, Callable[[Figures], Share], str]] = [
        ("Sent as drafted", lambda one: one.as_it_was, "published"),
        ("At most a light edit", lambda one: one.light, "published"),
        ("Answered in time", lambda one: one.in_time, "with a known time"),
        ("Escalated", lambda one: one.escalated, "decisions"),
    ]
    tiles = [_share_tile(name, of(told), None if before is None else of(before), what) for name, of, what in parts]
    edited = "–" if told.edited is None or told.published < TOO_FEW else f"{told.edited:.0%}"
    median = f"median of {told.published:,} published" if told.published >= TOO_FEW else _few(told.published)
    tiles.insert(2, Tile("Share of a draft changed", edited, median))
    wait = "–" if told.in_time.of < TOO_FEW else _hours(told.waited)
    tiles.insert(4, Tile("Time to a decision", wait, "median" if wait != "–" else _few(told.in_time.of)))
    for kind, name in OUTCOMES.items():
        count = told.outcome_counts.get(kind, 0)
        if count:
            value = f"{told.outcomes[kind]:.2f}" if count >= TOO_FEW else "–"
            tiles.append(Tile(name, value, f"mean of {count:,}, from 0 to 1" if count >= TOO_FEW else _few(count)))
    return tiles


def _share_tile(name: str, share: Share, before: Share | None, what: str) -> Tile:
    if share.of < TOO_FEW:
        return Tile(name, "–", _few(share.of))
    told = f"{share.low:.0%} to {share.high:.0%}; {share.count:,} of {share.of:,} {what}"
    earlier = f"{before.rate:.0%} in the time before" if before and before.rate is not None and before.of >= 30 else ""
    return Tile(name, _percent(share), told, earlier, _bar(share))


def _few(count: int) -> str:
    return f"{count:,} so far: too few to say" if count else "nothing to count yet"


def _bar(share: Share, wide: int = 180) -> Any:
    from eval.audit.pages.plots import share_bar

    return share_bar(share, 1.0, wide)


def _charts(rows: Sequence[Decided]) -> list[Chart]:
    from eval.audit.pages.plots import Curve, Point, curves
    from eval.stats import Interval

    weeks = insights.weekly(rows)
    names = [f"{monday:%-d %b}" for monday in weeks]
    told = [insights.figures(some, {}) for some in weeks.values()]

    def curve(name: str, hue: str, shares: Iterable[Share]) -> Curve:
        points = [
            Point(one.rate, Interval(low=one.low, high=one.high)) if one.of >= OF_A_WEEK else Point(None, None)
            for one in shares
        ]
        return Curve(name, f"rw-hue-{hue}", points)

    def published(test: Callable[[Decided], bool]) -> Iterable[Share]:
        for some in weeks.values():
            out = [one for one in some if one.edit is not None]
            yield Share.among(sum(map(test, out)), len(out))

    light = curve("at most a light edit", "good", [one.light for one in told])
    as_it_was = curve("sent as drafted", "info", [one.as_it_was for one in told])
    in_time = curve("in time", "good", [one.in_time for one in told])
    found = curve("with a finding", "warn", published(lambda one: bool(one.rules)))
    aside = curve("with a rule set aside", "stop", published(lambda one: bool(one.overrides)))
    escalated = curve("escalated", "own", [one.escalated for one in told])
    rejected = curve("rejected", "stop", [one.rejected for one in told])
    plots: Sequence[tuple[str, str, str, list[Curve]]] = (
        ("drafts", "How good the drafts are", "of what was published, by week", [light, as_it_was]),
        ("time", "Answered in time", "of what was asked at a known time, by week", [in_time]),
        ("findings", "Findings on what went out", "of what was published, by week", [found, aside]),
        ("escalated", "Escalated and rejected", "of all decisions, by week", [escalated, rejected]),
    )
    return [
        Chart(name, title, note, [(one.kind, one.name) for one in given], curves(names, given, percent=True))
        for name, title, note, given in plots
    ]


def _table(rows: Sequence[Decided], outcomes: Outcomes, by: By) -> list[Row]:
    keys: Mapping[By, Callable[[Decided], str]] = {
        "channel": lambda one: one.channel,
        "intent": lambda one: one.intent,
        "person": lambda one: one.reviewer,
    }
    found = []
    for name, some in insights.grouped(rows, keys[by]).items():
        if by == "person" and len(some) < OF_A_PERSON:
            continue
        told = insights.figures(some, outcomes)
        title = shown(name) if by == "person" else label(shown(name))
        bars = (_bar(one, 84) if one.of >= TOO_FEW else None for one in (told.as_it_was, told.light, told.in_time))
        found.append(Row(title, told, *bars))
    return found


def _unnamed(rows: Sequence[Decided]) -> int:
    """People who have decided too little for anything to be told of them."""
    return sum(len(some) < OF_A_PERSON for some in insights.grouped(rows, lambda one: one.reviewer).values())


def _rules(rows: Sequence[Decided]) -> list[tuple[str, int, Any]]:
    """Each rule that fired on what went out: how often, and how that went over the weeks."""
    from eval.audit.pages.plots import spark

    weeks = insights.weekly(rows)
    published = [sum(one.edit is not None for one in some) for some in weeks.values()]
    return [
        (shown(rule), count, spark([sum(rule in one.rules for one in some) for some in weeks.values()], published))
        for rule, count in list(insights.rules_fired(rows).items())[:MOST_ROWS]
    ]


def _overrides(rows: Sequence[Decided]) -> list[tuple[str, int, list[str]]]:
    """Each rule that was set aside: how often, and the reasons that were given, each once."""
    return [
        (shown(rule), len(reasons), [shown(one)[:300] for one in dict.fromkeys(reversed(reasons))][:6])
        for rule, reasons in list(insights.overrides(rows).items())[:MOST_ROWS]
    ]


def _causes(rows: Sequence[Decided]) -> list[tuple[str, int, Any]]:
    """What the messages were about at root, most first, as shares of those where it is known."""
    from eval.audit.pages.plots import share_bar

    known = insights.grouped(rows, lambda one: one.root_cause)
    total = sum(map(len, known.values()))
    most = max((len(some) / total for some in known.values()), default=1.0)
    return [
        (label(shown(name)), len(some), share_bar(Share.among(len(some), total), min(1.0, most * 1.25)))
        for name, some in list(known.items())[:MOST_ROWS]
    ]
