"""The folder of runs: each a log of `replywright eval run`, read once and again only where it changed."""

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import InputError, ReplywrightError
from assistant.web.evaluation.order import SUITES, Order, ordered

if TYPE_CHECKING:
    from eval.gate import Gate, GateVerdict
    from eval.labelling import Labels
    from eval.probes import Pair
    from eval.run import Run
    from eval.suite import Suite
    from eval.summary import Summary

MOST_LISTED = 30
"""Runs in the list, the newest: each is read as a whole to be summed up."""
MOST_BYTES = 200_000_000
"""A log above this is not opened here; `replywright eval show` takes any."""
_NAME = re.compile(r"[\w][\w.-]{0,150}")
LABELS = "labels.jsonl"


class Told(NamedTuple):
    """One run as the list shows it."""

    name: str
    run: "Run | None"
    summary: "Summary | None"
    verdict: "GateVerdict | None"
    order: Order | None
    problem: str = ""
    """Why it can't be shown."""


class Shelf:
    """A folder of runs, with files of cases in `suites` and the ratings of people in `labels.jsonl`."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder`; it need not be there yet."""
        self.folder = folder
        self.rating = Lock()
        """Held while the file of labels is read or written: opening it mends a half line."""
        self._lock = Lock()
        self._kept: dict[str, tuple[tuple[int, int], Told]] = {}

    def runs(self) -> tuple[list[Told], int]:
        """The newest runs, and how many there are in all."""
        found = [path for path in self.folder.glob("*.jsonl") if path.name != LABELS and _NAME.fullmatch(path.stem)]
        newest = sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
        told = [self._told(path) for path in newest[:MOST_LISTED]]
        return sorted(told, key=_began, reverse=True), len(found)

    def one(self, name: str) -> Told:
        """One run by its name.

        Raises:
            InputError: there is none, or it can't be read.
        """
        found = self._told(self.path(name))
        if found.run is None:
            raise InputError(found.problem)
        return found

    def path(self, name: str) -> Path:
        """The log of a run; the name is the browser's, so it names a file of this folder and nothing else.

        Raises:
            InputError: there is no such run.
        """
        path = self.folder / f"{name}.jsonl"
        if not _NAME.fullmatch(name) or path.name == LABELS or not path.is_file():
            raise InputError("there is no such run any more; reload the page")
        return path

    def report(self, name: str) -> str:
        """A run as one HTML page that asks nobody for anything.

        Raises:
            InputError: there is no such run, or it can't be read.
        """
        from eval.reports import html

        found = self.one(name)
        if found.run is None or found.verdict is None:
            raise InputError(found.problem)
        return html.render(found.run, found.verdict)

    def diff(self, before: str, after: str) -> str:
        """Two runs side by side, as such a page.

        Raises:
            InputError: one of them is not there or can't be read.
        """
        from eval.comparison import compare
        from eval.reports import html

        runs = [self.one(name).run for name in (before, after)]
        if runs[0] is None or runs[1] is None:
            raise InputError("one of the two can't be read")
        return html.render_diff(compare(runs[0], runs[1]))

    def suites(self) -> Sequence[tuple[str, str]]:
        """What can be run: the suites that ship, then the files of the folder, each with a word on it."""
        from eval.suite import load_suite, suite_names

        shipped = [(name, f"{name} ({len(load_suite(name).cases)} cases)") for name in suite_names()]
        files = sorted(path.stem for path in (self.folder / SUITES).glob("*.jsonl") if _NAME.fullmatch(path.stem))
        return [*shipped, *((name, f"{name} (your file)") for name in files if name not in suite_names())]

    def suite(self, name: str) -> "Suite":
        """A suite by its name in `suites`.

        Raises:
            InputError: there is none of this name.
            ConfigurationError: its file can't be used, with each place.
        """
        from eval.suite import load_suite, suite_names

        path = self.folder / SUITES / f"{name}.jsonl"
        if name not in suite_names() and not (_NAME.fullmatch(name) and path.is_file()):
            raise InputError(f"there is no suite '{name}'; choose one from the list")
        return load_suite(name if name in suite_names() else path)

    def pairs(self, name: str) -> "tuple[Pair, ...]":
        """The replies of a run, with what they answer.

        Raises:
            InputError: there is no such run, or it holds no reply.
        """
        from eval.probes import Pair

        run = self.one(name).run
        results = run.results if run else ()
        first = {one.case.id: one for one in reversed(results) if one.reply is not None}
        found = tuple(Pair(key, one.case.context.message, one.reply or "") for key, one in reversed(first.items()))
        if not found:
            raise InputError("this run holds no reply to rate: every case ended in an error")
        return found

    def labels(self) -> "Labels":
        """The ratings of people. Hold `rating` while you use it.

        Raises:
            InputError: the file can't be read.
        """
        from eval.labelling import Labels

        return Labels(self.folder / LABELS)

    def _told(self, path: Path) -> Told:
        try:
            stat = path.stat()
        except OSError:
            return Told(path.stem, None, None, None, None, "it is no longer there")
        mark = stat.st_mtime_ns, stat.st_size
        with self._lock:
            kept = self._kept.get(path.stem)
            if kept is not None and kept[0] == mark:
                return kept[1]
        told = _read(path, stat.st_size)
        with self._lock:
            self._kept[path.stem] = mark, told
            while len(self._kept) > 2 * MOST_LISTED:
                self._kept.pop(next(iter(self._kept)))
        return told


def _read(path: Path, size: int) -> Told:
    from eval.errors import RunLogError
    from eval.gate import judge_run
    from eval.runlog import read_run
    from eval.summary import summarise

    if size > MOST_BYTES:
        why = f"it has more than {MOST_BYTES:,} bytes; look at it with `replywright eval show`"
        return Told(path.stem, None, None, None, ordered(path), why)
    try:
        run = read_run(path)
    except (RunLogError, ReplywrightError) as error:
        return Told(path.stem, None, None, None, ordered(path), str(error).replace(str(path), path.name))
    return Told(path.stem, run, summarise(run), judge_run(run, _gate(run)), ordered(path))


def _gate(run: "Run") -> "Gate":
    """The gate of the suite, where that can still be found; else the one that every run is held to."""
    from eval.gate import Gate
    from eval.suite import load_suite
    from tone_rules.errors import ConfigurationError

    try:
        return load_suite(run.header.path or run.header.suite).gate
    except ConfigurationError:
        return Gate()


def _began(told: Told) -> str:
    return told.run.header.started_at.isoformat() if told.run else ""
