"""The gate at the end of a test run: it sees the cases of every process, and says whether they are good enough."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eval.gate import GateVerdict, judge_run
from eval.run import Result, Run
from eval.runlog import open_log
from eval.testing.bench import Bench
from eval.testing.items import SHIPPED


class Held(NamedTuple):
    """A suite and what came of it."""

    suite: str
    run: Run
    verdict: GateVerdict | None
    """None where only some of its cases were selected: a part is held to no gate."""
    of: int


class Holding:
    """Gathers results from reports, in the process that sees them all."""

    def __init__(self, bench: Bench, *, logs: Path | None = None, reports: Path | None = None) -> None:
        """Gather for a bench.

        Args:
            bench: whose suites.
            logs: a folder for the log of each suite's run.
            reports: a folder for the reports of each suite's run.
        """
        self._bench = bench
        self._logs, self._reports = logs, reports
        self._selected: set[str] = set()
        self._results: dict[str, dict[tuple[str, int], Result]] = {}
        self.held: tuple[Held, ...] = ()

    def select(self, nodeids: Iterable[str]) -> None:
        """Take note of the tests that are to run."""
        self._selected.update(one for one in nodeids if suite_of(one) is not None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a case's test found, from whichever process."""
        lines: list[str] = getattr(report, "replywright", [])
        name = suite_of(report.nodeid)
        if name is not None:
            for one in map(Result.model_validate_json, lines):
                self._results.setdefault(name, {})[one.key] = one

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Where one process does it all, its tests are those that run."""
        self.select(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        """Where several do, each collects the same."""
        self.select(ids)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hold each suite to its gate, and let the gate fail what its tests let pass."""
        if not session.config.option.collectonly:
            names = dict.fromkeys(name for one in sorted(self._selected) if (name := suite_of(one)) is not None)
            self.held = tuple(self._hold(name) for name in names)
        self._bench.close()
        bad = any(one.verdict is not None and one.verdict.exit_code for one in self.held)
        if bad and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The verdict of each suite, with what it rests on."""
        if self.held:
            terminalreporter.section("replywright")
        for one in self.held:
            if one.verdict is None:
                count = len(one.run.by_case)
                terminalreporter.write_line(f"{one.suite}: held to no gate: {count} of {one.of} cases were selected")
            else:
                good = one.verdict.state == "ok"
                terminalreporter.write_line(f"{one.suite}: {one.verdict.headline}", green=good, red=not good)

    def _hold(self, name: str) -> Held:
        suite = self._bench.suite(name)
        run = self._bench.whole(name, list(self._results.get(name, {}).values()))
        chosen = sum(suite_of(one) == name for one in self._selected)
        verdict = None
        if chosen == len(suite.cases):
            verdict = judge_run(run, self._bench.settings.gate_of(suite.gate), self._bench.baseline)
        if self._logs is not None:
            path = self._logs / f"{suite.name}.jsonl"
            path.unlink(missing_ok=True)
            with open_log(path, run.header) as log:
                for one in run.results:
                    log.write(one)
        if self._reports is not None and verdict is not None:
            from eval.reports import write_all

            write_all(run, verdict, self._reports / suite.name)
        return Held(suite=name, run=run, verdict=verdict, of=len(suite.cases))


def suite_of(nodeid: str) -> str | None:
    """The suite that a test belongs to, by its place; None where it is no case's."""
    place = nodeid.split("::", 1)[0]
    if place.startswith(SHIPPED):
        return place.removeprefix(SHIPPED)
    return place if place.endswith(".jsonl") else None
