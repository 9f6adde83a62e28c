"""How the measures agree with raters, by folds, beside the raters themselves and a ridge on TF-IDF.

`python tests/benchmarks/ratings.py DATA` reads `ratings.jsonl` (folds by brand) and `ratings_written.jsonl` (folds by
post) from the folder DATA, and the replies in tests/measures/rated, which are in every training part. One set of
weights is fitted for both kinds in each fold; no post stands on both sides.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import GroupKFold

from tone_rules.measures.about import Feature
from tone_rules.measures.fitting import Rated, fit, read_rated
from tone_rules.measures.measuring import scored
from tone_rules.measures.scales import SCALES
from tone_rules.measures.weights import Linear, Weights

OWN = Path(__file__).resolve().parents[1] / "measures" / "rated"
FOLDS = 10


def main() -> None:
    """Print one table a set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--no-own", action="store_true", help="fit on the shared ratings alone")
    parser.add_argument("--worst", type=int, default=0, help="print the replies that are furthest off")
    given = parser.parse_args()
    own = [] if given.no_own else read_rated(sorted(OWN.glob("*.jsonl")))
    real, written = (read_rated([given.data / f"{name}.jsonl"]) for name in ("ratings", "ratings_written"))
    _say(f"{len(real)} real, {len(written)} written, {len(own)} own")
    for rows, groups in ((real, [one.brand for one in real]), (written, [one.post for one in written])):
        other = written if rows is real else real
        report(given.data / f"{rows[0].origin}.jsonl", rows, other, own, groups, given.worst)


def report(
    path: Path, rows: list[Rated], other: list[Rated], own: list[Rated], groups: Sequence[str], worst: int
) -> None:
    """Cross-validated agreement on one set."""
    marks = [json.loads(line)["ratings"] for line in path.read_text().splitlines()]
    ours: dict[str, np.ndarray] = defaultdict(lambda: np.full(len(rows), np.nan))
    ridge: dict[str, np.ndarray] = defaultdict(lambda: np.full(len(rows), np.nan))
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        posts = {rows[one].message for one in test}
        learnt = [rows[one] for one in train if rows[one].message not in posts]
        learnt += [one for one in other if one.message not in posts]
        weights = fit(learnt + own)
        texts = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit([one.reply for one in learnt])
        plain = {
            name: Ridge(alpha=1.0).fit(
                texts.transform([one.reply for one in learnt]), [one.ratings[name] for one in learnt]
            )
            for name in rows[0].ratings
        }
        for one in test:
            for name, value in _ours(rows[one], weights).items():
                ours[name][one] = value
            for name, model in plain.items():
                ridge[name][one] = model.predict(texts.transform([rows[one].reply]))[0]
    _say(f"\n{path.stem}: folds by {'brand' if 'written' not in path.stem else 'post'}")
    _say(f"{'dimension':18} {'raters':>12} {'ours':>12} {'ridge':>12}   Spearman / weighted kappa")
    for name in rows[0].ratings:
        first, second = ([row[k][name] for row in marks] for k in (0, 1))
        both = np.array([row.ratings[name] for row in rows])
        cells = [f"{spearmanr(first, second)[0]:.2f}/{_kappa(first, second):.2f}"]
        for found in (ours, ridge):
            told = found.get(name)
            cells.append(
                "-" if told is None else f"{spearmanr(told, both)[0]:.2f}/{_kappa(_levels(told), _levels(both)):.2f}"
            )
        _say(f"{name:18} {cells[0]:>12} {cells[1]:>12} {cells[2]:>12}")
    if "written" in path.stem:
        _triples(rows, ours)
    if worst:
        _worst(rows, ours, worst)


def _ours(row: Rated, weights: Weights) -> dict[str, float]:
    found = {name: Feature(name, value) for name, value in row.values.items()}
    scores = scored(found, weights, answering=True)
    names = {one.name: scores.measures[one.name].value for one in SCALES}
    # unrounded sums: equal ranks would cost agreement
    got = {name: value for name, value in names.items() if value is not None}
    return {**got, "tone": _raw(weights.tone, got), "helpfulness": _raw(weights.helpfulness, got)}


def _raw(linear: Linear, got: dict[str, float]) -> float:
    return linear.bias + sum(weight * got.get(name, 0.0) for name, weight in linear.weights.items())


def _levels(values: Sequence[float]) -> list[int]:
    return [round(4 * min(1.0, max(0.0, one))) for one in values]


def _kappa(one: Sequence[int], other: Sequence[int]) -> float:
    return float(cohen_kappa_score(one, other, weights="quadratic"))


def _triples(rows: list[Rated], ours: dict[str, np.ndarray]) -> None:
    """How often the reply that raters put first of its post is put first here."""
    posts: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(rows):
        posts[one.post].append(number)
    rated = np.array([fmean((one.ratings["tone"], one.ratings["helpfulness"])) for one in rows])
    told = (ours["tone"] + ours["helpfulness"]) / 2
    whole = [group for group in posts.values() if len(group) > 1]
    first = sum(rated[group[int(np.argmax(told[group]))]] == max(rated[group]) for group in whole)
    _say(f"the best of a post's replies ranked first: {first} of {len(whole)} ({first / len(whole):.1%})")


def _worst(rows: list[Rated], ours: dict[str, np.ndarray], count: int) -> None:
    for name in ("tone", "helpfulness"):
        off = ours[name] - np.array([one.ratings[name] for one in rows])
        for number in np.argsort(-np.abs(off))[:count]:
            row = rows[number]
            _say(f"{name} {off[number]:+.2f} of {row.ratings[name]:.2f}: {row.message[:160]!r}\n      -> {row.reply!r}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
