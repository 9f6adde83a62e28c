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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.triage.concepts import Concepts
from assistant.triage.features import Features, features, weighed
from assistant.triage.model import DANGER, INTENT
from assistant.triage.weights import FOLDER, NONE, PATH, Thresholds, digest
from tone_rules.located import Document
from tone_rules.readings import read_message
from tone_rules.readings.answers import ESCALATIONS, INTENTS, SENTIMENTS
from tone_rules.readings.dangers import POSSIBLE, SURE

SEED, FOLDS = 7, 8
_SOFT, _WISHED, _SMALL = 0.3, 0.3, 0.1
"""How freely the weights of escalations, of intents and of the rest may grow (`C` of scikit-learn)."""

_RARE_WORD, _RARE_PAIR = 2, 3
"""Messages that a word or a pair must stand in."""

PRECISION, FLAGGED, DROPPED = 0.9, 0.08, 0.5
"""Of what is called sure, the share that is; of ordinary posts, the share that may be flagged."""

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
        """Logits, shape (messages, answers)."""
        scored: Scored = matrix(found, self.rarity, self.rows) @ self.weights + self.bias
        return scored


def messages() -> list[Row]:
    """Every message to learn from."""
    paths = sorted((FOLDER / "messages").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def fit(rows: Sequence[Row], found: Sequence[Features]) -> Fitted:
    """Fit every answer to some messages."""
    rarity = _rarity(found)
    pairs = Counter(pair for one in found for pair in one.pairs)
    names = [*sorted(rarity), *sorted(pair for pair, count in pairs.items() if count >= _RARE_PAIR)]
    at = {name: place for place, name in enumerate(names)}
    seen = matrix(found, rarity, at)
    columns: list[tuple[str, Scored, float]] = []
    danger = np.array([row["escalation"] or NONE for row in rows])
    certain = np.array([row["review"] is None for row in rows])
    soft = LogisticRegression(C=_SOFT, max_iter=400).fit(seen[certain], danger[certain])
    for name in (NONE, *ESCALATIONS):
        place = list(soft.classes_).index(name)
        columns.append((DANGER + name, soft.coef_[place], soft.intercept_[place]))
    for name in INTENTS:
        columns.append((INTENT + name, *_one(seen, [name in row["intents"] for row in rows], _WISHED)))
    columns.append(("sarcasm", *_one(seen, [row["sarcasm"] for row in rows], _SMALL)))
    columns.append(("reply", *_one(seen, [row["reply"] for row in rows], _SMALL)))
    mood = LogisticRegression(C=_SMALL, max_iter=400).fit(seen, [row["sentiment"] for row in rows])
    for name in SENTIMENTS:
        place = list(mood.classes_).index(name)
        columns.append((f"sentiment:{name}", mood.coef_[place], mood.intercept_[place]))
    answers, weights, bias = zip(*columns, strict=True)
    return Fitted(rarity, at, answers, np.stack(weights, axis=1), np.array(bias))


def out_of_fold(rows: Sequence[Row], found: Sequence[Features]) -> tuple[tuple[str, ...], Scored]:
    """The names of the answers, and the logits that each message gets from weights that never saw it."""
    kinds = [row["escalation"] or ("ordinary" if row["id"].startswith("ordinary") else "alike") for row in rows]
    scored = np.zeros((0, 0))
    answers: tuple[str, ...] = ()
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(kinds, kinds):
        fitted = fit([rows[one] for one in train], [found[one] for one in train])
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
    best, top = margins.argmax(axis=1), margins.max(axis=1)
    true = [row["escalation"] for row in rows]
    right = np.array([ESCALATIONS[at] == name for at, name in zip(best, true, strict=True)])
    ordinary = np.array([row["id"].startswith("ordinary") for row in rows])
    sure = _first(top, right, PRECISION)
    points = [{name: one.points for name, one in read_message(row["message"]).dangers.items()} for row in rows]
    ruled = [
        (margins[at, ESCALATIONS.index(name)], name == true[at])
        for at, held in enumerate(points)
        for name, worth in held.items()
        if worth >= SURE
    ]
    doubted = [
        (margins[at, ESCALATIONS.index(name)], name == true[at] or name == rows[at]["review"])
        for at, held in enumerate(points)
        for name, worth in held.items()
        if worth == POSSIBLE
    ]
    agreed = _first(*map(np.array, zip(*ruled, strict=True)), PRECISION)
    kept = _first(*map(np.array, zip(*doubted, strict=True)), DROPPED)
    possible = float(np.quantile(top[ordinary], 1 - FLAGGED))
    wished = scored[:, [answers.index(INTENT + name) for name in INTENTS]]
    labels = np.array([[name in row["intents"] for name in INTENTS] for row in rows])
    intent = max(np.arange(-2, 1.5, 0.1), key=lambda edge: _agreement(wished, labels, float(edge)))
    return Thresholds(sure, min(agreed, sure), min(possible, sure), kept, round(float(intent), 2))


def _agreement(logits: Scored, labels: Scored, edge: float) -> float:
    """The mean F1 of the sets of intents."""
    said = logits > edge
    said[np.arange(len(said)), logits.argmax(axis=1)] = True
    both = (said & labels.astype(bool)).sum(axis=1)
    return float(np.mean(2 * both / (said.sum(axis=1) + labels.sum(axis=1))))


def _first(margins: Scored, right: Scored, share: float) -> float:
    """The lowest margin from which on at least `share` is right."""
    order = np.argsort(-margins)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= share)
    return round(float(margins[order[good[-1]]]), 3) if len(good) else float(margins.max()) + 1.0


def _one(seen: Any, labels: Sequence[bool], freely: float) -> tuple[Scored, float]:
    found = LogisticRegression(C=freely, class_weight="balanced", max_iter=400).fit(seen, labels)
    return found.coef_[0], float(found.intercept_[0])


def _rarity(found: Sequence[Features]) -> dict[str, float]:
    """How much each word counts: the less, the more messages have it (smoothed inverse document frequency)."""
    counts = Counter(word for one in found for word in one.words)
    return {
        word: math.log((1 + len(found)) / (1 + count)) + 1 for word, count in counts.items() if count >= _RARE_WORD
    }


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
    np.savez_compressed(
        PATH,
        **dict(_small("dense", fitted.weights[:size])),
        **dict(_small("named", fitted.weights[size:])),
        bias=fitted.bias.astype(np.float32),
        names=np.frombuffer("\n".join(fitted.rows).encode(), np.uint8),
        rarity=np.array([fitted.rarity.get(name, 0.0) for name in fitted.rows], np.float16),
        said=np.frombuffer(json.dumps(said, ensure_ascii=False).encode(), np.uint8),
    )


def _small(name: str, weights: Scored) -> Iterator[tuple[str, NDArray[Any]]]:
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    yield name, np.round(weights / scale).astype(np.int8)
    yield f"{name}_scale", scale.astype(np.float32)


def read(rows: Sequence[Row]) -> list[Features]:
    """The features of every message, by the concepts as they are written now."""
    concepts = Concepts(lists())
    readings = [read_message(row["message"]) for row in rows]
    return [features(one.folded, one, concepts) for one in readings]


def main() -> None:
    """Fit, choose, save, and say what came of it."""
    argparse.ArgumentParser(description=__doc__, prog="python -m assistant.triage.learning").parse_args()
    rows = messages()
    found = read(rows)
    thresholds = choose(rows, *out_of_fold(rows, found))
    save(fit(rows, found), thresholds)
    sys.stdout.write(f"{len(rows)} messages, {PATH.stat().st_size / 1e6:.2f} MB, {thresholds}\n")


if __name__ == "__main__":
    main()
