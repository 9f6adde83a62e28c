"""Verbs that read JSON Lines: one line in, one result out, a bad line told by its number, the rest goes on."""

import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import typer
from pydantic import BaseModel

from assistant.cli.options import INTERRUPTED
from assistant.cli.terminal import note
from assistant.errors import ConfigurationError, InputError, ReplywrightError
from assistant.lines import MAX_LINE, read_lines

if TYPE_CHECKING:
    from rich.progress import Progress

L = TypeVar("L", bound=BaseModel)
R = TypeVar("R")

log = logging.getLogger("replywright")

STDIN = "-"
_MAX_BYTES = 4 * MAX_LINE
"""No character of UTF-8 is longer than four bytes."""
_PATIENCE = 1.0
"""Seconds before a progress bar is worth showing."""


class Outcome(IntEnum):
    """What one result means for the exit code."""

    fine = 0
    blocked = 1
    incomplete = 3


class Source:
    """Lines of bytes from a file or standard input, counted, each held to a size that fits in memory."""

    def __init__(self, place: str) -> None:
        """Open `place`, a path or `-`.

        Raises:
            InputError: there is no such file, or it can't be read.
        """
        self.name = "standard input" if place == STDIN else place
        self.number = 0
        """Of the line read last, from 1."""
        self.position = 0
        """Bytes read so far."""
        self.size = 0
        """Bytes of the whole input; 0 where that is not known."""
        if place == STDIN:
            self._stream: IO[bytes] = sys.stdin.buffer
            return
        try:
            self._stream = Path(place).open("rb")  # noqa: SIM115  # closed by __exit__
            self.size = Path(place).stat().st_size
        except FileNotFoundError:
            raise InputError(
                f"{place}: there is no such file; name one of JSON Lines, or - for standard input"
            ) from None
        except OSError as error:
            raise InputError(f"{place}: this can't be read: {error.strerror}") from None

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not sys.stdin.buffer:
            self._stream.close()

    def __iter__(self) -> Iterator[str | bytes]:
        while line := self._stream.readline(_MAX_BYTES + 1):
            self.number += 1
            self.position += len(line)
            if len(line) > _MAX_BYTES and not line.endswith(b"\n"):
                self._skip()
                yield line.decode("utf-8", errors="replace")
            else:
                yield line

    def _skip(self) -> None:
        """Pass over the rest of a line that is too long to hold."""
        while rest := self._stream.readline(_MAX_BYTES):
            self.position += len(rest)
            if rest.endswith(b"\n"):
                return


class Tally:
    """What became of the lines."""

    def __init__(self) -> None:
        self.bad = 0
        self.outcomes = dict.fromkeys(Outcome, 0)

    @property
    def done(self) -> int:
        """Lines that gave a result."""
        return sum(self.outcomes.values())

    @property
    def exit_code(self) -> int:
        """The first that applies: 3 incomplete, 1 something blocks, 0."""
        if self.bad or self.outcomes[Outcome.incomplete]:
            return int(Outcome.incomplete)
        return int(Outcome.blocked if self.outcomes[Outcome.blocked] else Outcome.fine)


def each_line(
    place: str | Source,
    model: type[L],
    work: Callable[[L], R],
    show: Callable[[L, R], Outcome],
    *,
    done: str,
    at_once: int = 1,
) -> Tally:
    """Do `work` for each line of `place` and `show` its result at once; memory does not grow with the input.

    Args:
        place: a path, `-` for standard input, or a source, whose `number` is then the line that is shown.
        model: what a line must be.
        work: what is done with a line. What it raises costs that line only, a wrong configuration everything.
        show: prints one result and says what it means.
        done: what lines are when they are done ("checked"), for the message when Ctrl-C ends it.
        at_once: lines that are worked on at the same time, in threads, where `work` waits for others; results are
            shown in the order of the lines all the same.

    Raises:
        InputError: the input can't be opened.
        ConfigurationError: what `work` needs is wrong.
        typer.Exit: with 130, after Ctrl-C.
    """
    tally = Tally()
    with Source(place) if isinstance(place, str) else place as source, _Bar(source) as bar:
        try:
            for number, line, worked in _worked(read_lines(source, model), source, work, at_once):
                bar.moved()
                if isinstance(line, InputError):
                    tally.bad += 1
                    note(f"{source.name}:{line.line}: {line.message}")
                    continue
                try:
                    result = worked()
                except ConfigurationError:
                    raise
                except Exception as error:  # whatever one line does, the rest goes on
                    tally.bad += 1
                    log.debug("", exc_info=True)
                    expected = isinstance(error, ReplywrightError)
                    said = str(error) if expected else f"this could not be done ({type(error).__name__}: {error})"
                    note(f"{source.name}:{number}: {said}")
                    continue
                tally.outcomes[show(line, result)] += 1
        except KeyboardInterrupt:
            bar.close()
            note(f"stopped after line {source.number}: {tally.done:,} {done}, {tally.bad:,} bad")
            raise typer.Exit(INTERRUPTED) from None
    return tally


def _worked(
    lines: Iterable[L | InputError], source: Source, work: Callable[[L], R], at_once: int
) -> Iterator[tuple[int, L | InputError, Callable[[], R]]]:
    """Each line with its number and what gives its result, in their order; as many are read ahead as are worked on."""
    if at_once == 1:
        for line in lines:
            yield source.number, line, partial(work, line)  # type: ignore[arg-type]  # of an error it is never called
        return
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="replywright-line")
    ahead: deque[tuple[int, L | InputError, Callable[[], R]]] = deque()
    try:
        for line in lines:
            future = None if isinstance(line, InputError) else pool.submit(work, line)
            ahead.append((source.number, line, future.result if future else _nothing))
            while len(ahead) > at_once:
                yield ahead.popleft()
        yield from ahead
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _nothing() -> Any:
    """What gives the result of a line that can't be worked on."""


def added(tallies: Iterable[Tally]) -> Tally:
    """What became of the lines of several inputs."""
    whole = Tally()
    for one in tallies:
        whole.bad += one.bad
        for outcome, count in one.outcomes.items():
            whole.outcomes[outcome] += count
    return whole


def summary(tally: Tally, what: str) -> str:
    """What became of the lines, in one line for people."""
    counts = {
        "pass": tally.outcomes[Outcome.fine],
        "block": tally.outcomes[Outcome.blocked],
        "incomplete": tally.outcomes[Outcome.incomplete],
        "bad": tally.bad,
    }
    return f"{tally.done:,} {what}: " + (
        ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "no lines"
    )


class _Bar:
    """A progress bar on standard error: once it takes long, if a person watches, and results go elsewhere."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._started = time.monotonic()
        self._wanted = sys.stderr.isatty() and not sys.stdout.isatty()
        self._progress: Progress | None = None

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def moved(self) -> None:
        """One more line was read."""
        if not self._wanted or time.monotonic() - self._started < _PATIENCE:
            return
        if self._progress is None:
            self._progress = _progress(self._source)
            self._progress.start()
        task = self._progress.task_ids[0]
        self._progress.update(task, completed=self._source.position, lines=self._source.number)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def _progress(source: Source) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.fields[lines]:,} lines"),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # results go where they go; only what is said on standard error stands above the bar
    )
    bar.add_task("", total=source.size or None, lines=0)
    return bar
