"""Runs a system over a suite and scores what comes back."""

import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from pydantic import ValidationError

from assistant.context import CustomerContext
from assistant.models.answer import Usage
from assistant.pipeline import Proposal
from eval.case import Case
from eval.errors import RunLogError
from eval.licence import NEEDED, standing
from eval.pace import Pace, refused
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.runlog import RunLog, open_log
from eval.score import Score, Scorer
from eval.scorers import scorers_of
from eval.suite import Suite

System = Callable[[CustomerContext], Proposal]
SAME_SYSTEM = ("brand", "packs")
"""The keys of a proposal's provenance that must not change within a run. A drafter may: it falls back."""
TRIES = 5
"""How often a case is begun that a server refuses for too many requests."""
PAUSE = 0.5
"""Seconds before it is begun again, doubled each time."""


@runtime_checkable
class Repeatable(Protocol):
    """A system that keeps its answers apart by epoch, so that a repeat is never one kept answer told again."""

    def for_epoch(self, epoch: int) -> System:
        """The system that answers in one epoch, from 1."""
        ...


def evaluate(
    system: System | Repeatable,
    suite: Suite,
    scorers: Iterable[Scorer] | None = None,
    *,
    epochs: int = 1,
    workers: int = 1,
    log: Path | None = None,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Run every case of a suite through a system. What a case raises becomes its result; the rest goes on.

    Args:
        system: from a context to a proposal. One with `for_epoch` is asked for the system of each epoch.
        suite: from `load_suite`, or made in memory.
        scorers: by default all that ship.
        epochs: how often each case is run.
        workers: how many cases run side by side, at most: fewer while a server refuses for too many requests. The
            system has to bear threads where it is more than one.
        log: a file that gets each result as it comes.
        resume: go on with `log` where it was left. Cases that ended in an error are run again.
        progress: told after each result how many are done, of how many.

    Raises:
        RunLogError: the log can't be used.
        ValueError: `resume` without `log`, less than one epoch or worker, or two scorers that share a name or a
            dimension.
    """
    if resume and log is None:
        raise ValueError("there is nothing to resume without a log")
    if epochs < 1:
        raise ValueError(f"{epochs} epochs: at least one has to run")
    used = tuple(scorers_of(suite) if scorers is None else scorers)
    header = header_of(suite, used, epochs)
    pace = Pace(workers)
    opened: AbstractContextManager[RunLog | None] = open_log(log, header, resume=resume) if log else nullcontext()
    with opened as record:
        results = {one.key: one for one in record.results if one.error is None} if record else {}
        expected = {one.case.brand: _identity(one.proposal) for one in results.values() if one.proposal}
        due = [(case, epoch) for epoch in range(1, epochs + 1) for case in suite.cases]
        jobs = (_Job(system, case, epoch, used) for case, epoch in due if (case.id, epoch) not in results)
        for result in _done(jobs, pace):
            identity = _identity(result.proposal)
            known = expected.setdefault(result.case.brand, identity)
            if record and known and identity and identity != known:
                raise RunLogError(f"{record.path} was begun with another brand or other packs: begin a new log")
            expected[result.case.brand] = known or identity
            results[result.key] = result
            if record:
                record.write(result)
            if progress:
                progress(len(results), len(due))
    ordered = tuple(results[case.id, epoch] for case, epoch in due)
    return Run(header=record.header if record else header, results=ordered)


def run_case(system: System | Repeatable, case: Case, scorers: Sequence[Scorer], epoch: int = 1) -> Result:
    """One case through the system and the scorers."""
    return _Job(system, case, epoch, tuple(scorers)).run()[0]


class _Job(NamedTuple):
    """One case in one epoch."""

    system: System | Repeatable
    case: Case
    epoch: int
    scorers: tuple[Scorer, ...]
    tries: int = 1

    def run(self) -> tuple[Result, bool]:
        """The result, and whether a server refused it for too many requests."""
        began = time.perf_counter()
        try:
            system = self.system.for_epoch(self.epoch) if isinstance(self.system, Repeatable) else self.system
            proposal = system(self.case.context)
            if not isinstance(proposal, Proposal):
                raise TypeError(f"the system returned {type(proposal).__name__}, not a Proposal")
        except Exception as error:  # noqa: BLE001 - whatever a system raises is the result of its case
            took = time.perf_counter() - began
            return Result(case=self.case, epoch=self.epoch, error=_said(error), seconds=took), refused(error)
        seconds = time.perf_counter() - began
        scores = tuple(score for scorer in self.scorers for score in _scores(scorer, self.case, proposal))
        usage = _usage(proposal)
        found = Result(case=self.case, epoch=self.epoch, proposal=proposal, scores=scores, seconds=seconds, usage=usage)
        return found, False

    def again(self) -> tuple[Result, bool]:
        """The same after a pause."""
        time.sleep(PAUSE * 2 ** (self.tries - 2))
        return self.run()


def _done(jobs: Iterator[_Job], pace: Pace) -> Iterator[Result]:
    """The results as they come. A case that a server refused is begun again, at a slower pace."""
    if pace.most == 1:
        for job in jobs:
            result, busy = job.run()
            while busy and job.tries < TRIES:
                job = job._replace(tries=job.tries + 1)
                result, busy = job.again()
            yield result
        return
    with ThreadPoolExecutor(pace.most) as pool:
        running: dict[Future[tuple[Result, bool]], _Job] = {}
        waiting: list[_Job] = []
        left: _Job | None = next(jobs, None)
        try:
            while running or waiting or left:
                while len(running) < pace.now and (waiting or left):
                    if waiting:
                        job = waiting.pop()
                        running[pool.submit(job.again)] = job
                    elif left:
                        running[pool.submit(left.run)] = left
                        left = next(jobs, None)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    job = running.pop(future)
                    result, busy = future.result()
                    if busy:
                        pace.too_many()
                        if job.tries < TRIES:
                            waiting.append(job._replace(tries=job.tries + 1))
                            continue
                    else:
                        pace.went_well()
                    yield result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def header_of(suite: Suite, scorers: Sequence[Scorer], epochs: int = 1) -> RunHeader:
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
        path=suite.path,
        cases=len(suite.cases),
        epochs=epochs,
        scorers=tuple(_info(one) for one in scorers),
        revision=_revision(),
        versions={"python": platform.python_version(), "replywright": _version()},
        started_at=datetime.now(UTC),
    )


def _info(scorer: Scorer) -> ScorerInfo:
    needed = scorer.dimensions if scorer.kind in NEEDED else ()
    return ScorerInfo(
        name=scorer.name,
        version=scorer.version,
        dimensions=scorer.dimensions,
        kind=scorer.kind,
        standings={name: standing(scorer.name, scorer.version, name, scorer.kind) for name in needed},
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
        scores = [Score.unscored(dimension, reason, scorer.kind) for dimension in scorer.dimensions]
    return [_held(score, scorer) for score in scores]


def _held(score: Score, scorer: Scorer) -> Score:
    """The score as it may count: one without a licence guides and decides nothing."""
    if score.kind not in NEEDED or standing(scorer.name, scorer.version, score.dimension, score.kind).licensed:
        return score
    return score.model_copy(update={"advisory": True})


def _usage(proposal: Proposal) -> Usage | None:
    """What the system says that it took."""
    try:
        return Usage.model_validate(proposal.provenance["usage"])
    except (KeyError, ValidationError):
        return None


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
