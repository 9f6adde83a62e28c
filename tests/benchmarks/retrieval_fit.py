"""Fits `assistant/retrieval.json`: `python tests/benchmarks/retrieval_fit.py [--write]`, on the questions not held out.

Two small linear models: one ranks the passages of a question (softmax over all passages, the words that answer are the
right ones), one says whether the best passage is an answer at all (logistic, on what the first one ranks highest when
it was fitted without that question's brand, so that both see brands they don't know).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from retrieval import library_of, questions
from scipy.optimize import minimize

import assistant.retrieval as target
from assistant.drafting.answer import _without, share_of
from assistant.drafting.asking import asks_of
from assistant.passages import Passage

USUAL = {"context": 3.0, "covered": 3.0, "lasted": 1.5}
"""Where weights are drawn to instead of 0: the messages here are short, and of a long one the rest says much."""
RIDGE_RANKING, RIDGE_TRUSTING = 0.008, 0.005
BESIDE = 0.85
"""What another passage of the right article is worth: the statements to say are chosen from the whole article."""
NEVER_BELOW_ZERO = frozenset(target.RANKING) - {
    "article",
    "context",
    "like_head",
    "first",
    "bm25",
    "other_product",
}
out = partial(print, file=sys.stdout)


class Asked(NamedTuple):
    """One ask of a question, and which passages answer it."""

    brand: str
    question: target.Question
    right: np.ndarray
    """By passage."""
    near: np.ndarray
    """Other passages of the right articles: neither right nor wrong."""
    message: str


def asked(rows: Sequence[dict[str, Any]]) -> list[Asked]:
    """The asks of the questions."""
    found = []
    for row in rows:
        passages = library_of(row["brand"]).index.passages
        asks = asks_of(row["message"])
        for ask in asks:
            question = target.Question(ask, _without(row["message"], asks, ask), share_of(asks))
            right = np.array([any(_says(p, a, passages) for a in row["answers"]) for p in passages], bool)
            near = np.array([any(a["article"] == p.article for a in row["answers"]) for p in passages]) & ~right
            found.append(Asked(row["brand"], question, right, near, row["message"]))
    return found


def _says(passage: Passage, answer: dict[str, str], passages: Sequence[Passage]) -> bool:
    """Whether a passage holds the words that answer, or a step beside it that is said with it does."""
    if passage.article != answer["article"]:
        return False
    beside = [
        one for one in passages if (one.article, one.heading, one.step) == (passage.article, passage.heading, True)
    ]
    return any(answer["says"] in one.text for one in (beside if passage.step else [passage]))


def fitted_ranking(kept: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights by `RANKING`, from (passages by features, right passages)."""
    size = len(target.RANKING)
    usual = np.array([USUAL.get(name, 0.0) for name in target.RANKING])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        away = weights - usual
        value, slope = RIDGE_RANKING * float(away @ away) / 2, RIDGE_RANKING * away
        for features, right in kept:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            good = chances[right].sum() + 1e-12
            value -= np.log(good) / len(kept)
            slope = slope - features.T @ (chances * right / good - chances) / len(kept)
        return value, slope

    bounds = [(0, None) if name in NEVER_BELOW_ZERO else (None, None) for name in target.RANKING]
    return minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", bounds=bounds).x


def fitted_trusting(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The bias, then weights by `TRUSTING`."""
    whole = np.hstack([np.ones((len(features), 1)), features])
    ridge = np.array([0.0] + [RIDGE_TRUSTING] * features.shape[1])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chances = 1 / (1 + np.exp(-whole @ weights))
        value = -np.mean(right * np.log(chances + 1e-12) + (1 - right) * np.log(1 - chances + 1e-12))
        value += ridge @ weights**2 / 2
        return value, whole.T @ (chances - right) / len(whole) + ridge * weights

    return minimize(loss, np.zeros(whole.shape[1]), jac=True, method="L-BFGS-B").x


def searched(one: Asked) -> target.Found | None:
    """One search with the weights as they stand."""
    return library_of(one.brand).index.found(one.question)


def use(ranking: np.ndarray) -> None:
    """Search with these weights from here on."""
    target._weights()["ranking"] = dict(zip(target.RANKING, map(float, ranking), strict=True))


def main() -> None:
    """Fit, print, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    stated = options.parse_args()
    everything = asked([row for row in [*questions(), *questions("training")] if not row["held_out"]])
    numbers = {id(one): searched(one) for one in everything}
    known = [one for one in everything if one.right.any() and numbers[id(one)] is not None]
    kept = {id(one): (numbers[id(one)].ranking[~one.near], one.right[~one.near]) for one in known}
    features, right, top = [], [], 0
    for brand in sorted({one.brand for one in everything}):
        use(fitted_ranking([kept[id(one)] for one in known if one.brand != brand]))
        for one in everything:
            found = searched(one) if one.brand == brand else None
            if found is not None:
                features.append(found.trusting)
                best = found.order[0]
                right.append(1.0 if one.right[best] else BESIDE if one.near[best] else 0.0)
                top += bool(one.right[best])
    ranking = fitted_ranking([kept[id(one)] for one in known])
    out(f"right passage first, brands not seen: {top} of {len(known)}")
    trusting = fitted_trusting(np.array(features), np.array(right))
    weights = {
        "ranking": {name: round(float(one), 2) for name, one in zip(target.RANKING, ranking, strict=True)},
        "trusting": {
            name: round(float(one), 2) for name, one in zip(("bias", *target.TRUSTING), trusting, strict=True)
        },
    }
    chances = 1 / (1 + np.exp(-(np.array(features) @ trusting[1:] + trusting[0])))
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        said = chances >= least
        got = np.array(right)[said]
        out(f"trust {least}: {said.sum()} said, {(got == 1).mean():.2f} right, {(got == 0).mean():.2f} wrong article")
    out(json.dumps(weights, indent=2))
    if stated.write:
        path = Path(target.__file__).with_name("retrieval.json")
        path.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
