"""How polite one request is: a ridge over its strategies, its words and pairs of words, and its vector."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import erf, log, log1p, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tone_rules.readings import TextReading

    Numbers = NDArray[np.float64]

FILE = Path(__file__).with_name("weights.json")

SHARES = {"strategies": 0.15, "terms": 2.0, "vector": 2.0}
"""How much the three kinds of features may say; chosen over folds."""

_TOKEN = re.compile(r"[a-z']+|[?!.,:;()-]+|<\w+>|\d+")
_COUNTED = 2.0
_DECIMALS = 3


class Model(NamedTuple):
    """What was fitted."""

    bias: float
    spread: float
    """Of its answers, so that they can be turned into a share of requests."""
    strategies: Mapping[str, tuple[float, float, float]]
    """Mean, deviation and weight of each."""
    terms: Mapping[str, tuple[float, float]]
    """Inverse document frequency and weight of each word and pair."""
    vector: Sequence[float]

    def sum(self, text: str) -> float:
        """The politeness of a request, in deviations of the corpus: about -2 to 2."""
        return self.sum_of(text, strategies(text))

    def sum_of(self, text: str, told: Mapping[str, float]) -> float:
        """The same where the strategies of the request are known."""
        import numpy as np

        from tone_rules.vectors import vector

        answer = self.bias + sum(
            weight * (told.get(name, 0.0) - mean) / deviation
            for name, (mean, deviation, weight) in self.strategies.items()
        )
        known = [(count, *self.terms[one]) for one, count in terms(text).items() if one in self.terms]
        norm = sqrt(sum((count * idf) ** 2 for count, idf, _ in known))
        if norm:
            answer += sum(count * idf * weight for count, idf, weight in known) / norm
        return answer + float(vector(text) @ np.asarray(self.vector))


def politeness(request: str, reading: "TextReading | None" = None, start: int = 0) -> float:
    """How polite a request is: the share of all requests that are asked less politely, 0 to 1.

    Args:
        request: its text.
        reading: of the text that it stands in, if there is one.
        start: where it stands there.
    """
    fitted = model()
    told = fitted.sum_of(request, strategies(request, reading, start))
    return 0.5 * (1 + erf((told - fitted.bias) / fitted.spread / sqrt(2)))


@cache
def model() -> Model:
    """The one that ships."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return Model(**{name: stored[name] for name in Model._fields})


def strategies(text: str, reading: "TextReading | None" = None, start: int = 0) -> dict[str, float]:
    """How often each politeness strategy stands in a request, two at most, and the marks and length around them."""
    if reading is None:
        from tone_rules.readings import read_text

        reading = read_text(text)
    found: dict[str, float] = {}
    for one in reading.strategies:
        if start <= one.start and one.end <= start + len(text):
            found[one.name] = min(_COUNTED, found.get(one.name, 0.0) + 1)
    return found | {
        "(questions)": min(3, text.count("?")),
        "(exclamations)": min(3, text.count("!")),
        "(words)": log1p(len(text.split())),
    }


def terms(text: str) -> dict[str, float]:
    """The words, marks and pairs of them, and the word it opens with: one more than the logarithm of its count."""
    words = _TOKEN.findall(text.lower().replace("’", "'"))
    counts: dict[str, int] = {}
    for one in [*words, *(f"{a} {b}" for a, b in pairwise(words)), *(f"^ {one}" for one in words[:1])]:
        counts[one] = counts.get(one, 0) + 1
    return {one: 1 + log(count) for one, count in counts.items()}


def fit(texts: Sequence[str], scores: Sequence[float], kept: int = 1500, strength: float = 30.0) -> Model:
    """Fit a model to requests and their scores.

    Args:
        texts: requests.
        scores: how polite each is, in deviations.
        kept: how many words and pairs it may keep, those that weigh most.
        strength: of the ridge.
    """
    import numpy as np
    from sklearn.linear_model import Ridge

    from tone_rules.vectors import vectors

    told = [strategies(one) for one in texts]
    names = sorted({name for one in told for name in one})
    counts = np.array([[one.get(name, 0.0) for name in names] for one in told])
    means, deviations = counts.mean(axis=0), counts.std(axis=0) + 1e-9
    strategic = (counts - means) / deviations
    meanings = vectors(list(texts)).astype(float)
    said = [terms(one) for one in texts]
    number: dict[str, int] = {}
    for one in said:
        for term in one:
            number[term] = number.get(term, 0) + 1
    vocabulary = [term for term, count in number.items() if count > 1]
    idf = {term: log((1 + len(texts)) / (1 + number[term])) + 1 for term in vocabulary}

    def trained(vocabulary: list[str]) -> "tuple[Ridge, Numbers]":
        lexical = _lexical(said, vocabulary, idf)
        from scipy.sparse import csr_matrix, hstack

        table = hstack(
            [
                csr_matrix(SHARES["strategies"] * strategic),
                SHARES["terms"] * lexical,
                csr_matrix(SHARES["vector"] * meanings),
            ]
        ).tocsr()
        model = Ridge(alpha=strength).fit(table, scores)
        return model, table

    first, _ = trained(vocabulary)
    weighed = np.abs(first.coef_[len(names) : len(names) + len(vocabulary)]) * [
        number[one] ** 0.5 for one in vocabulary
    ]
    vocabulary = sorted(vocabulary[one] for one in np.argsort(-weighed)[:kept])
    last, table = trained(vocabulary)
    cut = len(names), len(names) + len(vocabulary)
    bias = float(last.intercept_)

    def stored(share: str, numbers: "Numbers") -> list[float]:
        return [round(float(SHARES[share] * one), _DECIMALS) for one in numbers]

    return Model(
        bias=round(bias, _DECIMALS),
        spread=round(float((last.predict(table) - bias).std()), _DECIMALS),
        strategies={
            name: (round(float(mean), _DECIMALS), round(float(deviation), _DECIMALS + 1), weight)
            for name, mean, deviation, weight in zip(
                names, means, deviations, stored("strategies", last.coef_[: cut[0]]), strict=True
            )
            if deviation > 1e-3
        },
        terms={
            term: (round(idf[term], 2), weight)
            for term, weight in zip(vocabulary, stored("terms", last.coef_[cut[0] : cut[1]]), strict=True)
        },
        vector=stored("vector", last.coef_[cut[1] :]),
    )


def _lexical(said: list[dict[str, float]], vocabulary: list[str], idf: Mapping[str, float]):  # type: ignore[no-untyped-def]
    import numpy as np
    from scipy.sparse import csr_matrix

    column = {term: number for number, term in enumerate(vocabulary)}
    rows, columns, values = [], [], []
    for row, one in enumerate(said):
        known = {column[term]: count * idf[term] for term, count in one.items() if term in column}
        norm = sqrt(sum(value * value for value in known.values())) or 1.0
        rows += [row] * len(known)
        columns += list(known)
        values += [value / norm for value in known.values()]
    return csr_matrix((np.array(values), (rows, columns)), shape=(len(said), len(vocabulary)))
