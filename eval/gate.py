"""The gate: what a run has to reach, and the one function that says whether it did."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from assistant.errors import InputError
from eval.run import Run
from eval.summary import Summary, summarise
from tone_rules.located import nearest
from tone_rules.value import Value

State = Literal["ok", "failed", "incomplete"]
EXIT_CODES: Mapping[State, Literal[0, 1, 3]] = {"ok": 0, "failed": 1, "incomplete": 3}


class Gate(Value):
    """Thresholds. The defaults let nothing through that failed its case by itself, broke, or went unscored."""

    floors: Mapping[str, Annotated[float, Field(ge=0, le=1)]] = {}
    """By dimension: the lowest mean that passes."""
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
            InputError: a floor names none of `dimensions`.
        """
        known = list(dimensions)
        for name in self.floors:
            if name not in known:
                raise InputError(f"the gate has a floor for '{name}', which no scorer gives; {nearest(name, known)}")


class GateCheck(Value):
    """One line of a verdict."""

    name: str
    state: State
    message: str


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
        """One line: the state, and why it isn't ok."""
        why = "; ".join(check.message for check in self.checks if check.state == self.state != "ok")
        return f"gate {self.state}" + (f": {why}" if why else "")


def judge_run(run: Run, gate: Gate) -> GateVerdict:
    """Hold a run to a gate. Incomplete comes before failed: what was not found out can't be judged."""
    summary = summarise(run)
    checks = (
        _limit("missing", "incomplete", summary.missing, 0, f"of {run.header.cases} cases without a result"),
        _limit("errors", "incomplete", summary.errors, gate.max_errors, "cases that ended in an error"),
        _limit("unscored", "incomplete", summary.unscored, gate.max_unscored, "cases not wholly scored"),
        _limit("autofail", "failed", summary.autofails, gate.max_autofail, "cases failed by a single score"),
        *(_floor(name, floor, summary) for name, floor in sorted(gate.floors.items())),
    )
    states = {check.state for check in checks}
    state: State = "incomplete" if "incomplete" in states else "failed" if "failed" in states else "ok"
    return GateVerdict(state=state, checks=checks)


def _limit(name: str, otherwise: State, count: int, limit: int, what: str) -> GateCheck:
    state: State = "ok" if count <= limit else otherwise
    return GateCheck(name=name, state=state, message=f"{what}: {count} (limit {limit})")


def _floor(name: str, floor: float, summary: Summary) -> GateCheck:
    mean = next((one.mean for one in summary.dimensions if one.name == name), None)
    if mean is None:
        return GateCheck(name=name, state="incomplete", message=f"no case was scored on '{name}' (floor {floor:g})")
    good = mean >= floor - 1e-9  # the mean of 0.1 three times is not below 0.1
    return GateCheck(name=name, state="ok" if good else "failed", message=f"mean {name} {mean:.6g} (floor {floor:g})")
