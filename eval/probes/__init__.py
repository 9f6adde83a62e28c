"""Metamorphic probes: a change to a message or a reply, and what it must or must not do to a score.

They need no labels. A swapped name or a dialect word must not move a score, added blame must lower tone, filler must
not raise helpfulness, and a reply without its next step must not help as much.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from eval.stats.interval import Interval, wilson
from tone_rules.value import Value

Demand = Literal["must not move", "must lower", "must not raise"]
Rate = Callable[[str | None, str], Mapping[str, float | None]]
"""What is probed: from a message and a reply to scores of 0 to 1 by dimension."""

TOLERANCE = 0.025
"""How far a score may move and still count as the same: a tenth of a step of the raters' five."""


class Pair(NamedTuple):
    """A message and the reply to it."""

    id: str
    message: str | None
    reply: str


class Probe(NamedTuple):
    """A change, and what it is held to."""

    name: str
    what: str
    """In words, for the report."""
    demand: Demand
    dimensions: tuple[str, ...]
    change: Callable[[Pair, int], Pair | None]
    """The changed pair, by a number that chooses among variants; None where there is nothing to change."""


class Offender(Value):
    """One pair whose score did not do as it must."""

    id: str
    dimension: str
    before: float
    after: float
    message: str | None
    reply: str
    """As changed."""

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


class ProbeResult(Value):
    """One probe over all pairs that it could change."""

    name: str
    what: str
    demand: Demand
    tried: int
    """Pairs that it could change and that were scored both before and after."""
    violations: int
    unscored: int
    """Pairs that it changed and that could not be scored."""
    interval: Interval | None
    """Wilson's, of the rate of violations; None where nothing was tried."""
    offenders: tuple[Offender, ...]
    """Those that are furthest off first."""

    @property
    def rate(self) -> float | None:
        """Violations among those tried."""
        return self.violations / self.tried if self.tried else None


class Probing(Value):
    """What all probes say. The words printed and the exit code are both read from here."""

    results: tuple[ProbeResult, ...]
    limit: float | None
    """The rate of violations that is borne."""

    @property
    def failed(self) -> tuple[ProbeResult, ...]:
        """The probes whose whole interval lies above the limit."""
        if self.limit is None:
            return ()
        return tuple(one for one in self.results if one.interval is not None and one.interval.low > self.limit)

    @property
    def incomplete(self) -> bool:
        """Whether something could not be scored, or no probe had anything to change."""
        return any(one.unscored for one in self.results) or not any(one.tried for one in self.results)

    @property
    def exit_code(self) -> Literal[0, 1, 3]:
        """0 ok, 1 a probe lies above the limit, 3 something could not be tried."""
        return 3 if self.incomplete else 1 if self.failed else 0

    @property
    def headline(self) -> str:
        """One line."""
        if self.incomplete:
            return f"probes incomplete: {sum(one.unscored for one in self.results)} changed replies could not be scored"
        if self.failed:
            return f"probes failed: {', '.join(one.name for one in self.failed)} above the limit of {self.limit:.1%}"
        return "probes ok" + ("" if self.limit is not None else ": no limit was set")


def probe(
    pairs: Iterable[Pair],
    rate: Rate,
    probes: Iterable[Probe] | None = None,
    *,
    tolerance: float = TOLERANCE,
    limit: float | None = None,
) -> Probing:
    """Change each pair in every way there is and look at what its scores do.

    Args:
        pairs: messages with replies.
        rate: what is probed. It is asked once for a pair as it is, and once for each change.
        probes: by default all of `eval.probes.changes.PROBES`.
        tolerance: how far a score may move and still count as the same.
        limit: the rate of violations that is borne; None asks for none.
    """
    from eval.probes.changes import PROBES

    used = tuple(PROBES if probes is None else probes)
    known = [(pair, rate(pair.message, pair.reply)) for pair in pairs]
    return Probing(results=tuple(_result(one, known, rate, tolerance) for one in used), limit=limit)


def _result(
    one: Probe, known: list[tuple[Pair, Mapping[str, float | None]]], rate: Rate, tolerance: float
) -> ProbeResult:
    tried = unscored = violations = 0
    offenders: list[Offender] = []
    for number, (pair, before) in enumerate(known):
        changed = one.change(pair, number)
        if changed is None:
            continue
        after = rate(changed.message, changed.reply)
        scored = False
        bad: list[Offender] = []
        for name in one.dimensions:
            old, new = before.get(name), after.get(name)
            if old is None or new is None:
                continue
            scored = True
            if _violates(one.demand, old, new, tolerance):
                bad.append(
                    Offender(
                        id=pair.id, dimension=name, before=old, after=new, message=changed.message, reply=changed.reply
                    )
                )
        tried += scored
        unscored += not scored
        violations += bool(bad)
        offenders += bad
    return ProbeResult(
        name=one.name,
        what=one.what,
        demand=one.demand,
        tried=tried,
        violations=violations,
        unscored=unscored,
        interval=wilson(violations, tried),
        offenders=tuple(sorted(offenders, key=lambda bad: -_off(one.demand, bad))),
    )


def _violates(demand: Demand, old: float, new: float, tolerance: float) -> bool:
    match demand:
        case "must not move":
            return abs(new - old) > tolerance
        case "must not raise":
            return new - old > tolerance
        case "must lower":
            return new >= old > 0  # what is at the bottom can't be lowered


def _off(demand: Demand, bad: Offender) -> float:
    return abs(bad.change) if demand == "must not move" else bad.change
