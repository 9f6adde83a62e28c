"""`python -m assistant.triage.learning`: fit the weights to the messages in `messages/`, and choose the thresholds.

The features hold what the rules found; no rule is fitted to these messages, so that nothing leaks from there. The
thresholds are chosen on scores out of fold: what a message is judged by never saw it. Needs scikit-learn; reading
the weights needs numpy alone. The same messages always give the same weights.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePath
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.triage.concepts import Concepts
from assistant.triage.features import TOLD, Features, features, weighed
from assistant.triage.files import GROUPS as OWN
from assistant.triage.model import DANGER, FIRST, HEARD, INTENT, PART, alone
from assistant.triage.weights import FOLDER, NONE, PATH, Thresholds, digest
from assistant.triage.wishes import wished
from tone_rules.located import Document
from tone_rules.readings import MessageReading, read_message
from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS
from tone_rules.readings.dangers import POSSIBLE, SURE
from tone_rules.readings.files import GROUPS

SEED, FOLDS = 7, 5
_SOFT, _WISHED, _SMALL = 1.0, 0.3, 0.1
"""How freely the weights of escalations, of intents and of the rest may grow (`C` of scikit-learn)."""

_RARE_WORD = 2
"""Messages that a word must stand in."""

_EVERYDAY = 2.0
"""How much a message without an escalation counts for its first intent and its mood: most posts are such."""

PRECISION, ALONE, FLAGGED, RULED = 0.9, 0.93, 0.06, 3.0
"""Of what is called sure, the share that is, and that of what the model calls so without a rule; of ordinary posts, the
share that rules and model together may flag by folds (less than the 8% that is meant: real posts have more of it than
those written here); the logits that a rule's word adds to the model's. Anything from 0 to 3 keeps as many escalations
at one share of flags, by folds and of an author that the weights had not seen; of two that are equal, the one that
hears a rule."""

_STEPS = tuple(step / 5 for step in range(-8, 13))
"""Logits that are tried as edges of intents."""

_ORDINARY = ("ordinary", "everyday", "plain", "daily")
"""The files that hold them."""

Row = Mapping[str, Any]
Scored = NDArray[np.float64]


class Fitted(NamedTuple):
    """What was fitted: everything that a score needs."""

    rarity: Mapping[str, float]
    rows: Mapping[str, int]
    answers: tuple[str, ...]
    weights: Scored
    """Shape (dense features and named ones, answers)."""
    bias: Scored

    def score(self, found: Sequence[Features]) -> Scored:
        """Logits, shape (messages, answers); those of escalations with what the most telling clause adds."""
        scored: Scored = self._logits(found)
        parts = self._logits([part for one in found for part in one.parts])
        starts = np.cumsum([0, *(len(one.parts) for one in found[:-1])])
        none = parts[:, self.answers.index(PART + NONE)]
        for name in ESCALATIONS:
            margins = parts[:, self.answers.index(PART + name)] - none
            scored[:, self.answers.index(DANGER + name)] += HEARD * np.maximum.reduceat(margins, starts)
        return scored

    def _logits(self, found: Sequence[Features]) -> Scored:
        logits: Scored = matrix(found, self.rarity, self.rows) @ self.weights + self.bias
        return logits


def messages() -> list[Row]:
    """Every message to learn from."""
    paths = sorted((FOLDER / "messages").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def examples() -> list[Row]:
    """The examples in the rule files: each says one thing about a message, and is learned from without its rules.

    The rules were made for them: what they find there would say more than it does elsewhere.
    """
    rows: list[Row] = []
    for path, rule in GROUPS["escalations"]().items():
        name, said = PurePath(path).stem, rule.examples  # type: ignore[attr-defined]
        rows += [{"message": one, "escalation": name, "review": None} for one in said.fires]
        rows += [{"message": one, "escalation": None, "review": None} for one in said.silent]
        rows += [{"message": one, "escalation": None, "review": name} for one in said.review]
    for path, rule in GROUPS["intents"]().items():
        name, said = PurePath(path).stem, rule.examples  # type: ignore[attr-defined]
        rows += [{"message": one, INTENT + name: True} for one in said.fires]
        rows += [{"message": one, INTENT + name: False} for one in said.silent]
    alone: Mapping[str, Any] = {**GROUPS["mood"](), **OWN["triage"]()}
    rows += [
        {"message": one, "sentiment": mood} for mood, ones in alone["sentiment.yaml"].examples.items() for one in ones
    ]
    for path, answer, fires in (("sarcasm.yaml", "sarcasm", True), ("no_reply.yaml", "reply", False)):
        said = alone[path].examples
        rows += [{"message": one, answer: fires} for one in said.fires]
        rows += [{"message": one, answer: not fires} for one in said.silent]
    return rows


def fit(rows: Sequence[Row], found: Sequence[Features]) -> Fitted:
    """Fit every answer to the messages that say something about it."""
    rarity = _rarity(found)
    at = {name: place for place, name in enumerate(sorted(rarity))}
    seen = matrix(found, rarity, at)
    columns: list[tuple[str, Scored, float]] = []
    dangers = [(row["escalation"] or NONE) if row.get("review", "") is None else None for row in rows]
    columns += _several(seen, dangers, DANGER, (NONE, *ESCALATIONS), _SOFT)
    parts = matrix([part for one in found for part in one.parts], rarity, at)
    heard = [label for label, one in zip(dangers, found, strict=True) for _ in one.parts]
    columns += _several(parts, heard, PART, (NONE, *ESCALATIONS), _SOFT)
    seen = seen[:, TOLD:]
    counts = np.array([1.0 if row.get("escalation") else _EVERYDAY for row in rows])
    columns += _several(seen, [_first_intent(row) for row in rows], FIRST, INTENTS, _WISHED, counts)
    for intent in INTENTS:
        columns.append(_one(seen, [_intended(row, intent) for row in rows], INTENT + intent, _WISHED))
    for name in ("sarcasm", "reply"):
        columns.append(_one(seen, [row.get(name) for row in rows], name, _SMALL))
    columns += _several(seen, [row.get("sentiment") for row in rows], "sentiment:", SENTIMENTS, _SMALL, counts)
    answers, weights, bias = zip(*columns, strict=True)
    whole = [np.pad(one, (len(weights[0]) - len(one), 0)) for one in weights]
    return Fitted(rarity, at, answers, np.stack(whole, axis=1), np.array(bias))


def _intended(row: Row, name: str) -> bool | None:
    return name in row["intents"] if "intents" in row else row.get(INTENT + name)


def _first_intent(row: Row) -> str | None:
    """What a message wants first; an example of a rule file is about what the file is."""
    named = row["intents"] if "intents" in row else [name for name in INTENTS if row.get(INTENT + name)]
    return named[0] if named else None


def _several(
    seen: Any,
    labels: Sequence[str | None],
    mark: str,
    names: Sequence[str],
    freely: float,
    counts: Scored | None = None,
) -> list[tuple[str, Scored, float]]:
    """One answer of several; with `counts`, how much each message weighs, the answers are as likely as each other."""
    known = [place for place, label in enumerate(labels) if label is not None]
    found = LogisticRegression(C=freely, max_iter=400, class_weight=None if counts is None else "balanced")
    found.fit(seen[known], [str(labels[one]) for one in known], None if counts is None else counts[known])
    places = [list(found.classes_).index(name) for name in names]
    return [(mark + name, found.coef_[at], float(found.intercept_[at])) for name, at in zip(names, places, strict=True)]


def _one(seen: Any, labels: Sequence[bool | None], name: str, freely: float) -> tuple[str, Scored, float]:
    """Yes or no."""
    known = [place for place, label in enumerate(labels) if label is not None]
    found = LogisticRegression(C=freely, class_weight="balanced", max_iter=400)
    found.fit(seen[known], [bool(labels[one]) for one in known])
    return name, found.coef_[0], float(found.intercept_[0])


def out_of_fold(rows: Sequence[Row], found: Sequence[Features]) -> tuple[tuple[str, ...], Scored]:
    """The names of the answers, and the logits that each message gets from weights that never saw it."""
    kinds = [row["escalation"] or ("ordinary" if _ordinary(row) else "alike") for row in rows]
    scored = np.zeros((0, 0))
    answers: tuple[str, ...] = ()
    more = examples()
    told = read(more, ruled=False)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(kinds, kinds):
        fitted = fit([*(rows[one] for one in train), *more], [*(found[one] for one in train), *told])
        answers = fitted.answers
        scored = scored if scored.size else np.zeros((len(rows), len(answers)))
        scored[test] = fitted.score([found[one] for one in test])
    return answers, scored


def matrix(found: Sequence[Features], rarity: Mapping[str, float], rows: Mapping[str, int]) -> Any:
    """The features of some messages, a row for each."""
    values, columns, starts = [], [], [0]
    for one in found:
        for name, value in weighed(one, rarity):
            if name in rows:
                columns.append(rows[name])
                values.append(value)
        starts.append(len(values))
    named = csr_matrix((values, columns, starts), shape=(len(found), len(rows)))
    return hstack([csr_matrix(np.stack([one.dense for one in found])), named]).tocsr()


def choose(rows: Sequence[Row], answers: Sequence[str], scored: Scored) -> Thresholds:
    """The thresholds by which enough of what is sure is right, and few ordinary posts are flagged."""
    none = scored[:, answers.index(DANGER + NONE)]
    margins = scored[:, [answers.index(DANGER + name) for name in ESCALATIONS]] - none[:, None]
    odds = alone(margins)
    best, top = margins.argmax(axis=1), odds.max(axis=1)
    true = [row["escalation"] for row in rows]
    right = np.array([ESCALATIONS[at] == name for at, name in zip(best, true, strict=True)])
    sure = _first(top, right, ALONE)
    readings = [read_message(row["message"]) for row in rows]
    points = [{name: one.points for name, one in reading.dangers.items()} for reading in readings]
    ruled = [
        (odds[at, ESCALATIONS.index(name)], name == true[at])
        for at, held in enumerate(points)
        for name, worth in held.items()
        if worth >= SURE and top[at] < sure
    ]
    surely = [(float("inf"), bool(one)) for one in right[top >= sure]]
    agreed = _first(*_columns([*surely, *ruled]), PRECISION)
    helped = [
        [margins[at, ESCALATIONS.index(name)] + RULED for name, worth in held.items() if worth >= POSSIBLE]
        for at, held in enumerate(points)
    ]
    likely = np.array([max([one.max(), *more]) for one, more in zip(margins, helped, strict=True)])
    ordinary = np.array([_ordinary(row) for row in rows])
    possible = float(np.quantile(likely[ordinary], 1 - FLAGGED, method="higher"))
    intent, denied = _edges(rows, readings, [dict(zip(answers, map(float, one), strict=True)) for one in scored])
    return Thresholds(sure, min(agreed, sure), possible, possible - RULED, intent, denied)


def _ordinary(row: Row) -> bool:
    """Whether it is a post of every day, written without a danger in mind."""
    return str(row["id"]).startswith(_ORDINARY)


def _edges(
    rows: Sequence[Row], readings: Sequence[MessageReading], logits: Sequence[Mapping[str, float]]
) -> tuple[float, float]:
    """The edges of intents by which those of ordinary posts are told best."""
    posts = [one for one in zip(rows, readings, logits, strict=True) if _ordinary(one[0])]
    agreements = {
        (edge, denied): fmean(_agreement(*one, edge, denied) for one in posts)
        for edge in _STEPS
        for denied in _STEPS
        if denied <= edge
    }
    return max(agreements, key=lambda edges: agreements[edges])


def _agreement(row: Row, reading: MessageReading, logits: Mapping[str, float], edge: float, denied: float) -> float:
    """The F1 of the intents of one message."""
    said = set(wished(reading, logits, sarcasm=row["sarcasm"], edge=edge, denied=denied))
    return 2 * len(said & set(row["intents"])) / (len(said) + len(set(row["intents"])))


def _columns(pairs: Sequence[tuple[float, bool]]) -> tuple[Scored, Scored]:
    return np.array([margin for margin, _ in pairs]), np.array([right for _, right in pairs])


def _first(margins: Scored, right: Scored, share: float) -> float:
    """The lowest margin from which on at least `share` is right."""
    order = np.argsort(-margins)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= share)
    return round(float(margins[order[good[-1]]]), 3) if len(good) else float(margins.max()) + 1.0


def _rarity(found: Sequence[Features]) -> dict[str, float]:
    """How much each word counts: the less, the more messages have it (smoothed inverse document frequency)."""
    counts = Counter(word for one in found for word in one.words)
    return {word: math.log((1 + len(found)) / (1 + count)) + 1 for word, count in counts.items() if count >= _RARE_WORD}


@cache
def lists() -> Mapping[str, Sequence[str]]:
    """The concepts as they are written."""
    path = FOLDER / "concepts.yaml"
    said: Mapping[str, Sequence[str]] = Document(path, path.read_text(encoding="utf-8")).value
    return said


def save(fitted: Fitted, thresholds: Thresholds) -> None:
    """Write the weights, in 8 bits each."""
    size = fitted.weights.shape[0] - len(fitted.rows)
    said = {
        "digest": digest(),
        "answers": fitted.answers,
        "thresholds": thresholds._asdict(),
        "concepts": lists(),
    }
    PATH.parent.mkdir(exist_ok=True)
    arrays: dict[str, Any] = {
        **dict(_small("dense", fitted.weights[:size])),
        **dict(_small("named", fitted.weights[size:])),
        "bias": fitted.bias.astype(np.float32),
        "names": np.frombuffer("\n".join(fitted.rows).encode(), np.uint8),
        "rarity": np.array([fitted.rarity.get(name, 0.0) for name in fitted.rows], np.float16),
        "said": np.frombuffer(json.dumps(said, ensure_ascii=False).encode(), np.uint8),
    }
    np.savez_compressed(PATH, **arrays)


def _small(name: str, weights: Scored) -> Iterator[tuple[str, NDArray[Any]]]:
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    yield name, np.round(weights / scale).astype(np.int8)
    yield f"{name}_scale", scale.astype(np.float32)


def read(rows: Sequence[Row], *, ruled: bool = True) -> list[Features]:
    """The features of every message, by the concepts as they are written now; without the rules if not `ruled`."""
    concepts = Concepts(lists())
    readings = [read_message(row["message"]) for row in rows]
    return [features(one.folded, one if ruled else None, concepts) for one in readings]


def main() -> None:
    """Fit, choose, save, and say what came of it."""
    argparse.ArgumentParser(description=__doc__, prog="python -m assistant.triage.learning").parse_args()
    rows = messages()
    found = read(rows)
    thresholds = choose(rows, *out_of_fold(rows, found))
    more = examples()
    save(fit([*rows, *more], [*found, *read(more, ruled=False)]), thresholds)
    sys.stdout.write(f"{len(rows)} messages, {PATH.stat().st_size / 1e6:.2f} MB, {thresholds}\n")


if __name__ == "__main__":
    main()
