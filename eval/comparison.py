"""`compare`: what changed from one run to another, and whether that can be told from chance."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Literal

from eval.run import Outcome, Result, Run
from eval.stats.interval import LEVEL, Interval, clustered
from eval.stats.paired import SAME, cluster_sums, holm, mcnemar, sign_flip
from eval.stats.power import detectable, detectable_moves
from eval.summary import Stability, outcome_of, stability
from tone_rules.value import Value

Word = Literal["improved", "regressed", "cannot tell at this n"]
PASSED = "passed"
"""The name under which the share of passed cases is compared beside the dimensions."""


class Change(Value):
    """One dimension in both runs, over the cases that both scored."""

    name: str
    word: Word
    n: int
    """Pairs: cases, epochs averaged."""
    clusters: int
    before: float | None
    after: float | None
    """Means over the pairs."""
    difference: float | None
    interval: Interval | None
    """Of the difference, over clusters."""
    p: float | None
    """Of the test: signs flipped by cluster; for cases that passed, McNemar's."""
    adjusted: float | None
    """The same with Holm's correction over all that is compared."""
    error: float | None = None
    """The standard error of the difference."""
    detectable: float | None = None
    """The smallest true difference that this many cases show four times of five, beside all else that is tested."""
    moved: int = 0
    """Clusters in which anything differs."""
    step: float = 0.0
    """What one of them adds to the difference, either way."""
    lost: int = 0
    """Pairs that passed before and no longer do."""
    won: int = 0
    left_out: int = 0
    """Cases that one side or both could not score: they are in no mean, and the comparison is not whole."""
    advisory: bool = False
    """It decides nothing: the scorer has no licence for it."""
    why: str = ""
    """What else there is to say: why it could not be compared, or what n it would take."""


class Pair(Value):
    """One case in both runs."""

    id: str
    before: tuple[Result, ...]
    after: tuple[Result, ...]
    changes: Mapping[str, float]
    """By dimension: after less before, epochs averaged."""
    outcomes: tuple[Outcome, Outcome]
    stability: tuple[Stability, Stability]


class Comparison(Value):
    """What changed. The words printed and the exit code are both read from here."""

    before: str
    after: str
    state: Literal["improved", "regressed", "cannot tell at this n", "incomplete"]
    changes: tuple[Change, ...]
    """The share that passed first, then the dimensions."""
    pairs: tuple[Pair, ...]
    """The worst first."""
    unpaired: tuple[str, ...] = ()
    """Cases that only one run has, or that say something else in each: they are compared by nothing."""
    notes: tuple[str, ...] = ()

    @property
    def dimensions(self) -> tuple[Change, ...]:
        """All but the share that passed."""
        return tuple(one for one in self.changes if one.name != PASSED)

    @property
    def exit_code(self) -> Literal[0, 1, 3]:
        """0 improved or cannot tell, 1 regressed, 3 incomplete."""
        return 3 if self.state == "incomplete" else 1 if self.state == "regressed" else 0

    @property
    def headline(self) -> str:
        """One line: the word, and what it rests on."""
        told = [one for one in self.changes if one.word == self.state and not one.advisory]
        if self.state == "incomplete":
            missing = [f"{one.name} {one.left_out}" for one in self.changes if one.left_out and not one.advisory]
            said = "; ".join([*self.notes, *([f"cases left out: {', '.join(missing)}"] if missing else [])])
        elif told and self.state != "cannot tell at this n":
            said = "; ".join(f"{one.name} {one.difference:+.3f} ({one.interval})" for one in told)
        else:
            # where something varies, what it would take is worth more than that the rest never differs
            first = max(told, key=lambda one: (one.detectable is not None, one.moved > 0), default=None)
            said = f"{len(self.pairs)} cases" + (f"; {first.name}: {first.why}" if first else "")
        return f"{self.state}: {said}"


