"""The pytest plugin: suites as tests, a gate at their end, fixtures for tests of one's own.

It is loaded explicitly, `pytest -p eval.pytest_plugin`: named as an entry point it would be imported by every pytest of
the environment, and break each in a repository that has an `eval` of its own.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ReplywrightError
from assistant.pipeline import Assistant, Proposal
from eval.case import Case
from eval.job import Job, Repeatable
from eval.run import Result
from eval.suite import suite_names
from eval.testing.bench import Bench
from eval.testing.holding import Holding
from eval.testing.items import BENCH, SHIPPED, CaseFailed, CaseItem, SuiteFile, shown
from eval.testing.settings import read_settings
from eval.testing.told import told
from tone_rules.errors import ConfigurationError

MARK = "replywright"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and settings."""
    group = parser.getgroup("replywright")
    group.addoption(
        "--replywright-suite",
        action="append",
        metavar="SUITE",
        help="run the cases of this suite, one that ships or a file; may be repeated",
    )
    group.addoption("--replywright-log", metavar="DIR", type=Path, help="a folder for the log of each suite's run")
    group.addoption("--replywright-report", metavar="DIR", type=Path, help="a folder for the reports of each suite")
    group.addoption(
        "--replywright-record", action="store_true", help="ask the model for what the cassette does not hold"
    )
    parser.addini("replywright_suite", "suites to run: names of those that ship, or files of cases", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings, and gather results where they all come together."""
    config.addinivalue_line(
        "markers", f"{MARK}(suite): on a test that takes `case` or `proposal`: run it for each case of the suite"
    )
    record = bool(config.getoption("replywright_record"))
    worker = hasattr(config, "workerinput")
    if record and (worker or getattr(config.option, "numprocesses", None)):
        raise pytest.UsageError("a cassette is recorded by one process: add -n 0 to --replywright-record")
    try:
        settings = read_settings(config.rootpath)
        given = config.getoption("replywright_suite") or config.getini("replywright_suite")
        if given:
            settings = settings.model_copy(update={"suites": tuple(given)})
        bench = Bench(config.rootpath, settings, record=record)
        for name in settings.suites:
            bench.suite(name)
    except (ConfigurationError, ReplywrightError) as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[BENCH] = bench
    if not worker:
        logs, reports = (config.getoption(name) for name in ("replywright_log", "replywright_report"))
        config.pluginmanager.register(Holding(bench, logs=logs, reports=reports), "replywright-holding")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SuiteFile | None:
    """A suite that is set, where it is come by, or one that is named on the command line."""
    if file_path.suffix != ".jsonl":
        return None
    root = parent.config.rootpath
    known = {(root / name).resolve() for name in parent.config.stash[BENCH].settings.suites}
    if file_path.resolve() not in known and not parent.session.isinitpath(file_path):
        return None
    if not file_path.is_relative_to(root):
        return SuiteFile.of(parent, str(file_path), file_path, nodeid=str(file_path))
    return SuiteFile.of(parent, str(file_path.relative_to(root)), file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the suites that are set and were not come by, unless single tests or suites were asked for."""
    if any("::" in one or one.endswith(".jsonl") for one in config.args):
        return
    bench = config.stash[BENCH]
    there = {item.parent.path.resolve() for item in items if isinstance(item, CaseItem) and item.parent}
    for name in bench.settings.suites:
        ships = name in suite_names()
        path = Path(bench.suite(name).path) if ships else (config.rootpath / name).resolve()
        if path not in there:
            place = {"nodeid": f"{SHIPPED}{name}"} if ships else {}
            items.extend(SuiteFile.of(session, name, path, **place).collect())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that is marked with a suite for each of its cases."""
    suite = _suite(metafunc.definition)
    if suite is not None and "case" in metafunc.fixturenames:
        cases = metafunc.config.stash[BENCH].suite(suite).cases
        metafunc.parametrize("case", cases, ids=[shown(one) for one in cases])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send what a case's test found along with its report; leave a failure to the gate where settings say so."""
    report = yield
    if isinstance(item, CaseItem) and call.when == "call":
        # what else a report holds travels with it from process to process
        vars(report)["replywright"] = [one.model_dump_json(exclude_unset=True) for one in item.results]
        failed = call.excinfo is not None and isinstance(call.excinfo.value, CaseFailed)
        if failed and item.config.stash[BENCH].settings.cases == "gate":
            report.outcome = "skipped"
            vars(report)["wasxfail"] = f"left to the gate: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def assistant(pytestconfig: pytest.Config) -> Assistant:
    """The assistant of the brand that is set, or of the demo brand."""
    from assistant import demo

    return Assistant(pytestconfig.stash[BENCH].brand or demo.brand())


@pytest.fixture
def case() -> Case:
    """The case of a test that is marked with a suite."""
    raise pytest.UsageError("which case? mark the test with @pytest.mark.replywright(SUITE)")


@pytest.fixture
def proposal(case: Case, request: pytest.FixtureRequest) -> Proposal:
    """What the system under test proposes for the test's case."""
    suite = _suite(request.node)
    if suite is None:
        raise pytest.UsageError("which suite? mark the test with @pytest.mark.replywright(SUITE)")
    system = request.config.stash[BENCH].system(suite)
    answer = system.for_epoch(1) if isinstance(system, Repeatable) else system
    found: Proposal = answer(case.context)
    return found


@pytest.fixture
def assert_passes(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Hold a proposal to its case: `assert_passes(proposal)`, or `assert_passes(proposal, case)` for another case."""
    bench = request.config.stash[BENCH]
    suite = _suite(request.node)

    def holds(proposal: Proposal, case: Case | None = None) -> None:
        __tracebackhide__ = True
        held: Case = case or request.getfixturevalue("case")
        if suite is None:
            from eval.scorers import default_scorers

            scorers = default_scorers()
        else:
            scorers = bench.scorers(suite)
        result, _ = Job(lambda _: proposal, held, 1, scorers, answered=Result(case=held, proposal=proposal)).run()
        if result.outcome != "passed":
            pytest.fail(told([result]), pytrace=False)

    return holds


def _suite(node: Any) -> str | None:
    """The suite that a test is marked with."""
    mark = node.get_closest_marker(MARK)
    if mark is None or not (mark.args or mark.kwargs):
        return None
    return str(mark.args[0] if mark.args else mark.kwargs["suite"])
