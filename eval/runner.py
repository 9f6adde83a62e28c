"""Runs a system over a suite and scores what comes back."""

import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.context import CustomerContext
from assistant.pipeline import Proposal
from eval.case import Case
from eval.errors import RunLogError
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.runlog import RunLog, open_log
from eval.score import Score, Scorer
from eval.scorers import default_scorers
from eval.suite import Suite

System = Callable[[CustomerContext], Proposal]
SAME_SYSTEM = ("brand", "packs")
"""The keys of a proposal's provenance that must not change within a run. A drafter may: it falls back."""


def evaluate(
    system: System,
    suite: Suite,
    scorers: Iterable[Scorer] | None = None,
    *,
    log: Path | None = None,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Run every case of a suite through a system. What a case raises becomes its result; the rest goes on.

    Args:
        system: from a context to a proposal.
        suite: from `load_suite`, or made in memory.
        scorers: by default all that ship.
        log: a file that gets each result as it comes.
        resume: go on with `log` where it was left. Cases that ended in an error are run again.
        progress: told after each case how many are done, of how many.

    Raises:
        RunLogError: the log can't be used.
        ValueError: `resume` without `log`, or two scorers that share a name or a dimension.
    """
    if resume and log is None:
        raise ValueError("there is nothing to resume without a log")
    used = tuple(default_scorers() if scorers is None else scorers)
    header = header_of(suite, used)
    opened: AbstractContextManager[RunLog | None] = open_log(log, header, resume=resume) if log else nullcontext()
    with opened as record:
        results = {one.case.id: one for one in record.results if one.error is None} if record else {}
        expected = _identity(next((one.proposal for one in results.values() if one.proposal), None))
        for case in suite.cases:
            if case.id in results:
                continue
            result = run_case(system, case, used)
            identity = _identity(result.proposal)
            if record and expected and identity and identity != expected:
                raise RunLogError(f"{record.path} was begun with another brand or other packs: begin a new log")
            expected = expected or identity
            results[case.id] = result
            if record:
                record.write(result)
            if progress:
                progress(len(results), len(suite.cases))
    ordered = tuple(results[case.id] for case in suite.cases)
    return Run(header=record.header if record else header, results=ordered)


def run_case(system: System, case: Case, scorers: Sequence[Scorer]) -> Result:
    """One case through the system and the scorers."""
    began = time.perf_counter()
    try:
        proposal = system(case.context)
        if not isinstance(proposal, Proposal):
            raise TypeError(f"the system returned {type(proposal).__name__}, not a Proposal")
    except Exception as error:  # noqa: BLE001 - whatever a system raises is the result of its case
        return Result(case=case, error=_said(error), seconds=time.perf_counter() - began)
    seconds = time.perf_counter() - began
    scores = tuple(score for scorer in scorers for score in _scores(scorer, case, proposal))
    return Result(case=case, proposal=proposal, scores=scores, seconds=seconds)


def header_of(suite: Suite, scorers: Sequence[Scorer]) -> RunHeader:
    """The header of a run that begins now.

    Raises:
        ValueError: two scorers share a name or a dimension.
    """
    for what, names in (
        ("name", [scorer.name for scorer in scorers]),
        ("dimension", [dimension for scorer in scorers for dimension in scorer.dimensions]),
    ):
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise ValueError(f"two scorers share the {what} '{twice[0]}'")
    return RunHeader(
        suite=suite.name,
        suite_sha256=suite.sha256,
        cases=len(suite.cases),
        scorers=tuple(ScorerInfo(name=one.name, version=one.version, dimensions=one.dimensions) for one in scorers),
        revision=_revision(),
        versions={"python": platform.python_version(), "replywright": _version()},
        started_at=datetime.now(UTC),
    )


def _scores(scorer: Scorer, case: Case, proposal: Proposal) -> list[Score]:
    """A scorer's scores, or every dimension of it unscored where it broke or went beyond what it declares."""
    try:
        scores = list(scorer(case, proposal))
        given = [score.dimension for score in scores]
        strange = [name for name in given if name not in scorer.dimensions or given.count(name) > 1]
        if strange:
            raise ValueError(f"it scored '{strange[0]}' twice or without declaring it")
    except Exception as error:  # noqa: BLE001 - a broken scorer leaves its dimensions unscored, and the run goes on
        reason = f"the scorer '{scorer.name}' failed: {_said(error)}"
        return [Score.unscored(dimension, reason) for dimension in scorer.dimensions]
    return scores


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1_000]


def _identity(proposal: Proposal | None) -> dict[str, object]:
    return {key: proposal.provenance[key] for key in SAME_SYSTEM if key in proposal.provenance} if proposal else {}


def _version() -> str:
    try:
        return version("replywright")
    except PackageNotFoundError:
        return "not installed"


def _revision() -> str | None:
    """The commit of the folder we run in; None where git or a repository is missing."""
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - fixed
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