def compare(before: Run, after: Run, *, seed: int = 0, max_left_out: int = 0) -> Comparison:
    """Compare two runs case by case. The same runs and seed give the same comparison.

    A dimension is called improved or regressed where both speak: the sign-flip test's p, Holm's correction made, is at
    most 5%, and the clustered interval excludes 0.

    Args:
        before: the run that is the measure.
        after: the run that is asked about.
        seed: of the test's draws.
        max_left_out: how many cases may be left out of a dimension before the comparison is incomplete.
    """
    names = [name for name in before.by_case if name in after.by_case]
    same = [name for name in names if before.by_case[name][0].case == after.by_case[name][0].case]
    found = before.by_case.keys() | after.by_case.keys()
    pairs = [_pair(name, before, after) for name in same]
    versions = [{name: one.version for one in run.header.scorers for name in one.dimensions} for run in (before, after)]
    advisory = before.header.advisory | after.header.advisory
    changes = [_passed(pairs, seed)]
    for name in dict.fromkeys([*before.header.dimensions, *after.header.dimensions]):
        if versions[0].get(name) != versions[1].get(name):
            said = " and ".join(f"version {one[name]}" if name in one else "nothing" for one in versions)
            changes.append(_none(name, f"scored by {said}", advisory=name in advisory))
            continue
        changes.append(_change(name, pairs, seed, advisory=name in advisory))
    # what decides nothing must not make it harder for what does
    for kind in (False, True):
        corrected = holm({one.name: one.p for one in changes if one.p is not None and one.advisory is kind})
        changes = [_worded(one, corrected) for one in changes]
    notes = _notes(before, after, len(same))
    return Comparison(
        before=_named(before),
        after=_named(after),
        state=_state(changes, bool(notes), max_left_out),
        changes=tuple(changes),
        pairs=tuple(sorted(pairs, key=lambda one: _badness(one, advisory))),
        unpaired=tuple(sorted(found - set(same))),
        notes=notes,
    )


def _state(
    changes: Sequence[Change], unfinished: bool, max_left_out: int
) -> Literal["improved", "regressed", "cannot tell at this n", "incomplete"]:
    if unfinished or any(one.left_out > max_left_out for one in changes if not one.advisory):
        return "incomplete"
    words = {one.word for one in changes if not one.advisory}
    return "regressed" if "regressed" in words else "improved" if "improved" in words else "cannot tell at this n"


def _notes(before: Run, after: Run, pairs: int) -> tuple[str, ...]:
    said = [
        f"the run {name} lacks {run.missing} results"
        for name, run in (("before", before), ("after", after))
        if run.missing
    ]
    return tuple(said if pairs else [*said, "the two runs have no case in common"])


def _named(run: Run) -> str:
    header = run.header
    return f"{header.suite} {header.started_at:%Y-%m-%d %H:%M:%S}" + (
        f" {header.revision[:12]}" if header.revision else ""
    )


def _pair(name: str, before: Run, after: Run) -> Pair:
    sides = before.by_case[name], after.by_case[name]
    old, new = (_means(one) for one in sides)
    stable = tuple(
        next(one for one in stability(Run(header=run.header, results=run.by_case[name]))) for run in (before, after)
    )
    return Pair(
        id=name,
        before=sides[0],
        after=sides[1],
        changes={one: new[one] - old[one] for one in old if one in new},
        outcomes=(outcome_of(sides[0]), outcome_of(sides[1])),
        stability=(stable[0], stable[1]),
    )


def _means(results: Sequence[Result]) -> dict[str, float]:
    """By dimension, over the epochs in which it applied; none after an error, or where it was unscored once."""
    found: dict[str, list[float | None]] = {}
    for one in results:
        if one.error is not None:
            return {}
        for score in one.scores:
            found.setdefault(score.dimension, []).append(score.value)
    whole = {name: [value for value in values if value is not None] for name, values in found.items()}
    return {name: fmean(values) for name, values in whole.items() if len(values) == len(found[name])}


def _badness(pair: Pair, advisory: frozenset[str]) -> tuple[int, float, float]:
    """Sorts the worst first: what no longer passes, then the mean change of what decides, then of all."""
    was, now = (one == "passed" for one in pair.outcomes)
    decides = [change for name, change in pair.changes.items() if name not in advisory]
    return (now - was, fmean(decides or [0.0]), fmean(pair.changes.values() or [0.0]))


def _unscored(name: str, pair: Pair) -> bool:
    """Whether the dimension should have been scored on a side and was not; it may rightly apply to one side alone."""
    results = (*pair.before, *pair.after)
    found = [score for one in results for score in one.scores if score.dimension == name]
    return any(score.value is None for score in found) or bool(found and any(one.error is not None for one in results))


