"""Where an audit keeps what it has done, so that it can be killed at any moment: one file a part, put there whole."""

import os
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import InputError
from eval.audit.auditor import TALLY
from eval.audit.job import Job, Plan
from eval.audit.tally import Tally
from tone_rules.value import Value

PARTS = "parts"
_JOB = "job.json"


class _Begun(Value):
    job: Job
    plan: str
    """Its digest."""


class Shelf:
    """The folder `parts` of an audit's own. It is gone once the report is written."""

    def __init__(self, out: Path) -> None:
        """Name the folder that the report will stand in."""
        self._folder = out / PARTS

    def exists(self) -> bool:
        """Whether an audit was begun here and not ended, and something of it is done."""
        return (self._folder / _JOB).is_file() and any(self._folder.glob("[0-9]*.json"))

    def begun_on(self, job: Job) -> Job:
        """The job with the day on which it was begun, where it was: an audit that goes on past midnight is one audit.

        Raises:
            InputError: what lies here was made by another version.
        """
        return job.model_copy(update={"on": self._begun().job.on})

    def begin(self, job: Job, plan: Plan) -> None:
        """Make the folder and write down what is to be done.

        Raises:
            OSError: it can't be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._folder / _JOB, _Begun(job=job, plan=plan.digest).model_dump_json().encode())

    def refuse_other(self, job: Job, plan: Plan) -> None:
        """Go on only with what was begun.

        Raises:
            InputError: what is to be done has changed since; parts of two audits can't be mixed.
        """
        begun = self._begun()
        before, now = begun.job.model_dump(mode="json"), job.model_dump(mode="json")
        changed = [name for name in now if before[name] != now[name]]
        if not changed and begun.plan != plan.digest:
            changed = ["rows"]
        if changed:
            what = " and ".join(one.replace("_", " ") for one in changed)
            raise InputError(f"{self._folder.parent}: this audit was begun with other {what}; name another --out")

    def has(self, number: int) -> bool:
        """Whether a part is done."""
        return self._path(number).is_file()

    def put(self, number: int, tally: bytes) -> None:
        """Keep what a part gave.

        Raises:
            OSError: it can't be written.
        """
        write_whole(self._path(number), tally)

    def get(self, number: int) -> Tally:
        """What a part gave.

        Raises:
            InputError: its file was damaged.
            OSError: it can't be read.
        """
        path = self._path(number)
        try:
            return TALLY.validate_json(path.read_bytes())
        except ValidationError:
            raise InputError(f"{path}: this file is damaged; remove it and go on with --resume") from None

    def clear(self) -> None:
        """Take everything away: the report is written."""
        for path in sorted(self._folder.iterdir(), key=lambda one: one.name == _JOB):
            path.unlink()
        self._folder.rmdir()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:07}.json"

    def _begun(self) -> _Begun:
        try:
            return _Begun.model_validate_json((self._folder / _JOB).read_bytes())
        except (ValidationError, OSError):
            message = "what was begun here can't be read any more; name another --out"
            raise InputError(f"{self._folder.parent}: {message}") from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, also where the power fails.

    Raises:
        OSError: it can't be written.
    """
    half = path.with_suffix(path.suffix + ".half")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
