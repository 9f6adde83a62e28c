"""The run that is going on: one at a time, in a process of its own, so that typing never waits for it."""

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.brand import Brand
from assistant.errors import InputError
from assistant.pipeline import Assistant
from assistant.web.evaluation.order import Order
from assistant.web.evaluation.shelf import Shelf

if TYPE_CHECKING:
    from assistant.models import ChatModel
    from eval.case import Case
    from eval.score import Scorer
    from eval.suite import Suite

State = Literal["running", "done", "stopped", "failed"]
NICE = 10
"""How far a run stands back behind the page and its drafts (POSIX nice)."""


class Progress(NamedTuple):
    """How far a run is."""

    name: str
    order: Order
    state: State
    done: int = 0
    of: int = 0
    why: str = ""
    """Why it failed."""


class Runner:
    """Starts runs and stops them. Safe to use from many threads."""

    def __init__(self, shelf: Shelf, brand: Callable[[], Brand], assistant_for: Callable[[Brand], Assistant]) -> None:
        """Keep logs in the folder of `shelf`; `brand` gives the brand as it speaks just now."""
        self._shelf, self._brand, self._assistant_for = shelf, brand, assistant_for
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._told: Connection | None = None
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress | None:
        """How far the last run is; None before the first."""
        with self._lock:
            return self._read()

    def start(self, order: Order, resume: str = "") -> Progress:
        """Begin a run, or go on with the one of the name `resume`.

        Raises:
            InputError: one is going on, or there is no such suite or run.
            ConfigurationError: the suite can't be used.
        """
        suite = self._shelf.suite(order.suite)
        if order.by == "past" and not any(case.reply for case in suite.cases):
            raise InputError(f"no case of '{order.suite}' holds a past reply; let a brand answer them")
        with self._lock:
            now = self._read()
            if now is not None and now.state == "running":
                raise InputError(f"'{now.order.suite}' is being run; wait for it, or stop it")
            log = self._shelf.path(resume) if resume else self._log(order)
            log.parent.mkdir(parents=True, exist_ok=True)
            if not resume:
                order.kept_at(log).write_text(order.model_dump_json(), encoding="utf-8")
            context = get_context("spawn")
            ours, theirs = context.Pipe(duplex=False)
            name = suite.path or order.suite
            work = (order, name, log, bool(resume), self._brand(), self._assistant_for, theirs)
            self._process = context.Process(target=_work, args=work, name="evaluation", daemon=True)
            self._process.start()
            theirs.close()
            self._told = ours
            self._progress = Progress(log.stem, order, "running", 0, len(suite.cases) * order.epochs)
            return self._progress

    def stop(self) -> None:
        """Stop the run that is going on. What was done stays in its log."""
        with self._lock:
            now = self._read()
            if now is None or now.state != "running" or self._process is None:
                return
            self._process.terminate()
            self._process.join(10)
            self._progress = now._replace(state="stopped")

    def _log(self, order: Order) -> Path:
        stem = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{order.suite}"
        return self._shelf.folder / f"{stem}.jsonl"

    def _read(self) -> Progress | None:
        """The progress with what the process has told since; a process that died without a word has failed."""
        now, told, process = self._progress, self._told, self._process
        if now is None or now.state != "running" or told is None or process is None:
            return now
        alive = process.is_alive()  # asked first: what it said before it ended is read below
        with suppress(EOFError, OSError):
            while told.poll():
                done, of, why = told.recv()
                now = now._replace(done=done, of=of, why=why)
        if not alive:
            process.join()
            failed = now.why or process.exitcode != 0
            why = now.why or f"its process ended with {process.exitcode}; the server's log may say why"
            now = now._replace(state="failed" if failed else "done", why=why if failed else "")
        self._progress = now
        return now


def _work(
    order: Order,
    suite: str,
    log: Path,
    resume: bool,
    brand: Brand,
    assistant_for: Callable[[Brand], Assistant],
    told: Connection,
) -> None:
    """Run a suite, telling how far it is."""
    from assistant.errors import ReplywrightError
    from eval import RunLogError, evaluate, load_suite
    from eval.answering import Answers

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the server ends the server, and that ends this
    if hasattr(os, "nice"):
        os.nice(NICE)
    done = of = 0

    def tell(now: int, whole: int) -> None:
        nonlocal done, of
        done, of = now, whole
        told.send((done, of, ""))

    try:
        loaded = load_suite(suite)
        own, past = order.by == "own", order.by == "past"
        model = None if own and not order.votes else assistant_for(brand).model
        scorers = scorers_for(order, loaded, brand, model)
        system = Answers(loaded, None if own else brand, past=past, model=None if own else model)
        evaluate(system, loaded, scorers, epochs=order.epochs, log=log, resume=resume, progress=tell)
    except (ReplywrightError, RunLogError, ValueError, OSError) as error:
        told.send((done, of, str(error)[:1_000] or type(error).__name__))
    finally:
        told.close()


def scorers_for(order: Order, suite: "Suite", brand: Brand, model: "ChatModel | None") -> "Sequence[Scorer]":
    """What scores a run: the suite's scorers, and the model by every rubric where it is to judge.

    Raises:
        InputError: a model is to judge, and none is set up.
    """
    from eval.answering import DEMO, brand_of
    from eval.judge import Judge, chosen
    from eval.past import past_scorers
    from eval.scorers import JudgeScorer, scorers_of

    past = order.by == "past"
    scorers = past_scorers(scorers_of(suite)) if past else scorers_of(suite)
    if not order.votes:
        return scorers
    if model is None:
        raise InputError("no model is set up that could judge; `replywright doctor` says what is missing")
    named = cache(lambda name: brand_of(suite, name))

    def whose(case: "Case") -> Brand | None:
        name = case.brand or ("" if past else DEMO)
        return brand if order.by != "own" else named(name) if name else None

    return (*scorers, JudgeScorer(Judge(model, votes=order.votes), chosen(["all"]), whose))