def _change(name: str, pairs: Sequence[Pair], seed: int, *, advisory: bool) -> Change:
    scored = [pair for pair in pairs if name in pair.changes]
    left_out = sum(_unscored(name, pair) for pair in pairs if name not in pair.changes)
    if not scored:
        return _none(name, "no case was scored in both runs", advisory=advisory, left_out=left_out)
    differences = [pair.changes[name] for pair in scored]
    clusters = [pair.before[0].case.group for pair in scored]
    estimate = clustered(differences, clusters)
    moved, step = _moves(differences, clusters)
    passes = [tuple(_passes(name, side) for side in (pair.before, pair.after)) for pair in scored]
    return Change(
        name=name,
        word="cannot tell at this n",
        n=estimate.n,
        clusters=estimate.clusters,
        before=fmean(_means(pair.before)[name] for pair in scored),
        after=fmean(_means(pair.after)[name] for pair in scored),
        difference=estimate.mean,
        interval=estimate.interval,
        p=sign_flip(differences, clusters, seed=seed),
        adjusted=None,
        error=estimate.error,
        moved=moved,
        step=step,
        lost=sum(was and not now for was, now in passes),
        won=sum(now and not was for was, now in passes),
        left_out=left_out,
        advisory=advisory,
    )


def _passes(name: str, results: Sequence[Result]) -> bool:
    return all(score.passed for one in results for score in one.scores if score.dimension == name)


def _passed(pairs: Sequence[Pair], seed: int) -> Change:
    """The share of cases that passed every time. McNemar's test, unless a cluster holds several."""
    whole = [pair for pair in pairs if "incomplete" not in pair.outcomes]
    if not whole:
        return _none(PASSED, "no case was wholly scored in both runs", left_out=len(pairs))
    sides = [tuple(float(one == "passed") for one in pair.outcomes) for pair in whole]
    differences = [now - was for was, now in sides]
    clusters = [pair.before[0].case.group for pair in whole]
    estimate = clustered(differences, clusters)
    moved, step = _moves(differences, clusters)
    lost, won = differences.count(-1.0), differences.count(1.0)
    alone = estimate.clusters == estimate.n
    return Change(
        name=PASSED,
        word="cannot tell at this n",
        n=estimate.n,
        clusters=estimate.clusters,
        before=fmean(was for was, _ in sides),
        after=fmean(now for _, now in sides),
        difference=estimate.mean,
        interval=estimate.interval,
        p=mcnemar(lost, won) if alone else sign_flip(differences, clusters, seed=seed),
        adjusted=None,
        error=estimate.error,
        moved=moved,
        step=step,
        lost=lost,
        won=won,
        left_out=len(pairs) - len(whole),
    )


def _worded(change: Change, corrected: Mapping[str, float]) -> Change:
    """The change with its word, if it is among those corrected together; test and interval have to speak for one."""
    adjusted = corrected.get(change.name)
    if adjusted is None or change.interval is None or change.difference is None or change.error is None:
        return change
    sure = adjusted <= LEVEL and 0.0 not in change.interval
    word: Word = "cannot tell at this n" if not sure else "improved" if change.difference > 0 else "regressed"
    least = _least(change, len(corrected))
    why = f"{change.n} cases, none differs"
    if change.moved:
        why = f"{change.n} cases in {change.clusters} clusters show "
        why += f"a change of {least:.3f} four times of five" if least else "no change surely enough, however large"
    found = {"adjusted": adjusted, "word": word, "detectable": least, "why": change.why if sure else why}
    return change.model_copy(update=found)


def _moves(differences: Sequence[float], clusters: Sequence[str]) -> tuple[int, float]:
    """How many clusters differ, and how much one of them moves the mean."""
    moved = [float(one) for one in cluster_sums(differences, clusters) if abs(one) > SAME]
    return len(moved), (fmean(one * one for one in moved) ** 0.5 if moved else 0.0) / len(differences)


def _least(change: Change, tests: int) -> float | None:
    """What is detectable: a shift, or where most clusters do not differ at all, more of them that do."""
    if not change.moved or change.error is None:
        return None
    if 2 * change.moved > change.clusters:
        return detectable(change.error, tests, change.clusters)
    more = detectable_moves(change.clusters, change.moved, tests)
    return None if more is None else more * change.step


def _none(name: str, why: str, *, advisory: bool = False, left_out: int = 0) -> Change:
    return Change(
        name=name,
        word="cannot tell at this n",
        n=0,
        clusters=0,
        before=None,
        after=None,
        difference=None,
        interval=None,
        p=None,
        adjusted=None,
        left_out=left_out,
        advisory=advisory,
        why=why,
    )
