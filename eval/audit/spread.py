"""Where the parts are worked on: in this process, in several of this machine, or on a Ray cluster."""

import logging
import os
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError, ReplywrightError
from eval.processes import ONE_THREAD, processes

if TYPE_CHECKING:
    from assistant.brand import Brand
    from eval.audit.auditor import Auditor
    from eval.audit.files import Part
    from eval.audit.job import Job

Task = tuple["Part", frozenset[int]]
Done = tuple[int, bytes]
"""The number of a part, and its `Tally` as JSON."""
Results = Generator[Done, None, None]
_AHEAD = 2
"""Parts that wait for each worker, so that none waits for a part."""


class WorkerDied(ReplywrightError):
    """A worker process was ended from outside."""


def spread(job: "Job", brand: "Brand", tasks: Iterable[Task], *, jobs: int = 1, ray: str | None = None) -> Results:
    """Work on parts; what is done comes back in any order.

    Args:
        job: what is to be done.
        brand: whose rules hold.
        tasks: the parts with their rows that are measured; taken as workers become free.
        jobs: worker processes; 1 works in this one.
        ray: the address of a cluster, or `local` for one on this machine.

    Raises:
        WorkerDied: a worker was killed, as a machine short of memory does.
        InputError: there is no cluster at that address.
    """
    if ray is not None:
        return _on_ray(job, brand, tasks, jobs, ray)
    return _here(job, brand, tasks) if jobs == 1 else _in_processes(job, brand, tasks, jobs)


def _here(job: "Job", brand: "Brand", tasks: Iterable[Task]) -> Results:
    from eval.audit.auditor import Auditor

    auditor = Auditor(job, brand)
    for part, measured in tasks:
        yield part.number, auditor.part(part, measured)


_auditor: "Auditor | None" = None


def _begin(job: "Job", brand: "Brand") -> None:
    from eval.audit.auditor import Auditor

    global _auditor  # a process of a pool has no other place for what its tasks share
    _auditor = Auditor(job, brand)


def _work(part: "Part", measured: frozenset[int]) -> Done:
    if _auditor is None:
        raise RuntimeError("this process was not made ready")
    return part.number, _auditor.part(part, measured)


def _in_processes(job: "Job", brand: "Brand", tasks: Iterable[Task], jobs: int) -> Results:
    left = iter(tasks)
    try:
        with processes(jobs, _begin, job, brand) as pool:
            waiting: set[Future[Done]] = {pool.submit(_work, *task) for task in islice(left, jobs * _AHEAD)}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {pool.submit(_work, *task) for task in islice(left, len(done))}
                for future in done:
                    yield future.result()
    except BrokenProcessPool:
        message = "a worker process was ended from outside, perhaps for want of memory; go on with --resume, with "
        raise WorkerDied(f"{message}fewer --jobs") from None


def _on_ray(job: "Job", brand: "Brand", tasks: Iterable[Task], jobs: int, address: str) -> Results:
    """Actors of Ray core, each with an `Auditor`; the files must be where every node finds them."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of each cluster
    import ray

    from eval.audit.auditor import Auditor

    local = address == "local"
    started = not ray.is_initialized()
    if started:
        try:
            ray.init(
                address=None if local else address,
                num_cpus=jobs if local else None,
                include_dashboard=False if local else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
                runtime_env={"env_vars": dict.fromkeys(ONE_THREAD, "1")},
            )
        except (ConnectionError, ValueError) as error:
            raise InputError(f"no Ray cluster answers at '{address}'; start one, or say local: {error}") from None
    try:
        actor: Any = ray.remote(num_cpus=1)(Auditor)
        given = ray.put(job), ray.put(brand)
        idle = [actor.remote(*given) for _ in range(jobs)]
        left = iter(tasks)
        busy: dict[Any, tuple[Any, int]] = {}
        while True:
            for part, measured in islice(left, len(idle)):
                one = idle.pop()
                busy[one.part.remote(part, measured)] = one, part.number
            if not busy:
                return
            for reference in ray.wait(list(busy))[0]:
                one, number = busy.pop(reference)
                idle.append(one)
                try:
                    yield number, ray.get(reference)
                except ray.exceptions.RayActorError as error:
                    raise WorkerDied(f"a worker on Ray died; go on with --resume: {type(error).__name__}") from None
    finally:
        if started:
            ray.shutdown()
