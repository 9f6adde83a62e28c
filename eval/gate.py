"""The gate: what a run has to reach, and the one function that says whether it did."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from assistant.errors import InputError
from eval.comparison import Comparison, compare
from eval.run import Run
from eval.summary import Summary, stability, summarise
from tone_rules.located import nearest
from tone_rules.value import Value

State = Literal["ok", "failed", "incomplete"]
EXIT_CODES: Mapping[State, Literal[0, 1, 3]] = {"ok": 0, "failed": 1, "incomplete": 3}

Part = Annotated[float, Field(ge=0, le=1)]


class Gate(Value):
    """Thresholds. The defaults let nothing through that failed its case by itself, broke, or went unscored."""

    floors: Mapping[str, Part] = {}
    """By dimension: the lowest mean that passes."""
    margins: Mapping[str, Part] = {}
    """By dimension: how much lower than the baseline its mean may be. It fails where the interval excludes that."""
    min_pass: int | None = Field(default=None, gt=0)
    """How many epochs of each case have to pass; None asks for none."""
    max_autofail: int = Field(default=0, ge=0)
    """Cases that one score may fail by itself."""
    max_errors: int = Field(default=0, ge=0)
    """Cases in which the system may raise."""
    max_unscored: int = Field(default=0, ge=0)
    """Cases in which something may stay unscored."""

    def with_floors(self, floors: Mapping[str, float]) -> "Gate":
        """This gate with some floors set anew.

        Raises:
            ValidationError: a floor outside 0 to 1.
        """
        return Gate.model_validate({**self.model_dump(), "floors": {**self.floors, **floors}})

    def refuse_unknown(self, dimensions: Iterable[str]) -> None:
        """Stop before a long run is held to a dimension that nothing scores.

        Raises:
            InputError: a floor or a margin names none of `dimensions`.
        """
        known = list(dimensions)
        for what, names in (("floor", self.floors), ("margin", self.margins)):
            for name in names:
                if name not in known:
                    hint = nearest(name, known)
                    raise InputError(f"the gate has a {what} for '{name}', which no scorer gives; {hint}")


class GateCheck(Value):
    """One line of a verdict."""

    name: str
    state: State
    message: str
    advisory: bool = False
    """It would have failed, and decides nothing: its dimension has no licence."""


class GateVerdict(Value):
    """What the gate says. The words printed and the exit code are both read from here."""

    state: State
    checks: tuple[GateCheck, ...]

    @property
    def exit_code(self) -> Literal[0, 1, 3]:
        """0 ok, 1 the gate failed, 3 the run is incomplete."""
        return EXIT_CODES[self.state]

    @property
    def headline(self) -> str:
        """One line: the state, why it isn't ok, and what was not held to it."""
        why = "; ".join(check.message for check in self.checks if check.state == self.state != "ok")
        held = "; ".join(check.message for check in self.checks if check.advisory)
        return f"gate {self.state}" + (f": {why}" if why else "") + (f" (advisory: {held})" if held else "")


def judge_run(run: Run, gate: Gate, baseline: Run | None = None) -> GateVerdict:
    """Hold a run to a gate. Incomplete comes before failed: what was not found out can't be judged.

    Args:
        run: the run.
        gate: what it has to reach.
        baseline: the run that its margins are measured from; without one, a margin is incomplete.
    """
    summary = summarise(run)
    checks = [
        _limit("missing", "incomplete", summary.missing, 0, f"of {run.header.cases} cases without a result"),
        _limit("errors", "incomplete", summary.errors, gate.max_errors, "cases that ended in an error"),
        _limit("unscored", "incomplete", summary.unscored, gate.max_unscored, "cases not wholly scored"),
        _limit("autofail", "failed", summary.autofails, gate.max_autofail, "cases failed by a single score"),
    ]
    if gate.min_pass is not None:
        checks.append(_min_pass(gate.min_pass, run))
    checks += [_floor(name, floor, summary) for name, floor in sorted(gate.floors.items())]
    if gate.margins:
        change = compare(baseline, run) if baseline is not None else None
        checks += [_margin(name, margin, change) for name, margin in sorted(gate.margins.items())]
    checks = [_held(check, run.header.advisory) for check in checks]
    states = {check.state for check in checks}
    state: State = "incomplete" if "incomplete" in states else "failed" if "failed" in states else "ok"
    return GateVerdict(state=state, checks=tuple(checks))


def _held(check: GateCheck, advisory: frozenset[str]) -> GateCheck:
    if check.state == "ok" or check.name not in advisory:
        return check
    return check.model_copy(update={"state": "ok", "advisory": True})


def _limit(name: str, otherwise: State, count: int, limit: int, what: str) -> GateCheck:
    state: State = "ok" if count <= limit else otherwise
    return GateCheck(name=name, state=state, message=f"{what}: {count} (limit {limit})")


def _floor(name: str, floor: float, summary: Summary) -> GateCheck:
    mean = next((one.mean for one in summary.dimensions if one.name == name), None)
    if mean is None:
        return GateCheck(name=name, state="incomplete", message=f"no case was scored on '{name}' (floor {floor:g})")
    good = mean >= floor - 1e-9  # the mean of 0.1 three times is not below 0.1
    return GateCheck(name=name, state="ok" if good else "failed", message=f"mean {name} {mean:.6g} (floor {floor:g})")


def _min_pass(least: int, run: Run) -> GateCheck:
    if least > run.header.epochs:
        said = f"{least} passes asked of {run.header.epochs} epochs: run more"
        return GateCheck(name="min_pass", state="incomplete", message=said)
    short = [one for one in stability(run) if one.passed < least]
    named = ", ".join(f"{one.id} {one.passed}/{one.epochs}" for one in short[:5]) + (", ..." if len(short) > 5 else "")
    said = f"cases that passed fewer than {least} of {run.header.epochs} times: {len(short)}"
    state: State = "failed" if short else "ok"
    return GateCheck(name="min_pass", state=state, message=said + (f" ({named})" if short else ""))


def _margin(name: str, margin: float, change: Comparison | None) -> GateCheck:
    if change is None:
        return GateCheck(name=name, state="incomplete", message=f"there is no baseline to hold {name} against")
    one = next((one for one in change.dimensions if one.name == name), None)
    if one is None or one.difference is None or one.interval is None:
        why = f": {one.why}" if one is not None and one.why else ""
        return GateCheck(name=name, state="incomplete", message=f"{name} can't be compared with the baseline{why}")
    state: State = "failed" if one.interval.high < -margin else "ok"
    said = f"{name} {one.difference:+.3f} ({one.interval.low:+.3f} to {one.interval.high:+.3f}) from the baseline"
    return GateCheck(name=name, state=state, message=f"{said} (margin {margin:g})")
