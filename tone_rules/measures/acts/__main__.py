"""`python -m tone_rules.measures.acts`: learn the probe from the sentences and write `probe.json`.

Prints how well each act is told from the rest on sentences that were held out, by folds.
"""

import json
import sys
from collections import Counter
from math import log
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from tone_rules.measures.acts import FILE, SCALE, SENTENCES, features, words_and_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRENGTH = 4.0
"""Inverse strength of the ridge on the weights; chosen over folds."""

SEEN = 2
"""In how many sentences a word or a pair must stand to be looked at."""


def main() -> None:
    """Learn, say how well, and store."""
    files = {path: read_sentences(path) for path in sorted(SENTENCES.glob("*.yaml"))}
    texts = [text for told in files.values() for text in told]
    seen = Counter(gram for text in texts for gram in set(words_and_pairs(text)))
    weight = {gram: round(1 + log(len(texts) / many), 2) for gram, many in sorted(seen.items()) if many >= SEEN}
    grams = {gram: (column, one) for column, (gram, one) in enumerate(weight.items())}
    stored: dict[str, list[int]] = {}
    for path, told in files.items():
        table = features(list(told), grams)
        for act in dict.fromkeys(act for acts in told.values() for act in acts):
            if act in stored:
                raise ValueError(f"{path}: another file has an act '{act}' already: give it a name of its own")
            wanted = np.array([act in acts for acts in told.values()])
            stored[act] = _learn(act, table, wanted)
    known = json.dumps({gram: round(SCALE * one) for gram, one in weight.items()}, separators=(",", ":"))
    rows = ",\n".join(f"  {json.dumps(act)}: {json.dumps(row, separators=(',', ':'))}" for act, row in stored.items())
    FILE.write_text(f'{{"grams": {known},\n "acts": {{\n{rows}\n}}}}\n', encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(stored)} acts from {len(texts)} sentences\n")


def _learn(act: str, table: "NDArray[np.float64]", wanted: "NDArray[np.bool_]") -> list[int]:
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight={True: 4.0, False: 1.0})
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    held = cross_val_predict(model, table, wanted, cv=folds, method="predict_proba")[:, 1]
    sys.stdout.write(f"{act:20} {wanted.sum():4} sentences, held out AUC {roc_auc_score(wanted, held):.3f}\n")
    model.fit(table, wanted)
    return [round(SCALE * one) for one in (model.intercept_[0], *model.coef_[0])]


def read_sentences(path: Path) -> dict[str, set[str]]:
    """Every sentence of a file with the acts that it does; the sentences of one file are each other's opposites."""
    told: dict[str, set[str]] = {}
    for act, lines in yaml.safe_load(path.read_text(encoding="utf-8"))["acts"].items():
        for line in lines:
            text, *more = (part.strip() for part in line.split(" | "))
            told.setdefault(text, set()).update((act, *more))
    return told


with catch_warnings():
    simplefilter("ignore", FutureWarning)
    main()
