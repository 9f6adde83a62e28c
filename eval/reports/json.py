"""A run as one JSON document, for other programs."""

from eval.gate import GateCheck, GateVerdict, State
from eval.run import Outcome, Result, Run, RunHeader
from eval.summary import Summary, summarise
from tone_rules.value import Value

SUFFIX = ".json"


class VerdictLine(Value):
    """The gate's verdict and the exit code that goes with it."""

    state: State
    exit_code: int
    headline: str
    checks: tuple[GateCheck, ...]


class ResultLine(Value):
    """One result and how it came out."""

    outcome: Outcome
    result: Result


class RunReport(Value):
    """All of a run."""

    verdict: VerdictLine
    summary: Summary
    header: RunHeader
    results: tuple[ResultLine, ...]
    """The worst first."""


def render(run: Run, verdict: GateVerdict) -> str:
    """The report; an unscored value is null. ASCII alone: what could move a cursor or turn the text is escaped."""
    report = RunReport(
        verdict=VerdictLine(
            state=verdict.state, exit_code=verdict.exit_code, headline=verdict.headline, checks=verdict.checks
        ),
        summary=summarise(run),
        header=run.header,
        results=tuple(ResultLine(outcome=one.outcome, result=one) for one in run.worst_first),
    )
    return report.model_dump_json(indent=2, ensure_ascii=True) + "\n"
