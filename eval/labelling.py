"""Rating replies by people: which are still to be rated, and each rating on disk before the next is asked for."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.errors import InputError
from eval.agreement import raters_own
from eval.licence import Measured
from eval.probes import Pair
from eval.stats.agreement import alpha, kappa
from tone_rules.value import Value

DIMENSIONS: Mapping[str, str] = {
    "empathy": "1 blames or ignores the feeling · 3 a stock phrase, or none needed · 5 names the impact, in proportion",
    "respect": "1 sarcastic, curt, defensive · 3 neutral · 5 dignified and warm",
    "emotion_fit": "1 clashes with the customer's state · 3 flat · 5 matches it",
    "humanity": "1 a template that fits any message · 3 some signs of a person · 5 concrete, natural, owned",
    "tone": "tone overall, 1 to 5",
    "addresses_issue": "1 misses it · 3 partly · 5 every ask named or answered",
    "next_step": "1 none · 3 'contact us' or a generic link · 5 the exact action, link or answer",
    "ownership": "1 pushes back or away · 3 neutral · 5 'I'll ...', takes it on",
    "non_deflection": "1 a bare redirect · 3 a redirect with a reason · 5 something useful in public",
    "helpfulness": "helpfulness overall, 1 to 5",
}
"""What can be rated, and what the marks mean. A reply may be high on tone and low on help; length earns nothing."""


class LabelLine(Value):
    """One rater's marks of one reply: a line of the file of labels."""

    id: str
    message: str | None
    reply: str
    rater: str
    by: str = "person"
    ratings: Mapping[str, int]


class RaterAgreement(Value):
    """How raters agree on one dimension, over what all of them have rated."""

    dimension: str
    n: int
    raters: int
    spearman: Measured | None
    kappa: Measured | None
    """Of two raters."""
    alpha: Measured | None


class Labels:
    """A file of labels that grows."""

    def __init__(self, path: Path) -> None:
        """Open it, or begin one. A half line at its end, of a session that was killed, is cut off.

        Raises:
            InputError: it can't be read, or a line is no label; with its number.
        """
        self.path = path
        self.lines: list[LabelLine] = []
        try:
            data = path.read_bytes() if path.exists() else b""
            end = data.rfind(b"\n") + 1
            if end < len(data):
                with path.open("r+b") as file:
                    file.truncate(end)
        except OSError as error:
            raise InputError(f"{path}: this can't be read or mended: {error.strerror}") from None
        for number, line in enumerate(data[:end].splitlines(), 1):
            try:
                self.lines.append(LabelLine.model_validate_json(line))
            except ValueError as error:
                raise InputError(f"{path}: this is no label: {str(error).splitlines()[0]}", number) from None

    def left(self, pairs: Sequence[Pair], rater: str, dimensions: Sequence[str]) -> list[Pair]:
        """What a rater has not rated wholly: what another has rated comes first, so that the two soon overlap."""
        done = {(one.id, one.reply) for one in self.lines if one.rater == rater and set(dimensions) <= set(one.ratings)}
        others = {(one.id, one.reply) for one in self.lines if one.rater != rater}
        todo = [one for one in pairs if (one.id, one.reply) not in done]
        return sorted(todo, key=lambda one: (one.id, one.reply) not in others)

    def add(self, pair: Pair, rater: str, ratings: Mapping[str, int]) -> LabelLine:
        """Write one rating through to the disk.

        Raises:
            InputError: it can't be written.
        """
        line = LabelLine(id=pair.id, message=pair.message, reply=pair.reply, rater=rater, ratings=ratings)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(json.dumps(line.model_dump()).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{self.path}: this can't be written: {error.strerror}") from None
        self.lines.append(line)
        return line

    def raters(self) -> tuple[str, ...]:
        """Who has rated, in the order in which they came."""
        return tuple(dict.fromkeys(one.rater for one in self.lines))

    def agreement(self) -> tuple[RaterAgreement, ...]:
        """By dimension, over the replies that every rater has rated; nothing with a single rater."""
        raters = self.raters()
        if len(raters) < 2:
            return ()
        marks: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
        for one in self.lines:
            for name, mark in one.ratings.items():
                marks.setdefault(name, {}).setdefault((one.id, one.reply), {})[one.rater] = mark
        return tuple(
            _agreed(name, [[one[rater] for rater in raters] for one in by_reply.values() if len(one) == len(raters)])
            for name, by_reply in marks.items()
        )


def _agreed(name: str, rows: list[list[int]]) -> RaterAgreement:
    import numpy as np

    table = np.array(rows, float).T
    if len(rows) < 2:
        return RaterAgreement(dimension=name, n=len(rows), raters=len(table), spearman=None, kappa=None, alpha=None)

    def told(value: float) -> Measured | None:
        return None if np.isnan(value) else Measured(value=value)

    return RaterAgreement(
        dimension=name,
        n=len(rows),
        raters=len(table),
        spearman=told(raters_own(table)),
        kappa=told(kappa(table[0], table[1])) if len(table) == 2 else None,
        alpha=told(alpha(table)),
    )
