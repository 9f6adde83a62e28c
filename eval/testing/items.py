"""A suite as pytest collects it: a file, and one test a case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.case import Case
from eval.run import Result
from eval.summary import outcome_of
from eval.testing.bench import Bench
from eval.testing.told import told

BENCH = pytest.StashKey[Bench]()
SHIPPED = "replywright:"
"""Before the name of a suite that ships, in place of a path."""


class CaseFailed(Exception):
    """A case did not pass."""

    def __init__(self, results: tuple[Result, ...]) -> None:
        self.results = results
        super().__init__(told(results))


class SuiteFile(pytest.File):
    """The cases of a suite."""

    suite: str

    @classmethod
    def of(cls, parent: pytest.Collector, name: str, path: Path, **place: Any) -> "SuiteFile":
        """A suite by the name that the bench knows it by."""
        made: SuiteFile = cls.from_parent(parent, path=path, **place)
        made.suite = name
        return made

    def collect(self) -> Iterator["CaseItem"]:
        """A test a case, in the suite's order."""
        for case in self.config.stash[BENCH].suite(self.suite).cases:
            item = CaseItem.from_parent(self, name=shown(case))
            item.case = case
            item.add_marker(pytest.mark.replywright)
            for tag in case.tags:
                item.extra_keyword_matches.add(tag)
            yield item


class CaseItem(pytest.Item):
    """A case through the system and the scorers."""

    case: Case
    results: tuple[Result, ...] = ()

    def runtest(self) -> None:
        """Run it in all its epochs.

        Raises:
            CaseFailed: it did not pass every time.
        """
        parent = self.parent
        if not isinstance(parent, SuiteFile):
            raise TypeError("a case belongs to a suite")
        self.results = self.config.stash[BENCH].run(parent.suite, self.case)
        if outcome_of(self.results) != "passed":
            raise CaseFailed(self.results)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What failed, in place of a traceback of ours."""
        if isinstance(excinfo.value, CaseFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands."""
        return self.path, None, self.name


def shown(case: Case) -> str:
    """A case's id as a test's name: whatever is in it, it is one line and no other test's place."""
    return case.id.encode("unicode_escape").decode("ascii").replace("::", ":\\x3a")
