"""Replies of the past, one at a time, from whatever a team can export: check lines, any JSON Lines, CSV."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from assistant.context import SaidText
from assistant.errors import InputError
from assistant.lines import CheckLine, decoded, read_lines
from tone_rules.backtesting import BadReply, PastReply
from tone_rules.channels import channel_names
from tone_rules.situation import Situation

TEXT_COLUMNS = ("reply", "text", "response", "answer", "body", "content")
"""Where a reply is looked for where no column is named; the first that is there counts, letter case aside."""
_TABLES = (".csv", ".tsv")
_LINES = (".jsonl", ".ndjson", ".json")
_DELIMITERS = ",;\t|"
_MOST_NAMES = 100
_CHECK_KEYS = frozenset(CheckLine.model_fields)
_text: TypeAdapter[str] = TypeAdapter(SaidText)


class _Row(NamedTuple):
    line: int
    cells: dict[str, Any]


class PastReplies:
    """An iterable of `PastReply` and, for what can't be used, `BadReply`; it reads as it is read from.

    A line that has only keys of a check line, `channel` among them, is read as one: with all that it knows around the
    reply, and strictly. Of any other JSON object, and of a CSV row, the text column is used with `channel`, `audience`
    and `message` where they hold what they should; `unused` counts the other columns, so that it can be said. A JSON
    string is a reply by itself.
    """

    def __init__(
        self,
        lines: Iterable[str | bytes],
        situation: Callable[[CheckLine], Situation],
        *,
        name: str = "",
        column: str | None = None,
        message: str | None = None,
    ) -> None:
        """Read lines.

        Args:
            lines: of a file in UTF-8, with their ends.
            situation: what the rules know around a reply.
            name: of the file; its ending tells JSON Lines from CSV, else the first line does.
            column: where the reply is.
            message: where the customer's message is.

        Raises:
            InputError: at the first reply, where a CSV has no such column.
        """
        self._lines = lines
        self._situation = situation
        self._name = name
        self._column = column
        self._named = {"channel": "channel", "audience": "audience", "message": (message or "message").strip().lower()}
        self._as_check_lines = column is None and message is None
        self.unused: Counter[str] = Counter()
        """Columns that say nothing to a rule, and in how many rows they were."""

    def __iter__(self) -> Iterator[PastReply | BadReply]:
        numbered = enumerate(decoded(self._lines), 1)
        first = next(
            ((number, line) for number, line in numbered if isinstance(line, InputError) or line.strip()), None
        )
        if first is None:
            return
        rows = self._table if self._is_table(first[1]) else self._objects
        for row in rows(chain([first], numbered)):
            yield row if isinstance(row, BadReply) else self._reply(row)

    def _is_table(self, first: str | InputError) -> bool:
        suffix = PurePath(self._name).suffix.lower()
        if suffix in _TABLES or suffix in _LINES:
            return suffix in _TABLES
        return isinstance(first, str) and not first.lstrip().startswith("{") and not _is_json(first)

    def _objects(self, lines: Iterator[tuple[int, str | InputError]]) -> Iterator[_Row | BadReply]:
        for number, line in lines:
            if isinstance(line, InputError):
                yield BadReply(line=number, reason=line.message)
            elif line.strip():
                try:
                    value = json.loads(line)
                except json.JSONDecodeError as error:
                    yield BadReply(line=number, reason=f"this is not JSON at column {error.colno}: {error.msg}")
                except RecursionError:
                    yield BadReply(line=number, reason="this is not JSON: too deeply nested")
                else:
                    if isinstance(value, str):
                        value = {self._column or TEXT_COLUMNS[0]: value}
                    if isinstance(value, dict):
                        yield _Row(number, value)
                    else:
                        yield BadReply(line=number, reason="this should be a JSON object or a JSON string")

    def _table(self, lines: Iterator[tuple[int, str | InputError]]) -> Iterator[_Row | BadReply]:
        at = 0
        wrong: list[InputError] = []

        def texts() -> Iterator[str]:
            nonlocal at
            for number, line in lines:
                at = number
                if isinstance(line, InputError):
                    wrong.append(line)
                yield "\n" if isinstance(line, InputError) else line

        every = texts()
        head = next(every)
        if wrong:
            raise InputError(f"the header can't be read: {wrong[0].message}", at)
        delimiter = max(
            _DELIMITERS, key=lambda one: (self._text_column(_cells(head, one)) is not None, head.count(one))
        )
        header = [one.strip() for one in _cells(head, delimiter)]
        if self._text_column(header) is None:
            wanted = f"'{self._column}'" if self._column else " or ".join(f"'{one}'" for one in TEXT_COLUMNS)
            raise InputError(f"no column {wanted}; name one with --column: {', '.join(header)[:300]}", at)
        # strict: a quote that never closes is an error and not the rest of the file
        reader = csv.reader(every, delimiter=delimiter, strict=True)
        while True:
            started = at + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadReply(line=started, reason=f"this is no row of CSV: {error}")
                continue
            if wrong:
                yield BadReply(line=started, reason=wrong[0].message)
                wrong.clear()
            elif cells and len(cells) != len(header):
                yield BadReply(line=started, reason=f"{len(cells)} cells where the header names {len(header)} columns")
            elif cells:
                yield _Row(started, dict(zip(header, cells, strict=True)))

    def _reply(self, row: _Row) -> PastReply | BadReply:
        cells = row.cells
        if self._as_check_lines and {"reply", "channel"} <= cells.keys() <= _CHECK_KEYS:
            return self._check_line(row)
        column = self._text_column(cells)
        if column is None:
            wanted = f"'{self._column}'" if self._column else " or ".join(f"'{one}'" for one in TEXT_COLUMNS)
            return BadReply(line=row.line, reason=f"no {wanted}; name the column with --column")
        try:
            text = _text.validate_python(cells[column])
        except ValidationError as error:
            reason = error.errors()[0]["msg"].removeprefix("Value error, ")
            return BadReply(line=row.line, reason=f"'{column}': {reason}")
        by_name = {key.strip().lower(): key for key in cells if key != column}
        key_of = {what: by_name.get(name, "") for what, name in self._named.items()}
        channel, audience, message = (cells.get(key) for key in key_of.values())
        used: dict[str, Any] = {
            "channel": channel if channel in channel_names() else None,
            "audience": audience if audience in ("public", "private") else "public",
            "message": message if isinstance(message, str) and message.strip() else None,
        }
        taken = {key for what, key in key_of.items() if cells.get(key) == used[what]}
        for key in by_name.values():
            if key not in taken:
                self._count(key)
        # an export need not know the channel, as a check line must
        line = CheckLine.model_construct(id=str(row.line), reply=text, **used)
        return PastReply(text=text, situation=self._situation(line), line=row.line)

    def _check_line(self, row: _Row) -> PastReply | BadReply:
        read = next(read_lines([json.dumps(row.cells)], CheckLine))
        if isinstance(read, InputError):
            return BadReply(line=row.line, reason=read.message)
        return PastReply(text=read.reply, situation=self._situation(read), line=row.line)

    def _text_column(self, columns: Iterable[str]) -> str | None:
        by_name = {one.strip().lower(): one for one in columns}
        wanted = (self._column.strip().lower(),) if self._column else TEXT_COLUMNS
        return next((by_name[name] for name in wanted if name in by_name), None)

    def _count(self, key: str) -> None:
        if key in self.unused or len(self.unused) < _MOST_NAMES:
            self.unused[key] += 1


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True
