"""Rated replies: what raters said of each, read from files of several shapes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from assistant.errors import InputError
from tone_rules.value import Value

POLITENESS = "politeness"


class Rated(Value):
    """One reply and its raters' marks."""

    id: str
    message: str | None = None
    reply: str = Field(min_length=1)
    post: str
    """Replies to one post are alike: they stand on one side of every fold."""
    brand: str = ""
    ratings: tuple[Mapping[str, float], ...] = Field(min_length=1)
    """One a rater, each by dimension."""
    raters: tuple[str, ...] = ()
    """Their names, where they are known."""
    by: frozenset[str] = frozenset()
    """`person` or `model`, where it is known."""
    agreed: Mapping[str, float] = {}
    """What the set itself makes of the marks, by dimension, where it does not leave that to a mean."""

    def mean(self, dimension: str) -> float | None:
        """What raters say together: their mean, or what the set makes of it; None where nobody rated it."""
        if dimension in self.agreed:
            return self.agreed[dimension]
        marks = [one[dimension] for one in self.ratings if dimension in one]
        return sum(marks) / len(marks) if marks else None


class RatedSet(Value):
    """The rows of a file."""

    name: str
    """The file's, without its suffix."""
    sha256: str
    rows: tuple[Rated, ...] = Field(min_length=1)
    scale: tuple[float, float] | None
    """The lowest and the highest mark; None where marks are no steps of one scale."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All that anybody rated, in the order of the file."""
        return tuple(dict.fromkeys(name for row in self.rows for marks in row.ratings for name in marks))

    @property
    def raters(self) -> int:
        """The most that any reply has."""
        return max(len(row.ratings) for row in self.rows)

    @property
    def parts(self) -> tuple["RatedSet", ...]:
        """A corpus by its sources, whose marks don't compare; anything else as it is."""
        if self.scale is not None:
            return (self,)
        sources = dict.fromkeys(row.brand for row in self.rows)
        return tuple(
            self.model_copy(
                update={
                    "name": f"{self.name} {one}".strip(),
                    "rows": tuple(row for row in self.rows if row.brand == one),
                }
            )
            for one in sources
        )

    @property
    def by(self) -> frozenset[str]:
        """Who they were, as far as the file says: `person`, `model`."""
        return frozenset(one for row in self.rows for one in row.by)


def read_ratings(path: Path) -> RatedSet:
    """Read rated replies from JSON Lines of one of three shapes.

    `{"id", "message", "reply", "ratings": [{dimension: 1-5}, ...]}`, with `post` and `brand` where they are known; what
    `eval label` writes, `{"id", "message", "reply", "rater", "by", "ratings": {dimension: 1-5}}`, one line a rater; and
    requests of the Stanford Politeness Corpus, `{"id", "text", "score", "ratings": [1-25, ...]}`.

    Raises:
        InputError: it can't be read, or a line is none of these; with its number.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: this can't be read: {error.strerror}") from None
    rows: dict[str, Rated] = {}
    corpus = False
    for number, line in enumerate(data.decode("utf-8", errors="replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            one, corpus = _rated(row, number)
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            said = _first(error) if isinstance(error, ValidationError) else str(error)
            raise InputError(f"{path}: this is no rated reply: {said}", number) from None
        before = rows.get(one.id)
        if before is None:
            rows[one.id] = one
        elif one.raters and before.reply == one.reply:
            rows[one.id] = _joined(before, one)
        else:
            raise InputError(f"{path}: '{one.id}' names another reply already", number)
    if not rows:
        raise InputError(f"{path}: it holds no rated reply")
    scale = None if corpus else (1.0, 5.0)
    return RatedSet(name=path.stem, sha256=hashlib.sha256(data).hexdigest(), rows=tuple(rows.values()), scale=scale)


def _rated(row: Mapping[str, Any], number: int) -> tuple[Rated, bool]:
    corpus = "text" in row and "score" in row
    name = str(row.get("id", number))
    if corpus:
        name = f"{row.get('source', '')} {name} {number}".strip()  # ids of its sources come twice
        marks: Iterator[Mapping[str, float]] = ({POLITENESS: float(mark)} for mark in row["ratings"])
        agreed = {POLITENESS: float(row["score"])}
        source = row.get("source", "")
        return Rated(id=name, reply=row["text"], post=name, brand=source, ratings=tuple(marks), agreed=agreed), True
    message, given = row.get("message"), row["ratings"]
    alone = isinstance(given, dict)
    ratings = (given,) if alone else tuple(given)
    if any(not 1 <= mark <= 5 for one in ratings for mark in one.values()):
        raise ValueError("a mark lies outside of 1 to 5")
    rated = Rated(
        id=name,
        message=message,
        reply=row["reply"],
        post=str(row.get("post") or message or name),
        brand=row.get("brand", ""),
        ratings=ratings,
        raters=(str(row["rater"]),) if alone else (),
        by=frozenset([str(row.get("by", "person"))]) if alone else frozenset(),
    )
    return rated, False


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}"


def _joined(before: Rated, one: Rated) -> Rated:
    """With one rater more; who rates again corrects what they said."""
    by_rater = dict(zip(before.raters, before.ratings, strict=True)) | dict(zip(one.raters, one.ratings, strict=True))
    return before.model_copy(
        update={
            "ratings": tuple(by_rater.values()),
            "raters": tuple(by_rater),
            "by": before.by | one.by,
        }
    )
