"""How long a thousand cases take offline, and whether a run that is killed ends as one that is not.

`python tests/benchmarks/eval_run.py [--cases 1000]` drafts and scores the cases of the suites that ship, over and over
with another word in each message, and prints seconds; then it begins the same run again, kills it with SIGKILL in the
middle, resumes it, and compares the results. Exit code 1 where they differ.
"""

import argparse
import itertools
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from eval import Case, Suite, evaluate, load_suite, read_run
from eval.answering import Answers, spread
from eval.scorers import scorers_of
from eval.suite import suite_names

HERE = Path(__file__)


def suite_of(count: int) -> Suite:
    """So many cases, no two messages alike."""
    found = [load_suite(name) for name in suite_names()]
    drafted = [case for suite in found for case in suite.cases if not case.expect.of_reply]
    cases = []
    for number, case in zip(range(count), itertools.cycle(drafted)):
        message = f"{case.context.message} ({number})"
        context = case.context.model_copy(update={"id": str(number), "message": message})
        cases.append(Case(**{**dict(case), "id": str(number), "context": context}))
    return Suite(name="many", cases=tuple(cases), path=found[0].path)


def ran(count: int, log: Path, workers: int) -> str:
    """Run them, going on where the log ends, and say how many seconds it took, rules and brands read anew."""
    suite = suite_of(count)
    answers = partial(Answers, suite)
    began = time.perf_counter()
    with spread(answers, workers) if workers > 1 else nullcontext(answers()) as system:
        evaluate(system, suite, scorers_of(suite), workers=workers, log=log, resume=True)
    took = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return f"{took:.1f} s ({sum(one.ru_utime + one.ru_stime for one in used):.1f} s of processors)"


def told(path: Path) -> list[Any]:
    """What a run found, without its times."""
    results = [one.model_dump(exclude={"seconds"}) for one in read_run(path).results]
    return sorted(results, key=lambda one: int(one["case"]["id"]))


def started(count: int, log: Path, workers: int) -> "subprocess.Popen[str]":
    """A run in a process of its own, which has kept nothing of another."""
    command = [sys.executable, str(HERE), "--cases", str(count), "--into", str(log), "--workers", str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    # away from the checkout, whose revision may change in the meantime
    return subprocess.Popen(command, env=environment, cwd=log.parent, stdout=subprocess.PIPE, text=True)


def killed(count: int, log: Path, workers: int) -> int:
    """Begin a run and kill it in the middle; how many results it had written."""
    process = started(count, log, workers)
    while not (log.exists() and log.read_bytes().count(b"\n") > count // 2):
        if process.poll() is not None:
            sys.exit("the run ended before it could be killed")
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return log.read_bytes().count(b"\n") - 1


def main() -> None:
    """Print the seconds, then kill and resume."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    stated = parser.parse_args()
    if stated.into:
        _say(ran(stated.cases, stated.into, stated.workers))
        return
    with tempfile.TemporaryDirectory() as folder:
        one, many, broken = (Path(folder) / f"{name}.jsonl" for name in ("one", "many", "broken"))
        took = started(stated.cases, one, 1).communicate()[0].strip()
        _say(f"{stated.cases:,} cases drafted, scored and logged, one at a time: {took}")
        took = started(stated.cases, many, stated.workers).communicate()[0].strip()
        _say(f"the same, {stated.workers} side by side, each in a process of its own: {took}")
        left = killed(stated.cases, broken, stated.workers)
        took = started(stated.cases, broken, stated.workers).communicate()[0].strip()
        whole, others = told(one), (told(many), told(broken))
        differ = [[a["case"]["id"] for a, b in zip(whole, other, strict=True) if a != b] for other in others]
        same = not any(differ)
        said = "the same result" if same else f"ANOTHER result, in cases {differ}"
        _say(f"killed after {left:,} results, resumed in {took}: {said}")
    sys.exit(not same)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
