"""What the cases of a test run are held against: suites, the system under test, scorers. Made once a process."""

import sys
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path

from assistant.brand import Brand
from eval.answering import DEMO, Answers, Epochs, brand_of
from eval.case import Case
from eval.job import Repeatable, System
from eval.judge import Judge, chosen
from eval.judge.models import Models
from eval.run import Result, Run
from eval.runlog import read_run
from eval.runner import header_of, run_case
from eval.score import Scorer
from eval.scorers import JudgeScorer, scorers_of
from eval.suite import Suite, load_suite, suite_names
from eval.testing.settings import Settings
from tone_rules.errors import ConfigurationError


class Bench:
    """One project's. What is expensive is made at first use."""

    def __init__(self, root: Path, settings: Settings, *, record: bool = False) -> None:
        """Work for the project in a folder.

        Args:
            root: the folder that paths are relative to.
            settings: what is run.
            record: ask the model for what the cassette does not hold.
        """
        self.root = root
        self.settings = settings
        self._record = record
        self._opened: Models | None = None
        self.suite = cache(self._suite)
        self.system = cache(self._system)
        self.scorers = cache(self._scorers)

    def run(self, name: str, case: Case) -> tuple[Result, ...]:
        """A case in all its epochs.

        Raises:
            StaleCassette: what was recorded does not answer it.
        """
        system, scorers = self.system(name), self.scorers(name)
        return tuple(run_case(system, case, scorers, epoch + 1) for epoch in range(self.settings.epochs))

    def whole(self, name: str, results: Sequence[Result]) -> Run:
        """The results of a suite as a run, in its order."""
        suite = self.suite(name)
        places = {case.id: number for number, case in enumerate(suite.cases)}
        ordered = sorted(results, key=lambda one: (one.epoch, places.get(one.case.id, len(places))))
        return Run(header=header_of(suite, self.scorers(name), self.settings.epochs), results=tuple(ordered))

    @cached_property
    def baseline(self) -> Run | None:
        """The run that margins are measured from."""
        return None if self.settings.baseline is None else read_run(self.root / self.settings.baseline)

    @cached_property
    def brand(self) -> Brand | None:
        """The brand that every case is answered for, where one is set."""
        name = self.settings.brand
        if name is None:
            return None
        if name == DEMO and not (self.root / name).is_dir():
            from assistant import demo

            return demo.brand()
        return Brand.load(self.root / name)

    def close(self) -> None:
        """Hang up, and put what was recorded in order."""
        if self._opened is not None:
            self._opened.close()

    @property
    def _models(self) -> Models:
        if self._opened is None:
            tape = self.settings.cassette
            self._opened = Models(self.root / tape if tape else None, record=self._record)
        return self._opened

    def _suite(self, name: str) -> Suite:
        return load_suite(name if name in suite_names() else self.root / name)

    def _scorers(self, name: str) -> tuple[Scorer, ...]:
        suite = self.suite(name)
        scorers = scorers_of(suite)
        if not self.settings.judge:
            return scorers
        named = {case.brand or DEMO for case in suite.cases}
        known = {one: self.brand or brand_of(suite, one) for one in named}
        judge = Judge(self._models.make(), votes=self.settings.votes)
        return (*scorers, JudgeScorer(judge, chosen(self.settings.judge), lambda case: known.get(case.brand or DEMO)))

    def _system(self, name: str) -> "System | Repeatable":
        suite = self.suite(name)
        if self.settings.system is not None:
            return self._named(self.settings.system)
        if self.settings.drafter == "playbook":
            return Answers(suite, self.brand)
        epochs = range(1, self.settings.epochs + 1)
        return Epochs([Answers(suite, self.brand, model=self._models.make(epoch=one)) for one in epochs])

    def _named(self, place: str) -> "System | Repeatable":
        module, _, name = place.partition(":")
        if str(self.root) not in sys.path:
            sys.path.insert(0, str(self.root))  # a project's own module, as `python -m pytest` would find it
        try:
            found: System | Repeatable = getattr(import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            said = f"system '{place}' can't be had: {error}; write it as module:name of a callable"
            raise ConfigurationError.at(self.root / "pyproject.toml", said) from None
        return found
