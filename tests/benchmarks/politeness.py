"""How politeness agrees with annotators, by ten folds, beside TF-IDF in the same folds.

`python tests/benchmarks/politeness.py DATA` reads `politeness.jsonl` from the folder DATA. Published on the same
corpus: 83.8% by linguistic features, 86.7% by people (Wikipedia, quartile extremes).
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline

from tone_rules.measures.politeness.asking import fit

FOLDS = KFold(10, shuffle=True, random_state=0)


def main() -> None:
    """Print the table."""
    rows = [json.loads(line) for line in (Path(sys.argv[1]) / "politeness.jsonl").read_text().splitlines()]
    for source in ("wikipedia", "stack-exchange"):
        mine = [one for one in rows if one["source"] == source]
        extremes = [one for one in mine if one["label"] in ("polite", "impolite")]
        wanted = np.array([one["label"] == "polite" for one in extremes])
        ours, plain = agreement(extremes, classes=True)
        _say(
            f"{source}: {len(extremes)} extremes, accuracy {((ours > 0) == wanted).mean():.1%}, "
            f"TF-IDF logistic regression {(plain == wanted).mean():.1%}"
        )
        scores = [one["score"] for one in mine]
        ours, plain = agreement(mine, classes=False)
        _say(
            f"{source}: {len(mine)} items, Spearman {spearmanr(ours, scores)[0]:.3f}, "
            f"TF-IDF ridge {spearmanr(plain, scores)[0]:.3f}"
        )


def agreement(rows: list[dict[str, object]], *, classes: bool) -> tuple[np.ndarray, np.ndarray]:
    """What each request held out is given, here and by TF-IDF."""
    texts = np.array([str(one["text"]) for one in rows])
    scores = np.array([float(str(one["score"])) for one in rows])
    ours, plain = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in FOLDS.split(texts):
        model = fit(list(texts[train]), list(scores[train]))
        ours[test] = [model.sum(one) for one in texts[test]]
        last = LogisticRegression(C=10, max_iter=3000) if classes else Ridge(1.0)
        told = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), last)
        told.fit(texts[train], scores[train] > 0 if classes else scores[train])
        plain[test] = told.predict(texts[test])
    return ours, plain


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
