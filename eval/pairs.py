"""Messages with their replies, from whatever holds them: a run, a suite with past replies, or rated replies."""

import json
from pathlib import Path

from assistant.errors import InputError
from eval.probes import Pair
from eval.ratings import read_ratings
from eval.runlog import read_run
from eval.suite import load_suite, suite_names


def read_pairs(name_or_path: str | Path) -> tuple[Pair, ...]:
    """Read pairs from a run's log, a suite whose cases hold a `reply`, or lines of `message` and `reply`.

    Raises:
        InputError: it holds no reply.
        ConfigurationError: it is a suite that can't be used.
        RunLogError: it is a run's log that can't be used.
    """
    path = Path(name_or_path)
    first = {} if str(name_or_path) in suite_names() else _first(path)
    if "format" in first:
        results = read_run(path).results
        found = [Pair(one.case.id, one.case.context.message, one.reply) for one in results if one.reply is not None]
    elif "reply" in first and "ratings" in first:
        found = [Pair(row.id, row.message, row.reply) for row in read_ratings(path).rows]
    elif "reply" in first and "context" not in first:
        found = _plain(path)
    else:
        cases = load_suite(name_or_path).cases
        found = [Pair(one.id, one.context.message, one.reply) for one in cases if one.reply is not None]
    if not found:
        raise InputError(f"{name_or_path} holds no reply: give a run's log, or cases with a `reply`")
    return tuple(found)


def _first(path: Path) -> dict[str, object]:
    try:
        with path.open(encoding="utf-8") as file:
            found = json.loads(file.readline())
    except OSError as error:
        raise InputError(f"{path}: this can't be read: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{path}: the first line is no JSON", 1) from None
    return found if isinstance(found, dict) else {}


def _plain(path: Path) -> list[Pair]:
    found: list[Pair] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Pair(str(row.get("id", number)), row.get("message"), str(row["reply"])))
        except (ValueError, KeyError, AttributeError):
            raise InputError(f"{path}: this line has no `reply`", number) from None
    return found
