"""The log of a run: JSON Lines, a header and then one line a result, each on disk before the next case begins."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from pydantic import ValidationError

from eval.errors import RunLogError
from eval.run import Result, Run, RunHeader


class RunLog:
    """A log that is being written."""

    def __init__(self, path: Path, file: FileIO, header: RunHeader, results: tuple[Result, ...]) -> None:
        self.path = path
        self.header = header
        self.results = results
        """What it held when it was opened."""
        self._file = file  # unbuffered: what could not be written is not tried again when it is closed

    def write(self, line: RunHeader | Result) -> None:
        """Write one line through to the disk.

        Raises:
            RunLogError: it can't be written.
        """
        try:
            data = line.model_dump_json(exclude_unset=isinstance(line, Result), ensure_ascii=True).encode() + b"\n"
            while data:
                data = data[self._file.write(data) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            message = f"{self.path} can't be written: {error.strerror}; mend that and resume, nothing before is lost"
            raise RunLogError(message) from None


@contextmanager
def open_log(path: Path, header: RunHeader, *, resume: bool = False) -> Iterator[RunLog]:
    """Begin a log, or with `resume` go on with one where it was left (one that is not there is begun).

    Raises:
        RunLogError: it exists and is not to be resumed, it belongs to another suite, other scorers or another state of
            the code, or it can't be read or written.
    """
    found: Run | None = None
    end = 0
    if path.exists():
        if not resume:
            raise RunLogError(f"{path} exists; resume it, or name another")
        found, end = _read(path)
        if found is not None:
            _refuse_mixture(path, found.header, header)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("r+b" if path.exists() else "xb", buffering=0)
    except OSError as error:
        raise RunLogError(f"{path} can't be written: {error.strerror}") from None
    with file:
        log = RunLog(path, file, found.header if found else header, found.results if found else ())
        file.truncate(end)  # the half line of a run that was killed
        file.seek(end)
        if found is None:
            log.write(header)
        yield log


def read_run(path: Path) -> Run:
    """Read a run back from its log. A half line at its end, of a run that was killed, is left out.

    Raises:
        RunLogError: it can't be read, or a line of it is no header or result.
    """
    run, _ = _read(path)
    if run is None:
        raise RunLogError(f"{path} holds no whole line; it is no run log, or its run was killed as it began")
    return run


def _read(path: Path) -> tuple[Run | None, int]:
    """The run, and how many bytes of its log are whole lines."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RunLogError(f"{path} can't be read: {error.strerror}") from None
    end = data.rfind(b"\n") + 1
    header: RunHeader | None = None
    results: dict[tuple[str, int], Result] = {}
    for number, line in enumerate(data[:end].split(b"\n")[:-1], 1):
        try:
            if header is None:
                header = RunHeader.model_validate_json(line)
            else:
                result = Result.model_validate_json(line)
                results[result.key] = result  # a case that was run again after an error: the last one counts
        except ValidationError as error:
            what = "the header of a run" if header is None else "a result"
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise RunLogError(f"{path}:{number}: this is not {what}: {place} {first['msg']}") from None
    return (Run(header=header, results=tuple(results.values())) if header else None), end


def _refuse_mixture(path: Path, old: RunHeader, new: RunHeader) -> None:
    named = {
        "suite": (old.suite_sha256, new.suite_sha256),
        "scorers": (old.scorers, new.scorers),
        "git revision": (old.revision, new.revision),
        "number of epochs": (old.epochs, new.epochs),
        "versions": (old.versions, new.versions),
    }
    changed = [name for name, (before, now) in named.items() if before != now]
    if changed:
        what = " and ".join(changed)
        raise RunLogError(f"{path} was begun with another {what}; results of the two can't be mixed: begin a new log")
