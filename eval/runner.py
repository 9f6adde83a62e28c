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

from assistant.pipeline import Proposal
from eval.case import Case
from eval.errors import RunLogError
from eval.job import Job, Repeatable
from eval.job import System as System
from eval.licence import NEEDED, standing
from eval.pace import Pace
from eval.run import Result, Run, RunHeader, ScorerInfo
from eval.runlog import RunLog, open_log
from eval.score import Scorer
from eval.scorers import scorers_of
from eval.suite import Suite

SAME_SYSTEM = ("brand", "packs")
"""The keys of a proposal's provenance that must not change within a run. A drafter may: it falls back."""
TRIES = 5
"""How often a case is begun that a server refuses for too many requests."""
PAUSE = 0.5
"""Seconds before it is begun again, doubled each time."""


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
        resume: go on with `log` where it was left. Cases that ended in an error are run again; where a judge gave no
            mark, only what was answered is judged again.
        progress: told after each result how many are done, of how many.

    Raises:
        RunLogError: the log can't be used.
        StaleCassette: system or judge replay answers that were recorded, and one is missing.
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
        found = {one.key: one for one in record.results if one.error is None} if record else {}
        results = {key: one for key, one in found.items() if not one.unjudged}
        expected = {_whose(one.case): _identity(one.proposal) for one in found.values() if one.proposal}
        due = [(case, epoch) for epoch in range(1, epochs + 1) for case in suite.cases]
        jobs = (
            Job(system, case, epoch, used, answered=found.get((case.id, epoch)))
            for case, epoch in due
            if (case.id, epoch) not in results
        )
        for result in _done(jobs, pace):
            identity = _identity(result.proposal)
            known = expected.setdefault(_whose(result.case), identity)
            if record and known and identity and identity != known:
                raise RunLogError(f"{record.path} was begun with another brand or other packs: begin a new log")
            expected[_whose(result.case)] = known or identity
            results[result.key] = result
            if record:
                record.write(result)
            if progress:
                progress(len(results), len(due))
    ordered = tuple(results[case.id, epoch] for case, epoch in due)
    return Run(header=record.header if record else header, results=ordered)


def run_case(system: System | Repeatable, case: Case, scorers: Sequence[Scorer], epoch: int = 1) -> Result:
    """One case through the system and the scorers.

    Raises:
        StaleCassette: system or judge replay answers that were recorded, and one is missing.
    """
    return next(_done(iter([Job(system, case, epoch, tuple(scorers))]), Pace(1)))


def _done(jobs: Iterator[Job], pace: Pace) -> Iterator[Result]:
    """The results as they come. A case that a server refused is begun again, at a slower pace."""
    if pace.most == 1:
        for job in jobs:
            result, busy = job.run()
            while busy and job.tries < TRIES:
                job = job.again(result)
                result, busy = _later(job)
            yield result
        return
    with ThreadPoolExecutor(pace.most) as pool:
        running: dict[Future[tuple[Result, bool]], Job] = {}
        waiting: list[Job] = []
        left: Job | None = next(jobs, None)
        try:
            while running or waiting or left:
                while len(running) < pace.now and (waiting or left):
                    if waiting:
                        job = waiting.pop()
                        running[pool.submit(_later, job)] = job
                    elif left:
                        running[pool.submit(left.run)] = left
                        left = next(jobs, None)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    job = running.pop(future)
                    result, busy = future.result()
                    if busy:
                        pace.too_many()
                        if job.tries < TRIES:
                            waiting.append(job.again(result))
                            continue
                    else:
                        pace.went_well()
                    yield result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _later(job: Job) -> tuple[Result, bool]:
    """A job that is begun again, after a pause."""
    time.sleep(PAUSE * 2 ** (job.tries - 2))
    return job.run()


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


def _whose(case: Case) -> tuple[str | None, bool]:
    """What tells the systems of one run apart: the brand that a case names, and whether its past reply is scored."""
    return case.brand, case.expect.of_reply


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
